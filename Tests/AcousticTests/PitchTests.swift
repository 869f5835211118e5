import BeachPianoTestSupport
import Testing

/// Frequencies are read from the rendered sound: the highest peak near where the row expects the partial.
@Suite("Pitch and partials of the sounding piano: measured / target")
struct PitchTests {
    /// Inharmonicity of recorded grands, e-4 (piano-fit 2.1, that table times .95 is what they measure).
    static let table: [(Int, Double)] = [
        (21, 2.40), (42, 0.74), (48, 1.09), (57, 2.16), (60, 2.8), (72, 8.17), (84, 21.5), (96, 81.4),
    ]

    static func equalTemperament(_ key: Int) -> Double { 440 * Levels.power(2, Double(key - 69) / 12) }

    /// Frequencies in Hz of the first partials, up to `last`, as they sound.
    static func partials(_ key: Int, last: Int, b: Double) -> [Double] {
        // Long enough to tell the partials of the lowest strings apart, short enough for the highest to be there still.
        let seconds = key < 40 ? 4.0 : key < 65 ? 2.0 : key < 80 ? 1.0 : 0.5
        let sound = Sound.note(key, 90, seconds: seconds + 0.1).mid
        let spectrum = Spectrum(sound[4800...], padding: key < 40 ? 2 : 8)
        let first = spectrum.peak(near: equalTemperament(key), cents: 40).hz
        let stiff = 1 + b
        return (1...last).map { n in
            let expected = first * Double(n) * ((1 + b * Double(n * n)) / stiff).squareRoot()
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
        return slopes.sorted()[slopes.count / 2]
    }

    @Test("T1: inharmonicity is that of recorded grands", arguments: table)
    func inharmonicity(_ key: Int, _ table: Double) {
        let highest = Int(16000 / Self.equalTemperament(key))
        let hz = Self.partials(key, last: min(14, highest), b: table * 1e-4)
        let b = Self.pairSlope(hz) * 1e4
        print("T1 inharmonicity of key \(key): \(b) e-4, target \(table) +-15 %")
        #expect(abs(b - table) <= 0.15 * table)
    }

    @Test("T3: the piano is stretched as recorded grands are")
    func stretch() {
        for (key, range) in [
            (21, -22.0 ... -16.0), (60, -3.9...2.1), (72, 0.0...6.0), (84, 6.0...17.0), (96, 8.0...20.0),
        ] {
            let hz = Self.equalTemperament(key)
            // The mean over the unison, long enough for its slower strings to count as they do for the ear.
            let sound = Sound.note(key, 90, seconds: 4.1).mid[4800..<(key < 40 ? 196_800 : 100_800)]
            let spectrum = Spectrum(sound)
            let peak = spectrum.peak(near: hz, cents: 40).hz
            let cents = Levels.cents(spectrum.centre(near: peak, cents: key < 40 ? 20 : 8), hz)
            print("T3 stretch of key \(key): \(cents) cents, target \(range)")
            #expect(range.contains(cents))
        }
    }
}
