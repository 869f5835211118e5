/// The chunks of a PNG file that make its picture, and what its header says.
///
/// libpng takes as much memory as a chunk says that it is long, and unpacks texts and profiles that nobody asked for:
/// a file of 200 bytes could take gigabytes. It gets only chunks that are there, and of these the ones that matter.
struct PNGChunks {
    var width = 0
    var height = 0
    /// Bytes of all rows as they lie in the file, unpacked.
    var rawBytes = 0
    /// The Exif chunk, with the head that libexif wants; nil without one.
    var exif: [UInt8]?
    /// The file without what plays no part in its picture.
    private(set) var picture: [UInt8] = []

    private static let wanted: Set<String> = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB"]

    /// Walks over the chunks of a file that begins as a PNG does.
    ///
    /// - Throws: where a chunk is cut short, and where there is no header.
    init(_ bytes: [UInt8]) throws(SenseError) {
        var kept: [Range<Int>] = [0..<8]
        var hasEnd = false
        var i = 8
        while !hasEnd {
            guard i + 12 <= bytes.count else { throw Self.damaged("it ends too early") }
            let length = bytes[i..<i + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= bytes.count - i - 12 else { throw Self.damaged("it ends too early") }
            let name = String(decoding: bytes[(i + 4)..<(i + 8)], as: UTF8.self)
            let body = (i + 8)..<(i + 8 + length)
            if i == 8 { try readHeader(name, bytes[body]) }
            if name == "eXIf", exif == nil, body.count < 1 << 16 { exif = Array("Exif\0\0".utf8) + bytes[body] }
            if Self.wanted.contains(name) { kept.append(i..<(i + 12 + length)) }
            hasEnd = name == "IEND"
            i += 12 + length
        }
        picture = Self.joined(kept, of: bytes)
    }

    private static func joined(_ ranges: [Range<Int>], of bytes: [UInt8]) -> [UInt8] {
        let size = ranges.reduce(0) { $0 + $1.count }
        guard size < bytes.count else { return bytes }
        var joined: [UInt8] = []
        joined.reserveCapacity(size)
        for range in ranges { joined += bytes[range] }
        return joined
    }

    private mutating func readHeader(_ name: String, _ body: ArraySlice<UInt8>) throws(SenseError) {
        guard name == "IHDR", body.count == 13 else { throw Self.damaged("it has no header") }
        let values = body.map(Int.init)
        width = values[0..<4].reduce(0) { $0 << 8 | $1 }
        height = values[4..<8].reduce(0) { $0 << 8 | $1 }
        let channels = [2: 3, 4: 2, 6: 4][values[9], default: 1]
        // Both sides are below 2^32 and a pixel has at most 2,040 bits: no overflow once the pixels are bounded.
        guard width > 0, height > 0 else { throw Self.damaged("it has no picture in it") }
        guard width <= PhotoLimits.pngPixels / height else {
            throw PhotoLimits.tooLarge(width, height, limit: PhotoLimits.pngPixels)
        }
        rawBytes = (width * channels * values[8] + 7) / 8 * height
        guard rawBytes <= PhotoLimits.pngBytes else {
            throw SenseError(
                "is a PNG of \(width) x \(height) pixels that takes \(rawBytes >> 20) MiB unpacked, more than the "
                    + "\(PhotoLimits.pngBytes >> 20) MiB that are taken: make it smaller first")
        }
    }

    private static func damaged(_ what: String) -> SenseError { SenseError("is a damaged PNG: \(what)") }
}
