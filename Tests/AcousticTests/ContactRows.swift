import BeachPianoTestSupport
import Music
import Piano

/// The hammer on the strings, read from the force that the engine works out.
enum ContactRows {
    static let rows: [AcousticRow] = [
        AcousticRow(number: 5, fact: "the hammer stays on the string as long as on recorded grands at 4 m/s, ms") {
            [(36, 2.7...2.7), (60, 1.65...1.65), (96, 0.5...1.0)].map { key, target in
                .init("key \(key)", duration(key, 4), 0.6 * target.lowerBound...1.4 * target.upperBound)
            }
        },
        AcousticRow(number: 6, fact: "soft blows stay longer") {
            // Over three octaves of speed round mezzo-forte, as piano-fit 4 has it.
            let ratio = duration(60, 0.5) / duration(60, 4)
            return [
                .init("C4 at .5 m/s over 4 m/s", ratio, 1.2...2.5),
                .init("C4 exponent of speed round mf", -Levels.log10(ratio) / Levels.log10(8), -0.25 ... -0.15),
            ]
        },
        AcousticRow(number: 7, fact: "bass strings throw the hammer and meet it again at 4 m/s") {
            [21, 24, 27, 30].map { .init("touches of key \($0)", Double(touches($0, 4)), 2...4) }
                + [60, 72, 84].map { .init("touches of key \($0)", Double(touches($0, 4)), 1...1) }
        },
        AcousticRow(number: 38, fact: "the key meets its bed after a soft blow and before a hard one, ms") {
            [(Float(1), 12.0), (5, -3.0)].map { speed, target in
                .init("at \(speed) m/s", bottomLag(speed), target - 2...target + 2)
            }
        },
    ]

    /// From the meeting of hammer and string to what is heard first of the key's bed, ms.
    private static func bottomLag(_ speed: Float) -> Double {
        let (start, lead) = (0.01, 0.05)
        func sound(_ tables: InstrumentTables) -> Sound {
            let way = EngineEvent.Action.approach(
                pitch: Pitch(60), velocity: velocity(speed), lead: Int(lead * Sound.rate))
            return Sound.render(
                [
                    EngineEvent(frame: Int(start * Sound.rate), action: way),
                    .strike(60, velocity(speed), at: start + lead),
                ], seconds: 0.2, tables: tables)
        }
        var padded = Sound.grand
        padded.action.keyBottom = 0
        let (heard, unheard) = (sound(Sound.grand), sound(padded))
        let first = heard.left.indices.first { heard.left[$0] != unheard.left[$0] } ?? 0
        return 1000 * (Double(first) / Sound.rate - start - lead)
    }

    /// Force of the hammer on the strings in N, frame by frame.
    static func force(_ key: Int, speed: Float, tables: InstrumentTables = Sound.grand) -> [Float] {
        RenderThread.prepare()
        var engine = PianoEngine(tables: tables)
        engine.schedule(.strike(key, velocity(speed)))
        var force: [Float] = []
        var left = [Float](repeating: 0, count: 64)
        var right = left
        while force.count < 2400 {
            var l = left.mutableSpan
            var r = right.mutableSpan
            engine.render(left: &l, right: &r)
            force += engine.contactForce
        }
        return force
    }

    /// Time from first to last touch, ms: the force above 1 % of its peak, as measured on grands (piano-fit 3.9).
    static func duration(_ key: Int, _ speed: Float, tables: InstrumentTables = Sound.grand) -> Double {
        let force = force(key, speed: speed, tables: tables)
        let floor = 0.01 * (force.max() ?? 0)
        guard let first = force.firstIndex(where: { $0 > floor }), let last = force.lastIndex(where: { $0 > floor })
        else { return 0 }
        return Double(last + 1 - first) / 48
    }

    /// How many times the force rises over 1 % of its peak.
    static func touches(_ key: Int, _ speed: Float) -> Int {
        let force = force(key, speed: speed)
        let floor = 0.01 * (force.max() ?? 0)
        return zip([0] + force, force).count { $0 <= floor && $1 > floor }
    }

    /// The velocity that brings a hammer to a speed in m/s.
    static func velocity(_ speed: Float) -> Float {
        var (low, high): (Float, Float) = (0, 140)
        while high - low > 1e-3 {
            let middle = (low + high) / 2
            if hammerSpeed(velocity: middle) < speed { low = middle } else { high = middle }
        }
        return low
    }
}
