import CKissFFT
import Glibc

/// The amplitude spectrum of a stretch of sound under a Hann window, zero-padded for fine bins.
public struct Spectrum {
    /// Amplitude of each bin: a sine of amplitude `a` peaks at `a`.
    public let amplitudes: [Float]
    /// Hz between bins.
    public let binWidth: Double

    /// The root of the mean power of several channels of one length.
    public init(channels: [ArraySlice<Float>], sampleRate: Double = 48000, padding: Int = 4) {
        let all = channels.map { Spectrum($0, sampleRate: sampleRate, padding: padding) }
        binWidth = all[0].binWidth
        amplitudes = all[0].amplitudes.indices.map { bin in
            (all.reduce(0) { $0 + $1.amplitudes[bin] * $1.amplitudes[bin] } / Float(all.count)).squareRoot()
        }
    }

    /// - Parameters:
    ///   - samples: the sound, at least two frames.
    ///   - sampleRate: Hz.
    ///   - padding: the transform is at least this many times as long as the sound.
    public init(_ samples: some Collection<Float>, sampleRate: Double = 48000, padding: Int = 4) {
        let count = samples.count
        var size = 2
        while size < count * padding { size *= 2 }
        var input = [Float](repeating: 0, count: size)
        var total: Float = 0
        for (i, x) in samples.enumerated() {
            let window = Float(0.5 - 0.5 * cos(2 * Double.pi * (Double(i) + 0.5) / Double(count)))
            input[i] = x * window
            total += window
        }
        var output = [kiss_fft_cpx](repeating: kiss_fft_cpx(), count: size / 2 + 1)
        let plan = unsafe kiss_fftr_alloc(Int32(size), 0, nil, nil)
        unsafe kiss_fftr(plan, input, &output)
        unsafe free(UnsafeMutableRawPointer(plan))
        amplitudes = output.map { 2 * ($0.r * $0.r + $0.i * $0.i).squareRoot() / total }
        binWidth = sampleRate / Double(size)
    }

    /// The highest peak within `cents` of a frequency: its place in Hz by a parabola through three bins, its level in dB.
    public func peak(near hz: Double, cents: Double) -> (hz: Double, decibels: Double) {
        let ratio = pow(2, cents / 1200)
        let low = max(1, Int((hz / ratio / binWidth).rounded(.down)))
        let high = min(amplitudes.count - 2, Int((hz * ratio / binWidth).rounded(.up)))
        guard low <= high else { return (hz, -300) }
        let top = (low...high).max { amplitudes[$0] < amplitudes[$1] } ?? low
        func level(_ bin: Int) -> Double { 20 * log10(Double(amplitudes[bin]) + 1e-15) }
        let (a, b, c) = (level(top - 1), level(top), level(top + 1))
        let bend = a - 2 * b + c
        let offset = bend < 0 ? 0.5 * (a - c) / bend : 0
        return ((Double(top) + offset) * binWidth, b - 0.25 * (a - c) * offset)
    }

    /// The mean frequency of the power within `cents` of a frequency, Hz: where a unison of several strings sounds.
    public func centre(near hz: Double, cents: Double) -> Double {
        let ratio = pow(2, cents / 1200)
        let bins = max(1, Int(hz / ratio / binWidth))...min(amplitudes.count - 1, Int(hz * ratio / binWidth) + 1)
        var (weighted, total) = (0.0, 1e-30)
        for bin in bins {
            let power = Double(amplitudes[bin]) * Double(amplitudes[bin])
            weighted += power * Double(bin) * binWidth
            total += power
        }
        return weighted / total
    }

    /// Power between two frequencies, dB.
    public func band(_ hz: Range<Double>) -> Double {
        let low = max(0, Int((hz.lowerBound / binWidth).rounded(.up)))
        let high = min(amplitudes.count, Int((hz.upperBound / binWidth).rounded(.up)))
        guard low < high else { return -300 }
        let power = amplitudes[low..<high].reduce(0.0) { $0 + Double($1) * Double($1) }
        return 10 * log10(power + 1e-30)
    }

    /// The spectral centroid by amplitude between two frequencies, Hz.
    public func centroid(_ hz: Range<Double>) -> Double {
        var weighted = 0.0
        var total = 0.0
        for (i, a) in amplitudes.enumerated() where hz.contains(Double(i) * binWidth) {
            weighted += Double(a) * Double(i) * binWidth
            total += Double(a)
        }
        return weighted / max(total, 1e-30)
    }
}
