/// What a PNG file is made of, as bytes, without a library.
public enum PNGBytes {
    public static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The low 32 bits of a number, the highest byte first.
    public static func big(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 255) } }

    /// A chunk with its length and checksum.
    public static func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + bytes
        return big(bytes.count) + body + big(Int(crc(of: body[...])))
    }

    /// The checksum of a chunk: CRC-32 of its name and data.
    public static func crc(of bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(0xFFFF_FFFF) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
    }

    /// A zlib stream of stored blocks.
    public static func stored(_ raw: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = [0x78, 0x01]
        var (a, b) = (1, 0)
        for byte in raw {
            a = (a + Int(byte)) % 65521
            b = (b + a) % 65521
        }
        for start in stride(from: 0, to: raw.count, by: 65535) {
            let part = raw[start..<min(raw.count, start + 65535)]
            let size = UInt16(part.count)
            packed += [start + 65535 >= raw.count ? 1 : 0, UInt8(size & 255), UInt8(size >> 8)]
            packed += [UInt8(~size & 255), UInt8(~size >> 8)] + part
        }
        return packed + big(b << 16 | a)
    }

    private static let table: [UInt32] = (0..<256).map { index in
        var crc = UInt32(index)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        return crc
    }
}
