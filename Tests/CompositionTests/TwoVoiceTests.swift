import Composition
import Moods
import Music
import Testing

/// Second voices: a canon at the last return, a line of its own under a tune that is known.
@Suite struct TwoVoiceTests {
    private static let pieces: [(plan: Plan, score: Score)] = Pieces.moods.flatMap { entry in
        (1...6).map { seed in
            Composer.compose(
                CompositionRequest(mood: entry.mood, title: "", seed: Seed(UInt64(seed)), duration: 120))
        }
    }

    private static func notes(_ score: Score, _ section: ScoreSection) -> [ScoreNote] {
        let end = section.onset + Beat(section.bars * score.metre.beats)
        return score.notes.filter { $0.onset >= section.onset && $0.onset < end }
    }

    @Test func `Canons follow the theme by half a bar in the left hand`() throws {
        let canons = Self.pieces.filter { $0.plan.lastReturn == [.canon] }
        #expect(canons.count >= 5, "\(canons.count)")
        var heard = 0
        for (plan, score) in canons {
            let theme = Composer.theme(of: plan).main
            let section = try #require(score.sections.last { $0.letter == "A" })
            let tenor = Self.notes(score, section).filter { $0.role == .figure }
            let found = (0..<3).contains { bar in
                let start = section.onset + Beat(bar * score.metre.beats) + Beat(2)
                return theme.allSatisfy { note in
                    tenor.contains { $0.onset == start + Beat(note.onset, Theme.beat) }
                }
            }
            if found { heard += 1 }
        }
        #expect(3 * heard >= 2 * canons.count, "\(heard) of \(canons.count)")
    }

    /// The inner voices of a section, if they are one line that moves while the melody holds.
    private static func line(_ score: Score, _ section: ScoreSection) -> [ScoreNote]? {
        let notes = notes(score, section)
        let melody = Set(notes.filter { $0.role == .melody }.map(\.onset))
        let inner = notes.filter { $0.role == .inner }
        let isLine =
            inner.count >= max(4, section.bars / 2) && Set(inner.map(\.onset)).count == inner.count
            && inner.allSatisfy { !melody.contains($0.onset) }
        return isLine ? inner : nil
    }

    @Test func `A tune that comes back may have a second line, which goes by steps`() {
        var lines = 0
        var steps = 0
        var moves = 0
        for (plan, score) in Self.pieces where plan.returns != .copied {
            for section in score.sections where section.variant == 1 && section.letter != "o" {
                guard let line = Self.line(score, section) else { continue }
                lines += 1
                for (a, b) in zip(line, line.dropFirst()) {
                    moves += 1
                    if abs(b.pitch - a.pitch) <= 4 { steps += 1 }
                }
            }
        }
        #expect(lines >= 10, "\(lines)")
        #expect(4 * steps >= 3 * moves, "\(steps) of \(moves)")
    }
}
