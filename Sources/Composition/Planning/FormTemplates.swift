import Moods

/// The forms: which sections of how many phrases, and which moods like them (music-plans 3, music.md 4.3).
struct FormTemplate: Sendable {
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
        return max(0.03, zip(weights, axes).reduce(0) { $0 + $1.0 * $1.1 })
    }

    static let all: [FormTemplate] = [
        .init(name: "aaba", sections: s("A2 A2 B2 A2"), weights: [0.5, 0.3, 0.1, 0, 0, 0.1, 0]),
        .init(name: "rounded", sections: s("A2 A2 B2 A2 C2 B2 A2"), weights: [0.4, 0, 0, 0, 0, 0.3, 0]),
        .init(name: "ternary", sections: s("A2 B3 A2"), weights: [0.4, 0, -0.2, 0, 0.3, 0.1, 0]),
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

    /// Names as a moment file and `--form` know them.
    static var names: [String] { all.map(\.name) }

    private static func s(_ text: String) -> [(letter: String, phrases: Int)] {
        text.split(separator: " ").map { (String($0.prefix(1)), Int($0.dropFirst()) ?? 1) }
    }
}
