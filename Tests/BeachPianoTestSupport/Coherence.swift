import CKissFFT
import Glibc

/// How alike two channels are.
public enum Coherence {
    /// Magnitude of the cross spectrum summed between two frequencies over the powers, 0...1: blocks of 8192 frames at
    /// 48 kHz, half overlapping.
    public static func of(_ left: [Float], _ right: [Float], _ hz: Range<Double>) -> Double {
        let size = 8192
        let bins = Int((hz.lowerBound / 48000 * Double(size)).rounded(.up))..<Int(hz.upperBound / 48000 * Double(size))
        let plan = unsafe kiss_fftr_alloc(Int32(size), 0, nil, nil)
        defer { unsafe free(UnsafeMutableRawPointer(plan)) }
        func transform(_ x: ArraySlice<Float>) -> [kiss_fft_cpx] {
            let windowed = x.enumerated().map { i, v in
                v * Float(0.5 - 0.5 * cos(2 * Double.pi * (Double(i) + 0.5) / Double(size)))
            }
            var out = [kiss_fft_cpx](repeating: kiss_fft_cpx(), count: size / 2 + 1)
            unsafe kiss_fftr(plan, windowed, &out)
            return out
        }
        var (re, im, power) = (0.0, 0.0, (left: 1e-30, right: 1e-30))
        for start in stride(from: 0, through: left.count - size, by: size / 2) {
            let (a, b) = (transform(left[start..<start + size]), transform(right[start..<start + size]))
            for i in bins {
                let (x, y) = (a[i], b[i])
                re += Double(x.r * y.r + x.i * y.i)
                im += Double(x.i * y.r - x.r * y.i)
                power.left += Double(x.r * x.r + x.i * x.i)
                power.right += Double(y.r * y.r + y.i * y.i)
            }
        }
        return ((re * re + im * im) / (power.left * power.right)).squareRoot()
    }
}
