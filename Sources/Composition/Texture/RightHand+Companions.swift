import Music

/// Inner tones that go with the left hand while the melody holds.
extension RightHand {
    /// Semitones below the melody at which a companion is sought first.
    private static let near = 5
    /// Semitones below the melody within which it stays: the hand holds the melody.
    private static let reach = 14
    /// Seconds from what the hand plays already within which it plays no companion.
    private static let apart: Float = 0.13
    /// Seconds after which a key may be struck again: sooner, it would be hammered.
    private static let again: Float = 0.3
    /// The same for a key that the other hand strikes.
    private static let shared: Float = 0.2
    /// A companion that comes sooner than an eighth after another moves by more than so many semitones: it is a figure,
    /// not a trill.
    private static let leap = 2

    /// A chord tone under each held melody note where the left hand strikes and the right one has nothing yet.
    ///
    /// - Parameter notes: What the right hand plays so far.
    /// - Returns: The companions alone.
    func companions(beside notes: [Note]) -> [Note] {
        let share = writer.spacing.companions
        guard !section.melody.isEmpty, dress?.figure.isSilence != true else { return [] }
        let struck = notes.map(\.onset)
        let voices = notes.filter { $0.role == .inner }.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
        var out: [Note] = []
        // One hand plays what is there already and the companion.
        let (apart, again, shared) = (writer.ticks(Self.apart), writer.ticks(Self.again), writer.ticks(Self.shared))
        let free = Set(left.map(\.onset)).sorted().filter { place in
            !struck.contains { abs($0 - place) < apart } && Self.sharesGrid(place, with: struck)
        }
        for onset in free {
            guard let over = section.melody.last(where: { $0.onset < onset }), over.end > onset + Grid.quarter else {
                continue
            }
            var own = writer.streams.at(
                .texture, "companion", section.letter, "\((onset - section.start) % (4 * writer.bar))")
            guard own.chance(share) else { continue }
            let chord = section.chords.at(onset)
            let end = min(over.end, chord.end, onset + Grid.beat)
            let floor = max(floor(at: onset), over.pitch - Self.reach)
            guard floor < over.pitch - 2 else { continue }
            let heard = voices.last { $0.onset < onset && onset - $0.onset <= writer.bar }
            let last = out.last.flatMap { onset - $0.onset <= writer.bar ? $0 : nil }
            let before = [heard, last].compactMap { $0 }.max { $0.onset < $1.onset }
            let since = before.map { onset - $0.onset } ?? writer.bar
            let least = since < Grid.half ? Self.leap + 1 : since < again ? 1 : 0
            let beside = (notes + left + out).filter { min(end, $0.end) - max(onset, $0.onset) >= Grid.half }
            let taken = Set(left.filter { abs($0.onset - onset) < shared }.map(\.pitch))
            let tones = (floor..<over.pitch - 2).filter { q in
                chord.tones.contains(q % 12) && ![1, 11].contains((over.pitch - q) % 12)
                    && abs(q - (before?.pitch ?? 0)) >= least && !taken.contains(q)
                    && !beside.contains { [1, 13].contains(abs($0.pitch - q)) }
            }
            let goal = before?.pitch ?? over.pitch - Self.near
            guard let pitch = tones.min(by: { (abs($0 - goal), $0) < (abs($1 - goal), $1) }) else { continue }
            // Let go where the left hand comes up to it.
            let crossed = left.filter { $0.onset > onset && $0.onset < end && $0.pitch >= pitch }.map(\.onset).min()
            out.append(Note(onset: onset, length: (crossed ?? end) - onset, pitch: pitch, role: .inner))
        }
        return out
    }

    /// Whether a stroke divides its beat as the others of the same hand do: one hand plays no two against three.
    private static func sharesGrid(_ place: Int, with struck: [Int]) -> Bool {
        let beat = place / Grid.beat
        let divisions = ([place] + struck.filter { $0 / Grid.beat == beat }).map { $0 % Grid.beat }.filter { $0 > 0 }
        return divisions.allSatisfy { $0 % Grid.third == 0 } || divisions.allSatisfy { $0 % Grid.third > 0 }
    }
}
