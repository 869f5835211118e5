import BeachPianoTestSupport
import Music
import Piano

/// Pedals, dampers and strings that ring along.
enum PedalRows {
    static let rows: [AcousticRow] = [
        AcousticRow(number: 28, fact: "the pedal lengthens the fundamental and leaves its level alone") {
            [36, 48, 60].flatMap { key -> [AcousticRow.Reading] in
                let dry = Sound.note(key, 80, seconds: 6).envelope(DecayRows.hz(key, 1), window: 0.2)
                let wet = pedalled(key, 80, seconds: 6).envelope(DecayRows.hz(key, 1), window: 0.2)
                return [
                    .init("key \(key), decay time, ratio", dry.rate(0.3...5.5) / wet.rate(0.3...5.5), 1.3...1.7),
                    .init("key \(key), level at the start, dB", wet.level(at: 0.12) - dry.level(at: 0.12), -1...1),
                ]
            }
        },
        AcousticRow(number: 29, fact: "under the pedal other strings sound: C4 between its partials, 1 to 5 s, dB") {
            let dry = Sound.note(60, 90, seconds: 5)
            let wet = pedalled(60, 90, seconds: 5)
            return [
                .init("below 2.5 kHz", residual(wet, 60..<2500) - residual(dry, 60..<2500), 6...14),
                .init("above", residual(wet, 2500..<8000) - residual(dry, 2500..<8000), -3...3),
            ]
        },
        AcousticRow(number: 31, fact: "dampers end at F#6: what a release does by 1.5 s later, dB") {
            [(88, -200.0 ... -25), (93, -3.0...3)].map { key, target in
                let held = Sound.note(key, 90, seconds: 2)
                let released = Sound.render([.strike(key, 90), .release(key, at: 0.3)], seconds: 2)
                return .init("key \(key)", released.level(1.6..<1.9) - held.level(1.6..<1.9), target)
            }
        },
        AcousticRow(
            number: 32, fact: "the half pedal stands between seated and free, C4 .5 to .9 s after its release, dB"
        ) {
            let depths: [Float] = [0, 0.3, 0.4, 0.5, 0.6, 0.8, 1]
            let levels = depths.map { depth in
                Sound.render(
                    [.pedal(.sustain, depth), .strike(60, 90), .release(60, at: 0.5)], seconds: 1.5
                ).level(1..<1.4)
            }
            // Depths that leave the damper seated differ far below what is heard.
            .map { max(-100, $0) }
            let rising = zip(levels, levels.dropFirst()).map { $1 - $0 }.min() ?? -1
            return [
                .init("half over seated", levels[3] - levels[0], .atLeast(6)),
                .init("free over half", levels[6] - levels[3], .atLeast(6)),
                .init("least step up", rising, .atLeast(-0.05)),
            ]
        },
        AcousticRow(number: 33, fact: "the sostenuto pedal holds what was down, dB over what is let go") {
            let note: [EngineEvent] = [.strike(60, 90), .release(60, at: 0.6)]
            let held = Sound.render([note[0], .pedal(.sostenuto, 1, at: 0.3), note[1]], seconds: 2)
            return [.init("C4", held.level(1.5..<1.9) - Sound.render(note, seconds: 2).level(1.5..<1.9), .atLeast(20))]
        },
        AcousticRow(number: 34, fact: "una corda: softer, and flatter in its beats") {
            func soft(_ key: Int) -> Sound { Sound.render([.pedal(.unaCorda, 1), .strike(key, 80)], seconds: 4) }
            func ripple(_ sound: Sound) -> Double {
                Middle.median(
                    (1...6).map {
                        Middle.deviation(sound.envelope(DecayRows.hz(60, $0)).residual(0.1...3))
                    })
            }
            let normal = Sound.note(60, 80, seconds: 4)
            return [
                .init("C4 level, dB", soft(60).level(0..<0.4) - normal.level(0..<0.4), -3.5 ... -1),
                .init("C4 ripple, ratio", ripple(normal) / ripple(soft(60)), .atLeast(1.5)),
                .init("C4, the missed string re the others, dB more at 2 s than at .1 s", missed(60), .atLeast(6)),
            ]
        },
        AcousticRow(number: 47, fact: "a blow on a ringing string changes it without a reset or an explosion") {
            let once = Sound.note(60, 90, seconds: 1.5)
            let twice = Sound.render([.strike(60, 90), .strike(60, 90, at: 0.7)], seconds: 1.5)
            let gain = twice.level(0.75..<1.2) - once.level(0.05..<0.5)
            let changes = (1...8).map { n -> Double in
                let hz = DecayRows.hz(60, n)
                let fresh = once.envelope(hz, window: 0.06).level(at: 0.08)
                return twice.envelope(hz, window: 0.06).level(at: 0.78) - fresh
            }
            return [
                .init("level re the first blow, dB", gain, -3...4),
                .init("most that a partial gains, dB", changes.max() ?? 0, 0.1...9),
                .init("most that a partial loses, dB", changes.min() ?? 0, -20 ... -0.1),
            ]
        },
    ]

    /// How much the string that the hammer misses gains on the two others, which wake it through the bridge: median of
    /// partials 1 to 4.
    private static func missed(_ key: Int) -> Double {
        let unisons = InstrumentTables.unisons(key: key, settings: InstrumentSettings(), sampleRate: Sound.rate)
        return Middle.median(
            unisons.prefix(4).map { modes in
                func string(_ number: Int, _ seconds: Double) -> Double {
                    let parts = zip(modes.values, modes.vectors).map { value, vector -> ComplexDouble in
                        let struck = (vector[0] + vector[1]) * 0.5
                        return vector[number] * struck * ComplexDouble.exp(value * seconds)
                    }
                    let z = parts.reduce(ComplexDouble(0)) { $0 + $1 }
                    return z.re * z.re + z.im * z.im
                }
                func share(_ seconds: Double) -> Double {
                    10 * Levels.log10(string(2, seconds) / (string(0, seconds) + string(1, seconds)))
                }
                return share(2) - share(0.1)
            })
    }

    static func pedalled(_ key: Int, _ velocity: Float, seconds: Double) -> Sound {
        Sound.render([.pedal(.sustain, 1), .strike(key, velocity, at: 0.1)], seconds: seconds + 0.1).dropFirst(0.1)
    }

    /// Power of 1 to 5 s outside of C4's own partials, dB.
    private static func residual(_ sound: Sound, _ band: Range<Double>) -> Double {
        let spectrum = sound.spectrum(from: 1, padding: 1)
        let own = (1...60).map { DecayRows.hz(60, $0) }.filter { $0 > 0 }
        var power = 0.0
        for (i, a) in spectrum.amplitudes.enumerated() {
            let hz = Double(i) * spectrum.binWidth
            guard band.contains(hz), !own.contains(where: { abs($0 - hz) < max(4, 0.006 * $0) }) else { continue }
            power += Double(a) * Double(a)
        }
        return 10 * Levels.log10(power + 1e-30)
    }
}
