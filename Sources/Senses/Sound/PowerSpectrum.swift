import CKissFFT
import Glibc

/// The power spectrum of two channels under a Hann window, by one complex transform for both.
@safe
struct PowerSpectrum: ~Copyable {
    /// Samples below this (-240 dB) are silence.
    private static let nothing: Float = 1e-12

    /// Frames of a transform: a power of two.
    let size: Int
    private let plan: kiss_fft_cfg?
    private let window: [Float]
    private var input: [kiss_fft_cpx]
    private var output: [kiss_fft_cpx]
    /// Power of both channels in each of `size / 2` bins; a full-scale sine in one of them adds up to about 1/2.
    private(set) var power: [Float]

    init(size: Int) {
        precondition(size >= 4 && size & (size - 1) == 0, "the size is a power of two")
        self.size = size
        unsafe plan = kiss_fft_alloc(Int32(size), 0, nil, nil)
        window = (0..<size).map { Float(0.5 - 0.5 * cos(2 * Double.pi * (Double($0) + 0.5) / Double(size))) }
        input = Array(repeating: kiss_fft_cpx(), count: size)
        output = input
        power = Array(repeating: 0, count: size / 2)
    }

    deinit { unsafe free(UnsafeMutableRawPointer(plan)) }

    /// Transforms frames that begin at `start` in a ring of `size`.
    mutating func transform(_ ring: [SIMD2<Float>], from start: Int) {
        for i in 0..<size {
            let heard = ring[(start + i) & (size - 1)]
            // What a decoder leaves of silence fades into numbers that a processor is a hundred times slower with.
            let frame =
                heard.replacing(with: Float(0), where: heard .< Self.nothing .& heard .> -Self.nothing) * window[i]
            input[i] = kiss_fft_cpx(r: frame.x, i: frame.y)
        }
        unsafe kiss_fft(plan, input, &output)
        // The mean square of a Hann window is 3/8.
        let scale = 1 / (0.375 * Float(size) * Float(size))
        for k in power.indices {
            let (a, b) = (output[k], output[(size - k) & (size - 1)])
            power[k] = scale * (a.r * a.r + a.i * a.i + b.r * b.r + b.i * b.i)
        }
    }
}
