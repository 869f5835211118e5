import Music

/// Waves found in a recording.
package struct Swell: Hashable, Sendable {
    /// Mean seconds from crest to crest.
    package var period: Double
    /// How alike one wave is to the next, 0.25...1: the autocorrelation at the period.
    package var strength: Float
    /// Deviation of the level about its mean, dB.
    package var depth: Float
    /// Crests found.
    package var waves: Int
}

/// Finds the period of recorded waves (music.md 3.4) in the level of the noise: surf is noise, and what lies between the
/// partials of voices and instruments and between their sounds stays with the surf.
enum SwellDetector {
    /// Periods that count as waves, seconds.
    static let periods = 3.0...20.0
    /// The autocorrelation that a period needs.
    private static let least: Float = 0.25
    /// The deviation that waves have, dB: steady noise stays far below.
    private static let leastDepth: Float = 0.8
    /// Values per second.
    private static let rate = 10.0

    /// The waves of a recording.
    ///
    /// - Parameter level: of the noise in dB, ten values a second.
    /// - Returns: nil where there are no waves.
    static func swell(in level: [Float]) -> Swell? {
        let smooth = smoothed(level, reach: 6)
        let wave = highPassed(smooth, reach: Int(15 * rate))
        let depth = (wave.reduce(0) { $0 + $1 * $1 } / Float(max(1, wave.count))).squareRoot()
        guard depth >= leastDepth, let lag = period(of: wave) else { return nil }
        let crests = crests(in: wave, period: lag.lag, depth: depth)
        guard crests.count >= 3 else { return nil }
        let mean = Double(crests[crests.count - 1] - crests[0]) / Double(crests.count - 1) / rate
        guard periods.contains(mean) else { return nil }
        return Swell(period: mean, strength: lag.likeness, depth: depth, waves: crests.count)
    }

    /// A Hann-weighted mean.
    private static func smoothed(_ x: [Float], reach: Int) -> [Float] {
        let weights = (-reach...reach).map { 0.5 + 0.5 * Exact.cos(Float.pi * Float($0) / Float(reach + 1)) }
        return x.indices.map { i in
            var sum: Float = 0
            var total: Float = 0
            for k in max(-reach, -i)...min(reach, x.count - 1 - i) {
                sum += weights[k + reach] * x[i + k]
                total += weights[k + reach]
            }
            return sum / total
        }
    }

    /// Less the mean around: what is slower than waves goes.
    private static func highPassed(_ x: [Float], reach: Int) -> [Float] {
        var sums: [Float] = [0]
        for value in x { sums.append(sums[sums.count - 1] + value) }
        return x.indices.map { i in
            let (low, high) = (max(0, i - reach), min(x.count, i + reach + 1))
            return x[i] - (sums[high] - sums[low]) / Float(high - low)
        }
    }

    /// Likeness to itself so many values later, -1...1.
    private static func likeness(_ x: [Float], _ lag: Int) -> Float {
        var product: Float = 0
        var early: Float = 0
        var late: Float = 0
        for i in 0..<(x.count - lag) {
            product += x[i] * x[i + lag]
            early += x[i] * x[i]
            late += x[i + lag] * x[i + lag]
        }
        return product / max(1e-9, (early * late).squareRoot())
    }

    /// The lag at which the level is most like itself, and not because it already was at half of it.
    private static func period(of x: [Float]) -> (lag: Int, likeness: Float)? {
        let longest = min(Int(periods.upperBound * rate), Int(Double(x.count) / 2.1))
        guard longest > Int(periods.lowerBound * rate) else { return nil }
        let r = (0...longest + 1).map { likeness(x, $0) }
        var best: (lag: Int, likeness: Float, score: Float)?
        for lag in Int(periods.lowerBound * rate)...longest where r[lag] >= r[lag - 1] && r[lag] >= r[lag + 1] {
            let score = r[lag] - 0.6 * max(0, r[lag / 2]) - 0.6 * max(0, r[lag / 3])
            if r[lag] >= least, score > best?.score ?? 0 { best = (lag, r[lag], score) }
        }
        return best.map { ($0.lag, $0.likeness) }
    }

    /// The crests: high places about a period from one another (dynamic programming after Ellis 2007).
    private static func crests(in x: [Float], period: Int, depth: Float) -> [Int] {
        let tightness: Float = 12
        let (near, far) = (max(1, period * 6 / 10), period * 17 / 10)
        let costs = (0...far).map { gap in
            let ratio = Exact.log(Float(max(1, gap)) / Float(period))
            return tightness * ratio * ratio
        }
        var score = [Float](repeating: 0, count: x.count)
        var before = [Int](repeating: -1, count: x.count)
        for i in x.indices {
            score[i] = x[i] / depth
            guard i >= near else { continue }
            var best: Float = 0
            for gap in near...far where gap <= i && score[i - gap] - costs[gap] > best {
                best = score[i - gap] - costs[gap]
                before[i] = i - gap
            }
            score[i] += best
        }
        guard var at = x.indices.suffix(max(1, period)).max(by: { score[$0] < score[$1] }) else { return [] }
        var crests = [at]
        while before[at] >= 0 {
            at = before[at]
            crests.append(at)
        }
        crests.reverse()
        // At the ends there may be no crest where one would be due.
        while let first = crests.first, x[first] < 0 { crests.removeFirst() }
        while let last = crests.last, x[last] < 0 { crests.removeLast() }
        return crests
    }
}
