/// A message that moves keys or pedals.
struct MIDIMessage {
    /// Stands for no message of a channel: all keys and pedals come up.
    static let everythingUp: UInt8 = 0xFF

    var tick: Int
    /// Place among all messages of the file.
    var order: Int
    var status: UInt8
    var first: UInt8 = 0
    var second: UInt8 = 0
}

/// All that a file's tracks say to a piano, in ticks.
struct MIDIFileEvents {
    /// More messages than anyone's hands and feet make in a day.
    private static let limit = 4_000_000

    private(set) var messages: [MIDIMessage] = []
    private(set) var tempi: [(tick: Int, microseconds: Int)] = []
    private(set) var timeSignatures: [(tick: Int, (numerator: Int, denominator: Int))] = []
    private(set) var keySignatures: [(tick: Int, (fifths: Int, isMinor: Bool))] = []
    /// Ticks of markers and cue points.
    private(set) var markers: [Int] = []
    /// The name of the first track, which is that of the piece; the others name hands and instruments.
    private(set) var title = ""
    /// Tick of the last end of a track.
    private(set) var end = 0
    /// Strikes on each channel, also on those that are not to sound.
    private(set) var strikes = [Int](repeating: 0, count: 16)
    private let isWanted: [Bool]
    /// Tick at which the sequence begins that is being read.
    private var start = 0

    init(channels: Set<Int>) { isWanted = (1...16).map(channels.contains) }

    /// All messages in the order of time; those of one tick in the order of the file.
    var sorted: [MIDIMessage] { messages.sorted { ($0.tick, $0.order) < ($1.tick, $1.order) } }

    /// Lets the tracks that follow begin where all before them end, with nothing held over.
    mutating func beginSequence() {
        start = end
        messages.append(MIDIMessage(tick: start, order: messages.count, status: MIDIMessage.everythingUp))
        tempi.append((start, 500_000))
    }

    /// Adds a track's events up to its end-of-track event, or the end of its bytes.
    mutating func addTrack(_ reader: inout ByteReader, isFirst: Bool) throws(MIDIFileError) {
        var tick = start
        var running: UInt8 = 0
        while !reader.isAtEnd {
            tick += try reader.variableLength("a time")
            guard tick < 1 << 40 else { throw MIDIFileError(reader.offset, "the track goes on for ever") }
            let status = try reader.byte("an event")
            switch status {
            case 0xFF:
                if try !addMeta(&reader, tick, isFirst: isFirst) {
                    end = max(end, tick)
                    return
                }
            case 0xF0, 0xF7:
                let count = try reader.variableLength("a system message's length")
                _ = try reader.bytes(count, "a system message")
            case 0xF1, 0xF3: _ = try reader.bytes(1, "a system message")
            case 0xF2: _ = try reader.bytes(2, "a system message")
            case 0xF4...: break
            case 0x80...:
                running = status
                try addMessage(&reader, tick, status, first: try reader.byte("an event"))
            default:
                // Running status; it lives on after meta events and system messages, as many writers assume.
                guard running != 0 else {
                    throw MIDIFileError(reader.offset - 1, "a data byte stands where an event should begin")
                }
                try addMessage(&reader, tick, running, first: status)
            }
            let others = tempi.count + timeSignatures.count + keySignatures.count + markers.count
            guard messages.count + others < Self.limit else {
                throw MIDIFileError(reader.offset, "the file has too many events")
            }
        }
        end = max(end, tick)
    }

    private mutating func addMessage(_ reader: inout ByteReader, _ tick: Int, _ status: UInt8, first: UInt8)
        throws(MIDIFileError)
    {
        let kind = status & 0xF0
        let second = kind == 0xC0 || kind == 0xD0 ? 0 : try reader.byte("an event")
        guard first < 0x80, second < 0x80 else {
            throw MIDIFileError(reader.offset - 1, "a data byte is above 127")
        }
        let channel = Int(status & 0x0F)
        if kind == 0x90, second > 0 { strikes[channel] += 1 }
        let isHeard =
            switch kind {
            case 0x80, 0x90: true
            case 0xB0: KeyboardReading.controllers.contains(first)
            default: false
            }
        guard isHeard, isWanted[channel] else { return }
        messages.append(
            MIDIMessage(tick: tick, order: messages.count, status: status, first: first, second: second))
    }

    /// Takes a meta event; false for the end of the track.
    private mutating func addMeta(_ reader: inout ByteReader, _ tick: Int, isFirst: Bool) throws(MIDIFileError) -> Bool
    {
        let type = try reader.byte("a meta event")
        let count = try reader.variableLength("a meta event's length")
        let data = Array(try reader.bytes(count, "a meta event").prefix(256))
        switch (type, data.count) {
        case (0x2F, _): return false
        case (0x03, _) where isFirst && title.isEmpty: title = Self.text(data)
        case (0x06, _), (0x07, _): markers.append(tick)
        case (0x51, 3...):
            let microseconds = Int(data[0]) << 16 | Int(data[1]) << 8 | Int(data[2])
            guard microseconds > 0 else {
                throw MIDIFileError(reader.offset - count, "a tempo without end: a quarter note lasts 0 microseconds")
            }
            tempi.append((tick, microseconds))
        case (0x58, 2...) where data[0] > 0 && data[1] < 8:
            timeSignatures.append((tick, (Int(data[0]), 1 << Int(data[1]))))
        case (0x59, 2...):
            let fifths = Int(Int8(bitPattern: data[0]))
            if abs(fifths) <= 7 { keySignatures.append((tick, (fifths, data[1] == 1))) }
        default: break
        }
        return true
    }

    /// Text as UTF-8 where it is that, else as Latin-1, without control characters.
    private static func text(_ data: [UInt8]) -> String {
        let scalars =
            String(validating: data, as: UTF8.self)?.unicodeScalars.map(\.self) ?? data.map { Unicode.Scalar($0) }
        var text = ""
        for scalar in scalars {
            text.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return text.split(separator: " ").joined(separator: " ")
    }
}
