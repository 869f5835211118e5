import Music

/// Right-hand voices under melody notes, chosen for a whole section at once (music.md 4.9).
enum InnerVoices {
    /// A melody note that wants voices under it.
    struct Slot {
        let chord: Chord
        /// The melody's key.
        let top: Int
        let count: Int
        /// Lowest key for a voice.
        let floor: Int
        /// Decides among equals; keyed to the place in the loop.
        var random: RandomStream
    }

    private static let reach = 13

    /// The voices of each slot, low to high.
    static func choose(_ slots: [Slot]) -> [[Int]] {
        var noise: [[Float]] = []
        let options = slots.map { slot in
            let options = candidates(slot)
            var random = slot.random
            noise.append(options.map { _ in 0.5 * random.uniform() })
            return options
        }
        let costs = slots.indices.map { i in
            options[i].indices.map { own(options[i][$0], slots[i]) + noise[i][$0] }
        }
        let path = VoicingSearch.path(
            options,
            own: { slot, voices in options[slot].firstIndex(of: voices).map { costs[slot][$0] } ?? 0 },
            move: { from, a, to, b in
                var cost = 2 * VoicingSearch.motion(a, slots[from].chord, b, slots[to].chord)
                if let low = a.first, let next = b.first,
                    VoicingSearch.isParallel(low, slots[from].top, next, slots[to].top)
                {
                    cost += 1
                }
                return cost
            })
        return path.enumerated().map { options[$0].isEmpty ? [] : options[$0][$1] }
    }

    /// As many voices as are wanted, or as there are without a semitone between two.
    private static func candidates(_ slot: Slot) -> [[Int]] {
        let low = max(slot.floor, slot.top - reach)
        guard low < slot.top - 2, slot.count > 0 else { return [] }
        let tones = (low..<slot.top - 2).filter {
            slot.chord.tones.contains($0 % 12) && ![0, 1, 11].contains((slot.top - $0) % 12)
        }
        for count in (1...max(1, min(slot.count, tones.count))).reversed() {
            let open = combinations(tones, count).filter { voices in
                zip(voices, voices.dropFirst()).allSatisfy { $1 - $0 > 1 }
            }
            if !open.isEmpty { return open }
        }
        return []
    }

    /// A fourth or so below the melody, third and colour tones preferred, no seconds, no doubled tones.
    private static func own(_ voices: [Int], _ slot: Slot) -> Float {
        guard let highest = voices.last else { return 0 }
        var cost = 0.15 * Float(abs(slot.top - highest - 5))
        for (a, b) in zip(voices, voices.dropFirst()) where b - a < 3 { cost += 3 }
        for (i, q) in voices.enumerated() where voices.prefix(i).contains(where: { ($0 - q) % 12 == 0 }) { cost += 2 }
        if slot.top % 12 == slot.chord.triad[1] || voices.contains(where: { $0 % 12 == slot.chord.triad[1] }) {
            cost -= 0.6
        }
        if voices.contains(where: { !slot.chord.triad.contains($0 % 12) }) { cost -= 0.5 }
        return cost
    }

    private static func combinations(_ tones: [Int], _ count: Int) -> [[Int]] {
        if count == 0 { return [] }
        if count == 1 { return tones.map { [$0] } }
        var out: [[Int]] = []
        for (i, tone) in tones.enumerated() {
            for rest in combinations(Array(tones[(i + 1)...]), count - 1) { out.append([tone] + rest) }
        }
        return out
    }
}
