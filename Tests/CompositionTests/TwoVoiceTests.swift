import Composition
import Moods
import Music
import Testing

/// Second voices: a canon at the last return, a line of its own under a tune that is known.
@Suite struct TwoVoiceTests {
    private static let pieces: [(plan: Plan, score: Score)] = Pieces.moods.flatMap { entry in
        (1...8).map { seed in
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

    /// How many tunes have a second line where they come back: one voice under the melody that moves while that holds, mostly
    /// by steps, as companions that seek the tones of chords do not.
    private static func lines(_ mood: Mood) -> Int {
        (1...60).reduce(0) { count, seed in
            let request = CompositionRequest(mood: mood, title: "", seed: Seed(UInt64(seed)), duration: 120)
            let score = Composer.compose(request).score
            return count + score.sections.count { $0.variant == 1 && $0.letter != "o" && isLine(score, $0) }
        }
    }

    private static func isLine(_ score: Score, _ section: ScoreSection) -> Bool {
        let notes = notes(score, section)
        let melody = Set(notes.filter { $0.role == .melody }.map(\.onset))
        let inner = notes.filter { $0.role == .inner }.sorted { $0.onset < $1.onset }
        guard inner.count >= max(6, section.bars), Set(inner.map(\.onset.floor)).count == inner.count,
            inner.allSatisfy({ !melody.contains($0.onset) })
        else { return false }
        let steps = zip(inner, inner.dropFirst()).count { (1...2).contains(abs($1.pitch - $0.pitch)) }
        return 2 * steps >= inner.count
    }

    @Test func `Tunes that come back may have a second line, in close and remembering moods most`() {
        let close = Self.lines(
            Mood(valence: 0.2, energy: -0.3, tension: -0.3, intimacy: 1, nostalgia: 1, openness: 0.3))
        let distant = Self.lines(
            Mood(valence: 0.2, energy: -0.3, tension: -0.3, intimacy: -1, nostalgia: 0, openness: 0.3))
        print("LINES close \(close), distant \(distant)")
        #expect(close >= 10 && close >= 2 * distant, "\(close), \(distant)")
    }
}
