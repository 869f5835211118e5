import Music

/// Waves found in a recording.
package struct Swell: Hashable, Sendable {
    /// Mean seconds from crest to crest.
    package var period: Double
    /// How alike one wave is to the next, 0...1: the autocorrelation at the period.
    package var strength: Float
    /// Deviation of the level about its mean, dB.
    package var depth: Float
    /// Crests found.
    package var waves: Int
    /// Whether there are too few of them to be sure: fewer than five from crest to crest.
    package var isTentative: Bool { waves < 6 }
}

/// What can be told of the waves of a recording.
enum SwellFinding: Hashable, Sendable {
    case none
    /// The level comes and goes as waves do, but they are too few, or too uneven, for a period.
    case unclear
    case waves(Swell)
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

    /// The crests that a period needs.
    private static let leastCrests = 4
    /// What a crest of its own rises above its valleys, re the deviation of the level.
    private static let prominence: Float = 0.9
    /// The period re the median from crest to crest: a small wave may be missed, and a ripple counted.
    private static let agreement = 0.75...1.4

    /// The waves of a recording.
    ///
    /// The period is found twice: from the lag at which the level is like itself, and from crest to crest. Waves that come
    /// in sets are more alike after two or four of them than after one, which the crests tell; where both do not agree,
    /// nothing is claimed.
    ///
    /// - Parameter level: of the noise in dB, ten values a second.
    /// - Returns: the waves, or why there are none.
    static func swell(in level: [Float]) -> SwellFinding {
        let smooth = smoothed(level, reach: 6)
        let wave = highPassed(smooth, reach: Int(15 * rate))
        let depth = (wave.reduce(0) { $0 + $1 * $1 } / Float(max(1, wave.count))).squareRoot()
        guard depth >= leastDepth else { return .none }
        let peaks = peaks(of: wave, prominence: prominence * depth)
        let gaps = zip(peaks, peaks.dropFirst()).map { $1 - $0 }.sorted()
        guard gaps.count >= 2, let lag = period(of: wave, gaps: gaps, depth: depth) else { return .unclear }
        let crests = crests(in: wave, period: lag.lag, depth: depth)
        guard crests.count >= leastCrests else { return .unclear }
        let mean = Double(crests[crests.count - 1] - crests[0]) / Double(crests.count - 1) / rate
        guard periods.contains(mean), agreement.contains(mean * rate / median(gaps)) else { return .unclear }
        return .waves(Swell(period: mean, strength: max(0, lag.likeness), depth: depth, waves: crests.count))
    }

    private static func median(_ sorted: [Int]) -> Double {
        Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    /// High places that rise so far above the higher of the valleys beside them.
    private static func peaks(of x: [Float], prominence: Float) -> [Int] {
        x.indices.dropFirst().dropLast().filter { i in
            guard x[i] > x[i - 1], x[i] >= x[i + 1] else { return false }
            var valleys: [Float] = []
            for side in [Array(x[..<i].reversed()), Array(x[(i + 1)...])] {
                var lowest = x[i]
                for value in side {
                    if value > x[i] { break }
                    lowest = min(lowest, value)
                }
                valleys.append(lowest)
            }
            return x[i] - max(valleys[0], valleys[1]) >= prominence
        }
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

    /// The shortest lag at which the level is nearly as like itself as it ever gets, or the lag that crests have which come
    /// regularly, or much nearer to one another than that.
    ///
    /// Heights that differ much hide the period from the autocorrelation; crests that come regularly speak for it as well.
    private static func period(of x: [Float], gaps: [Int], depth: Float) -> (lag: Int, likeness: Float)? {
        let shortest = Int(periods.lowerBound * rate)
        let longest = min(Int(periods.upperBound * rate), Int(Double(x.count) / 2.1))
        guard longest > shortest else { return nil }
        let r = (0...longest + 1).map { likeness(x, $0) }
        let lags = (shortest...longest).filter { r[$0] >= r[$0 - 1] && r[$0] >= r[$0 + 1] && r[$0] > 0 }
        let middle = median(gaps)
        let strays = gaps.map { abs(Double($0) - middle) }.sorted()
        let isRegular = gaps.count >= 5 && depth >= 1.5 && strays[strays.count / 2] <= 0.2 * middle
        guard let highest = lags.map({ r[$0] }).max(), highest >= (isRegular ? 0.1 : least),
            let lag = lags.first(where: { r[$0] >= 0.4 * highest })
        else { return nil }
        if gaps.count >= 3, middle >= periods.lowerBound * rate, Double(lag) > 1.55 * middle || highest < least {
            let near = (shortest...longest).filter { (0.75 * middle...1.3 * middle).contains(Double($0)) }
            if let lag = near.max(by: { r[$0] < r[$1] }) { return (lag, r[lag]) }
        }
        return (lag, r[lag])
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
