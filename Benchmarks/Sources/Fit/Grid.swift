import Foundation
import Mixing
import Music
import Piano
import Synchronization

/// The notes of a report: each key held for 10 s (5 s from C6), in the default room.
struct Grid: Sendable {
    let tables: InstrumentTables
    let notes: [(key: Int, velocity: Int)]
    /// Whether a note ends where the report stops reading: after four times the prompt sound's length, 3.6 s at least.
    let isShort: Bool

    init(_ piece: Piece, fit: InstrumentFit, keys: [Int]? = nil, isShort: Bool = false) throws {
        self.isShort = isShort
        tables = InstrumentTables.make(
            settings: InstrumentSettings(kind: piece.kind, seed: piece.seed), sampleRate: 48000, fit: fit)
        let keys = try keys ?? piece.numbers(piece.keys, 21...108, "keys")
        let velocities = try piece.numbers(piece.velocities, 1...127, "velocities")
        notes = keys.flatMap { key in velocities.map { (key: key, velocity: $0) } }
    }

    /// What is watched beside the score.
    struct Watched: Sendable {
        let key: Int
        let velocity: Int
        /// dB of the first 0.4 s.
        let level: Double
        /// s until the level of 50 ms has fallen by 20 dB from the block at 0.1 s.
        let fall: Double
        /// dB/s from 0.1 to 0.4 s, and from then to 1.5 s.
        let early: Double
        let late: Double

        var line: String {
            func text(_ x: Double) -> String { String(format: "%8.2f", x) }
            return "\(key)\t\(velocity)\tlevel\(text(level)) dB\tearly\(text(early))\tlate\(text(late)) dB/s\t"
                + "-20 dB after\(text(fall)) s"
        }
    }

    /// Renders all notes on two threads, writes them, and says what to watch.
    func written(to folder: String) throws -> [Watched] {
        let watched = Mutex<[Int: Watched]>([:])
        let failure = Mutex<(any Error)?>(nil)
        DispatchQueue.concurrentPerform(iterations: notes.count) { i in
            let (left, right) = sound(notes[i].key, notes[i].velocity)
            watched.withLock { $0[i] = Self.watch(notes[i], left, right) }
            do {
                let path = "\(folder)/note_\(notes[i].key)_\(notes[i].velocity).wav"
                try Self.wav(left, right).write(to: URL(filePath: path))
            } catch {
                failure.withLock { $0 = error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        return watched.withLock { found in notes.indices.compactMap { found[$0] } }
    }

    private func sound(_ key: Int, _ velocity: Int) -> ([Float], [Float]) {
        let held = key < 84 ? 10.0 : 5.0
        let prompt = min(1.3, max(0.15, exp2(Double(60 - key) / 18)))
        let seconds = isShort ? 0.2 + max(3.6, 4 * prompt + 0.4) : held + 1.2
        let frames = Int(seconds * tables.sampleRate)
        let performance = Performance(
            title: "",
            notes: [NoteEvent(onset: 0.2, release: 0.2 + held, pitch: Pitch(key), velocity: Float(velocity))],
            pedals: [], duration: held + 1.2)
        var engine = PianoEngine(tables: tables)
        var room = Room(
            settings: RoomSettings(), nearness: tables.settings.nearness, sampleRate: tables.sampleRate)
        for event in performance.events(sampleRate: tables.sampleRate) { engine.schedule(event) }
        var left = [Float](repeating: 0, count: frames)
        var right = left
        var l = left.mutableSpan
        var r = right.mutableSpan
        engine.render(left: &l, right: &r)
        room.process(left: &l, right: &r)
        return (left, right)
    }

    private static func watch(_ note: (key: Int, velocity: Int), _ left: [Float], _ right: [Float]) -> Watched {
        // Blocks of 50 ms from the blow.
        func decibels(_ from: Double, _ seconds: Double) -> Double {
            let start = Int((0.2 + from) * 48000)
            var power = 0.0
            for n in start..<min(left.count, start + Int(seconds * 48000)) {
                power += Double(left[n] * left[n] + right[n] * right[n])
            }
            return 10 * log10(power / seconds + 1e-12)
        }
        let reference = decibels(0.1, 0.05)
        let fall = stride(from: 0.1, to: 5, by: 0.05).first { decibels($0, 0.05) < reference - 20 } ?? 5
        return Watched(
            key: note.key, velocity: note.velocity, level: decibels(0, 0.4), fall: fall,
            early: (reference - decibels(0.4, 0.05)) / 0.3, late: (decibels(0.4, 0.05) - decibels(1.5, 0.05)) / 1.1)
    }

    /// A WAV file of two channels of 32-bit floats.
    private static func wav(_ left: [Float], _ right: [Float]) -> Data {
        var data = Data()
        func add(_ value: some FixedWidthInteger) {
            var rest = value.littleEndian
            for _ in 0..<MemoryLayout.size(ofValue: value) {
                data.append(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
            }
        }
        let bytes = UInt32(8 * left.count)
        data.append(contentsOf: "RIFF".utf8)
        add(36 + bytes)
        data.append(contentsOf: "WAVEfmt ".utf8)
        add(UInt32(16))
        for value: UInt16 in [3, 2] { add(value) }
        for value: UInt32 in [48000, 48000 * 8] { add(value) }
        for value: UInt16 in [8, 32] { add(value) }
        data.append(contentsOf: "data".utf8)
        add(bytes)
        for (l, r) in zip(left, right) {
            add(l.bitPattern)
            add(r.bitPattern)
        }
        return data
    }
}
