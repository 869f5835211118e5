import BeachPianoTestSupport

/// Checksums that a reader wants to be right before it looks at what they guard.
enum Checksums {
    private static let oggTable: [UInt32] = (0..<256).map { index in
        var crc = UInt32(index) << 24
        for _ in 0..<8 { crc = crc >> 31 == 1 ? crc << 1 ^ 0x04C1_1DB7 : crc << 1 }
        return crc
    }

    /// Ogg's.
    static func ogg(of bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reduce(0) { $0 << 8 ^ oggTable[Int(UInt8($0 >> 24) ^ $1)] }
    }
}

/// The parts of a file: chunks, segments, pages or lines, as its beginning says.
enum Containers {
    private static let png = PNGBytes.signature

    private static func number(_ bytes: [UInt8], _ at: Int, isBig: Bool) -> Int {
        let four = bytes[at..<at + 4].map(Int.init)
        return isBig
            ? four[0] << 24 | four[1] << 16 | four[2] << 8 | four[3]
            : four[3] << 24 | four[2] << 16 | four[1] << 8 | four[0]
    }

    static func parts(of bytes: [UInt8]) -> [Range<Int>] {
        if bytes.starts(with: png) { return chunks(bytes, from: 8, isBig: true, name: 4, length: 0, extra: 12) }
        if bytes.starts(with: [0xFF, 0xD8]) { return segments(bytes) }
        if bytes.starts(with: "RIFF".utf8) || bytes.starts(with: "RF64".utf8) {
            return chunks(bytes, from: 12, isBig: false, name: 0, length: 4, extra: 8)
        }
        if bytes.starts(with: "FORM".utf8) {
            return chunks(bytes, from: 12, isBig: true, name: 0, length: 4, extra: 8)
        }
        if bytes.starts(with: "OggS".utf8) { return pages(bytes) }
        return lines(bytes)
    }

    private static func chunks(_ bytes: [UInt8], from start: Int, isBig: Bool, name: Int, length: Int, extra: Int)
        -> [Range<Int>]
    {
        var parts: [Range<Int>] = []
        var i = start
        while i + extra <= bytes.count, parts.count < 4000 {
            let size = number(bytes, i + length, isBig: isBig)
            let end = min(bytes.count, i + extra + size + (extra == 8 ? size & 1 : 0))
            parts.append(i..<end)
            i = end
        }
        return parts
    }

    private static func segments(_ bytes: [UInt8]) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var i = 2
        while i + 4 <= bytes.count, bytes[i] == 0xFF, bytes[i + 1] != 0xDA {
            let end = min(bytes.count, i + 2 + max(2, Int(bytes[i + 2]) << 8 | Int(bytes[i + 3])))
            parts.append(i..<end)
            i = end
        }
        return i < bytes.count ? parts + [i..<bytes.count] : parts
    }

    private static func pages(_ bytes: [UInt8]) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var i = 0
        while i + 27 <= bytes.count, bytes[i...].starts(with: "OggS".utf8) {
            let count = Int(bytes[i + 26])
            guard i + 27 + count <= bytes.count else { break }
            let size = bytes[(i + 27)..<(i + 27 + count)].reduce(0) { $0 + Int($1) }
            let end = min(bytes.count, i + 27 + count + size)
            parts.append(i..<end)
            i = end
        }
        return parts
    }

    private static func lines(_ bytes: [UInt8]) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = 0
        for i in bytes.indices where bytes[i] == 0x0A || bytes[i] == 0x2E {
            parts.append(start..<i + 1)
            start = i + 1
            if parts.count == 4000 { break }
        }
        return start < bytes.count ? parts + [start..<bytes.count] : parts
    }

    /// Makes the checksums right again.
    static func repair(_ bytes: inout [UInt8]) {
        if bytes.starts(with: png) {
            for part in parts(of: bytes) where part.count >= 12 {
                let crc = PNGBytes.crc(of: bytes[(part.lowerBound + 4)..<(part.upperBound - 4)])
                bytes.replaceSubrange(part.upperBound - 4..<part.upperBound, with: PNGBytes.big(Int(crc)))
            }
        } else if bytes.starts(with: "OggS".utf8) {
            for part in parts(of: bytes) {
                let at = part.lowerBound + 22
                bytes.replaceSubrange(at..<at + 4, with: [0, 0, 0, 0])
                bytes.replaceSubrange(at..<at + 4, with: PNGBytes.big(Int(Checksums.ogg(of: bytes[part]))).reversed())
            }
        }
    }
}
