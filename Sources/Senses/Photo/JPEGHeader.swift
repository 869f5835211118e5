/// What a JPEG says about itself before it is decoded.
struct JPEGHeader {
    var width = 0
    var height = 0
    /// Bytes of all coefficients, which a progressive file holds in memory.
    var coefficientBytes = 0
    var isProgressive = false
    var scans = 0
    /// CMYK from Adobe's programs is stored upside down.
    var hasAdobeMarker = false
    /// The Exif segment, from its `Exif` on; nil without one.
    var exif: Range<Int>?

    /// Walks over the markers.
    ///
    /// - Parameter bytes: the file.
    /// - Throws: where there is no frame in it.
    init(_ bytes: [UInt8]) throws(SenseError) {
        var i = 2
        func word(_ at: Int) -> Int { at + 1 < bytes.count ? Int(bytes[at]) << 8 | Int(bytes[at + 1]) : 0 }
        while i + 3 < bytes.count {
            // Entropy-coded data has no markers but stuffed zeros and restarts.
            guard bytes[i] == 0xFF else {
                i = bytes[i...].firstIndex(of: 0xFF) ?? bytes.count
                continue
            }
            let marker = bytes[i + 1]
            switch marker {
            case 0xFF: i += 1
            case 0x00, 0x01, 0xD0...0xD8: i += 2
            case 0xD9:
                i = bytes.count
            default:
                let length = word(i + 2)
                switch marker {
                case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF: frame(bytes, at: i + 4, marker, word)
                case 0xDA: scans += 1
                case 0xEE where bytes[min(i + 4, bytes.count)...].starts(with: "Adobe".utf8): hasAdobeMarker = true
                case 0xE1 where exif == nil && bytes[min(i + 4, bytes.count)...].starts(with: "Exif\0\0".utf8):
                    exif = (i + 4)..<max(i + 4, min(bytes.count, i + 2 + length))
                default: break
                }
                i += 2 + max(2, length)
            }
        }
        guard width > 0, height > 0 else { throw SenseError("is a damaged JPEG: it has no picture in it") }
    }

    private mutating func frame(_ bytes: [UInt8], at i: Int, _ marker: UInt8, _ word: (Int) -> Int) {
        guard i + 5 < bytes.count else { return }
        (height, width) = (word(i + 1), word(i + 3))
        isProgressive = marker == 0xC2 || marker == 0xC6 || marker == 0xCA || marker == 0xCE
        let count = min(4, Int(bytes[i + 5]))
        var (areas, largest) = (0, 1)
        for component in 0..<count where i + 7 + 3 * component < bytes.count {
            let sampling = bytes[i + 7 + 3 * component]
            let area = max(1, Int(sampling >> 4)) * max(1, Int(sampling & 15))
            areas += area
            largest = max(largest, area)
        }
        coefficientBytes = 2 * width * height * areas / largest
    }
}
