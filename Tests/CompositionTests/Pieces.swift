import Composition
import Moods
import Music

/// Moods in all corners of the space, and pieces made from them.
enum Pieces {
    static let moods: [NamedMood] = NamedMood.all.filter { $0.aliasOf == nil }

    static func score(_ mood: Mood, seed: UInt64, seconds: Double = 60) -> Score {
        Composer.compose(CompositionRequest(mood: mood, title: "test", seed: Seed(seed), duration: seconds)).score
    }

    /// Five seeds of every mood, 120 pieces of a minute.
    static let many: [Score] = moods.flatMap { entry in (1...5).map { score(entry.mood, seed: UInt64($0)) } }

    /// Notes struck together, by hand.
    static func hands(_ score: Score) -> [[ScoreNote]] {
        var byPlace: [Beat: [ScoreNote]] = [:]
        for note in score.notes { byPlace[note.onset, default: []].append(note) }
        return byPlace.values.flatMap { struck in
            [struck.filter { $0.role.isLeftHand }, struck.filter { !$0.role.isLeftHand }].filter { !$0.isEmpty }
        }
    }

    static func melody(_ score: Score) -> [ScoreNote] { score.notes.filter { $0.role == .melody } }

    /// The melody of a section, onsets counted from its start.
    static func melody(_ score: Score, _ section: ScoreSection) -> [ScoreNote] {
        let end = section.onset + Beat(section.bars * score.metre.beats)
        return melody(score).filter { $0.onset >= section.onset && $0.onset < end }.map { note in
            var copy = note
            copy.onset = note.onset - section.onset
            return copy
        }
    }
}
