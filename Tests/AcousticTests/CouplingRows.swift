import BeachPianoTestSupport
import Music
import Piano

/// What strings do to one another through the bridge: two of a unison, and those of other keys.
enum CouplingRows {
    static let rows: [AcousticRow] = [
        AcousticRow(number: 15, fact: "strings of a unison lock where they are nearly alike, and beat where not") {
            let pair = Pair(of: 60)
            return [0.06, 0.22].map { apart in
                .init("C4, dips within 60 dB with strings \(apart) Hz apart", Double(pair.dips(apart).count), 0...1)
            } + [.init("C4, s from beat to beat with strings 0.64 Hz apart", pair.period(0.64), .atLeast(1.6))]
        },
        AcousticRow(number: 30, fact: "a fortissimo C4 wakes the strings of open keys, dB re what was struck") {
            let (octave, tritone) = (woken(48, isOpen: true), woken(54, isOpen: true))
            return [
                .init("C3", octave, -60 ... -14), .init("F#3 under C3", octave - tritone, .atLeast(15)),
                .init("C3 with its damper on", woken(48, isOpen: false), .atMost(-250)),
            ]
        },
    ]

    /// Level of what a key's strings add to a C4 that is struck and held, over 0.1 to 2 s, dB re the first 0.4 s of it.
    private static func woken(_ key: Int, isOpen: Bool) -> Double {
        var deaf = Sound.grand
        for m in deaf.keys[key - 21].modes.indices {
            deaf.keys[key - 21].modes[m].sympatheticDrive = ComplexDouble(0)
        }
        let press = EngineEvent(frame: 0, action: .press(pitch: Pitch(key)))
        let events = (isOpen ? [press] : []) + [.strike(60, 117, at: 0.1)]
        let with = Sound.render(events, seconds: 2.1)
        var added = Sound.render(events, seconds: 2.1, tables: deaf)
        added.left = zip(with.left, added.left).map { $0 - $1 }
        added.right = zip(with.right, added.right).map { $0 - $1 }
        return added.level(0.2..<2.1) - with.level(0.1..<0.5)
    }
}

/// Two strings with the losses and on the bridge of a key's first partial, some hertz apart.
private struct Pair {
    private let own: ComplexDouble
    private let coupling: ComplexDouble

    init(of key: Int) {
        let first = InstrumentTables.unisons(key: key, settings: InstrumentSettings(), sampleRate: Sound.rate)[0]
        // V diag(lambda) V^T is diag(s) - kappa: its corner without its edge is one string's own pole.
        func entry(_ row: Int, _ column: Int) -> ComplexDouble {
            zip(first.values, first.vectors).reduce(ComplexDouble(0)) { $0 + $1.0 * $1.1[row] * $1.1[column] }
        }
        coupling = -entry(0, 1)
        own = entry(0, 0) + coupling
    }

    /// Times at which the force of both on the bridge has a dip of more than 1 dB, until it has fallen by 60 dB, s.
    func dips(_ apart: Double) -> [Double] {
        let half = ComplexDouble(0, .pi * apart)
        let modes = UnisonEigenmodes(poles: [own - half, own + half], coupling: coupling)
        let start = level(modes, 0)
        var dips: [Double] = []
        // The lowest level since the last rise, the highest since the last fall.
        var (bottom, top) = ((level: start, time: 0.0), start)
        var falls = true
        for t in stride(from: 0.0, to: 60, by: 0.005) {
            let now = level(modes, t)
            if falls {
                if now < bottom.level { bottom = (now, t) }
                if now > bottom.level + 1 {
                    dips.append(bottom.time)
                    (falls, top) = (false, now)
                }
            } else {
                top = max(top, now)
                if now < top - 1 { (falls, bottom) = (true, (now, t)) }
            }
            if now < start - 60 { break }
        }
        return dips
    }

    /// Mean seconds between dips.
    func period(_ apart: Double) -> Double {
        let dips = dips(apart)
        guard let first = dips.first, let last = dips.last, dips.count > 1 else { return .infinity }
        return (last - first) / Double(dips.count - 1)
    }

    /// dB of the force after some seconds, both struck alike.
    private func level(_ modes: UnisonEigenmodes, _ seconds: Double) -> Double {
        let force = zip(modes.values, modes.vectors).reduce(ComplexDouble(0)) { sum, mode in
            let together = mode.1[0] + mode.1[1]
            return sum + together * together * ComplexDouble.exp(mode.0 * seconds)
        }
        return 20 * Levels.log10((force.re * force.re + force.im * force.im).squareRoot() + 1e-30)
    }
}
