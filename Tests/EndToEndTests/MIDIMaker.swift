import Foundation

/// A Standard MIDI File of format 0 whose ticks are milliseconds.
struct MIDIMaker {
    struct Note: Hashable {
        var on: Int
        var off: Int
        var key: UInt8
        var velocity: UInt8
        var channel: UInt8 = 0
    }

    var notes: [Note] = []
    /// Time, controller, value.
    var controls: [(Int, UInt8, UInt8)] = []
    /// Time of the end of the track.
    var end: Int
    /// Meta events with their times.
    var metas: [(Int, [UInt8])] = [(0, [0x51, 3, 0x07, 0xA1, 0x20])]

    /// The bytes: 500 ticks in a quarter of half a second.
    var data: Data {
        var events: [(time: Int, bytes: [UInt8])] = metas.map { ($0, [0xFF] + $1) }
        events += controls.map { ($0, [0xB0, $1, $2]) }
        for note in notes {
            events.append((note.on, [0x90 | note.channel, note.key, note.velocity]))
            events.append((note.off, [0x80 | note.channel, note.key, 64]))
        }
        let sorted = events.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
        var track: [UInt8] = []
        var time = 0
        for (_, event) in sorted {
            track += Self.variableLength(event.time - time) + event.bytes
            time = event.time
        }
        track += Self.variableLength(end - time) + [0xFF, 0x2F, 0]
        let length = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: track.count >> $0) }
        return Data(
            Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 0x01, 0xF4] + Array("MTrk".utf8) + length + track)
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
