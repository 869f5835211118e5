import Music

/// The sea that a piece breathes with: its crests fall on beats.
public struct SwellBreath: Hashable, Sendable {
    /// Beats from crest to crest, positive.
    public let beats: Int
    /// The beat of the first crest.
    public let first: Int

    public init(beats: Int, first: Int) {
        precondition(beats > 0, "a wave takes time")
        self.beats = beats
        self.first = first
    }

    /// Share of a wave in which it rises.
    static let rise: Float = 0.4
    /// dB at the crest above the mean, and below it where the wave has gone (music.md 3.4).
    static let depth: Float = 2
    /// dB by which a high wave is above the others at most, or a low one below.
    static let height: Float = 1.5

    /// dB of the hairpins alone, -2 between the waves to 2 at the crest.
    func hairpin(at beat: Float) -> Float {
        let waves = (beat - Float(first)) / Float(beats)
        let phase = waves - waves.rounded(.down)
        let fall = 1 - Self.rise
        let turn = phase < fall ? phase / fall : 1 + (phase - fall) / Self.rise
        return Self.depth * Exact.cos(.pi * turn)
    }
}

extension Curves {
    /// A hairpin inside each wave, and some waves higher than others: heights at sea follow Rayleigh's distribution.
    mutating func addBreath(_ breath: SwellBreath, _ hands: Individuality) {
        var random = hands.habit("swell")
        let count = level.count / Grid.cells / breath.beats + 3
        // The mean of the draw is .88, its deviation .45.
        let heights = (0..<count).map { _ in
            let draw = (-Exact.log(1 - 0.995 * random.uniform())).squareRoot()
            return hands.freedom
                * ExpressiveWeights.clamp(
                    (draw - 0.88) / 0.9 * SwellBreath.height, -SwellBreath.height, SwellBreath.height)
        }
        for i in level.indices {
            let beat = Float(i) / Float(Grid.cells)
            let waves = max(0, (beat - Float(breath.first)) / Float(breath.beats) + 1)
            let last = min(count - 2, Int(waves))
            let share = min(1, waves - Float(last))
            level[i] += breath.hairpin(at: beat) + heights[last] + (heights[last + 1] - heights[last]) * share
        }
    }
}
