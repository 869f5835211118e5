import Music

/// Finds the cheapest way through the voicings of successive chords by dynamic programming (music.md 4.9).
enum VoicingSearch {
    /// The cheapest way; slots without a voicing are passed over.
    ///
    /// - Parameters:
    ///   - slots: Voicings to choose from, low to high MIDI numbers, one list per chord.
    ///   - own: Cost of a voicing by itself.
    ///   - move: Cost of going from a voicing of one slot to a voicing of another.
    /// - Returns: Index of the voicing chosen in each slot, 0 where there is none.
    static func path(
        _ slots: [[[Int]]], own: (_ slot: Int, _ voicing: [Int]) -> Float,
        move: (_ from: Int, _ a: [Int], _ to: Int, _ b: [Int]) -> Float
    ) -> [Int] {
        var chosen = [Int](repeating: 0, count: slots.count)
        let used = slots.indices.filter { !slots[$0].isEmpty }
        guard let first = used.first else { return chosen }
        var costs = slots[first].map { own(first, $0) }
        var parents: [[Int]] = [[]]
        for (before, slot) in zip(used, used.dropFirst()) {
            var next: [Float] = []
            var from: [Int] = []
            for voicing in slots[slot] {
                var best: (cost: Float, parent: Int) = (.infinity, 0)
                for (i, earlier) in slots[before].enumerated() {
                    let cost = costs[i] + move(before, earlier, slot, voicing)
                    if cost < best.cost { best = (cost, i) }
                }
                next.append(best.cost + own(slot, voicing))
                from.append(best.parent)
            }
            costs = next
            parents.append(from)
        }
        var at = costs.indices.min { costs[$0] < costs[$1] } ?? 0
        for (k, slot) in used.enumerated().reversed() {
            chosen[slot] = at
            if k > 0 { at = parents[k][at] }
        }
        return chosen
    }

    /// What it costs the upper voices to move: a quarter of their way in semitones, common tones not kept, moves of
    /// more than a fourth, leading tones and sevenths that do not resolve (4.9).
    static func motion(_ a: [Int], _ chordA: Chord, _ b: [Int], _ chordB: Chord) -> Float {
        var cost: Float = 0
        for q in b {
            let way = a.map { abs($0 - q) }.min() ?? 0
            cost += Float(way) / 4 + (way > 5 ? 0.8 : 0)
        }
        for p in a where !b.contains(p) && b.contains(where: { ($0 - p) % 12 == 0 }) { cost += 0.4 }
        let leading = (chordA.tonic + 11) % 12
        let resolves = chordA.triad.contains(leading) && chordB.triad.contains(chordA.tonic)
        let sevenths = chordA.tones.filter {
            !chordA.triad.contains($0) && [10, 11].contains(($0 - chordA.root + 12) % 12)
        }
        for p in a {
            if resolves, p % 12 == leading, !b.contains(p + 1) { cost += 1 }
            if sevenths.contains(p % 12), chordA.root != chordB.root, !b.contains(where: { (p - 2...p).contains($0) }) {
                cost += 1
            }
        }
        return cost
    }

    /// Whether two outer voices go in parallel fifths or octaves.
    static func isParallel(_ low: Int, _ high: Int, _ nextLow: Int, _ nextHigh: Int) -> Bool {
        let interval = (nextHigh - nextLow) % 12
        return low != nextLow && high != nextHigh && (high - low) % 12 == interval && (interval == 0 || interval == 7)
    }
}
