import Music

/// What is written below the picture: title, words, key and tempo, name and seed, none of it wider than the card.
struct PostcardWords {
    private let score: Score
    private let light: PostcardLight
    private let name: String
    private let seed: String
    private let caption: String?

    private static let room = Postcard.width - 2 * Postcard.margin - 20

    init(_ score: Score, _ light: PostcardLight, name: String, seed: String, caption: String?) {
        self.score = score
        self.light = light
        self.name = name
        self.seed = seed
        self.caption = caption
    }

    var drawing: String {
        let ink = light.nearSea.mixed(Colour(0x18222E), 0.72).hex
        let left = n(Postcard.margin + 10)
        let right = n(Postcard.width - Postcard.margin - 10)
        let title = Self.cut(score.title, to: Self.room / 28)
        let size = min(54, Self.room / max(1, Self.width(of: title)))
        let tempo = Decimal.fixed(Double(score.tempo), 0)
        var out = """
            <g fill="\(ink)" font-family="Palatino, 'Palatino Linotype', 'URW Palladio L', 'Book Antiqua', Georgia, serif">
            <text x="\(left)" y="940" font-size="\(n(size))">\(XMLText.escaped(title))</text>

            """
        for (i, line) in lines.enumerated() {
            out += "<text x=\"\(left)\" y=\"\(986 + 34 * i)\" font-size=\"27\" font-style=\"italic\" opacity=\"0.85\">"
            out += "\(XMLText.escaped(line))</text>\n"
        }
        out += """
            <path d="M\(left) 1054H\(right)" stroke="\(ink)" stroke-width="1" stroke-opacity="0.3"/>
            <text x="\(left)" y="1092" font-size="25">\(XMLText.escaped(Self.cut(name, to: 300 / 25)))</text>
            <text x="\(right)" y="1092" font-size="25" text-anchor="end">\
            \(XMLText.escaped(score.key.name)) · \(score.metre) · ♩ = \(tempo)</text>
            <text x="\(left)" y="1130" font-size="24" letter-spacing="1.5" opacity="0.75">\
            \(XMLText.escaped(Self.cut(seed, to: Self.room / 28)))</text>
            </g>

            """
        return out
    }

    /// The words or the description on two lines at most; none where they are the title again.
    private var lines: [String] {
        guard let caption, caption.lowercased() != "“\(score.title.lowercased())”" else { return [] }
        let room = Self.room / 27
        var lines: [String] = []
        var line = ""
        var rest = caption.split(whereSeparator: \.isWhitespace).map(String.init)[...]
        while let word = rest.first, lines.count < 2 {
            let longer = line.isEmpty ? word : "\(line) \(word)"
            if Self.width(of: longer) <= room || line.isEmpty {
                line = Self.cut(longer, to: room)
                rest.removeFirst()
            } else {
                lines.append(line)
                line = ""
            }
        }
        if lines.count < 2, !line.isEmpty { lines.append(line) }
        if !rest.isEmpty, let last = lines.popLast() {
            lines.append(Self.cut(last + (caption.hasSuffix("”") ? " …”" : " …"), to: room))
        }
        return lines
    }

    /// A text that fits, with an ellipsis where something is left out.
    private static func cut(_ text: String, to room: Double) -> String {
        guard width(of: text) > room else { return text }
        var cut = ""
        var used = 1.0
        for character in text {
            used += width(of: String(character))
            if used > room { break }
            cut.append(character)
        }
        return cut + "…"
    }

    /// About how wide a text is in a serif face, in units of its size; rather too wide than too narrow.
    private static func width(of text: String) -> Double {
        text.unicodeScalars.reduce(0) { sum, scalar in
            switch scalar.value {
            case 0x20, 0x27, 0x2C, 0x2E, 0x3A, 0x3B, 0x69, 0x6A, 0x6C, 0x74, 0x66: sum + 0.34
            case 0x6D, 0x77, 0x4D, 0x57: sum + 0.92
            case 0x41...0x5A: sum + 0.74
            case 0x300..<0x370: sum
            case 0..<0x250: sum + 0.59
            case 0x2010...0x2027: sum + 0.5
            case 0x250..<0x2000: sum + 0.7
            default: sum + 1.05
            }
        }
    }

    private func n(_ value: Double) -> String { Decimal.short(value, 1) }
}
