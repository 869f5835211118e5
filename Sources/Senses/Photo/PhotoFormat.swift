/// What kind of picture some bytes are, by their first ones.
enum PhotoFormat {
    case jpeg, png

    /// - Throws: what it is instead, and how to convert it.
    init(_ bytes: [UInt8], name: String) throws(SenseError) {
        func starts(_ text: String, at offset: Int = 0) -> Bool {
            bytes.count >= offset + text.utf8.count && bytes[offset...].starts(with: text.utf8)
        }
        guard !bytes.isEmpty else { throw SenseError("is empty") }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
            return
        }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
            return
        }
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        func convert(_ kind: String, _ command: String) -> SenseError {
            SenseError("is a \(kind), which is not read: convert it with '\(command)'")
        }
        let heif = ["heic", "heix", "hevc", "heim", "heis", "hevm", "mif1", "msf1"]
        if starts("ftyp", at: 4) {
            if heif.contains(where: { starts($0, at: 8) }) {
                throw convert("HEIC picture", "heif-convert \(name) \(stem).jpg")
            }
            if starts("avi", at: 8) { throw convert("AVIF picture", "heif-convert \(name) \(stem).jpg") }
            throw SenseError("is a film, not a photo")
        }
        if starts("RIFF"), starts("WEBP", at: 8) { throw convert("WebP picture", "dwebp \(name) -o \(stem).png") }
        if starts("GIF8") { throw convert("GIF picture", "convert \(name)[0] \(stem).png") }
        if starts("II*\0") || starts("MM\0*") {
            throw convert("TIFF or raw picture", "convert \(name) \(stem).jpg")
        }
        if starts("BM") { throw convert("BMP picture", "convert \(name) \(stem).png") }
        if starts("\u{0}\u{0}\u{0}\u{0C}JXL ") || bytes.starts(with: [0xFF, 0x0A]) {
            throw convert("JPEG XL picture", "djxl \(name) \(stem).png")
        }
        throw SenseError("is neither a JPEG nor a PNG picture")
    }
}
