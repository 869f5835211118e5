import BeachPianoTestSupport
import Music
import Piano
import Testing

@Suite("Acoustic rows of the fact sheet: measured / target")
struct LevelTests {
    static let tables = InstrumentTables.make(settings: InstrumentSettings(), sampleRate: 48000)

    static func note(_ key: Int, _ velocity: Float, seconds: Double, block: Int = 512) -> [Float] {
        RenderThread.prepare()
        var engine = PianoEngine(tables: tables)
        engine.schedule(EngineEvent(frame: 0, action: .strike(pitch: Pitch(key), velocity: velocity)))
        var out: [Float] = []
        var left = [Float](repeating: 0, count: block)
        var right = left
        while Double(out.count) < seconds * 48000 {
            var l = left.mutableSpan
            var r = right.mutableSpan
            engine.render(left: &l, right: &r)
            out += left
        }
        return out
    }

    static func level(_ samples: ArraySlice<Float>) -> Double { Levels.decibels(Array(samples)) }

    @Test("T19: level rises with velocity as physics and pianos have it")
    func levelPerVelocity() {
        for (key, range) in [(36, 0.20...0.32), (48, 0.20...0.32), (60, 0.20...0.32), (84, 0.26...0.48)] {
            let soft = Self.level(Self.note(key, 40, seconds: 0.5)[0..<19200])
            let loud = Self.level(Self.note(key, 110, seconds: 0.5)[0..<19200])
            let slope = (loud - soft) / 70
            print("T19 level per velocity step, key \(key): \(slope) dB, target \(range)")
            #expect(range.contains(slope))
        }
        let span = Self.level(Self.note(60, 127, seconds: 0.5)[...]) - Self.level(Self.note(60, 10, seconds: 0.5)[...])
        print("T19 C4 velocity 10 to 127: \(span) dB, target 25...45")
        #expect((25...45).contains(span))
    }

    @Test("T16: soft and loud notes die away at the same rate", arguments: [36, 60, 72])
    func decay(_ key: Int) {
        func rate(_ velocity: Float) -> Double {
            let x = Self.note(key, velocity, seconds: 2.2)
            return (Self.level(x[14400..<24000]) - Self.level(x[86400..<96000])) / 1.5
        }
        let (soft, loud) = (rate(40), rate(117))
        print("T16 decay of key \(key): soft \(soft), loud \(loud) dB/s, target equal within 10 %")
        #expect(abs(soft - loud) <= 0.1 * loud + 0.2)
    }

    @Test("T3: the piano is stretched as recorded grands are")
    func stretch() {
        for (key, range) in [
            (21, -22.0 ... -16.0), (60, -3.9...2.1), (72, 0.0...6.0), (84, 6.0...17.0), (96, 8.0...20.0),
        ] {
            // The first partial of the design, its unisons averaged: where it sounds.
            let modes = Self.tables.keys[key - 21].modes.filter { $0.partial == 1 && !$0.isHorizontal }
            let hz = modes.map { $0.pole.im / 6.283_185_307_179_586 }.reduce(0, +) / Double(modes.count)
            let cents = Levels.cents(hz, 440 * Levels.power(2, Double(key - 69) / 12))
            print("T3 stretch of key \(key): \(cents) cents, target \(range)")
            #expect(range.contains(cents))
        }
    }

    @Test(
        "T1: inharmonicity follows the table of recorded grands",
        arguments: [
            (21, 2.4), (42, 0.78), (48, 1.09), (57, 2.25), (60, 3.05), (72, 8.6), (84, 25.0), (96, 85.0),
        ])
    func inharmonicity(_ key: Int, _ table: Double) {
        let modes = Self.tables.keys[key - 21].modes.filter { !$0.isHorizontal }
        func hz(_ n: Int) -> Double {
            let own = modes.filter { $0.partial == n }
            return own.map { $0.pole.im / 6.283_185_307_179_586 }.reduce(0, +) / Double(max(1, own.count))
        }
        // Pair slopes of (f/n)^2 over n^2, their median.
        let last = min(14, modes.map(\.partial).max() ?? 2)
        var slopes: [Double] = []
        for a in 2..<last {
            for b in a + 1...last {
                let (x, y) = (hz(a) / Double(a), hz(b) / Double(b))
                slopes.append((y * y - x * x) / (x * x * Double(b * b) - y * y * Double(a * a)))
            }
        }
        let b = slopes.sorted()[slopes.count / 2] * 1e4
        print("T1 inharmonicity of key \(key): \(b) e-4, target \(table * 0.95) +-15 %")
        #expect(abs(b - table * 0.95) <= 0.15 * table)
    }

    @Test("T46: the same bytes for any block and any run")
    func bytes() {
        let one = Self.note(60, 90, seconds: 0.3, block: 512)
        let other = Self.note(60, 90, seconds: 0.3, block: 64)
        #expect(one.prefix(14000) == other.prefix(14000))
        #expect(one == Self.note(60, 90, seconds: 0.3, block: 512))
    }
}
