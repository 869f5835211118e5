import Music

/// What the left hand does in a section, read from the notes: where in the bar it strikes.
enum HeardTextures {
    /// Eighths from the start of a bar at which a texture of music.md 4.8 strikes in 3/4.
    private static let places: [String: Set<Double>] = [
        "gymnopedie": [0, 2], "open": [0, 1, 2], "alone": [0], "echo": [0],
    ]

    /// The share of the section's bars, but for its last, in which the left hand does what the texture asks for.
    ///
    /// A bar in which the chord changes has that chord's bass too.
    static func share(_ texture: String, in section: ScoreSection, of score: Score) -> Double {
        let bar = score.metre.beats
        let first = section.onset.floor / bar
        let bars = first..<first + max(1, section.bars - 1)
        let left = score.notes.filter { $0.role.isLeftHand }
        let fits = bars.count { k in
            let start = Beat(k * bar)
            let notes = left.filter { $0.onset >= start && $0.onset < start + Beat(bar) }
            let struck = Set(notes.map { ($0.onset - start).value * 2 })
            let changes = score.chords.filter { $0.onset > start && $0.onset < start + Beat(bar) }
                .map { ($0.onset - start).value * 2 }
            guard texture == "swell" else {
                guard let wanted = places[texture] else { return false }
                return changes.isEmpty ? struck == wanted : struck.isSuperset(of: wanted.filter { $0 < changes[0] })
            }
            return struck.count >= 5
        }
        return Double(fits) / Double(bars.count)
    }

    /// Whether the tenor answers in the last bar of a section: two notes and more after its bass.
    static func hasEcho(in section: ScoreSection, of score: Score) -> Bool {
        let end = section.onset + Beat(section.bars * score.metre.beats)
        let start = end - Beat(score.metre.beats)
        return score.notes.count { $0.role == .figure && $0.onset > start && $0.onset < end } >= 2
    }
}
