package import Music

/// The crests of a sea, one after another without end: at the beats that the composer breathes with while the piece
/// lasts, each a little early or late, and by themselves where there are none.
package struct WaveTrain: Sendable {
    private let beats: [Double]
    private let heights: [Float]
    private let period: Double
    private var next = 0
    private var last: Double
    private var random: RandomStream

    /// The deviation of a crest from its beat, and of a free period, as a share of the period; neither exceeds 15 %
    /// (music.md 3.4).
    private static let deviation: Float = 0.06
    private static let bound: Float = 0.15

    /// - Parameters:
    ///   - beats: seconds of the beats that carry a crest, rising; may be empty.
    ///   - heights: of the waves on these beats, about 0.8 in the mean; those that are missing are drawn.
    ///   - period: seconds from crest to crest where there is no beat, 3...20.
    ///   - random: a stream of the sea's own.
    package init(beats: [Double], heights: [Float] = [], period: Double, random: RandomStream) {
        self.beats = beats
        self.heights = heights
        self.period = period
        var random = random
        // A wave may be on its way at the start.
        let phase = Double(random.uniform())
        last = (beats.first ?? phase * period) - period
        self.random = random
    }

    /// Becomes what `other` is, made from the same beats: they are left where they are, and nothing is counted.
    mutating func copy(_ other: borrowing WaveTrain) {
        next = other.next
        last = other.last
        random = other.random
    }

    /// The crest of the next wave and the time that it takes, seconds; its height, where it is set.
    mutating func following() -> (crest: Double, period: Double, height: Float?) {
        let stray = max(-Self.bound, min(Self.bound, Self.deviation * random.normal()))
        guard next < beats.count else {
            let gap = period * Double(1 + stray * 1.5).clamped(to: 0.85...1.15)
            last += gap
            return (last, gap, nil)
        }
        let beat = beats[next]
        let height = next < heights.count ? heights[next] : nil
        next += 1
        let gap = next < beats.count ? beats[next] - beat : period
        last = beat
        // Half of the bound each way keeps two neighbours within it.
        return (beat + gap * Double(max(-0.07, min(0.07, 0.5 * stray))), gap, height)
    }

    /// The crests and periods up to a time: what `following` will give.
    package func crests(until seconds: Double) -> [Double] {
        var train = self
        var crests: [Double] = []
        while let crest = Optional(train.following().crest), crest < seconds { crests.append(crest) }
        return crests
    }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        Swift.max(range.lowerBound, Swift.min(range.upperBound, self))
    }
}
