import BeachPianoTestSupport
import Piano

/// Levels, brightness and attack.
enum LevelRows {
    static let rows: [AcousticRow] = [
        AcousticRow(number: 18, fact: "the 88 keys are even at one velocity, dB") {
            [Float(40), 75, 110].flatMap { velocity -> [AcousticRow.Reading] in
                let levels = (21...108).map { Sound.note($0, velocity, seconds: 0.4).level(0..<0.4) }
                let steps = zip(levels, levels.dropFirst()).map { abs($0 - $1) }
                return [
                    .init("rms about the mean at velocity \(velocity)", Middle.deviation(levels), 0...3),
                    .init("largest step at velocity \(velocity)", steps.max() ?? 0, 0...4),
                ]
            }
        },
        AcousticRow(number: 19, fact: "level rises with velocity, dB a step; C4 from velocity 10 to 127, dB") {
            func level(_ key: Int, _ velocity: Float) -> Double {
                Sound.note(key, velocity, seconds: 0.4).level(0..<0.4)
            }
            let slopes = [
                (24, 0.22...0.28), (36, 0.22...0.28), (48, 0.22...0.28), (57, 0.22...0.28), (72, 0.28...0.46),
                (84, 0.28...0.46), (96, 0.28...0.46),
            ].map { key, target -> AcousticRow.Reading in
                .init("key \(key)", (level(key, 110) - level(key, 40)) / 70, target)
            }
            return slopes + [.init("C4", level(60, 127) - level(60, 10), 25...45)]
        },
        AcousticRow(number: 20, fact: "louder is brighter: spectral centroid") {
            let c4 = [Float(30), 70, 110].map { centroid(60, $0) }
            let rising = [36, 60, 84, 96].map { key -> AcousticRow.Reading in
                let values = [Float(30), 60, 90, 117].map { centroid(key, $0) }
                let least = zip(values, values.dropFirst()).map { $1 / $0 }.min() ?? 0
                return .init("key \(key), least step up, ratio", least, .atLeast(1))
            }
            return [.init("C4 ff/pp", c4[2] / c4[0], 1.15...2.5), .init("C4 ff/mf", c4[2] / c4[1], 1.12...1.32)]
                + rising
        },
        AcousticRow(number: 21, fact: "C4's partials roll off as they are struck, dB an octave") {
            [(Float(30), -18.0), (70, -15), (110, -11)].map { velocity, target in
                // Before they have died away each at its own rate; the eighth has its node under the hammer.
                let spectrum = Sound.note(60, velocity, seconds: 0.2).spectrum()
                let points = (1...16).filter { $0 % 8 != 0 }.map { n in
                    (x: Levels.log2(Double(n)), y: spectrum.peak(near: DecayRows.hz(60, n), cents: 20).decibels)
                }
                return .init("velocity \(velocity)", Slope.of(points), target - 4...target + 4)
            }
        },
        AcousticRow(number: 22, fact: "high partials fall by more than low ones from fortissimo to pianissimo, C4, dB")
        {
            let (loud, soft) = (
                Sound.note(60, 110, seconds: 0.5).spectrum(), Sound.note(60, 20, seconds: 0.5).spectrum()
            )
            func fall(_ n: Int) -> Double {
                let hz = DecayRows.hz(60, n)
                return loud.peak(near: hz, cents: 20).decibels - soft.peak(near: hz, cents: 20).decibels
            }
            // The sheet names the tenth partial, at 2.7 kHz. The band as a whole is mostly its lowest partial, which falls
            // little more than the fundamental.
            return [.init("velocity 110 to 20, partial 10 more than the fundamental", fall(10) - fall(1), 20...40)]
        },
        AcousticRow(number: 23, fact: "the attack takes, from a tenth to nine tenths, ms") {
            [(36, 5.0...15), (60, 8.0...25), (84, 5.0...12)].map { .init("key \($0)", attack($0), $1) }
        },
        AcousticRow(number: 24, fact: "bass fundamentals are weak, dB re the strongest partial") {
            [(21, -40.0 ... -20), (36, -60.0 ... -10)].map { key, target in
                let spectrum = Sound.note(key, 90, seconds: 1).spectrum()
                let levels = (1...24).map { spectrum.peak(near: DecayRows.hz(key, $0), cents: 25).decibels }
                return .init("key \(key)", levels[0] - (levels.max() ?? 0), target)
            }
        },
        AcousticRow(number: 25, fact: "no rumble under a chord of C5, E5, G5 below 50 Hz, dB re all") {
            let chord = Sound.render([72, 76, 79].map { .strike($0, 90) }, seconds: 1)
            let spectrum = chord.spectrum()
            return [.init("below 50 Hz", spectrum.band(5..<50) - spectrum.band(5..<16000), .atMost(-45))]
        },
        AcousticRow(
            number: 26, fact: "the hammer does not excite what has a node under it: partial 8, dB re neighbours"
        ) {
            [24, 36, 48, 60].flatMap { key -> [AcousticRow.Reading] in
                let spectrum = Sound.note(key, 90, seconds: 1).spectrum()
                let levels = [7, 8, 9].map { spectrum.peak(near: DecayRows.hz(key, $0), cents: 20).decibels }
                return [
                    .init("key \(key)", levels[1] - (levels[0] + levels[2]) / 2, .atMost(-20)),
                    .init("key \(key), partials up to 15 of alternating sign", Double(alternating(key)), 14...14),
                ]
            }
        },
        AcousticRow(number: 27, fact: "the knock of a muted blow dies, and stays under the tone") {
            let muted = Sound.note(60, 100, seconds: 1, tables: Ablation.silentStrings)
            let start = muted.level(0..<0.02)
            var t = 0.02
            while t < 0.9, muted.level(t..<t + 0.02) > start - 30 { t += 0.01 }
            let soft = Sound.note(60, 30, seconds: 0.3, tables: Ablation.silentStrings).level(0..<0.2)
            return [
                .init("30 dB down after, s", t, 0.24...0.48),
                .init("pianissimo, dB re tone", soft - Sound.note(60, 30, seconds: 0.3).level(0..<0.2), .atMost(-12)),
            ]
        },
    ]

    /// How many of partials 1 to 15 but the eighth start on the side of the bridge that a blow at an eighth of the string
    /// asks for: from one to the next on the other side, and from the eighth on all of them turned round.
    private static func alternating(_ key: Int) -> Int {
        (1...15).filter { n in
            let modes = Sound.grand.keys[key - 21].modes.filter { $0.partial == n && !$0.isHorizontal }
            let start = modes.reduce(ComplexDouble(0)) { $0 + $1.drive * $1.read }.re
            let expected = (n % 2 == 1) == (n < 8)
            return n != 8 && (start > 0) == expected
        }.count
    }

    /// Spectral centroid of 60 to 245 ms by power, Hz.
    static func centroid(_ key: Int, _ velocity: Float) -> Double {
        Sound.note(key, velocity, seconds: 0.25).spectrum(from: 0.06, padding: 1).centroid(25..<16000)
    }

    /// From a tenth to nine tenths of the highest level in 3 ms, within the first 250 ms, ms: from silence on, so that the
    /// tenth is not missed.
    static func attack(_ key: Int) -> Double {
        let sound = Sound.render([.strike(key, 90, at: 0.01)], seconds: 0.3)
        let step = 0.00025
        let levels = stride(from: 0.0, to: 0.26, by: step).map { Levels.power(10, sound.level($0..<$0 + 0.003) / 20) }
        let top = levels.max() ?? 0
        let rise = { (share: Double) in Double(levels.firstIndex { $0 > share * top } ?? 0) }
        return 1000 * step * (rise(0.9) - rise(0.1))
    }
}

/// The slope of a straight line.
enum Slope {
    static func of(_ points: [(x: Double, y: Double)]) -> Double {
        let n = Double(points.count)
        let (sx, sy) = (points.reduce(0) { $0 + $1.x }, points.reduce(0) { $0 + $1.y })
        let (sxx, sxy) = (points.reduce(0) { $0 + $1.x * $1.x }, points.reduce(0) { $0 + $1.x * $1.y })
        return (n * sxy - sx * sy) / (n * sxx - sx * sx)
    }
}

/// Pianos with one thing taken away.
enum Ablation {
    /// Strings that move and are not heard: what is left is the knock and the noise.
    static let silentStrings = silent(Sound.grand)
    static let noLongitudinal = without { $0.longitudinalShare = 0 }

    /// The strings of a piano a million times softer: the engine divides by what is read of them.
    static func silent(_ tables: InstrumentTables) -> InstrumentTables {
        without(tables) { key in
            for i in key.modes.indices {
                let read = key.modes[i].read
                key.modes[i].read = ComplexDouble(1e-6 * read.re, 1e-6 * read.im)
            }
        }
    }

    private static func without(
        _ piano: InstrumentTables = Sound.grand, _ take: (inout KeyTables) -> Void
    ) -> InstrumentTables {
        var tables = piano
        for i in tables.keys.indices { take(&tables.keys[i]) }
        return tables
    }
}
