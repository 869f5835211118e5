import Moods

/// Which chord follows which, by family: the six tables of music.md 4.4, rows in a fixed order, each summing to 1.
package enum ChordFamilies {
    package typealias Row = [(chord: String, share: Float)]

    /// The tables in the order golden, nostalgic, melancholic, wonder, hopeful, tense.
    package static let all = [golden, nostalgic, melancholic, wonder, hopeful, tense]

    static let golden: [String: Row] = [
        "I": [
            ("IV", 0.34), ("vi", 0.18), ("iii", 0.1), ("ii", 0.1), ("V", 0.1), ("I/3", 0.1), ("bVII", 0.04),
            ("iv", 0.04),
        ],
        "I/3": [("IV", 0.6), ("ii", 0.2), ("vi", 0.12), ("V", 0.08)],
        "ii": [("V", 0.3), ("IV", 0.26), ("I/3", 0.18), ("vi", 0.14), ("I", 0.12)],
        "iii": [("IV", 0.48), ("vi", 0.34), ("ii", 0.1), ("I", 0.08)],
        "IV": [("I", 0.42), ("I/3", 0.16), ("vi", 0.12), ("V", 0.12), ("ii", 0.1), ("iv", 0.08)],
        "iv": [("I", 0.78), ("I/3", 0.12), ("IV", 0.1)],
        "V": [("IV", 0.32), ("vi", 0.3), ("I", 0.28), ("ii", 0.1)],
        "vi": [("IV", 0.4), ("iii", 0.16), ("ii", 0.14), ("I/3", 0.14), ("V", 0.1), ("I", 0.06)],
        "bVII": [("IV", 0.55), ("I", 0.35), ("iv", 0.1)],
    ]

    static let nostalgic: [String: Row] = [
        "I": [
            ("IV", 0.18), ("iii", 0.16), ("vi", 0.16), ("I/7", 0.14), ("iv", 0.1), ("ii", 0.1), ("bVI", 0.06),
            ("V", 0.06), ("III", 0.04),
        ],
        "I/7": [("vi", 0.66), ("IV", 0.18), ("iii", 0.1), ("iv", 0.06)],
        "ii": [("V", 0.34), ("I/3", 0.2), ("iv", 0.18), ("iii", 0.14), ("IV", 0.14)],
        "iii": [("vi", 0.42), ("IV", 0.34), ("ii", 0.14), ("bVI", 0.1)],
        "III": [("vi", 0.74), ("IV", 0.26)],
        "IV": [("iv", 0.24), ("I", 0.22), ("I/3", 0.14), ("iii", 0.14), ("V", 0.12), ("vi", 0.08), ("ii", 0.06)],
        "iv": [("I", 0.58), ("I/3", 0.14), ("bVII", 0.12), ("bVI", 0.1), ("V", 0.06)],
        "I/3": [("IV", 0.52), ("ii", 0.22), ("vi", 0.14), ("iv", 0.12)],
        "V": [("vi", 0.4), ("I", 0.26), ("IV", 0.22), ("iii", 0.12)],
        "vi": [("IV", 0.3), ("iii", 0.18), ("ii", 0.18), ("I/3", 0.12), ("V", 0.12), ("iv", 0.1)],
        "bVI": [("bVII", 0.3), ("iv", 0.26), ("I", 0.24), ("IV", 0.2)],
        "bVII": [("I", 0.4), ("IV", 0.34), ("iv", 0.16), ("vi", 0.1)],
    ]

    static let melancholic: [String: Row] = [
        "i": [
            ("bVI", 0.26), ("iv", 0.16), ("bIII", 0.14), ("v", 0.12), ("bVII", 0.12), ("IV", 0.08), ("i/b7", 0.08),
            ("iio", 0.04),
        ],
        "i/b7": [("bVI", 0.62), ("iv", 0.2), ("IV", 0.18)],
        "bII": [("i", 0.6), ("V", 0.4)],
        "iio": [("V", 0.44), ("v", 0.22), ("i", 0.22), ("bVI", 0.12)],
        "bIII": [("bVI", 0.28), ("iv", 0.22), ("bVII", 0.22), ("i", 0.16), ("v", 0.12)],
        "iv": [("i", 0.3), ("bVI", 0.18), ("v", 0.16), ("bVII", 0.14), ("V", 0.12), ("bIII", 0.1)],
        "IV": [("i", 0.44), ("bVII", 0.22), ("iv", 0.18), ("bVI", 0.16)],
        "v": [("bVI", 0.36), ("i", 0.34), ("iv", 0.18), ("bIII", 0.12)],
        "V": [("i", 0.58), ("bVI", 0.32), ("iv", 0.1)],
        "bVI": [("bVII", 0.26), ("bIII", 0.22), ("i", 0.18), ("iv", 0.16), ("v", 0.14), ("bII", 0.04)],
        "bVII": [("i", 0.34), ("bIII", 0.24), ("bVI", 0.24), ("iv", 0.1), ("v", 0.08)],
    ]

    static let wonder: [String: Row] = [
        "I": [
            ("II/1", 0.22), ("iii", 0.16), ("bVI", 0.14), ("IV", 0.12), ("vi", 0.12), ("bIII", 0.1), ("bVII", 0.08),
            ("V/1", 0.06),
        ],
        "II/1": [("I", 0.5), ("iii", 0.18), ("V/1", 0.16), ("vi", 0.16)],
        "V/1": [("I", 0.56), ("IV", 0.22), ("vi", 0.22)],
        "iii": [("vi", 0.28), ("IV", 0.26), ("I", 0.22), ("bIII", 0.12), ("II/1", 0.12)],
        "IV": [("I", 0.4), ("iii", 0.2), ("II/1", 0.14), ("V/1", 0.14), ("bVI", 0.12)],
        "vi": [("IV", 0.24), ("II/1", 0.22), ("iii", 0.22), ("I", 0.2), ("bVI", 0.12)],
        "bVI": [("I", 0.44), ("bVII", 0.2), ("bIII", 0.18), ("IV", 0.18)],
        "bIII": [("I", 0.34), ("IV", 0.3), ("bVI", 0.2), ("bVII", 0.16)],
        "bVII": [("I", 0.46), ("IV", 0.3), ("bIII", 0.24)],
    ]

    static let hopeful: [String: Row] = [
        "I": [("IV", 0.24), ("V/3", 0.18), ("vi", 0.18), ("I/3", 0.14), ("ii", 0.1), ("iii", 0.08), ("bVII", 0.08)],
        "V/3": [("vi", 0.56), ("I", 0.22), ("IV", 0.22)],
        "I/3": [("IV", 0.66), ("ii", 0.2), ("V", 0.14)],
        "ii": [("V", 0.4), ("I/3", 0.34), ("IV", 0.14), ("vi", 0.12)],
        "iii": [("IV", 0.5), ("vi", 0.38), ("ii", 0.12)],
        "IV": [("V", 0.38), ("I", 0.24), ("vi", 0.14), ("ii", 0.12), ("I/3", 0.12)],
        "V": [("I", 0.38), ("vi", 0.32), ("IV", 0.22), ("iii", 0.08)],
        "vi": [("IV", 0.4), ("V", 0.24), ("I/3", 0.18), ("ii", 0.12), ("iii", 0.06)],
        "bVII": [("IV", 0.62), ("I", 0.38)],
    ]

    static let tense: [String: Row] = [
        "i": [
            ("bII", 0.18), ("bVI", 0.18), ("iio", 0.16), ("iv", 0.16), ("V", 0.1), ("viio/V", 0.08),
            ("#iv-min", 0.08), ("bvi-min", 0.06),
        ],
        "bII": [("i", 0.34), ("V", 0.3), ("iv", 0.18), ("bVI", 0.18)],
        "iio": [("V", 0.46), ("i", 0.24), ("bVI", 0.18), ("bII", 0.12)],
        "iv": [("i", 0.24), ("V", 0.22), ("bII", 0.18), ("iio", 0.18), ("bVI", 0.18)],
        "V": [("i", 0.46), ("bVI", 0.36), ("iv", 0.18)],
        "bVI": [("iv", 0.26), ("bII", 0.24), ("iio", 0.2), ("V", 0.2), ("i", 0.1)],
        "viio/V": [("V", 0.66), ("i", 0.34)],
        "bvi-min": [("i", 0.64), ("V", 0.36)],
        "#iv-min": [("i", 0.6), ("V", 0.4)],
    ]

    /// The families of a mood with their shares, in a fixed order, zero shares left out.
    static func shares(_ families: MusicalParameters.Families) -> [(table: [String: Row], share: Float)] {
        [
            (golden, families.golden), (nostalgic, families.nostalgic), (melancholic, families.melancholic),
            (wonder, families.wonder), (hopeful, families.hopeful), (tense, families.tense),
        ].filter { $0.1 > 0 }
    }
}
