import BeachPianoTestSupport
import Music
import Piano

/// How notes die away: the two stages, their rates and where they meet.
enum DecayRows {
    static let rows: [AcousticRow] = [
        AcousticRow(number: 8, fact: "time to fall 20 dB from the level at 0.1 s, s") {
            [
                (21, 5.0), (27, 7.8), (48, 2.2), (57, 2.3), (60, 1.1), (72, 0.68), (84, 0.70), (96, 0.53),
            ].map { .init("key \($0)", fall($0), .about($1, share: 0.35)) }
        },
        AcousticRow(number: 9, fact: "early and late rates by register and frequency, dB/s", measure: rates),
        AcousticRow(number: 10, fact: "the aftersound starts where it does on a grand, dB re the prompt sound") {
            [(60, -18.0), (72, -14.5)].map { key, target in
                let stages = stages(key, partial: 1)
                return .init("key \(key)", stages.late.level - stages.early.level, target - 6...target + 6)
            }
        },
        AcousticRow(number: 11, fact: "where prompt sound and aftersound meet") {
            [(60, 1.0...2.2, -33.0 ... -17.0), (72, 0.7...1.9, -32.0 ... -16.0)].flatMap {
                key, time, level -> [AcousticRow.Reading] in
                let s = stages(key, partial: 1)
                let knee = (s.early.level - s.late.level) / (s.early.rate - s.late.rate)
                return [
                    .init("key \(key), s", knee, time), .init("key \(key), dB", -s.early.rate * knee, level),
                ]
            }
        },
        AcousticRow(number: 12, fact: "prompt sound decays faster than aftersound near 500 Hz, ratio") {
            [(21...30, 1.0...2.0), (41...59, 2.0...4.5), (60...84, 3.0...7.0)].map { keys, target in
                let ratios = stride(from: keys.lowerBound, through: keys.upperBound, by: 3).flatMap { key in
                    nearby(key, 400...640).map { n -> Double in
                        let s = stages(key, partial: n)
                        return s.early.rate / max(0.5, s.late.rate)
                    }
                }
                return .init("keys \(keys)", Middle.median(ratios), target)
            } + components()
        },
        AcousticRow(number: 13, fact: "a gentle D#2 decays early at this rate, dB/s") {
            let rates = (1...8).map {
                Sound.note(39, 40, seconds: 2).envelope(hz(39, $0)).rate(0.1...0.9)
            }
            return [.init("D#2", Middle.median(rates), 5...11)]
        },
        AcousticRow(number: 14, fact: "unisons beat, but never to silence") {
            let sound = Sound.note(60, 90, seconds: 4)
            var ripples: [Double] = []
            var deepest = 0.0
            for n in 1...8 {
                let residual = sound.envelope(hz(60, n), window: 0.08).residual(0.1...3)
                ripples.append(Middle.deviation(residual))
                deepest = min(deepest, residual.min() ?? 0)
            }
            return [
                .init("C4 ripple of harmonics 1 to 8, dB", Middle.median(ripples), 2...6),
                .init("C4 deepest null, dB", deepest, -28 ... -10),
            ]
        },
        AcousticRow(number: 16, fact: "soft and loud notes die away at the same rate, ratio") {
            [36, 48, 60, 72, 84].map { key in
                func rate(_ velocity: Float) -> Double {
                    let sound = Sound.note(key, velocity, seconds: 2.2)
                    return (sound.level(0.3..<0.5) - sound.level(1.8..<2.0)) / 1.5
                }
                return .init("key \(key)", rate(40) / rate(117), 0.9...1.1)
            }
        },
        AcousticRow(number: 17, fact: "neighbouring notes decay differently, as on a real piano") {
            let times = (36...96).map { key -> Double in
                Middle.median((1...4).map { n in 1 / stages(key, partial: n, short: true).early.rate })
            }
            // Each key against the mean of its neighbours, so that the trend over the compass does not count.
            let ratios = (1..<times.count - 1).map { (i: Int) -> Double in
                let around = times[i - 1] * times[i + 1]
                return times[i] / around.squareRoot()
            }
            let steps = zip(times, times.dropFirst()).map { max($0 / $1, $1 / $0) }
            let spread = Middle.deviation(ratios.map { Levels.ln($0) }) / 1.5.squareRoot()
            return [.init("spread", spread, 0.12...0.25), .init("largest step, ratio", steps.max() ?? 0, 1...2.5)]
        },
    ]

    /// What a partial is made of, from the tables: the rates of A3's first, and those of a single string of E flat 4 up
    /// and down and along the board, as Weinreich measured them with the other two strings damped.
    private static func components() -> [AcousticRow.Reading] {
        let first = Sound.grand.keys[57 - 21].modes.filter { $0.partial == 1 }.map { -$0.pole.re }
        return [
            .init("A3, components of the fundamental", Double(first.count), .atLeast(3)),
            .init("A3, fastest over slowest", (first.max() ?? 0) / (first.min() ?? 1), .atLeast(4)),
            .init("E flat 4, one string, vertical over horizontal", oneString(63), 4...17),
        ]
    }

    /// Rate of a key's fundamental with all but one string damped, up and down over along the board.
    private static func oneString(_ key: Int) -> Double {
        let first = InstrumentTables.unisons(key: key, settings: InstrumentSettings(), sampleRate: Sound.rate)[0]
        // V diag(lambda) V^T is diag(s) - kappa: the first corner is one string's own pole, the edge is -kappa.
        func entry(_ row: Int, _ column: Int) -> Double {
            let parts = zip(first.values, first.vectors).map { $0 * $1[row] * $1[column] }
            return parts.reduce(ComplexDouble(0)) { $0 + $1 }.re
        }
        let (vertical, bridge) = (-entry(0, 0), -entry(0, 1))
        let own = vertical - bridge
        let all = Sound.grand.keys[key - 21].modes.first { $0.partial == 1 && $0.isHorizontal }.map { -$0.pole.re } ?? 0
        // The second polarization stands for all strings together, which press on the bridge that many times as hard.
        return vertical / (own + (all - own) / Double(first.values.count))
    }

    /// Medians over recorded grands (piano-fit 3.2): rates in dB/s near centres of 200, 505, 1264, 3162, 5099 Hz.
    private static let table: [(keys: ClosedRange<Int>, early: [Double?], late: [Double?])] = [
        (21...30, [3.9, 4.7, 6.3, nil, nil], [3.9, 3.0, 3.1, nil, nil]),
        (31...40, [6.6, 9.0, 9.2, nil, nil], [2.9, 1.8, 3.5, nil, nil]),
        (41...50, [13, 8.6, 13, 16, nil], [3.0, 3.5, 4.2, 7.3, nil]),
        (51...59, [11, 17, 16, 24, 35], [5.0, 5.0, 4.6, 7.7, 9.3]),
        (60...66, [nil, 26, 26, 31, 35], [nil, 4.9, 7.1, 10, 11]),
        (67...75, [nil, 33, 35, 50, 42], [nil, 5.4, 8.7, 15, 19]),
        (76...84, [nil, nil, 49, 46, 55], [nil, nil, 13, 19, 25]),
        (85...94, [nil, nil, 72, 48, 83], [nil, nil, 14, 26, 34]),
        (95...108, [nil, nil, nil, 97, 74], [nil, nil, nil, 33, 49]),
    ]
    private static let bands = [124.0...318, 318...799, 799...2000, 2000...4015, 4015...6500]

    private static func rates() -> [AcousticRow.Reading] {
        table.flatMap { keys, early, late -> [AcousticRow.Reading] in
            let chosen = Array(stride(from: keys.lowerBound + 1, through: keys.upperBound, by: 2))
            return bands.indices.flatMap { b -> [AcousticRow.Reading] in
                guard let e = early[b], let l = late[b] else { return [] }
                var measured: [(early: Double, late: Double)] = []
                for key in chosen {
                    for n in nearby(key, bands[b]).prefix(6) {
                        let s = stages(key, partial: n)
                        measured.append((s.early.rate, s.late.rate == 0 ? .nan : s.late.rate))
                    }
                }
                let centre = Int((bands[b].lowerBound * bands[b].upperBound).squareRoot())
                return [
                    .init(
                        "early, keys \(keys) near \(centre) Hz", Middle.median(measured.map(\.early)),
                        .about(e, factor: 1.5)),
                    .init(
                        "late, keys \(keys) near \(centre) Hz",
                        Middle.median(measured.map(\.late).filter { !$0.isNaN }),
                        .about(l, factor: 1.5)),
                ]
            }
        }
    }

    /// Partials of a key within a band.
    private static func nearby(_ key: Int, _ band: ClosedRange<Double>) -> [Int] {
        (1...60).filter { band.contains(hz(key, $0)) }
    }

    /// Where a partial sounds, Hz, from the tables: the mean over its unison.
    static func hz(_ key: Int, _ partial: Int) -> Double {
        let modes = Sound.grand.keys[key - 21].modes.filter { $0.partial == partial && !$0.isHorizontal }
        return modes.reduce(0) { $0 + $1.pole.im } / Double(max(1, modes.count)) / (2 * .pi)
    }

    typealias Line = (level: Double, rate: Double)

    /// Seconds that a key's times are counted in: the prompt sound lasts about as long.
    static func tau(_ key: Int) -> Double { min(1.3, max(0.15, Levels.power(2, -Double(key - 60) / 18))) }

    /// Lines through the prompt sound (50 ms to .05 + .6 tau) and the aftersound (1.2 to 4 tau) of a partial: level at
    /// the start in dB, rate in dB/s.
    static func stages(_ key: Int, partial: Int, short: Bool = false) -> (early: Line, late: Line) {
        let tau = tau(key)
        let sound = SoundStore.note(key, 100, seconds: short ? 0.2 + tau : 0.2 + 4 * tau)
        // Whole periods, so that neighbouring partials fall into the nulls of the window.
        let f = hz(key, partial)
        let period = 1 / hz(key, 1)
        let window = 2 * period * max(1, (0.02 / period).rounded(.up))
        let envelope = sound.envelope(f, window: window, step: 0.01)
        return (envelope.line(0.05...0.05 + 0.6 * tau), envelope.line(1.2 * tau...4 * tau))
    }

    /// Seconds from 0.1 s after the blow to a level 20 dB lower, in steps of 50 ms.
    static func fall(_ key: Int, _ velocity: Float = 100) -> Double {
        let sound = Sound.note(key, velocity, seconds: 12)
        let start = sound.level(0.1..<0.15)
        var t = 0.15
        while t < 11.9, sound.level(t..<t + 0.05) > start - 20 { t += 0.05 }
        return t + 0.025 - 0.1
    }
}
