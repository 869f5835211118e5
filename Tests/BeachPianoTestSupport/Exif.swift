/// What a camera writes down, as bytes.
public enum Exif {
    /// An entry of a directory: tag, type as Exif numbers them, how many values, and these.
    public typealias Entry = (tag: Int, type: Int, count: Int, value: [UInt8])

    /// An Exif segment with an orientation, and a time, zone and place where wanted.
    ///
    /// The place is in ten thousandths of a degree north and west; the note is in its maker's own form.
    public static func segment(
        orientation: UInt8, when: String? = nil, zone: String? = nil, where place: [UInt32]? = nil,
        maker: (name: String, note: [UInt8])? = nil
    ) -> [UInt8] {
        func text(_ tag: Int, _ text: String) -> Entry { (tag, 2, text.utf8.count + 1, Array(text.utf8) + [0]) }
        var photo: [Entry] = []
        if let when { photo.append(text(0x9003, when)) }
        if let zone { photo.append(text(0x9011, zone)) }
        if let maker { photo.append((0x927C, 7, maker.note.count, maker.note)) }
        var gps: [Entry] = []
        if let place {
            func rationals(_ n: UInt32) -> [UInt8] {
                long(Int(n)) + long(10_000) + long(0) + long(1) + long(0) + long(1)
            }
            gps = [
                (1, 2, 2, [UInt8(ascii: "N"), 0]), (2, 5, 3, rationals(place[0])), (3, 2, 2, [UInt8(ascii: "W"), 0]),
                (4, 5, 3, rationals(place[1])),
            ]
        }
        var main: [Entry] = maker.map { [text(0x010F, $0.name)] } ?? []
        main += [(0x0112, 3, 1, [0, orientation]), (0x8769, 4, 1, long(0)), (0x8825, 4, 1, long(0))]
        // The place of the other directories follows from the size of this one, which does not depend on it.
        let photoAt = 8 + directory(main, at: 8).count
        let photoBytes = directory(photo, at: photoAt)
        main[main.count - 2].value = long(photoAt)
        main[main.count - 1].value = long(photoAt + photoBytes.count)
        return Array("Exif\0\0MM\0*".utf8) + long(8) + directory(main, at: 8) + photoBytes
            + directory(gps, at: photoAt + photoBytes.count)
    }

    /// A JPEG with an Exif segment after its start marker.
    public static func tagged(_ jpeg: [UInt8], _ exif: [UInt8]) -> [UInt8] {
        let length = exif.count + 2
        return jpeg[..<2] + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + exif + jpeg[2...]
    }

    private static func short(_ n: Int) -> [UInt8] { [UInt8(n >> 8 & 255), UInt8(n & 255)] }
    private static func long(_ n: Int) -> [UInt8] { short(n >> 16) + short(n & 0xFFFF) }

    /// Entries of a directory at an offset in the TIFF part; long values follow it.
    private static func directory(_ entries: [Entry], at offset: Int) -> [UInt8] {
        var head = short(entries.count)
        var tail: [UInt8] = []
        let after = offset + 2 + 12 * entries.count + 4
        for entry in entries {
            head += short(entry.tag) + short(entry.type) + long(entry.count)
            if entry.value.count <= 4 {
                head += entry.value + [UInt8](repeating: 0, count: 4 - entry.value.count)
            } else {
                head += long(after + tail.count)
                tail += entry.value
            }
        }
        return head + long(0) + tail
    }
}
