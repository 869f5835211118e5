import Music

/// Where the left hand finds the tones of a chord (music.md 4.9, music-fit A.2).
///
/// The bass and up to five chord tones above it, wide low, closer higher.
enum HandShape {
    /// The widest stretch of a hand without a roll, in semitones: a tenth.
    static let span = 16

    /// Below this key the next chord tone lies at least so many semitones above (4.9).
    private static let lowestGaps = [(key: 36, gap: 12), (key: 43, gap: 7), (key: 48, gap: 7), (key: 55, gap: 4)]
    private static let highest = 76
    private static let tones = 6
    /// Chord tones above the bass that may be passed over, to begin where the melody wants company.
    private static let starts = 7
    /// What a semitone away from the middle wanted costs.
    private static let middleCost: Float = 0.6
    /// What a semitone of the way of each upper voice costs at a change of chord.
    private static let moveCost: Float = 4.5

    /// The narrowest interval that may stand on a key of the left hand.
    static func narrowest(above key: Int) -> Int { lowestGaps.first { key < $0.key }?.gap ?? 3 }

    /// What a passage asks of the hand.
    struct Wish {
        /// The lowest bass wanted, MIDI number.
        let lowest: Float
        /// Where the tones above the bass lie, MIDI number; nil where one hand strikes them with the bass.
        let middle: Float?
        /// Which tones above the bass are struck, the first one 1.
        let struck: [Int]
        /// Whether all are struck at once, so that parallels between the outer voices are heard.
        let isBlock: Bool

        /// Those of a shape that are heard above its bass.
        func heard(_ shape: [Int]) -> [Int] { struck.compactMap { $0 < shape.count ? shape[$0] : nil } }
    }

    /// One shape per chord, alike for chords that are alike, by dynamic programming over the whole passage.
    ///
    /// - Parameters:
    ///   - chords: The passage.
    ///   - wish: What the passage asks of the hand.
    ///   - before: The bass that sounded last.
    ///   - memory: Shapes of earlier passages by `key`, kept; new ones are added.
    /// - Returns: A shape per chord, its bass first.
    static func shapes(
        _ chords: [Chord], _ wish: Wish, before: Int?, memory: inout [String: [Int]]
    ) -> [[Int]] {
        let keys = chords.map { key($0, wish) }
        let slots = zip(chords, keys).map { memory[$1].map { [$0] } ?? candidates($0, wish) }
        let path = VoicingSearch.path(
            slots,
            own: { slot, shape in
                own(shape, chords[slot], wish)
                    + (slot == 0 ? before.map { Float(abs(shape[0] - $0)) * 0.5 } ?? 0 : 0)
            },
            move: { from, a, to, b in
                var cost = 0.5 * Float(abs(a[0] - b[0]))
                cost += moveCost * VoicingSearch.motion(wish.heard(a), chords[from], wish.heard(b), chords[to])
                if wish.isBlock, a.count > 2, b.count > 2, VoicingSearch.isParallel(a[0], a[2], b[0], b[2]) {
                    cost += 2
                }
                return cost
            })
        for (slot, choice) in path.enumerated() where memory[keys[slot]] == nil {
            memory[keys[slot]] = slots[slot][choice]
        }
        return zip(keys, chords).map { memory[$0] ?? [36 + $1.bass] }
    }

    private static func key(_ chord: Chord, _ wish: Wish) -> String {
        let name = chord.name.hasSuffix("*") ? "\(chord.name) \(chord.bass)" : chord.name
        let place = [wish.lowest / 6, (wish.middle ?? 0) / 4].map { Int($0.rounded()) }
        return "\(name) \(chord.tonic) \(chord.tones.sorted()) \(place) \(wish.struck)"
    }

    // MARK: - Candidates

    /// Every bass in reach with the first, second or third tone above it that may be the next.
    private static func candidates(_ chord: Chord, _ wish: Wish) -> [[Int]] {
        let lowest = Int(wish.lowest)
        let basses = (lowest - 3..<lowest + 17).filter { $0 % 12 == chord.bass }
        var out: [[Int]] = []
        for bass in basses {
            for skipped in 0..<(wish.middle == nil ? 3 : starts) {
                let shape = stacked(chord, bass, skipped: skipped)
                if !out.contains(shape), shape.count > 2 || skipped == 0 { out.append(shape) }
            }
        }
        return out
    }

    /// Chord tones upwards with the gaps that their place asks for, a colour tone among the first four.
    private static func stacked(_ chord: Chord, _ bass: Int, skipped: Int) -> [Int] {
        var out = [bass]
        var passed = 0
        var q = bass + 3
        while q < highest, out.count < tones {
            let fits =
                chord.tones.contains(q % 12) && q - out[out.count - 1] >= narrowest(above: out[out.count - 1])
                && q - bass != 13 && q - bass != 11
                && out.dropFirst().allSatisfy { ![1, 11].contains((q - $0) % 12) }
            if fits {
                if out.count == 1, passed < skipped {
                    passed += 1
                } else {
                    out.append(q)
                }
            }
            q += 1
        }
        let colours = chord.tones.filter { !chord.triad.contains($0) && $0 != chord.bass }
        if !colours.isEmpty, out.count > 3, !out[1...3].contains(where: { colours.contains($0 % 12) }) {
            let low = max(out[1] + 3, 52)
            let place = (low..<max(out[3] + 6, low + 1)).first { q in
                colours.contains(q % 12) && out.allSatisfy { ![1, 11, 0].contains(abs(q - $0) % 12) }
            }
            if let place { out = Array((out.prefix(2) + [place] + out.dropFirst(2)).sorted().prefix(tones)) }
        }
        return out
    }

    private static func own(_ shape: [Int], _ chord: Chord, _ wish: Wish) -> Float {
        var cost = abs(Float(shape[0]) - wish.lowest - 6) * 0.5 + (Float(shape[0]) < wish.lowest ? 2 : 0)
        guard shape.count > 1 else { return cost + 4 }
        if let middle = wish.middle {
            let heard = wish.heard(shape).prefix(3)
            cost += middleCost * abs(Float(heard.reduce(0, +)) / Float(max(1, heard.count)) - middle)
        } else {
            // A first tone far above the bass costs reach; a tenth is free.
            cost += 0.15 * Float(max(0, shape[1] - shape[0] - 12))
            if shape[1] - shape[0] > 19 { cost += 1 }
        }
        for (a, b) in zip(shape.dropFirst(), shape.dropFirst(2)) where b - a > 12 { cost += 1 }
        let thirds = shape.prefix(4).filter { $0 % 12 == chord.triad[1] }.count
        if thirds == 0 { cost += 0.6 }
        if thirds > 1 { cost += 0.5 }
        return cost
    }
}
