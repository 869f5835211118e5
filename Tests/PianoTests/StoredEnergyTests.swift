import Foundation
import Music
import Piano
import Testing

/// T45: what the hammers bring never grows in the strings.
@Suite("Energy in the strings")
struct StoredEnergyTests {
    /// One key in Double: every mode of its strings, and its hammer.
    struct Strings {
        struct Partial {
            let first: Int
            /// Per mode, per string.
            let vectors: [[Complex]]
        }

        let tables: KeyTables
        let rotation: [Complex]
        let push: [Complex]
        let read: [Complex]
        let feedback: [Complex]
        /// Answer to one newton over four frames, of the modes that ring along.
        let sympathetic: [Complex]
        let partials: [Partial]
        let stepCompliance: Double
        var states: [Complex]
        var hammer = HammerContact()
        var displacement = 0.0

        init(_ key: KeyTables, _ unisons: [UnisonEigenmodes], dt: Double) {
            tables = key
            rotation = key.modes.map { Complex.exp(dt * Complex($0.pole)) }
            push = zip(key.modes, rotation).map { Complex($0.drive) * ($1 + Complex(re: -1)) / Complex($0.pole) }
            read = key.modes.map { Complex($0.read) }
            feedback = key.modes.map { Complex($0.feedback) }
            sympathetic = zip(key.modes, rotation).map { mode, p in
                let p4 = p * p * p * p
                return Complex(mode.sympatheticDrive) * (p4 + Complex(re: -1)) / Complex(mode.pole)
            }
            states = [Complex](repeating: Complex(), count: key.modes.count)
            stepCompliance = zip(feedback, push).reduce(0) { $0 + ($1.0 * $1.1).im }
            var first = 0
            var list: [Partial] = []
            for unison in unisons {
                list.append(Partial(first: first, vectors: unison.vectors.map { $0.map { Complex($0) } }))
                first += unison.values.count
            }
            partials = list
        }

        /// Kinetic and potential energy, J: |z_j|^2 / (mu L) of every string and partial (piano-physics 3.1).
        var energy: Double {
            var sum = 0.0
            for partial in partials {
                let count = partial.vectors.count
                for string in 0..<count {
                    var z = Complex()
                    for mode in 0..<count { z = z + partial.vectors[mode][string] * states[partial.first + mode] }
                    sum += z.re * z.re + z.im * z.im
                }
            }
            // The second polarization stands for all strings moving together.
            for (mode, z) in zip(tables.modes, states) where mode.isHorizontal {
                sum += (z.re * z.re + z.im * z.im) / Double(tables.strings)
            }
            return 0.5 * tables.motion * sum
        }

        var force: Double { zip(read, states).reduce(0) { $0 + ($1.0 * $1.1).im } }

        mutating func begin(speed: Double, dt: Double) {
            hammer.prepare(
                felt: tables.hammer, modes: stepCompliance, residual: tables.residualCompliance, dt: dt)
            hammer.begin(speed: speed, displacement: zip(feedback, states).reduce(0) { $0 + ($1.0 * $1.1).im })
        }

        mutating func step(dt: Double) {
            var displacement = 0.0
            for m in states.indices {
                states[m] = states[m] * rotation[m]
                displacement += (feedback[m] * states[m]).im
            }
            guard hammer.isActive else { return }
            let force = hammer.step(displacement: displacement, dt: dt)
            for m in states.indices { states[m] = states[m] + force * push[m] }
        }
    }

    static let chord = [28, 40, 47, 52, 56, 59, 64, 68, 71, 76]
    static let dt = 1.0 / 48000

    static func strings(_ keys: [Int]) -> [Strings] {
        keys.map { key in
            let unisons = InstrumentTables.unisons(key: key, settings: InstrumentSettings(), sampleRate: 48000)
            return Strings(DesignVectorTests.tables.keys[key - 21], unisons, dt: dt)
        }
    }

    @Test("ten notes fortissimo, struck twenty times in 30 s: no block has more than the one before")
    func chordDecays() {
        var all = Self.strings(Self.chord)
        let speed = 7.3
        var worst = 0.0
        var brought = 0.0
        var highest = 0.0
        for _ in 0..<20 {
            for k in all.indices {
                brought += 0.5 * all[k].tables.hammer.mass * speed * speed
                all[k].begin(speed: speed, dt: Self.dt)
            }
            while all.contains(where: \.hammer.isActive) {
                for k in all.indices { for _ in 0..<64 { all[k].step(dt: Self.dt) } }
            }
            let blocks = all.map { key in
                key.rotation.map { p in (0..<6).reduce(p) { turned, _ in turned * turned } }
            }
            var before = all.reduce(0) { $0 + $1.energy }
            highest = max(highest, before)
            #expect(before < brought, "more in the strings than the hammers brought")
            for _ in 0..<1080 {
                for k in all.indices {
                    for m in all[k].states.indices { all[k].states[m] = all[k].states[m] * blocks[k][m] }
                }
                let now = all.reduce(0) { $0 + $1.energy }
                worst = max(worst, now / before - 1)
                before = now
            }
        }
        print("T45: highest \(highest) J of \(brought) J brought; largest rise from block to block \(worst)")
        #expect(worst < 1e-5)
    }

    /// Twenty chords in 30 s with `BEACHPIANO_LONG`, otherwise the first three of them, closer together.
    @Test("with all strings open the energy stays below what the hammers brought")
    func resonanceBounded() {
        let isLong = ProcessInfo.processInfo.environment["BEACHPIANO_LONG"] != nil
        let (frames, apart) = isLong ? (1_440_000, 72000) : (96000, 32000)
        let keys = Array(21...108)
        var all = Self.strings(keys)
        let struckKeys = Self.chord.map { $0 - 21 }
        let regions = all.map(\.tables.bridgeRegion)
        var (brought, highest, ringing) = (0.0, 0.0, 0.0)
        var regionForce = [Double](repeating: 0, count: InstrumentTables.bridgeRegions)
        let along = all.map { key in key.tables.modes.indices.filter { key.tables.modes[$0].sympatheticDrive.re != 0 } }
        let fourth = all.map { key in key.rotation.map { $0 * $0 * $0 * $0 } }
        for frame in 0..<frames {
            if frame % apart == 0 {
                for k in struckKeys {
                    brought += 0.5 * all[k].tables.hammer.mass * 7.3 * 7.3
                    all[k].begin(speed: 7.3, dt: Self.dt)
                }
            }
            for k in struckKeys { all[k].step(dt: Self.dt) }
            guard frame % 4 == 3 else { continue }
            for r in regionForce.indices { regionForce[r] = 0 }
            var own = [Double](repeating: 0, count: all.count)
            for k in struckKeys {
                own[k] = all[k].force
                regionForce[regions[k]] += own[k]
            }
            for k in all.indices {
                var drive = -Double(PianoEngine.transfer(over: 0)) * own[k]
                for r in regionForce.indices {
                    drive += Double(PianoEngine.transfer(over: abs(r - regions[k]))) * regionForce[r]
                }
                let isStruck = own[k] != 0
                for m in along[k] {
                    if !isStruck { all[k].states[m] = all[k].states[m] * fourth[k][m] }
                    all[k].states[m] = all[k].states[m] + drive * all[k].sympathetic[m]
                }
            }
            if frame % 2400 == 2399 {
                let energies = all.map(\.energy)
                highest = max(highest, energies.reduce(0, +) / brought)
                let rest = energies.indices.filter { !struckKeys.contains($0) }.reduce(0) { $0 + energies[$1] }
                ringing = max(ringing, rest / brought)
            }
        }
        print(
            "T45: \(frames / 48000) s, \(frames / apart) chords with resonance: at most \(highest) of what was brought, "
                + "\(ringing) in strings that ring along")
        #expect(highest < 1 && ringing > 0)
    }

    @Test("the engine: twenty chords of velocity 96 within two seconds, under the pedal, do not clip")
    func fastChords() {
        var engine = PianoEngine(tables: DesignVectorTests.tables)
        engine.schedule(pedal(.sustain, 1))
        for strike in 0..<20 { for key in Self.chord { engine.schedule(struck(key, 96, at: 640 + strike * 4800)) } }
        let rest = Rest(&engine, seconds: 3)
        print("T45: twenty chords at velocity 96, 0.1 s apart: peak \(rest.peak)")
        #expect(rest.peak < 1)
    }

    /// The chord under the pedal, 30 s, three times; twenty times with `BEACHPIANO_LONG`.
    @Test("the engine: a chord that is struck again and again grows no louder, and no block costs more than the first")
    func engineCost() {
        RenderThread.prepare()
        let isLong = ProcessInfo.processInfo.environment["BEACHPIANO_LONG"] != nil
        var engine = PianoEngine(tables: DesignVectorTests.tables)
        engine.schedule(pedal(.sustain, 1))
        var chords: [Rest] = []
        for _ in 0..<(isLong ? 20 : 3) {
            for key in Self.chord { engine.schedule(struck(key, 117, at: engine.horizon + 64)) }
            chords.append(Rest(&engine, seconds: 30))
        }
        let first = chords[0]
        print(
            "T45: peaks \(chords.map(\.peak)); the first chord's blocks by the second: \(first.groups) groups, "
                + "\(first.microseconds) us")
        for chord in chords {
            // Figure 6: nothing clips, nothing is no number. Chords that come faster than they die pass full scale: then
            // 32-bit files keep the sound as it is and the others refuse it (`PerformTests.fullScale`).
            #expect(chord.peak < 1 && chord.peak < 1.1 * first.peak)
            // From the first second after the hammers have left on.
            #expect(chord.groups.allSatisfy { $0 <= first.groups[0] })
            #expect(chord.microseconds.allSatisfy { $0 < 1.25 * first.microseconds[0] })
        }
    }

    /// What comes after a chord, told second by second from the moment at which the hammers have left.
    private struct Rest {
        private(set) var peak: Float = 0
        /// Most groups of modes that a block worked out.
        private(set) var groups: [Int] = []
        /// CPU time of a block: the lower quartile over the second, as other programs slow down some of them.
        private(set) var microseconds: [Double] = []

        init(_ engine: inout PianoEngine, seconds: Int) {
            var (left, right) = ([Float](repeating: 0, count: 64), [Float](repeating: 0, count: 64))
            // Contact lasts 50 ms at most.
            for _ in 0..<48 { _ = play(&engine, &left, &right) }
            for second in 0..<seconds {
                var most = 0
                var times: [UInt64] = []
                for _ in 0..<(second == 0 ? 702 : 750) {
                    times.append(play(&engine, &left, &right))
                    most = max(most, engine.soundingGroups)
                }
                groups.append(most)
                microseconds.append(Double(times.sorted()[times.count / 4]) * 1e-3)
            }
        }

        /// A block, and the nanoseconds that it took.
        private mutating func play(_ engine: inout PianoEngine, _ left: inout [Float], _ right: inout [Float]) -> UInt64
        {
            let start = StoredEnergyTests.threadNanoseconds()
            do {
                var l = left.mutableSpan
                var r = right.mutableSpan
                engine.render(left: &l, right: &r)
            }
            let time = StoredEnergyTests.threadNanoseconds() - start
            for n in 0..<64 {
                for x in [left[n], right[n]] { peak = max(peak, x.isFinite ? abs(x) : .infinity) }
            }
            return time
        }
    }

    private static func threadNanoseconds() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
