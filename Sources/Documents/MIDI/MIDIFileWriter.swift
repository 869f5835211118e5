public import Music

/// Writes a performance as a Standard MIDI File of type 1 (RP-001): tempo map, titles, one track per hand, pedals.
///
/// Where the performance knows the written beat, its tempo map is written, so that the score's own grid is in the file
/// and the pianist's displacements fall off it; else a constant 120.
public enum MIDIFileWriter {
    /// Ticks in a quarter note.
    public static let division = 960

    /// The bytes of the file.
    public static func bytes(of performance: Performance) -> [UInt8] {
        let clock = TickClock(performance)
        var tracks = [conductor(performance, clock)]
        let right = performance.notes.filter { $0.role?.isLeftHand != true }
        let left = performance.notes.filter { $0.role?.isLeftHand == true }
        let end = clock.tick(performance.duration)
        tracks.append(track(left.isEmpty ? "Piano" : "Right hand", right, performance.pedals, clock, end: end))
        if !left.isEmpty { tracks.append(track("Left hand", left, [], clock, end: end)) }
        var out = Array("MThd".utf8) + number(6, 4) + number(1, 2) + number(tracks.count, 2) + number(division, 2)
        for body in tracks { out += Array("MTrk".utf8) + number(body.count, 4) + body }
        return out
    }

    // MARK: - Tracks

    /// Messages of one track: those of one tick in the order of their rank.
    private typealias Messages = [(tick: Int, rank: Int, bytes: [UInt8])]

    private static func conductor(_ performance: Performance, _ clock: TickClock) -> [UInt8] {
        var messages: Messages = []
        for signature in performance.timeSignatures {
            let unit = signature.denominator.trailingZeroBitCount
            // Clocks of the metronome, 24 in a quarter: three units in a compound metre.
            let isCompound = unit >= 3 && signature.numerator > 3 && signature.numerator % 3 == 0
            let click = max(1, min(255, 96 / signature.denominator * (isCompound ? 3 : 1)))
            let data = [UInt8(min(255, signature.numerator)), UInt8(unit), UInt8(click), 8]
            messages.append((clock.tick(ofBeat: signature.beat), 0, meta(0x58, data)))
        }
        for signature in performance.keySignatures {
            let data = [UInt8(bitPattern: Int8(signature.fifths)), signature.isMinor ? 1 : 0]
            messages.append((clock.tick(ofBeat: signature.beat), 1, meta(0x59, data)))
        }
        for change in clock.changes { messages.append((change.tick, 2, meta(0x51, number(change.microseconds, 3)))) }
        return body(performance.title, messages, end: clock.tick(performance.duration))
    }

    private static func track(
        _ title: String, _ notes: [NoteEvent], _ pedals: [PedalEvent], _ clock: TickClock, end: Int
    ) -> [UInt8] {
        // Releases first, then pedals, then strikes with their prefix.
        var messages: Messages = [(0, -1, [0xC0, 0])]
        for note in notes {
            let on = clock.tick(note.onset)
            let pitch = UInt8(max(0, min(127, note.pitch.midi)))
            let fine = Int((max(1, min(127, note.velocity)) * 128).rounded())
            let (high, low) = (UInt8(max(1, min(127, fine / 128))), UInt8(fine % 128))
            if low > 0 { messages.append((on, 2, [0xB0, 88, low])) }
            messages.append((on, 2, [0x90, pitch, high]))
            let up = UInt8(max(1, min(127, note.releaseVelocity.rounded())))
            messages.append((max(on + 1, clock.tick(note.release)), 0, [0x80, pitch, up]))
        }
        for pedal in pedals {
            let controller: UInt8 =
                switch pedal.pedal {
                case .sustain: 64
                case .sostenuto: 66
                case .unaCorda: 67
                }
            let value = UInt8(max(0, min(127, Int((pedal.depth.value * 127).rounded()))))
            messages.append((clock.tick(pedal.time), 1, [0xB0, controller, value]))
        }
        return body(title, messages, end: end)
    }

    private static func body(_ title: String, _ messages: Messages, end: Int) -> [UInt8] {
        let sorted = messages.enumerated().sorted {
            ($0.element.tick, $0.element.rank, $0.offset) < ($1.element.tick, $1.element.rank, $1.offset)
        }
        var body = event(0, meta(0x03, Array(title.utf8)))
        var last = 0
        for (_, message) in sorted {
            body += event(message.tick - last, message.bytes)
            last = message.tick
        }
        return body + event(max(0, end - last), meta(0x2F, []))
    }

    // MARK: - Bytes

    private static func event(_ delta: Int, _ bytes: [UInt8]) -> [UInt8] { variableLength(delta) + bytes }

    private static func meta(_ type: UInt8, _ data: [UInt8]) -> [UInt8] {
        [0xFF, type] + variableLength(data.count) + data
    }

    private static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func variableLength(_ value: Int) -> [UInt8] {
        var out = [UInt8(value & 0x7F)]
        var rest = value >> 7
        while rest > 0 {
            out.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
            rest >>= 7
        }
        return out
    }
}

/// Seconds to ticks through the tempo changes that are written, so that their rounding never adds up.
struct TickClock {
    private(set) var changes: [(tick: Int, microseconds: Int)] = []
    /// Seconds at each change, as a reader of the file will work them out.
    private var seconds: [Double] = []
    /// Beats of the bar before the first, in which the lead-in lies.
    private var leadIn = 0.0

    init(_ performance: Performance) {
        let division = Double(MIDIFileWriter.division)
        var points = performance.tempoMap
        // The lead-in before the first beat is not part of the grid: the file starts with it at the first tempo.
        if points.count < 2 {
            points = [
                TempoPoint(beat: 0, seconds: 0),
                TempoPoint(beat: 2 * performance.duration, seconds: performance.duration),
            ]
        }
        // Beats are counted from one whole bar before the first, in which the lead-in lies.
        let bar = Double(performance.metre?.beats ?? 0)
        let first = points[0]
        if first.seconds > 0, bar > 0 {
            leadIn = bar
            points = points.map { TempoPoint(beat: $0.beat + bar, seconds: $0.seconds) }
            points.insert(TempoPoint(beat: 0, seconds: 0), at: 0)
        }
        var time = 0.0
        for (a, b) in zip(points, points.dropFirst()) {
            let tick = Int((a.beat * division).rounded())
            let span = Double(Int((b.beat * division).rounded()) - tick)
            guard span > 0 else { continue }
            // Aim at where the next point is to be, from where the reader really is.
            let wanted = (b.seconds - time) / span * division * 1e6
            let microseconds = max(1, min(0xFF_FFFF, Int(wanted.rounded())))
            changes.append((tick, microseconds))
            seconds.append(time)
            time += Double(microseconds) * 1e-6 * span / division
        }
        if changes.isEmpty {
            changes = [(0, 500_000)]
            seconds = [0]
        }
    }

    /// The nearest tick to a written beat; what holds from the first beat on holds in the lead-in too.
    func tick(ofBeat beat: Double) -> Int {
        beat > 0 ? Int(((beat + leadIn) * Double(MIDIFileWriter.division)).rounded()) : 0
    }

    /// The nearest tick to a time; after the last change its tempo goes on.
    func tick(_ time: Double) -> Int {
        var low = 0
        var high = seconds.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if seconds[middle] <= time { low = middle } else { high = middle }
        }
        let ticks = (time - seconds[low]) / (Double(changes[low].microseconds) * 1e-6) * Double(MIDIFileWriter.division)
        return max(0, changes[low].tick + Int(ticks.rounded()))
    }
}
