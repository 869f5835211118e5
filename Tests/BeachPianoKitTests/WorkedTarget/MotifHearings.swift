import Composition
import Music

/// Where a motif is heard in the melody of a piece, and what was done to it each time (music.md 4.7).
///
/// A hearing keeps the head of the motif up to its signature: the same scale steps in the same rhythm, or in the same
/// rhythm stretched or shortened as a whole. What follows within the motif's length says which operator it was.
struct MotifHearings {
    enum Operator: String, Hashable, CaseIterable {
        case again, sequence, octave, end = "another end", ornamented, fragment, stretched, inverted
    }

    let all: [(onset: Beat, how: Operator)]

    private static let speeds: [Double] = [1, 1.5, 2, 0.5, 2 / 3]

    /// Looks for `motif`, whose head are its first `head` notes.
    init(_ motif: [ScoreNote], head: Int, in score: Score) {
        var line: [ScoreNote] = []
        for note in score.notes where note.role == .melody {
            if line.last?.onset == note.onset { line.removeLast() }
            line.append(note)
        }
        var all: [(onset: Beat, how: Operator)] = []
        var free = Beat.zero
        for i in line.indices where line[i].onset >= free {
            guard let how = Self.hearing(motif, head, line[i...]) else { continue }
            all.append((line[i].onset, how))
            free = line[i + head - 1].onset
        }
        self.all = all
    }

    var operators: Set<Operator> { Set(all.map(\.how)) }

    private static func hearing(_ motif: [ScoreNote], _ head: Int, _ line: ArraySlice<ScoreNote>) -> Operator? {
        guard line.count >= head else { return nil }
        let notes = Array(line.prefix(motif.count))
        let wanted = steps(motif)
        let heard = steps(notes)
        let isSame = heard.prefix(head - 1).elementsEqual(wanted.prefix(head - 1))
        let isInverted = heard.prefix(head - 1).elementsEqual(wanted.prefix(head - 1).map { -$0 })
        guard isSame || isInverted, let speed = speed(motif, notes, head) else { return nil }
        if isInverted { return .inverted }
        if speed != 1 { return .stretched }
        let end = notes[0].onset + (motif[motif.count - 1].onset - motif[0].onset)
        let rest = line.dropFirst(head).prefix { $0.onset <= end }
        let times = rest.map { $0.onset - notes[0].onset }
        let wantedTimes = motif.dropFirst(head).map { $0.onset - motif[0].onset }
        if rest.isEmpty { return .fragment }
        guard times == wantedTimes else { return .ornamented }
        guard heard == wanted else { return .end }
        let moved = notes[0].pitch - motif[0].pitch
        return moved == 0 ? .again : moved % 12 == 0 ? .octave : .sequence
    }

    private static func speed(_ motif: [ScoreNote], _ notes: [ScoreNote], _ head: Int) -> Double? {
        speeds.first { speed in
            (1..<head).allSatisfy { k in
                let wanted = (motif[k].onset - motif[k - 1].onset).value * speed
                return abs((notes[k].onset - notes[k - 1].onset).value - wanted) < 1e-6
            }
        }
    }

    /// Scale steps from note to note, as a listener hears them.
    private static func steps(_ notes: [ScoreNote]) -> [Int] {
        zip(notes, notes.dropFirst()).map { a, b in
            let size = (7 * abs(b.pitch - a.pitch) + 6) / 12
            return b.pitch < a.pitch ? -size : size
        }
    }
}
