import Glibc

/// The level of one partial over time: the sound turned down by its frequency and smoothed under a Hann window.
public struct PartialEnvelope {
    /// Level in dB, one value a step; the first is centred on half a window.
    public let decibels: [Double]
    /// Seconds between values.
    public let step: Double
    /// Seconds of the window: what is nearer than two over it in frequency is in the envelope too.
    public let window: Double

    /// The mean power of several channels of one length.
    public init(
        channels: [[Float]], hz: Double, sampleRate: Double = 48000, window: Double = 0.1, step: Double = 0.02
    ) {
        let all = channels.map {
            PartialEnvelope($0, hz: hz, sampleRate: sampleRate, window: window, step: step).decibels
        }
        decibels = all[0].indices.map { i in
            10 * log10(all.reduce(0) { $0 + pow(10, $1[i] / 10) } / Double(all.count))
        }
        self.step = step
        self.window = Double(Int(window * sampleRate)) / sampleRate
    }

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

    /// A straight line through the levels between two times: its level at the start of the sound in dB, its rate in dB/s.
    public func line(_ seconds: ClosedRange<Double>) -> (level: Double, rate: Double) {
        let points = points(seconds)
        let c = Polynomial.fit(points, degree: 1)
        return (c[0], -c[1])
    }

    /// How fast the partial decays between two times, dB/s.
    public func rate(_ seconds: ClosedRange<Double>) -> Double { line(seconds).rate }

    /// What is left of the levels, dB, after a cubic through them: beats.
    public func residual(_ seconds: ClosedRange<Double>) -> [Double] {
        let points = points(seconds)
        let c = Polynomial.fit(points, degree: 3)
        return points.map { $0.y - (c[0] + $0.x * (c[1] + $0.x * (c[2] + $0.x * c[3]))) }
    }

    /// Times and levels, but for what lies more than 55 dB under the highest: that is floor.
    private func points(_ seconds: ClosedRange<Double>) -> [(x: Double, y: Double)] {
        let floor = (decibels.max() ?? 0) - 55
        return decibels.enumerated().map { (x: window / 2 + Double($0) * step, y: $1) }
            .filter { seconds.contains($0.x) && $0.y > floor }
    }
}

/// Least squares.
enum Polynomial {
    /// Coefficients from the constant up; zeros where there are too few points.
    static func fit(_ points: [(x: Double, y: Double)], degree: Int) -> [Double] {
        let n = degree + 1
        guard points.count >= n else { return Array(repeating: 0, count: n) }
        var a = (0..<n).map { row in
            (0..<n).map { column in points.reduce(0) { $0 + pow($1.x, Double(row + column)) } }
                + [points.reduce(0) { $0 + $1.y * pow($1.x, Double(row)) }]
        }
        for i in 0..<n {
            let pivot = (i..<n).max { abs(a[$0][i]) < abs(a[$1][i]) } ?? i
            a.swapAt(i, pivot)
            guard abs(a[i][i]) > 1e-300 else { continue }
            for row in 0..<n where row != i {
                let factor = a[row][i] / a[i][i]
                for column in i...n { a[row][column] -= factor * a[i][column] }
            }
        }
        return (0..<n).map { a[$0][n] / a[$0][$0] }
    }
}
