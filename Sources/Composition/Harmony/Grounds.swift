import Moods
import Music

/// A kind of loop on which a piece may stand.
package struct GroundType: Sendable {
    package let name: String
    /// Constant, valence, energy, tension, intimacy, nostalgia, openness.
    package let weights: [Float]
    /// The chord colours that this kind prefers.
    package let palette: ColourPalette?
    /// Chord names of each loop; empty for the free kind, whose chords the beam finds.
    package let loops: [[String]]

    init(_ name: String, weights: [Float], palette: ColourPalette?, loops: [String]) {
        self.name = name
        self.weights = weights
        self.palette = palette
        self.loops = loops.map { $0.split(separator: " ").map(String.init) }
    }

    package var isFree: Bool { loops.isEmpty }

    /// How much a mood likes this kind.
    func weight(_ mood: Mood) -> Float {
        let axes = [1, mood.valence, mood.energy, mood.tension, mood.intimacy, mood.nostalgia, mood.openness]
        return Exact.pow(max(0.03, zip(weights, axes).reduce(0) { $0 + $1.0 * $1.1 }), 1.3)
    }

    /// How much a mood minds the brightness of a loop: in minor, which is dark by itself, it takes more to tell a
    /// dark mood from a mild one; in major, moods that are not bright lean to the darker loops.
    private static func leaning(_ mood: Mood, isMinor: Bool) -> Float {
        isMinor ? 6 * mood.valence : 2 * mood.valence - 0.8
    }

    /// A loop of this kind, bright moods preferring bright ones, each piece those that go as it does; short loops
    /// sometimes begin elsewhere.
    func loop(_ mood: Mood, isMinor: Bool, _ gait: RootGait, _ random: inout RandomStream) -> [String] {
        let loop = loops[
            random.weighted(
                loops.map {
                    gait.liking($0)
                        * Exact.exp(Self.leaning(mood, isMinor: isMinor) * Grounds.brightness($0, isMinor: isMinor))
                })]
        let isFixed = name == "descending bass" || name == "lament"
        guard loop.count <= 4, !isFixed, random.chance(0.3 * (1 - abs(mood.valence))) else { return loop }
        let turn = random.index(loop.count)
        return Array(loop[turn...] + loop[..<turn])
    }
}

/// Loops of whole pieces (music-plans 1, where they made pieces of one mood differ as people's do).
package enum Grounds {
    /// The kinds of a mode, the free one last.
    static func all(isMinor: Bool) -> [GroundType] { isMinor ? minor : major }

    /// Mean brightness of a loop's chords, about -1...1, the first counted 1.6 times.
    static func brightness(_ loop: [String], isMinor: Bool) -> Float {
        var sum: Float = 0
        for (i, name) in loop.enumerated() {
            let plain = String(name.prefix { $0 != "/" })
            sum += (i == 0 ? 1.6 : 1) * ((isMinor ? minorBrightness : majorBrightness)[plain] ?? 0)
        }
        return sum / (Float(loop.count) + 0.6)
    }

    private static let majorBrightness: [String: Float] = [
        "I": 1, "IV": 0.8, "V": 0.8, "II": 0.8, "ii": -0.5, "iii": -0.7, "vi": -0.8, "iv": -1.2, "bVI": -0.8,
        "bIII": -0.6, "bVII": -0.1,
    ]
    private static let minorBrightness: [String: Float] = [
        "i": -1, "iv": -1, "v": -0.7, "V": -0.2, "bVI": 0.4, "bVII": 0.7, "bIII": 1, "IV": 0.5, "bII": -0.6, "iio": -1,
    ]

    /// Grounds of major pieces.
    package static let major: [GroundType] = [
        GroundType(
            "oscillation", weights: [0.05, 0, -0.3, -0.2, 0.3, 0.1, 0.25], palette: .seventh,
            loops: [
                "I IV", "IV I", "I iii", "I vi", "I ii", "I/3 IV", "vi IV",
            ]),
        GroundType(
            "descending bass", weights: [0.6, -0.1, -0.2, 0, 0.3, 0.6, 0], palette: nil,
            loops: [
                "I V/3 vi I/5 IV I/3 ii V", "I V/3 vi I/5", "I I/7 vi I/5 IV I/3 ii V", "I V/3 IV/3 IV",
                "vi I/5 IV I/3", "I I/7 vi IV", "IV I/3 ii I",
            ]),
        GroundType(
            "ascending bass", weights: [0.45, 0.3, 0.3, 0, 0, 0, 0.2], palette: nil,
            loops: [
                "I ii I/3 IV", "I V/5 I/3 IV", "I I/3 IV V", "IV V vi V/3", "I I/3 IV iv", "IV V V/3 I",
                "vi V/3 I I/3", "I ii iii IV", "IV V vi I", "I V/5 I/3 ii", "IV I/5 V vi",
            ]),
        GroundType(
            "pedal", weights: [0.35, 0.1, -0.3, 0.2, 0.3, 0, 0.4], palette: .triad,
            loops: [
                "I IV/1 V/1 I", "I IV/1", "I ii/1 V/1 I", "I bVII/1 IV/1 I", "I II/1 IV/1 I", "I iv/1",
                "I V/1 IV/1 V/1",
            ]),
        GroundType(
            "fifths", weights: [0.4, 0.1, 0.3, 0, 0, 0.4, -0.1], palette: .seventh,
            loops: [
                "vi ii V I", "iii vi ii V", "I IV viio iii vi ii V I", "I VI ii V", "I vi ii V", "I III vi II",
                "I #io ii V",
            ]),
        GroundType(
            "mediants", weights: [0.10, -0.1, 0, 0.1, 0, 0.2, 0.5], palette: nil,
            loops: [
                "I bVI IV I", "I bIII IV I", "I III IV iv", "I III vi IV", "I bVI I bIII", "I bVI bVII I",
                "I iii bIII IV",
            ]),
        GroundType(
            "plagal", weights: [0.5, 0.2, -0.2, -0.1, 0.3, 0.1, 0.1], palette: .addedNinth,
            loops: [
                "I IV I V", "IV I/3 ii I", "I IV ii IV", "I vi IV I", "IV I", "I iii IV I", "I IV IV vi", "I ii IV I",
                "I IV iii vi", "I IV V IV", "I ii IV V",
            ]),
        GroundType(
            "axis", weights: [0.45, 0.5, 0.4, 0, 0, -0.2, 0], palette: .triad,
            loops: [
                "I V vi IV", "vi IV I V", "IV V vi I/3", "I vi IV V", "IV I/3 V vi", "I iii vi IV", "I IV vi V",
                "IV I V vi", "I V ii IV", "I iii IV V", "ii IV I V", "I V IV ii", "V I ii IV", "I V IV V", "IV I ii V",
                "I ii vi IV",
                "I III vi IV",
            ]),
        GroundType(
            "modal vamp", weights: [0.3, 0.1, 0.2, 0, -0.1, 0, 0.7], palette: .seventh,
            loops: [
                "ii V", "ii V ii iii", "I bVII", "I bVII IV I", "I II/1", "I II/1 IV I", "ii V/5",
                "I bVII IV bVII", "I bVII V IV", "I II IV V", "I V bVII IV", "I v IV I", "I V bVII V", "I II V IV",
            ]),
        GroundType(
            "three chords", weights: [0.3, 0.3, 0.3, 0, 0, 0, 0.1], palette: nil,
            loops: [
                "I IV V", "vi IV I", "I iii IV", "IV I/3 ii", "I vi IV", "I V/3 IV", "I ii IV", "I ii V", "I iii V",
                "I bVII V", "I v IV", "V IV I",
                "I II V", "IV V iii",
            ]),
        GroundType(
            "minor plagal", weights: [0.15, -0.3, -0.1, 0, 0.2, 0.9, 0], palette: .addedNinth,
            loops: [
                "I iv", "I IV iv I", "I I/7 vi iv", "IV iv I I/3", "I bVI iv I", "I iii IV iv", "vi iii IV iv",
            ]),
        GroundType(
            "free (the beam)", weights: [2.0, 0, 0, 0.3, 0, 0.1, 0.1], palette: nil,
            loops: []),
    ]

    /// Grounds of minor pieces.
    package static let minor: [GroundType] = [
        GroundType(
            "lament", weights: [0.5, -0.3, 0.1, 0.3, 0.1, 0.3, 0], palette: nil,
            loops: [
                "i bVII bVI V", "i v/3 iv/3 V", "i V/3 i/b7 IV/3 bVI V", "i i/b7 bVI V", "i i/b7 IV/3 iv/3 V",
                "i v/3 bVI V",
            ]),
        GroundType(
            "oscillation", weights: [0.1, 0, -0.3, -0.3, 0.2, 0.1, 0.2], palette: .seventh,
            loops: [
                "i iv", "i bVI", "bVI i", "i v", "bVI bIII", "i IV", "i bVII/1",
            ]),
        GroundType(
            "aeolian", weights: [0.5, 0.3, 0.2, -0.2, 0, 0, 0], palette: .triad,
            loops: [
                "i bVI bIII bVII", "bVI bVII i i/b7", "i iv bIII bVII", "i bVI iv bVII", "i iv bVI bVII",
                "i bIII bVII iv", "i v bVI iv",
                "bVI bIII bVII i", "i bVII iv bVI",
            ]),
        GroundType(
            "descending bass", weights: [0.4, -0.1, -0.2, 0, 0.2, 0.4, 0], palette: nil,
            loops: [
                "i i/b7 bVI v", "i v/3 iv/3 bIII/5 iv i/3 iio V", "i i/b7 bVI i/5 iv i/3 iio V", "bVI i/5 iv i/3",
                "i i/b7 bVI bIII/5",
            ]),
        GroundType(
            "ascending bass", weights: [0.3, 0.1, 0.4, 0.2, 0, 0, 0.1], palette: nil,
            loops: [
                "i iv/3 bVII i", "bVI bVII i bIII", "i i/3 iv V", "iv v bVI bVII", "i bVII/3 bIII iv",
            ]),
        GroundType(
            "pedal", weights: [0.35, -0.1, -0.1, 0.4, 0.2, 0, 0.2], palette: .triad,
            loops: [
                "i iv/1 V/1 i", "i bVI/1 iv/1 i", "i bVII/1 bVI/1 i", "i iv/1", "i V/1", "i bII",
            ]),
        GroundType(
            "fifths", weights: [0.35, -0.1, 0.3, 0.2, 0, 0.2, 0], palette: .seventh,
            loops: [
                "i iv bVII bIII bVI iio V i", "iv bVII bIII bVI", "i iv v i", "iio V i bVI", "i iv bVII bIII",
            ]),
        GroundType(
            "mediants", weights: [0.12, -0.2, 0.2, 0.6, 0, 0, 0.6], palette: nil,
            loops: [
                "i bVI i bvi-min", "i bIII bVI bII", "i bvi-min", "i #iv-min i V", "bVI bIII i bVII",
                "i bIII i bVI",
            ]),
        GroundType(
            "vamp", weights: [0.3, 0.1, 0.2, 0.1, -0.1, 0, 0.5], palette: .seventh,
            loops: [
                "i IV", "i bVII IV i", "i bII", "i v", "i IV bVII i", "i bVII",
            ]),
        GroundType(
            "three chords", weights: [0.3, 0.1, 0.2, 0, 0, 0, 0.1], palette: nil,
            loops: [
                "i bVI bVII", "i iv v", "i v iv", "iv bVI i", "i bIII bVI", "bVI iv i", "i bVII bVI", "i i/b7 bVI",
            ]),
        GroundType(
            "plagal", weights: [0.35, 0.1, -0.3, -0.2, 0.2, 0.2, 0], palette: .addedNinth,
            loops: [
                "i iv i v", "iv i bVI i", "i bVI iv i", "i iv bVI iv", "i v iv i",
            ]),
        GroundType(
            "free", weights: [2.0, 0, 0, 0.3, 0, 0.1, 0.1], palette: nil,
            loops: []),
    ]
}
