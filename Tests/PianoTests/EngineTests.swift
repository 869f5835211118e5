import CAllocationCounter
import CAudioSupport
import Music
import Piano
import Testing

/// Renders events with a piano at rest.
func rendered(
    _ events: [EngineEvent], frames: Int, block: Int = 512, tables: InstrumentTables = DesignVectorTests.tables
) -> (left: [Float], right: [Float]) {
    bp_flush_denormals()
    var engine = PianoEngine(tables: tables)
    for event in events { engine.schedule(event) }
    var left = [Float](repeating: 0, count: frames)
    var right = left
    var at = 0
    while at < frames {
        let n = min(block, frames - at)
        var l = [Float](repeating: 0, count: n)
        var r = l
        var ls = l.mutableSpan
        var rs = r.mutableSpan
        engine.render(left: &ls, right: &rs)
        for i in 0..<n {
            left[at + i] = l[i]
            right[at + i] = r[i]
        }
        at += n
    }
    return (left, right)
}

func struck(_ key: Int, _ velocity: Float, at frame: Int = 0) -> EngineEvent {
    EngineEvent(frame: frame, action: .strike(pitch: Pitch(key), velocity: velocity))
}

func level(_ x: some Collection<Float>) -> Double {
    let sum = x.reduce(0.0) { $0 + Double($1) * Double($1) }
    return 10 * log10Of(sum / Double(max(1, x.count)) + 1e-30)
}

@Suite("The engine")
struct EngineTests {
    @Test("notes grow with velocity as the reference model's do", arguments: Vectors.keys)
    func levels(_ key: Int) {
        var offsets: [Double] = []
        for velocity in [30, 60, 92, 117] {
            let (left, right) = rendered(
                [struck(key, Float(velocity))], frames: 19200, tables: DesignVectorTests.reference)
            let expected = Vectors.key(key)["velocities"]["\(velocity)"]["output_rms_db"].numbers
            guard expected.count == 2 else {
                Issue.record("no vectors")
                return
            }
            // The reference has a room, which lifts single partials by up to 2 dB, a gain of .003 and its own noise.
            let gain = 20 * log10Of(DesignVectorTests.reference.outputGain / 0.003)
            let ours = (level(left) - gain + level(right) - gain) / 2
            let theirs = (expected[0] + expected[1]) / 2
            offsets.append(ours - theirs)
        }
        #expect(offsets.allSatisfy { abs($0) < 2 }, "key \(key): \(offsets)")
        #expect((offsets.max() ?? 0) - (offsets.min() ?? 0) < 0.8, "key \(key): \(offsets)")
    }

    @Test("block sizes leave the samples alone")
    func blocks() {
        let events = [struck(60, 80), struck(64, 70, at: 1000), struck(40, 100, at: 3333)]
        let one = rendered(events, frames: 9000, block: 1)
        for block in [7, 64, 512, 4096] {
            let other = rendered(events, frames: 9000, block: block)
            #expect(one.left == other.left && one.right == other.right)
        }
    }

    @Test("a piano at rest is silent")
    func silence() {
        let (left, right) = rendered([], frames: 4800)
        #expect(left.allSatisfy { $0 == 0 } && right.allSatisfy { $0 == 0 })
    }

    @Test("velocity 127 on C4 alone peaks at -12 dBFS")
    func calibration() {
        let pianos =
            InstrumentSettings.Kind.allCases.map { InstrumentSettings(kind: $0) }
            + [Float(0), 0.35, 1].map { InstrumentSettings(kind: .felt, felt: UnitInterval($0)) }
            + [Float(0.5), 1].map { InstrumentSettings(kind: .upright, felt: UnitInterval($0)) }
            + [Float(0.25), 0.5, 0.75].map { InstrumentSettings(body: UnitInterval($0)) }
            + [InstrumentSettings(felt: UnitInterval(1))]
        for settings in pianos {
            let tables = InstrumentTables.make(settings: settings, sampleRate: 48000)
            let (left, right) = rendered([struck(60, 127)], frames: 48000, tables: tables)
            let peak = max(left.map(abs).max() ?? 0, right.map(abs).max() ?? 0)
            let dB = 20 * log10Of(Double(peak))
            let piano = "\(settings.kind), body \(settings.bodyInPlace.value), felt \(settings.feltInPlace.value)"
            print("\(piano): C4 at 127 peaks at \(dB) dBFS; gain \(tables.outputGain)")
            #expect(abs(dB + 12) < 0.5, "\(piano)")
        }
    }

    @Test("rendering allocates nothing")
    func allocations() {
        var engine = PianoEngine(tables: DesignVectorTests.tables)
        var left = [Float](repeating: 0, count: 512)
        var right = left
        func run(_ engine: inout PianoEngine, _ first: Int) {
            engine.schedule(EngineEvent(frame: first, action: .pedal(.sustain, depth: .one)))
            for key in [36, 60, 64, 90] { engine.schedule(struck(key, 90, at: first + key)) }
            engine.schedule(EngineEvent(frame: first + 4000, action: .release(pitch: Pitch(60))))
            for _ in 0..<20 {
                var l = left.mutableSpan
                var r = right.mutableSpan
                engine.render(left: &l, right: &r)
            }
        }
        run(&engine, 0)
        allocation_counter_start()
        run(&engine, engine.position)
        let count = allocation_counter_stop()
        #expect(count == 0)
        // The counter itself works.
        allocation_counter_start()
        let probe = Array(repeating: left.count, count: Int.random(in: 100...200))
        let seen = allocation_counter_stop()
        #expect(seen > 0 && probe.count > 0)
    }

    @Test("a damper stops a note, half a pedal lets it fade, a whole one lets it ring")
    func dampers() {
        func late(_ depth: Float) -> Double {
            var events = [struck(60, 80)]
            events.append(EngineEvent(frame: 100, action: .pedal(.sustain, depth: UnitInterval(depth))))
            events.append(EngineEvent(frame: 24000, action: .release(pitch: Pitch(60))))
            return level(rendered(events, frames: 48000).left[33600..<43200])
        }
        let (seated, half, free) = (late(0), late(0.5), late(1))
        print("after release: seated \(seated), half \(half), free \(free) dB")
        #expect(seated < half - 6 && half < free - 6)
    }

    @Test("the top keys have no dampers")
    func topKeys() {
        let held = rendered([struck(96, 80)], frames: 48000)
        let let_go = rendered(
            [struck(96, 80), EngineEvent(frame: 4800, action: .release(pitch: Pitch(96)))], frames: 48000)
        #expect(abs(level(held.left[9600...]) - level(let_go.left[9600...])) < 0.5)
    }

    @Test("an open string answers, a damped one stays silent")
    func sympathy() {
        // C3 held silently (released damper through the pedal) answers to C4.
        let dry = rendered(
            [struck(60, 100), EngineEvent(frame: 24000, action: .release(pitch: Pitch(60)))], frames: 72000)
        let open = rendered(
            [
                EngineEvent(frame: 0, action: .pedal(.sostenuto, depth: .zero)),
                EngineEvent(frame: 1, action: .strike(pitch: Pitch(48), velocity: 1)),
                struck(60, 100, at: 9600), EngineEvent(frame: 33600, action: .release(pitch: Pitch(60))),
            ],
            frames: 81600)
        let halo = level(open.left[48000...]) - level(dry.left[38400...])
        print("halo of an open octave: \(halo) dB above the damped piano")
        #expect(halo > 6)
    }

    @Test("striking a ringing string keeps what rings")
    func restrike() {
        let (left, _) = rendered([struck(48, 90), struck(48, 40, at: 24000)], frames: 48000)
        var step: Float = 0
        for n in 23900..<24300 { step = max(step, abs(left[n] - left[n - 1])) }
        var usual: Float = 0
        for n in 22000..<23900 { usual = max(usual, abs(left[n] - left[n - 1])) }
        #expect(step < 6 * usual)
        #expect(left.allSatisfy { $0.isFinite && abs($0) < 1 })
    }

    @Test("all 88 keys at once stay finite, and the cost is known")
    func allKeys() {
        var events = [EngineEvent(frame: 0, action: .pedal(.sustain, depth: .one))]
        events += (21...108).map { struck($0, 100, at: 64) }
        let clock = ContinuousClock()
        var peak: Float = 0
        let time = clock.measure {
            let (left, _) = rendered(events, frames: 48000 * 4)
            peak = left.map(abs).max() ?? .nan
        }
        print("88 keys under the pedal: \(time) for 4 s, peak \(peak)")
        #expect(peak.isFinite)
    }
}
