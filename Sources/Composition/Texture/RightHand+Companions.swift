import Music

/// Inner tones that go with the left hand while the melody holds.
extension RightHand {
    /// Semitones below the melody at which a companion is sought first.
    private static let near = 5
    /// Semitones below the melody within which it stays: the hand holds the melody.
    private static let reach = 14
    /// A companion that follows sooner than an eighth moves by more than so many semitones: it is a figure, not a trill.
    ///
    /// Slower ones may stay on their tone.
    private static let leap = 2

    /// A chord tone under each held melody note where the left hand strikes and the right one has nothing yet.
    ///
    /// - Parameter notes: What the right hand plays so far.
    /// - Returns: The companions alone.
    func companions(beside notes: [Note]) -> [Note] {
        let share = writer.spacing.companions
        guard share > 0, !section.melody.isEmpty, dress?.figure.isSilence != true else { return [] }
        let busy = Set(notes.map(\.onset))
        let voices = notes.filter { $0.role == .inner }.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
        var highest: [Int: Int] = [:]
        for note in left { highest[note.onset] = max(highest[note.onset] ?? 0, note.pitch) }
        var out: [Note] = []
        for onset in highest.keys.sorted() where !busy.contains(onset) {
            guard let over = section.melody.last(where: { $0.onset < onset }), over.end > onset + Grid.quarter else {
                continue
            }
            var own = writer.streams.at(
                .texture, "companion", section.letter, "\((onset - section.start) % (4 * writer.bar))")
            guard own.chance(share) else { continue }
            let chord = section.chords.at(onset)
            let floor = max(Self.lowestInner, (highest[onset] ?? 0) + 3, over.pitch - Self.reach)
            guard floor < over.pitch - 2 else { continue }
            let heard = voices.last { $0.onset < onset && onset - $0.onset <= writer.bar }
            let last = out.last.flatMap { onset - $0.onset <= writer.bar ? $0 : nil }
            let before = [heard, last].compactMap { $0 }.max { $0.onset < $1.onset }
            let isFast = before.map { onset - $0.onset < Grid.half } ?? false
            let tones = (floor..<over.pitch - 2).filter { q in
                chord.tones.contains(q % 12) && ![1, 11].contains((over.pitch - q) % 12)
                    && !(isFast && abs(q - (before?.pitch ?? q)) <= Self.leap)
            }
            let goal = isFast ? over.pitch - Self.near : before?.pitch ?? over.pitch - Self.near
            guard let pitch = tones.min(by: { (abs($0 - goal), $0) < (abs($1 - goal), $1) }) else { continue }
            let length = min(over.end, chord.end) - onset
            out.append(Note(onset: onset, length: min(length, Grid.beat), pitch: pitch, role: .inner))
        }
        return out
    }
}
