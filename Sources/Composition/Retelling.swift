import Moods
import Music

/// What the operators of a retelling do to the notes of a piece (music.md 4.12); those that act on key, tempo, theme or
/// sound are worked into the moment when it is retold.
struct Retelling {
    private let operators: [RetellingOperator]
    private let sections: [Section]

    /// Highest key that a melody is moved to, lowest that an octave goes down to.
    private static let (highest, lowest) = (100, 24)
    /// dB.
    private static let softening: Float = -8

    init(_ operators: [RetellingOperator], _ sections: [Section]) {
        self.operators = operators
        self.sections = sections
    }

    /// The last return of the first letter, in which a memory shows; without a return the last section.
    private var last: Section? {
        sections.last { $0.letter == "A" } ?? sections.last { !$0.isFrame }
    }

    func told(_ notes: [Note]) -> [Note] {
        guard let last, let chord = last.chords.last else { return notes }
        var notes = notes
        let inLast = last.start..<chord.end
        for operation in operators {
            switch operation {
            case .octaveUp:
                let tops = notes.filter { $0.role == .melody && inLast.contains($0.onset) }.map(\.pitch)
                guard (tops.max() ?? Self.highest) + 12 <= Self.highest else { continue }
                for i in notes.indices where inLast.contains(notes[i].onset) && !notes[i].role.isLeftHand {
                    notes[i].pitch += 12
                }
            case .thinned: notes = thinned(notes, last)
            case .lastNoteWithheld:
                let melody = notes.indices.filter { notes[$0].role == .melody && inLast.contains(notes[$0].onset) }
                if melody.count > 8, let i = melody.max(by: { notes[$0].onset < notes[$1].onset }) {
                    let onset = notes[i].onset
                    notes.removeAll { $0.onset == onset && !$0.role.isLeftHand }
                }
            case .softer: for i in notes.indices { notes[i].dynamic += Self.softening }
            case .leftOctaves:
                // The hand that plays a second motif has none free for octaves.
                let layered = sections.filter { $0.cast.contains { $0.place == .under } }
                let low = notes.filter { note in
                    note.role == .bass && note.pitch - 12 >= Self.lowest
                        && !layered.contains { $0.start <= note.onset && note.onset < $0.chords.last?.end ?? 0 }
                }
                notes += low.map { note in
                    var copy = note
                    copy.pitch -= 12
                    return copy
                }
                notes = Guards.reachable(Guards.unique(notes))
            case .tenths: notes = Guards.unique(notes + tenths(notes))
            case .openFifths:
                notes.removeAll { note in
                    guard note.role == .figure, let chord = self.chord(at: note.onset) else { return false }
                    return [3, 4].contains((note.pitch - chord.root + 120) % 12)
                }
            case .unaCorda, .moreRoom, .slower, .parallelMinor, .relit, .augmented, .diminished, .farther: continue
            }
        }
        return notes
    }

    /// Every second bar with its bass and melody alone.
    private func thinned(_ notes: [Note], _ section: Section) -> [Note] {
        guard let end = section.chords.last?.end, section.bars > 1 else { return notes }
        let bar = (end - section.start) / section.bars
        return notes.filter { note in
            guard (section.start..<end).contains(note.onset), note.role == .figure || note.role == .inner else {
                return true
            }
            return (note.onset - section.start) / bar % 2 == 0
        }
    }

    /// A voice a tenth, else a sixth below the melody's notes of a beat or more.
    private func tenths(_ notes: [Note]) -> [Note] {
        notes.filter { $0.role == .melody && $0.length >= Grid.beat }.compactMap { note in
            guard let chord = self.chord(at: note.onset) else { return nil }
            let scale = PitchClassMask(chord.scale)
            let under = [16, 15, 8, 9].map { note.pitch - $0 }
                .first { q in
                    scale.contains(q) && q >= 50
                        && !notes.contains { $0.onset == note.onset && abs($0.pitch - q) < 3 && $0.role != .melody }
                }
            return under.map {
                Note(
                    onset: note.onset, length: max(1, min(note.length, chord.end - note.onset)), pitch: $0, role: .inner
                )
            }
        }
    }

    private func chord(at onset: Int) -> Chord? {
        sections.last { $0.start <= onset }?.chords.last { $0.onset <= onset }
    }
}
