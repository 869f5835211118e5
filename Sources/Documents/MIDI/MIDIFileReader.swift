public import Music

/// Why a file is no Standard MIDI File that can be played.
public struct MIDIFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Byte from the start at which it was noticed.
    public let offset: Int
    public let description: String

    init(_ offset: Int, _ what: String) {
        self.offset = offset
        description = offset > 0 ? "byte \(offset): \(what)" : what
    }
}

/// Reads any Standard MIDI File (RP-001) of format 0 or 1 to a performance: running status, tempo maps, SMPTE
/// divisions, half pedals, high-resolution velocity; hostile bytes end in an error, never in a trap.
public enum MIDIFileReader {
    /// More notes than anyone plays in a day.
    private static let noteLimit = 2_000_000
    /// Seconds.
    private static let longest = 86_400.0

    private struct Message {
        var tick: Int
        var order: Int
        var status: UInt8
        var first: UInt8
        var second: UInt8
    }

    /// The performance in a file's bytes; `channel` 1...16 leaves all others out.
    public static func performance(_ bytes: [UInt8], channel: Int? = nil) throws(MIDIFileError) -> Performance {
        guard !bytes.isEmpty else { throw MIDIFileError(0, "the file is empty") }
        var reader = ByteReader(bytes)
        guard reader.text(4) == "MThd" else {
            throw MIDIFileError(0, "this is no Standard MIDI File: it does not begin with MThd")
        }
        let headerLength = try reader.number(4, "the header's length")
        guard headerLength >= 6 else { throw MIDIFileError(reader.offset, "the header is too short") }
        let format = try reader.number(2, "the format")
        let trackCount = try reader.number(2, "the number of tracks")
        let division = try reader.number(2, "the division")
        try reader.skip(headerLength - 6, "the header")
        guard format <= 1 else {
            throw MIDIFileError(8, "format \(format) holds independent patterns: only formats 0 and 1 can be played")
        }
        guard division != 0 else { throw MIDIFileError(12, "a quarter note has no ticks") }
        var messages: [Message] = []
        var tempi: [(tick: Int, microseconds: Int)] = []
        var title = ""
        var tracks = 0
        while tracks < trackCount, !reader.isAtEnd {
            let kind = reader.text(4)
            let length = try reader.number(4, "a track's length")
            guard kind == "MTrk" else {
                try reader.skip(length, "an unknown chunk")
                continue
            }
            tracks += 1
            // Only the first track names the piece; the others name hands and instruments.
            var name = ""
            try readTrack(&reader, length: length, &messages, &tempi, &name, channel: channel)
            if tracks == 1 { title = name }
        }
        let clock = ReadClock(division: division, tempi: tempi)
        return try assemble(messages, clock, title)
    }

    private static func readTrack(
        _ reader: inout ByteReader, length: Int, _ messages: inout [Message],
        _ tempi: inout [(tick: Int, microseconds: Int)], _ title: inout String, channel: Int?
    ) throws(MIDIFileError) {
        let end = reader.offset + length
        guard end <= reader.count else {
            throw MIDIFileError(reader.offset, "a track of \(length) bytes goes past the end of the file")
        }
        var tick = 0
        var running: UInt8 = 0
        while reader.offset < end {
            tick += try reader.variableLength("a time")
            guard tick < 1 << 40 else { throw MIDIFileError(reader.offset, "the track goes on for ever") }
            var status = try reader.byte("an event")
            if status == 0xFF {
                let type = try reader.byte("a meta event")
                let count = try reader.variableLength("a meta event's length")
                let data = try reader.bytes(count, "a meta event")
                if type == 0x51, data.count == 3 {
                    tempi.append((tick, max(1, Int(data[0]) << 16 | Int(data[1]) << 8 | Int(data[2]))))
                } else if type == 0x03, title.isEmpty {
                    title = String(decoding: data, as: UTF8.self)
                } else if type == 0x2F {
                    break
                }
                continue
            }
            if status == 0xF0 || status == 0xF7 {
                let count = try reader.variableLength("a system message's length")
                try reader.skip(count, "a system message")
                running = 0
                continue
            }
            var first: UInt8
            if status < 0x80 {
                guard running != 0 else {
                    throw MIDIFileError(reader.offset - 1, "a data byte stands where an event should begin")
                }
                first = status
                status = running
            } else {
                guard status < 0xF0 else {
                    throw MIDIFileError(reader.offset - 1, "a real-time message stands inside a file")
                }
                running = status
                first = try reader.byte("an event")
            }
            let hasSecond = status & 0xF0 != 0xC0 && status & 0xF0 != 0xD0
            let second = hasSecond ? try reader.byte("an event") : 0
            guard first < 0x80, second < 0x80 else {
                throw MIDIFileError(reader.offset - 1, "a data byte is above 127")
            }
            if let channel, Int(status & 0x0F) + 1 != channel { continue }
            messages.append(
                Message(tick: tick, order: messages.count, status: status, first: first, second: second))
            guard messages.count < 4 * noteLimit else {
                throw MIDIFileError(reader.offset, "the file has too many events")
            }
        }
        reader.move(to: end)
    }

    private static func assemble(_ messages: [Message], _ clock: ReadClock, _ title: String) throws(MIDIFileError)
        -> Performance
    {
        var clock = clock
        var notes: [NoteEvent] = []
        var pedals: [PedalEvent] = []
        var sounding = [OpenNotes](repeating: OpenNotes(), count: 16 * 128)
        var prefix: [UInt8: UInt8] = [:]
        var end = 0.0
        for message in messages.sorted(by: { ($0.tick, $0.order) < ($1.tick, $1.order) }) {
            let time = clock.seconds(message.tick)
            guard time < longest else { throw MIDIFileError(0, "the music lasts longer than a day") }
            end = max(end, time)
            let channel = message.status & 0x0F
            let key = Int(channel) << 7 | Int(message.first)
            switch message.status & 0xF0 {
            case 0x90 where message.second > 0:
                let velocity = Float(message.second) + Float(prefix[channel] ?? 0) / 128
                prefix[channel] = nil
                guard (21...108).contains(message.first) else { continue }
                sounding[key].add(notes.count)
                notes.append(
                    NoteEvent(
                        onset: time, release: -1, pitch: Pitch(Int(message.first)), velocity: min(127, velocity)))
            case 0x80, 0x90:
                if let i = sounding[key].takeFirst() {
                    notes[i].release = max(time, notes[i].onset + 0.001)
                }
            case 0xB0:
                let depth = UnitInterval(Float(message.second) / 127)
                switch message.first {
                case 64: pedals.append(PedalEvent(time: time, pedal: .sustain, depth: depth))
                case 66: pedals.append(PedalEvent(time: time, pedal: .sostenuto, depth: depth))
                case 67: pedals.append(PedalEvent(time: time, pedal: .unaCorda, depth: depth))
                case 88: prefix[channel] = message.second
                case 120, 123:
                    for key in Int(channel) << 7..<(Int(channel) + 1) << 7 {
                        while let i = sounding[key].takeFirst() {
                            notes[i].release = max(time, notes[i].onset + 0.001)
                        }
                    }
                default: break
                }
            default: break
            }
        }
        guard !notes.isEmpty else { throw MIDIFileError(0, "there are no notes in it") }
        // A key that never comes up is let go at the end.
        for i in notes.indices where notes[i].release < 0 { notes[i].release = max(end, notes[i].onset + 0.5) }
        notes.sort { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
        let last = max(end, notes.map(\.release).max() ?? 0)
        return Performance(title: title, notes: notes, pedals: pedals, duration: last + ringOut)
    }

    /// Seconds after the last event in which strings and room die away.
    public static let ringOut = 4.0
}

/// The notes of one key that have not been released, first in, first out, each taken in constant time.
private struct OpenNotes {
    private var indices: [Int] = []
    private var head = 0

    mutating func add(_ index: Int) { indices.append(index) }

    mutating func takeFirst() -> Int? {
        guard head < indices.count else { return nil }
        defer { head += 1 }
        return indices[head]
    }
}

/// Ticks to seconds through a tempo map, for rising ticks.
private struct ReadClock {
    private let ticksPerQuarter: Double
    /// Fixed seconds per tick of an SMPTE division.
    private let fixed: Double?
    private let changes: [(tick: Int, microseconds: Int)]
    private var next = 0
    private var baseTick = 0
    private var baseSeconds = 0.0
    private var microseconds = 500_000.0

    init(division: Int, tempi: [(tick: Int, microseconds: Int)]) {
        if division & 0x8000 != 0 {
            let frames = Double(256 - (division >> 8 & 0xFF))
            let rate = frames == 29 ? 29.97 : frames
            fixed = 1 / max(1, rate * Double(max(1, division & 0xFF)))
            ticksPerQuarter = 1
        } else {
            fixed = nil
            ticksPerQuarter = Double(division)
        }
        changes = tempi.enumerated().sorted { ($0.element.tick, $0.offset) < ($1.element.tick, $1.offset) }.map(
            \.element)
    }

    mutating func seconds(_ tick: Int) -> Double {
        if let fixed { return Double(tick) * fixed }
        while next < changes.count, changes[next].tick <= tick {
            baseSeconds += Double(changes[next].tick - baseTick) / ticksPerQuarter * microseconds * 1e-6
            baseTick = changes[next].tick
            microseconds = Double(changes[next].microseconds)
            next += 1
        }
        return baseSeconds + Double(tick - baseTick) / ticksPerQuarter * microseconds * 1e-6
    }
}

/// Bytes with a place, every read checked.
private struct ByteReader {
    private let data: [UInt8]
    private(set) var offset = 0

    init(_ bytes: [UInt8]) { data = bytes }

    var count: Int { data.count }
    var isAtEnd: Bool { offset >= data.count }

    mutating func move(to place: Int) { offset = place }

    mutating func byte(_ what: String) throws(MIDIFileError) -> UInt8 {
        guard offset < data.count else { throw MIDIFileError(offset, "the file ends inside \(what)") }
        offset += 1
        return data[offset - 1]
    }

    mutating func bytes(_ count: Int, _ what: String) throws(MIDIFileError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= data.count - offset else {
            throw MIDIFileError(offset, "the file ends inside \(what)")
        }
        offset += count
        let slice = data[offset - count..<offset]
        return ArraySlice(Array(slice))
    }

    mutating func skip(_ count: Int, _ what: String) throws(MIDIFileError) {
        guard count >= 0, count <= data.count - offset else {
            throw MIDIFileError(offset, "the file ends inside \(what)")
        }
        offset += count
    }

    mutating func text(_ count: Int) -> String {
        guard count <= data.count - offset else {
            offset = data.count
            return ""
        }
        offset += count
        return String(decoding: data[offset - count..<offset], as: UTF8.self)
    }

    mutating func number(_ count: Int, _ what: String) throws(MIDIFileError) -> Int {
        var value = 0
        for _ in 0..<count { value = value << 8 | Int(try byte(what)) }
        return value
    }

    mutating func variableLength(_ what: String) throws(MIDIFileError) -> Int {
        var value = 0
        for _ in 0..<4 {
            let next = try byte(what)
            value = value << 7 | Int(next & 0x7F)
            if next < 0x80 { return value }
        }
        throw MIDIFileError(offset, "\(what) is longer than four bytes")
    }
}
