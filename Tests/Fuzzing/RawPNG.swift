import BeachPianoTestSupport

/// A PNG file chunk by chunk, of any depth and kind, its pixels a pattern.
struct RawPNG {
    var width: Int
    var height: Int
    var depth: Int
    /// 0 grey, 2 colours, 3 palette, 4 grey with alpha, 6 colours with alpha.
    var colour: Int
    var isInterlaced = false
    var extra: (name: String, bytes: [UInt8])?

    /// Stored as they are.
    var bytes: [UInt8] {
        var raw: [UInt8] = []
        for pass in passes where pass.width > 0 {
            let row = (pass.width * bitsPerPixel + 7) / 8
            for y in 0..<pass.height {
                raw.append(UInt8(y % 5))
                raw += (0..<row).map { UInt8(truncatingIfNeeded: $0 * 37 + y * 11) }
            }
        }
        return file(PNGBytes.stored(raw))
    }

    /// All of one value, packed as tightly as deflate can.
    var packed: [UInt8] {
        file(Self.zeros(passes.reduce(0) { $0 + $1.height * ((($1.width * bitsPerPixel + 7) / 8) + 1) }))
    }

    private var bitsPerPixel: Int { depth * [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colour, default: 1] }

    private var passes: [(width: Int, height: Int)] {
        guard isInterlaced else { return [(width, height)] }
        let starts = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
        return starts.map { x, y, across, down in
            (max(0, (width - x + across - 1) / across), max(0, (height - y + down - 1) / down))
        }.filter { $0.0 > 0 && $0.1 > 0 }
    }

    private func file(_ data: [UInt8]) -> [UInt8] {
        let header =
            PNGBytes.big(width) + PNGBytes.big(height) + [UInt8(depth), UInt8(colour), 0, 0, isInterlaced ? 1 : 0]
        var out: [UInt8] = PNGBytes.signature + PNGBytes.chunk("IHDR", header)
        if let extra { out += PNGBytes.chunk(extra.name, extra.bytes) }
        if colour == 3 { out += PNGBytes.chunk("PLTE", (0..<3 << min(depth, 8)).map { UInt8($0 & 255) }) }
        return out + PNGBytes.chunk("IDAT", data) + PNGBytes.chunk("IEND", [])
    }

    /// A zlib stream of so many zeros at least: one block of fixed codes in which each 258 are said by 13 bits.
    private static func zeros(_ count: Int) -> [UInt8] {
        var out: [UInt8] = [0x78, 0x01]
        var (buffer, filled) = (0, 0)
        func put(_ bits: Int, _ size: Int) {
            buffer |= bits << filled
            filled += size
            while filled >= 8 {
                out.append(UInt8(buffer & 255))
                buffer >>= 8
                filled -= 8
            }
        }
        // Last block, fixed codes; the literal 0 is 00110000.
        put(1, 1)
        put(1, 2)
        put(0b0000_1100, 8)
        // Length 258 is code 285, 11000101; distance 1 is 00000.
        let times = count / 258 + 1
        out.reserveCapacity(times * 13 / 8 + 16)
        for _ in 0..<times {
            put(0b1010_0011, 8)
            put(0, 5)
        }
        put(0, 7)
        put(0, 7)
        let total = 1 + 258 * times
        return out + PNGBytes.big((total % 65521) << 16 | 1)
    }
}
