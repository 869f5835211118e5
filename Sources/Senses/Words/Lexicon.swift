/// Lemmas with their places on the six axes, scored by hand for this program.
///
/// The scores say how a moment feels in which the word is true, not how the word sounds. The groups of music.md 3.2 are
/// its anchors.
package enum Lexicon {
    /// A lemma's score; spaces of phrases are hyphens.
    package static let scores: [String: Axes] = {
        var scores: [String: Axes] = [:]
        for line in lines {
            let parts = line.split(separator: " ")
            let values = parts.dropFirst().compactMap { Float($0) }
            precondition(values.count == 6, "the lexicon has a line '\(line)'")
            var axes = Axes()
            for (axis, value) in values.enumerated() { axes[axis] = value / 100 }
            scores[String(parts[0])] = axes
        }
        return scores
    }()

    /// The lines of all tables.
    package static var lines: [Substring] { LexiconTables.all.flatMap { $0.split(separator: "\n") } }

    /// Lemmas of several words by their first, the longest first.
    static let phrases: [String: [[String]]] = {
        var phrases: [String: [[String]]] = [:]
        for lemma in scores.keys.sorted() where lemma.contains("-") {
            let parts = lemma.split(separator: "-").map(String.init)
            phrases[parts[0], default: []].append(parts)
        }
        return phrases.mapValues { $0.sorted { $0.count > $1.count } }
    }()

    /// The lemma that a word is a form of; nil where none is known.
    package static func lemma(of word: String) -> String? {
        Inflection.candidates(for: word).first { scores[$0] != nil }
    }
}

/// The tables of the lexicon, by theme.
enum LexiconTables {
    static let all = [sea, light, people, joy, calm, sorrow, unrest, motion, places, memory, nature]
}
