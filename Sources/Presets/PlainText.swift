/// Text from outside, made fit for one line of a message.
package enum PlainText {
    /// The text with all that moves a cursor, breaks a line or turns the reading direction spelled out, as `\u{1B}`.
    package static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where isHidden(scalar): out += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// Text on one line, its control characters blanks: as much of it as is within so many characters and bytes, for
    /// one character can be as long as a book.
    package static func line(_ text: String, characters: Int, bytes: Int) -> String {
        var out = ""
        var count = 0
        // A character that the cut tears apart is too long anyway.
        for character in String(decoding: text.utf8.prefix(bytes + 1), as: UTF8.self) {
            guard count < characters, out.utf8.count + character.utf8.count <= bytes else { return out + "…" }
            out += character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? " " : String(character)
            count += 1
        }
        return out
    }

    /// The start of a long text.
    static func shortened(_ text: String, to count: Int = 80) -> String {
        text.count > count ? text.prefix(count) + "..." : text
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: true
        // Line and paragraph separators, and the marks that change the reading direction.
        case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
