import Glibc

/// The level of one partial over time: the sound turned down by its frequency and smoothed under a Hann window.
public struct PartialEnvelope {
    /// Level in dB, one value a step; the first is centred on half a window.
    public let decibels: [Double]
    /// Seconds between values.
    public let step: Double
    /// Seconds of the window: what is nearer than two over it in frequency is in the envelope too.
    public let window: Double

    public init(
        _ samples: [Float], hz: Double, sampleRate: Double = 48000, window: Double = 0.1, step: Double = 0.02
    ) {
        let length = Int(window * sampleRate)
        let hop = Int(step * sampleRate)
        let weights = (0..<length).map { 0.5 - 0.5 * cos(2 * Double.pi * (Double($0) + 0.5) / Double(length)) }
        let total = weights.reduce(0, +)
        let turns = (0..<samples.count).map {
            2 * Double.pi * (hz * Double($0) / sampleRate).truncatingRemainder(dividingBy: 1)
        }
        let re = zip(samples, turns).map { Double($0) * cos($1) }
        let im = zip(samples, turns).map { Double($0) * sin($1) }
        var levels: [Double] = []
        var start = 0
        while start + length <= samples.count {
            var (a, b) = (0.0, 0.0)
            for i in 0..<length {
                a += weights[i] * re[start + i]
                b += weights[i] * im[start + i]
            }
            levels.append(20 * log10(2 * (a * a + b * b).squareRoot() / total + 1e-15))
            start += hop
        }
        decibels = levels
        self.step = step
        self.window = window
    }

    /// The level at a time in seconds, dB: the nearest value.
    public func level(at seconds: Double) -> Double {
        let i = Int(((seconds - window / 2) / step).rounded())
        return decibels[min(max(0, i), decibels.count - 1)]
    }

    /// How fast the partial decays between two times, dB/s, by a straight line through the levels.
    public func rate(_ seconds: ClosedRange<Double>) -> Double {
        var (n, sx, sy, sxx, sxy) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for (i, y) in decibels.enumerated() {
            let x = window / 2 + Double(i) * step
            guard seconds.contains(x) else { continue }
            n += 1
            sx += x
            sy += y
            sxx += x * x
            sxy += x * y
        }
        return -(n * sxy - sx * sy) / max(1e-12, n * sxx - sx * sx)
    }
}
