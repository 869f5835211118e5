/// What a text says beside its words: person, tense, questions (music.md 3.2).
struct GrammarMarks: OptionSet, Hashable, Sendable {
    let rawValue: Int

    static let past = GrammarMarks(rawValue: 1)
    static let future = GrammarMarks(rawValue: 2)
    static let you = GrammarMarks(rawValue: 4)
    static let alone = GrammarMarks(rawValue: 8)
    static let question = GrammarMarks(rawValue: 16)

    /// How much each mark shifts, and how it is called in a reason.
    static let shifts: [(mark: GrammarMarks, name: String, axes: Axes)] = [
        (.past, "past tense", Axes(nostalgia: 0.35)),
        (.future, "future", Axes(valence: 0.1, nostalgia: -0.1, openness: 0.1)),
        (.you, "you and I", Axes(intimacy: 0.3)),
        (.alone, "alone", Axes(intimacy: -0.3, nostalgia: 0.15)),
        (.question, "a question", Axes(tension: 0.1)),
    ]
}

enum Grammar {
    static let negations: Set<String> = [
        "not", "no", "never", "without", "nothing", "nobody", "none", "neither", "nor", "cannot", "hardly", "barely",
        "scarcely", "less", "cant", "dont", "wont", "isnt",
    ]
    static let intensifiers: Set<String> = [
        "very", "so", "really", "deeply", "truly", "utterly", "completely", "absolutely", "extremely", "incredibly",
        "totally", "perfectly", "too", "such", "most", "all",
    ]
    static let diminishers: Set<String> = [
        "slightly", "almost", "somewhat", "faintly", "rather", "fairly", "bit", "kinda", "nearly", "mildly",
    ]
    private static let pronouns: Set<String> = ["i", "we", "he", "she", "they", "it", "you", "who", "and", "never"]
    private static let togetherness: Set<String> = [
        "you", "your", "yours", "you're", "you've", "you'll", "you'd", "we", "we're", "we've", "we'll", "we'd", "us",
        "our", "ours", "ourselves",
    ]
    private static let futures: Set<String> = [
        "will", "i'll", "we'll", "you'll", "he'll", "she'll", "they'll", "it'll", "tomorrow", "someday", "shall",
    ]

    /// What says yes before `stop`: `can't stop smiling`, `never stops singing`.
    private static let unstopped: Set<String> = [
        "can't", "cannot", "cant", "couldn't", "doesn't", "don't", "won't", "didn't", "never",
    ]

    /// True where a negation says yes before the up to three words `ahead`: `not only`, `never so happy`, `never better`,
    /// `can't stop smiling`.
    static func saysYes(_ word: String, before ahead: ArraySlice<String>) -> Bool {
        switch ahead.first {
        case "only": true
        case "stop" where unstopped.contains(word), "stops" where unstopped.contains(word): true
        default: word == "never" && ahead.contains { ["so", "more", "better", "happier"].contains($0) }
        }
    }

    /// True for a word that turns round what follows.
    static func isNegation(_ word: String) -> Bool { negations.contains(word) || word.hasSuffix("n't") }

    /// True at the `far` of `far from sad`, which says that somebody is not.
    static func isFarFrom(_ words: [String], at i: Int) -> Bool {
        words[i] == "far" && i + 2 < words.count && words[i + 1] == "from" && !places.contains(words[i + 2])
    }

    /// What one is far from in space.
    private static let places: Set<String> = [
        "home", "here", "the", "a", "my", "your", "our", "you", "me", "us", "them", "him", "her", "any", "everyone",
        "everything", "everybody",
    ]

    /// The marks of a clause.
    static func marks(_ clause: Clause) -> GrammarMarks {
        var marks: GrammarMarks = clause.isQuestion ? [.question] : []
        let words = clause.words
        for (i, word) in words.enumerated() {
            let next = i + 1 < words.count ? words[i + 1] : ""
            let last = i > 0 ? words[i - 1] : ""
            if Inflection.pasts.contains(word) && word != "left" || word == "left" && pronouns.contains(last)
                || word == "used" && next == "to" || word == "ago" || word == "yesterday"
                || word.hasPrefix("remember") || word == "once" && i == words.count - 1
            {
                marks.insert(.past)
            }
            // `we danced` is a past tense, `wrapped in her shawl` is not.
            if word.hasSuffix("ed"), word.utf8.count > 4, pronouns.contains(last) { marks.insert(.past) }
            if futures.contains(word) || word == "going" && next == "to" { marks.insert(.future) }
            if togetherness.contains(word) { marks.insert(last == "without" ? .alone : .you) }
            if word == "alone" || word == "myself" && (last == "by" || last == "with") || word == "own" && last == "my"
            {
                marks.insert(.alone)
            }
        }
        return marks
    }
}
