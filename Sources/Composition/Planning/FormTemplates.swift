import Moods
import Music

/// The forms: which sections of how many phrases, and which moods like them (music-plans 3, music.md 4.3).
package struct FormTemplate: Sendable {
    let name: String
    /// Letter and number of phrases.
    let sections: [(letter: String, phrases: Int)]
    /// Constant, valence, energy, tension, intimacy, nostalgia, openness.
    let weights: [Float]
    /// True where all sections share one ground.
    var hasOneGround = false
    /// True where all sections share one motif.
    var hasOneMotif = false

    func weight(_ mood: Mood) -> Float {
        let axes = [1, mood.valence, mood.energy, mood.tension, mood.intimacy, mood.nostalgia, mood.openness]
        // Templates of one name share its weight, or every other quiet piece were ternary.
        return max(0.03, zip(weights, axes).reduce(0) { $0 + $1.0 * $1.1 }) / (Self.namesakes[name] ?? 1)
    }

    private static let namesakes = Dictionary(all.map { ($0.name, 1) }, uniquingKeysWith: +).mapValues {
        Float($0).squareRoot()
    }

    static let all: [FormTemplate] = [
        .init(name: "aaba", sections: s("A2 A2 B2 A2"), weights: [0.5, 0.3, 0.1, 0, 0, 0.1, 0]),
        .init(name: "rounded", sections: s("A2 A2 B2 A2 C2 B2 A2"), weights: [0.4, 0, 0, 0, 0, 0.3, 0]),
        .init(name: "ternary", sections: s("A2 B3 A2"), weights: [0.4, 0, -0.2, 0, 0.3, 0.1, 0]),
        .init(name: "ternary", sections: s("A2 B4 A2"), weights: [0.3, -0.1, 0, 0.1, 0, 0.1, 0.2]),
        .init(name: "ternary", sections: s("A2 B1 A1"), weights: [0.35, 0, -0.1, 0, 0.1, 0.1, 0]),
        .init(name: "aaba", sections: s("A2 A1 B2 A1"), weights: [0.3, 0.1, 0, 0, 0, 0.1, 0]),
        .init(name: "rounded-binary", sections: s("A2 A2 B1 A1 B1 A1"), weights: [0.3, 0.1, 0.1, 0, 0, 0.1, 0]),
        .init(name: "binary", sections: s("A2 A2 B2 B2"), weights: [0.25, 0.1, 0.1, 0, 0, 0, 0]),
        .init(name: "variations", sections: s("A2 A2 A2 A2"), weights: [0.3, 0, 0, 0, 0.2, 0.3, 0]),
        .init(name: "rondo", sections: s("A2 B2 A2 C2 A2"), weights: [0.3, 0.4, 0.3, 0, 0, 0, 0]),
        .init(
            name: "arch", sections: s("A2 B2 C2 B2 A2"), weights: [0.3, -0.2, 0, 0.1, 0.1, 0, 0.2], hasOneMotif: true),
        .init(name: "through-composed", sections: s("A2 B2 C3 A1"), weights: [0.25, -0.5, 0.1, 0.3, 0, 0, 0.2]),
        .init(
            name: "passacaglia", sections: s("A1 A1 B1 B1 C1 C1 A1 A1"), weights: [0.15, -0.3, 0.3, 0.3, 0, 0.1, 0],
            hasOneGround: true),
        .init(name: "verse-refrain", sections: s("A2 B2 A2 B2 C1 B2"), weights: [0.3, 0.3, 0.3, 0, 0, 0.1, 0]),
        .init(name: "bar-form", sections: s("A2 A2 B3"), weights: [0.2, 0, 0.1, 0.1, 0, 0.1, 0.1]),
        .init(name: "photograph", sections: s("A1 A1 B1 A1"), weights: [0.12, 0, -0.1, 0, 0.15, 0.1, 0]),
        .init(name: "two-part", sections: s("A3 B3 A1"), weights: [0.12, -0.1, 0, -0.1, 0.1, 0, 0.2]),
    ]

    /// What a long piece puts in before its last section: the middle again, after a return of A.
    var cycle: [(letter: String, phrases: Int)] {
        let middle = Array(sections.dropFirst().dropLast())
        if name == "through-composed" || middle.first?.letter == "A" && middle.count > 1 { return middle }
        if name == "bar-form" { return [("B", 3), ("A", 2), ("A", 2)] }
        if name == "verse-refrain" { return [("A", 2), ("B", 2), ("C", 1)] }
        return [sections[0]] + middle
    }

    /// The sections of a piece with so many more cycles, whose contrasting letters are new or return, and at most
    /// `limit` sections.
    func sections(cycles: Int, reducedTo limit: Int, _ random: inout RandomStream)
        -> [(letter: String, phrases: Int)]
    {
        var letters = Array(sections.dropLast())
        var used = letters.map(\.letter) + [sections[sections.count - 1].letter]
        for k in 0..<cycles {
            var names: [String: String] = [:]
            for (i, section) in cycle.enumerated() {
                // Variations turn to something else in every second round.
                let isContrast =
                    section.letter != "A" && !returns(section.letter, in: k)
                    || name == "variations" && k % 2 == 0 && i == 1
                var letter = section.letter
                if isContrast {
                    letter = names[letter] ?? Self.contrast(used, isNew: k < 2 || random.chance(0.45), &random)
                    names[section.letter] = letter
                    used.append(letter)
                }
                letters.append((letter, section.phrases))
            }
        }
        letters.append(sections[sections.count - 1])
        return Self.reduced(letters, to: limit)
    }

    /// Whether a middle letter is the same in a round: a refrain always, what closes a bar form in the first.
    private func returns(_ letter: String, in round: Int) -> Bool {
        letter == "B" && (name == "verse-refrain" || name == "bar-form" && round == 0)
    }

    /// A letter that was not heard, or one of those that were; after Z old ones only.
    private static func contrast(_ used: [String], isNew: Bool, _ random: inout RandomStream) -> String {
        let alphabet = "BCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)
        if isNew, let new = alphabet.first(where: { !used.contains($0) }) { return new }
        let old = used.suffix(12).filter { $0 != "A" }
        return old.isEmpty ? "B" : random.pick(old)
    }

    /// Without what a short piece has no room for: repeats first, then the middle.
    private static func reduced(_ letters: [(letter: String, phrases: Int)], to limit: Int)
        -> [(letter: String, phrases: Int)]
    {
        var out = letters
        while out.count > limit {
            if let i = out.indices.dropFirst().first(where: { out[$0].letter == out[$0 - 1].letter }) {
                out.remove(at: i)
            } else {
                out.remove(at: max(0, out.count - 2))
            }
        }
        return out
    }

    /// Names as a moment file and `--form` know them.
    package static var names: [String] {
        var names: [String] = []
        for form in all where !names.contains(form.name) { names.append(form.name) }
        return names
    }

    private static func s(_ text: String) -> [(letter: String, phrases: Int)] {
        text.split(separator: " ").map { (String($0.prefix(1)), Int($0.dropFirst()) ?? 1) }
    }
}
