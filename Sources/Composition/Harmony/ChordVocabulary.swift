/// The chords that harmony is made of, as semitones above the tonic (music.md 4.4).
enum ChordVocabulary {
    enum Quality { case major, minor, diminished }

    struct Entry {
        let root: Int
        let quality: Quality
        let bass: Int

        var intervals: [Int] {
            switch quality {
            case .major: [0, 4, 7]
            case .minor: [0, 3, 7]
            case .diminished: [0, 3, 6]
            }
        }
    }

    static let chords: [String: Entry] = [
        "I": .init(root: 0, quality: .major, bass: 0), "I/3": .init(root: 0, quality: .major, bass: 4),
        "I/7": .init(root: 0, quality: .major, bass: 11), "ii": .init(root: 2, quality: .minor, bass: 2),
        "iii": .init(root: 4, quality: .minor, bass: 4), "III": .init(root: 4, quality: .major, bass: 4),
        "IV": .init(root: 5, quality: .major, bass: 5), "iv": .init(root: 5, quality: .minor, bass: 5),
        "V": .init(root: 7, quality: .major, bass: 7), "V/3": .init(root: 7, quality: .major, bass: 11),
        "V/1": .init(root: 7, quality: .major, bass: 0), "vi": .init(root: 9, quality: .minor, bass: 9),
        "bVI": .init(root: 8, quality: .major, bass: 8), "bVII": .init(root: 10, quality: .major, bass: 10),
        "II/1": .init(root: 2, quality: .major, bass: 0), "bIII": .init(root: 3, quality: .major, bass: 3),
        "VI": .init(root: 9, quality: .major, bass: 9), "II": .init(root: 2, quality: .major, bass: 2),
        "I7": .init(root: 0, quality: .major, bass: 0), "i": .init(root: 0, quality: .minor, bass: 0),
        "i/b7": .init(root: 0, quality: .minor, bass: 10), "bII": .init(root: 1, quality: .major, bass: 1),
        "iio": .init(root: 2, quality: .diminished, bass: 2), "v": .init(root: 7, quality: .minor, bass: 7),
        "viio/V": .init(root: 6, quality: .diminished, bass: 6), "#iv-min": .init(root: 6, quality: .minor, bass: 6),
        "bvi-min": .init(root: 8, quality: .minor, bass: 8),
    ]

    static func entry(_ name: String) -> Entry { chords[name] ?? Entry(root: 0, quality: .major, bass: 0) }

    /// Tension of a chord, 0...1: strain .35, diameter .25, distance from the tonic .25, roughness .15 of table H, each
    /// scaled over the table (music.md 4.4).
    static func tension(_ name: String) -> Float { tensions[name] ?? 0.5 }

    private static let tensions: [String: Float] = {
        // diameter, strain, momentum, roughness
        let table: [(String, Float, Float, Float, Float)] = [
            ("I", 1.79, 0.38, 0, 0.92), ("I/3", 1.79, 0.38, 0.2, 0.92), ("I/7", 2.31, 0.60, 0.38, 1.68),
            ("I7", 2.97, 0.66, 0.6, 1.13), ("i", 1.79, 0.80, 0.2, 0.94), ("i/b7", 2.13, 0.8, 0.4, 1.2),
            ("ii", 1.79, 1.12, 1.42, 0.86), ("iii", 1.79, 0.93, 0.77, 0.79), ("IV", 1.79, 0.89, 1.12, 0.75),
            ("iv", 1.79, 1.19, 1.39, 0.76), ("V", 1.79, 1.01, 1.12, 0.51), ("V/3", 1.79, 1.01, 1.2, 0.51),
            ("V/1", 2.31, 0.57, 0.70, 1.43), ("v", 1.79, 1.1, 1.2, 0.6), ("vi", 1.79, 0.76, 0.71, 1.07),
            ("bVI", 1.79, 1.30, 1.46, 1.10), ("bVII", 1.79, 1.28, 1.66, 1.00), ("bIII", 1.79, 1.23, 1.52, 0.81),
            ("bII", 1.79, 1.85, 2.11, 0.88), ("III", 1.79, 1.69, 1.46, 0.78), ("II", 1.79, 1.49, 1.66, 0.84),
            ("II/1", 2.31, 1.2, 1.3, 1.4), ("VI", 1.79, 1.6, 1.5, 0.84), ("iio", 2.97, 1.1, 1.3, 1.7),
            ("viio/V", 3.0, 1.5, 1.6, 1.7), ("#iv-min", 1.79, 1.9, 2.0, 0.9), ("bvi-min", 1.79, 1.7, 1.8, 0.9),
        ]
        func scaled(_ value: Float, _ all: [Float]) -> Float {
            let (low, high) = (all.min() ?? 0, all.max() ?? 1)
            return (value - low) / (high - low)
        }
        let (diameters, strains) = (table.map(\.1), table.map(\.2))
        let (momenta, roughness) = (table.map(\.3), table.map(\.4))
        return Dictionary(
            uniqueKeysWithValues: table.map { row in
                let tension =
                    0.35 * scaled(row.2, strains) + 0.25 * scaled(row.1, diameters) + 0.25 * scaled(row.3, momenta)
                    + 0.15 * scaled(row.4, roughness)
                return (row.0, tension)
            })
    }()
}
