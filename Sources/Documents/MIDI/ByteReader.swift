/// Why a file is no Standard MIDI File that can be played.
public struct MIDIFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Byte from the start at which it was noticed; 0 where it is about the whole file.
    public let offset: Int
    public let description: String

    init(_ offset: Int, _ what: String) {
        self.offset = offset
        description = offset > 0 ? "byte \(offset): \(what)" : what
    }
}

/// Bytes with a place, every read checked.
struct ByteReader {
    private let data: [UInt8]
    private var end: Int
    /// Place of the next byte, counted from the start of the file.
    private(set) var offset = 0

    init(_ bytes: [UInt8]) {
        data = bytes
        end = bytes.count
    }

    var isAtEnd: Bool { offset >= end }

    /// A reader of the next `count` bytes alone, over which this one steps.
    mutating func part(_ count: Int, _ what: String) throws(MIDIFileError) -> ByteReader {
        guard count <= end - offset else {
            throw MIDIFileError(offset, "\(what) of \(count) bytes goes past the end of the file")
        }
        var part = self
        part.end = offset + count
        offset += count
        return part
    }

    mutating func byte(_ what: String) throws(MIDIFileError) -> UInt8 {
        guard offset < end else { throw ended(what) }
        offset += 1
        return data[offset - 1]
    }

    mutating func bytes(_ count: Int, _ what: String) throws(MIDIFileError) -> ArraySlice<UInt8> {
        guard count <= end - offset else { throw ended(what) }
        offset += count
        return data[offset - count..<offset]
    }

    /// Four letters that name a chunk.
    mutating func name(_ what: String) throws(MIDIFileError) -> String {
        String(decoding: try bytes(4, what), as: UTF8.self)
    }

    /// A number of `count` bytes, the highest first.
    mutating func number(_ count: Int, _ what: String) throws(MIDIFileError) -> Int {
        try bytes(count, what).reduce(0) { $0 << 8 | Int($1) }
    }

    /// A number in one to four bytes of seven bits.
    mutating func variableLength(_ what: String) throws(MIDIFileError) -> Int {
        var value = 0
        for _ in 0..<4 {
            let next = try byte(what)
            value = value << 7 | Int(next & 0x7F)
            if next < 0x80 { return value }
        }
        throw MIDIFileError(offset, "\(what) is longer than four bytes")
    }

    private func ended(_ what: String) -> MIDIFileError {
        MIDIFileError(offset, end < data.count ? "the track ends inside \(what)" : "the file ends inside \(what)")
    }
}
