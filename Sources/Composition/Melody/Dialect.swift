import Moods
import Music

/// What makes the melodies of one piece its own: kind of motion, interval weights, weight of the degree table,
/// favourite subdivision, how far and how often turned its motifs are (music-fit A.2 5).
struct Dialect {
    enum Motion: CaseIterable { case step, third, leap, repeated, mixed }
    enum Subdivision: CaseIterable { case sixteenth, dotted, triplet, late }

    let motion: Motion
    /// Cost of an interval by its semitones, 0...12.
    let intervalCost: [Float]
    let degreeWeight: Float
    let subdivision: Subdivision?
    /// Scale steps by which motifs span more or less than their mood's.
    let reach: Float
    /// Notes that the main motif has more than its mood's.
    let notes: Float
    /// Turns of direction per note of a motif.
    let turns: Float

    // Weights of melodic intervals: wider than vocal melody (music-fit A.2 6).
    private static let intervals: [Float] = [
        0.13, 0.13, 0.26, 0.14, 0.11, 0.10, 0.006, 0.055, 0.02, 0.02, 0.006, 0.001, 0.03,
    ]

    init(_ random: inout RandomStream) {
        let kind = random.pick([Motion.step, .third, .leap, .repeated, .mixed, .mixed])
        motion = kind
        let (favoured, factor): (Set<Int>, Float) =
            switch kind {
            case .step: ([1, 2], 1.4)
            case .third: ([3, 4], 1.6)
            case .leap: ([5, 7, 8, 9, 12], 1.8)
            case .repeated: ([0], 2.2)
            case .mixed: ([], 1)
            }
        // Both spreads are as wide as it takes for tunes of one mood to differ as people's do.
        let weights = Self.intervals.enumerated().map { i, w in
            w * Exact.exp(0.6 * random.normal()) * (favoured.contains(i) ? factor : 1)
        }
        let total = weights.reduce(0, +)
        intervalCost = weights.map { -0.8 * Exact.log($0 / total) }
        degreeWeight = random.uniform(0.083, 0.95)
        subdivision = random.pick([.sixteenth, .dotted, .triplet, .late, nil, nil])
        reach = random.uniform(-2.5, 2.5)
        turns = random.uniform(0.1, 0.8)
        notes = random.uniform(0, 0.6)
    }

    /// Shares of a repeat, a step, a third and a fourth in scale steps.
    var stepShares: [Float] {
        switch motion {
        case .step: [0.1, 0.6, 0.22, 0.08]
        case .third: [0.1, 0.3, 0.48, 0.12]
        case .leap: [0.1, 0.4, 0.25, 0.25]
        case .repeated: [0.4, 0.35, 0.18, 0.07]
        case .mixed: [0.14, 0.42, 0.30, 0.14]
        }
    }
}
