import Music

/// Where the left hand finds the tones of a chord (music.md 4.9, music-fit A.2).
enum HandShape {
    /// Below this key the next chord tone lies at least so many semitones above (4.9).
    private static let lowestGaps = [(36, 12), (43, 7), (48, 7), (55, 4)]
    /// The widest stretch of a hand without a roll: a tenth.
    static let span = 16

    /// Bass near the one before, and up to six chord tones above it: wide low, closer higher, a colour tone among the
    /// first four.
    static func tones(_ chord: Chord, before: Int?, lowest: Float) -> [Int] {
        func cost(_ q: Int) -> Float {
            (before.map { Float(abs(q - $0)) * 0.5 } ?? 0) + abs(Float(q) - lowest - 6) * 0.5
                + (Float(q) < lowest ? 2 : 0)
        }
        let range = Int(lowest) - 3..<Int(lowest) + 17
        let bass = range.filter { ($0 % 12 + 12) % 12 == chord.bass }.min { (cost($0), $0) < (cost($1), $1) } ?? 36
        var out = [bass]
        var q = bass + 3
        while q < 76, out.count < 6 {
            let gap = q - out[out.count - 1]
            let needed = lowestGaps.first { out[out.count - 1] < $0.0 }?.1 ?? 3
            if chord.tones.contains(q % 12), gap >= needed, q - bass != 13, q - bass != 11,
                out.dropFirst().allSatisfy({ ![1, 11].contains((q - $0) % 12) })
            {
                out.append(q)
            }
            q += 1
        }
        let colours = chord.tones.filter { !chord.triad.contains($0) && $0 != chord.bass }
        if !colours.isEmpty, out.count > 3, !out[1...3].contains(where: { colours.contains($0 % 12) }) {
            let place = (max(out[1] + 3, 52)..<max(out[3] + 6, max(out[1] + 4, 53))).first { q in
                colours.contains(q % 12) && out.allSatisfy { ![1, 11, 0].contains((abs(q - $0)) % 12) }
            }
            if let place { out = Array((out.prefix(2) + [place] + out.dropFirst(2)).sorted().prefix(6)) }
        }
        return out
    }
}

/// Right-hand voices under a melody note, the cheapest of all choices (4.9).
enum InnerVoices {
    /// Near the voices before, a fourth or so below the melody, third and colour tones preferred, no seconds, no
    /// doubled tones, no minor ninth or major seventh with the melody.
    static func choose(
        _ chord: Chord, under top: Int, count: Int, before: [Int], floor: Int, _ random: inout RandomStream
    ) -> [Int] {
        let low = max(floor, top - 13)
        guard low < top - 2 else { return [] }
        let tones = (low..<top - 2).filter { chord.tones.contains($0 % 12) && ![0, 1, 11].contains((top - $0) % 12) }
        var best: (cost: Float, voices: [Int]) = (.infinity, [])
        for voices in combinations(tones, min(count, tones.count)) {
            guard let highest = voices.last else { continue }
            var cost = 0.15 * Float(abs(top - highest - 5)) + 0.5 * random.uniform()
            for (a, b) in zip(voices, voices.dropFirst()) where b - a < 3 { cost += 3 }
            if Set(voices.map { $0 % 12 }).count < voices.count { cost += 2 }
            if !before.isEmpty {
                for q in voices { cost += 0.3 * Float(before.map { abs(q - $0) }.min() ?? 0) }
            }
            if (voices.map { $0 % 12 } + [top % 12]).contains(chord.triad[1]) { cost -= 0.6 }
            if voices.contains(where: { !chord.triad.contains($0 % 12) }) { cost -= 0.5 }
            if cost < best.cost { best = (cost, voices) }
        }
        return best.voices
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
