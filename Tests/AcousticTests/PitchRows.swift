import BeachPianoTestSupport

/// Frequencies, read from the rendered sound: the highest peak near where the partial is expected.
enum PitchRows {
    /// Inharmonicity of a recorded grand, 1e-4 (piano-physics 2.3).
    static let table: [(key: Int, b: Double)] = [
        (21, 2.40), (42, 0.74), (48, 1.09), (57, 2.16), (60, 2.8), (72, 8.17), (84, 21.5), (96, 81.4),
    ]

    static let rows: [AcousticRow] = [
        AcousticRow(number: 1, fact: "inharmonicity is that of recorded grands, e-4") {
            table.map { key, b in
                .init("key \(key)", inharmonicity(key, expected: b), .about(b, share: 0.15))
            }
        },
        AcousticRow(number: 2, fact: "partials 1 to 8 follow the law of stiff strings, cents; harmonics do not") {
            [(48, 1.09), (72, 8.17)].flatMap { key, expected -> [AcousticRow.Reading] in
                let hz = partials(key, last: 8, b: expected * 1e-4)
                let b = pairSlope(hz, from: 1)
                let f0 = Middle.median(hz.indices.map { hz[$0] / Double($0 + 1) / stiffness(b, $0 + 1) })
                func worst(_ law: (Int) -> Double) -> Double {
                    hz.indices.map { abs(Levels.cents(hz[$0], law($0 + 1))) }.max() ?? .nan
                }
                return [
                    .init("key \(key) from the law", worst { f0 * Double($0) * stiffness(b, $0) }, 0...3),
                    .init("key \(key) from harmonics", worst { hz[0] * Double($0) }, .atLeast(3)),
                ]
            }
        },
        AcousticRow(number: 3, fact: "the tuning is stretched as recorded grands are, cents from equal temperament") {
            [
                (21, -22.0 ... -16.0), (60, -3.9...2.1), (72, 0.0...6.0), (84, 6.0...17.0), (96, 8.0...20.0),
            ].map { .init("key \($0)", stretch($0), $1) }
        },
        AcousticRow(number: 4, fact: "inharmonicity has its least value at the end of the bass bridge") {
            let keys = [21, 27, 33, 36, 39, 42, 45, 48, 51]
            let b = keys.map { inharmonicity($0, expected: $0 < 30 ? 1.6 : 0.9) }
            let least = b.indices.min { b[$0] < b[$1] } ?? 0
            return [
                .init("key of the least", Double(keys[least]), 36...46),
                .init("A0 over it", b[0] / b[least], 1.2...3.3),
            ]
        },
    ]

    static func equalTemperament(_ key: Int) -> Double { 440 * Levels.power(2, Double(key - 69) / 12) }

    private static func stiffness(_ b: Double, _ n: Int) -> Double { (1 + b * Double(n * n)).squareRoot() }

    /// Frequencies in Hz of the first partials, up to `last`, as they sound; `b` is where they are looked for.
    static func partials(_ key: Int, last: Int, b: Double, velocity: Float = 90) -> [Double] {
        // Long enough to tell the partials of the lowest strings apart, short enough for the highest to be there still.
        let seconds = key < 40 ? 4.0 : key < 65 ? 2.0 : key < 80 ? 1.0 : 0.5
        let sound = Sound.note(key, velocity, seconds: seconds + 0.1)
        let spectrum = sound.spectrum(from: 0.1, padding: key < 40 ? 2 : 8)
        let first = spectrum.peak(near: equalTemperament(key), cents: 40).hz
        return (1...last).map { n in
            let expected = first * Double(n) * stiffness(b, n) / stiffness(b, 1)
            return n == 1 ? first : spectrum.peak(near: expected, cents: 30).hz
        }
    }

    /// Median over pairs of partials of the slope of (f/n)^2 over n^2.
    static func pairSlope(_ hz: [Double], from first: Int = 2) -> Double {
        var slopes: [Double] = []
        for a in first..<hz.count {
            for b in a + 1...hz.count {
                let (x, y) = (hz[a - 1] / Double(a), hz[b - 1] / Double(b))
                slopes.append((y * y - x * x) / (x * x * Double(b * b) - y * y * Double(a * a)))
            }
        }
        return Middle.median(slopes)
    }

    /// B of partials 2 to 14, 1e-4; `expected` is where they are looked for.
    static func inharmonicity(_ key: Int, expected: Double) -> Double {
        let highest = Int(16000 / equalTemperament(key))
        return pairSlope(partials(key, last: min(14, highest), b: expected * 1e-4)) * 1e4
    }

    /// Cents from equal temperament: the mean over the unison, heard long enough for its slower strings to count.
    static func stretch(_ key: Int) -> Double {
        let hz = equalTemperament(key)
        let spectrum = Sound.note(key, 90, seconds: key < 40 ? 4.1 : 2.1).spectrum(from: 0.1)
        let peak = spectrum.peak(near: hz, cents: 40).hz
        return Levels.cents(spectrum.centre(near: peak, cents: key < 40 ? 20 : 8), hz)
    }
}
