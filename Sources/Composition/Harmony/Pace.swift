import Music

/// How long the chords of a loop last: a pattern of bars, repeated over the loop (music-plans 2).
struct Pace {
    /// Lengths of successive chords in half bars.
    let halves: [Int]

    /// Chords in a bar.
    var rate: Float { 2 * Float(halves.count) / Float(halves.reduce(0, +)) }

    private static let patterns: [(pace: Pace, prior: Float)] = [
        (Pace(halves: [8]), 0.35), (Pace(halves: [4]), 1), (Pace(halves: [6, 2]), 0.6),
        (Pace(halves: [4, 2, 2]), 0.9), (Pace(halves: [2]), 1.6), (Pace(halves: [3, 1]), 0.8),
        (Pace(halves: [2, 2, 1, 1]), 0.9), (Pace(halves: [2, 1, 1]), 0.9), (Pace(halves: [1, 1, 2]), 0.7),
        (Pace(halves: [1]), 0.9), (Pace(halves: [2, 2, 4]), 0.8), (Pace(halves: [1, 3]), 0.4),
    ]

    /// A pattern near a rate in chords a bar.
    static func draw(rate: Float, _ random: inout RandomStream) -> Pace {
        patterns[
            random.weighted(
                patterns.map { $0.prior * Exact.exp(-abs(Exact.log2($0.pace.rate / rate)) / 0.55) })
        ].pace
    }

    /// Lengths in ticks of `count` chords in bars of `bar` ticks; the half of a three-beat bar is its second beat's end.
    func lengths(_ count: Int, bar: Int) -> [Int] {
        let half = bar % (2 * Grid.beat) == 0 ? bar / 2 : (bar / Grid.beat + 1) / 2 * Grid.beat
        func ticks(_ halves: Int) -> Int { halves / 2 * bar + halves % 2 * half }
        var out: [Int] = []
        var at = 0
        for i in 0..<count {
            let next = at + halves[i % halves.count]
            out.append(ticks(next) - ticks(at))
            at = next
        }
        return out
    }

    /// Lengths in ticks that fill `bars` exactly.
    func filling(bars: Int, bar: Int) -> [Int] {
        var out: [Int] = []
        var left = bars * bar
        for length in lengths(2 * bars, bar: bar) where left > 0 {
            out.append(min(length, left))
            left -= length
        }
        return out
    }
}
