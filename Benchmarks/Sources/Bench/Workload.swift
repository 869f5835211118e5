import Music
import Piano

/// A piece of notes and pedal that puts a certain load on a piano.
struct Workload {
    struct Note {
        var start: Double
        var length: Double
        var key: Int
        var velocity: Int
    }

    let name: String
    /// Nominal length; what follows is the renderer's own tail.
    let seconds: Double
    private(set) var notes: [Note] = []
    /// Sustain pedal: time and depth 0...127.
    private(set) var pedal: [(time: Double, depth: Int)] = []
    private var busyUntil: [Int: Double] = [:]

    private init(_ name: String, seconds: Double) {
        self.name = name
        self.seconds = seconds
    }

    /// Adds a note, later where the key is still down.
    private mutating func add(_ key: Int, at start: Double, length: Double, velocity: Int) {
        let start = max(start, busyUntil[key] ?? 0)
        guard start + length <= seconds, (21...108).contains(key) else { return }
        notes.append(Note(start: start, length: length, key: key, velocity: velocity))
        busyUntil[key] = start + length + 0.003
    }
}

extension Workload {
    static var all: [Workload] { [second, sparse, dense, cluster, chord, threeMinutes] }

    /// One A4 of a second: what starting costs.
    static var second: Workload {
        var w = Workload("second", seconds: 1)
        w.add(69, at: 0, length: 0.99, velocity: 80)
        return w
    }

    /// Two minutes, fewer than two notes a second, the pedal changed every eight: the usual quiet piece.
    static var sparse: Workload {
        var w = Workload("sparse", seconds: 120)
        var random = Dice(seed: 1)
        var t = 0.0
        while t < w.seconds - 4 {
            let octave = [1, 2, 2, 3, 3, 3, 4, 4, 5][random.below(9)]
            let key = 26 + 12 * octave + [0, 2, 4, 7, 9, 11][random.below(6)]
            w.add(key, at: t, length: random.uniform(0.3, 2.5), velocity: 24 + random.below(49))
            if random.below(8) == 0 {
                w.add(max(21, key - 24), at: t + 0.02, length: 2, velocity: 20 + random.below(36))
            }
            t += random.uniform(0.1, 1.1)
        }
        w.pedalled(every: 8)
        return w
    }

    /// One minute of 25 notes a second: bass octaves, arpeggios and four-note chords under a pedal that holds each bar.
    static var dense: Workload {
        var w = Workload("dense", seconds: 60)
        w.virtuoso(bar: 2, from: 84)
        w.pedalled(every: 2)
        return w
    }

    /// All 88 keys at once, held ten seconds under the pedal.
    static var cluster: Workload {
        var w = Workload("cluster", seconds: 10)
        w.pedal = [(0, 127), (9.99, 0)]
        for key in 21...108 { w.add(key, at: 0.01, length: 9.9, velocity: 100) }
        return w
    }

    /// Ten notes fortissimo, the pedal down, half a minute.
    static var chord: Workload {
        var w = Workload("chord", seconds: 30)
        w.pedal = [(0, 127), (29.9, 0)]
        for key in [26, 38, 45, 50, 54, 57, 62, 66, 69, 74] { w.add(key, at: 0.01, length: 29, velocity: 120) }
        return w
    }

    /// Three minutes as people play: twelve notes a second, the pedal down nine tenths of the time, half pedals.
    static var threeMinutes: Workload {
        var w = Workload("three-minutes", seconds: 180)
        w.virtuoso(bar: 4, from: 50)
        w.pedalled(every: 2, halfEvery: 3)
        return w
    }

    /// Bars of octave, arpeggio, chords and inner figuration.
    private mutating func virtuoso(bar: Double, from softest: Int) {
        var random = Dice(seed: 2)
        let roots = [(38, 3), (43, 3), (46, 4), (45, 4)]
        for b in 0..<Int(seconds / bar) {
            let (root, third) = roots[b % 4]
            let chord = [0, third, 7]
            let start = Double(b) * bar
            func degree(_ k: Int) -> Int { root + 12 * (k / 3) + chord[k % 3] }
            add(root - 12, at: start, length: bar * 0.9, velocity: softest + 28)
            add(root, at: start, length: bar * 0.9, velocity: softest + 24)
            for i in 0..<16 {
                let at = start + Double(i) * bar / 16 + random.uniform(0, 0.004)
                add(degree(abs(i % 14 - 7) + 1), at: at, length: bar / 18, velocity: softest - 24 + random.below(29))
            }
            for i in 0..<6 {
                let top = 67 + chord[random.below(3)] + [0, 2, 5, 7, 3, 0][i]
                for interval in [0, 12, 3 + random.below(2), 7 + random.below(2)] {
                    let at = start + Double(i) * bar / 6 + random.uniform(0, 0.012)
                    add(top + interval, at: at, length: bar / 7, velocity: softest + random.below(35))
                }
            }
            for i in 0..<8 {
                let at = start + (Double(i) + 0.5) * bar / 8
                add(degree(4 + random.below(6)), at: at, length: bar / 13, velocity: softest - 28 + random.below(25))
            }
        }
    }

    /// The pedal down between changes, up for a tenth of a second at each; every so often only halfway.
    private mutating func pedalled(every period: Double, halfEvery: Int = .max) {
        for i in 0..<Int(seconds / period) {
            let start = Double(i) * period
            pedal.append((start + 0.06, i % halfEvery == halfEvery - 1 ? 64 : 127))
            pedal.append((min(seconds, start + period - 0.04), 0))
        }
    }
}

extension Workload {
    /// What the engine is told.
    func events(sampleRate: Double) -> [EngineEvent] {
        Performance(
            title: name,
            notes: notes.sorted { ($0.start, $0.key) < ($1.start, $1.key) }.map {
                NoteEvent(
                    onset: $0.start, release: $0.start + $0.length, pitch: Pitch($0.key), velocity: Float($0.velocity))
            },
            pedals: pedal.map {
                PedalEvent(time: $0.time, pedal: .sustain, depth: UnitInterval(Float($0.depth) / 127))
            },
            duration: seconds
        ).events(sampleRate: sampleRate)
    }

    /// A Standard MIDI File of format 0, 960 ticks a second.
    func midiFile() -> [UInt8] {
        var events: [(tick: Int, rank: Int, bytes: [UInt8])] = []
        func tick(_ seconds: Double) -> Int { Int((seconds * 960).rounded()) }
        for note in notes {
            let (key, on) = (UInt8(note.key), tick(note.start))
            events.append((on, 2, [0x90, key, UInt8(note.velocity)]))
            events.append((max(on + 1, tick(note.start + note.length)), 0, [0x80, key, 64]))
        }
        for change in pedal { events.append((tick(change.time), 1, [0xB0, 64, UInt8(change.depth)])) }
        events.sort { ($0.tick, $0.rank, $0.bytes[1]) < ($1.tick, $1.rank, $1.bytes[1]) }

        func variableLength(_ value: Int) -> [UInt8] {
            var bytes = [UInt8(value & 127)]
            var rest = value >> 7
            while rest > 0 {
                bytes.insert(UInt8(rest & 127) | 128, at: 0)
                rest >>= 7
            }
            return bytes
        }
        func bigEndian(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 255) } }

        var track: [UInt8] = [0, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20, 0, 0xC0, 0]
        var now = 0
        for event in events {
            track += variableLength(event.tick - now) + event.bytes
            now = event.tick
        }
        track += variableLength(max(0, tick(seconds) - now)) + [0xFF, 0x2F, 0]
        return Array("MThd".utf8) + bigEndian(6) + [0, 0, 0, 1, 0x01, 0xE0] + Array("MTrk".utf8)
            + bigEndian(track.count) + track
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same workloads everywhere.
private struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
    mutating func uniform(_ low: Double, _ high: Double) -> Double {
        low + (high - low) * Double(next() >> 11) * 0x1p-53
    }
}
