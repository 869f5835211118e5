public import Moods
public import Music

/// A picture postcard of a piece: sky and sea in the mood's colours, the melody's contour as a line over the water.
public enum Postcard {
    private static let width = 1200.0
    private static let height = 800.0
    /// Frame of paper around the picture.
    private static let margin = 36.0
    /// Bottom of the picture; the words stand below.
    private static let pictureEnd = 660.0
    private static let horizon = 350.0

    /// A self-contained SVG of 1200 x 800.
    public static func svg(of score: Score, mood: Mood, name: String, seed: String) -> String {
        let palette = MoodPalette(mood)
        let inner = width - 2 * margin
        var out = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 800" width="1200" height="800" role="img">
            <title>\(XMLText.escaped(score.title))</title>
            <defs>
            <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stop-color="\(palette.zenith.hex)"/>
            <stop offset="0.6" stop-color="\(palette.middle.hex)"/>
            <stop offset="1" stop-color="\(palette.horizon.hex)"/>
            </linearGradient>
            <linearGradient id="sea" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stop-color="\(palette.farSea.hex)"/>
            <stop offset="1" stop-color="\(palette.nearSea.hex)"/>
            </linearGradient>
            <radialGradient id="glow">
            <stop offset="0" stop-color="\(palette.sun.hex)" stop-opacity="0.9"/>
            <stop offset="0.25" stop-color="\(palette.sun.hex)" stop-opacity="0.45"/>
            <stop offset="1" stop-color="\(palette.sun.hex)" stop-opacity="0"/>
            </radialGradient>
            <clipPath id="frame"><rect x="\(n(margin))" y="\(n(margin))" width="\(n(inner))" \
            height="\(n(pictureEnd - margin))" rx="4"/></clipPath>
            </defs>
            <rect width="1200" height="800" fill="\(palette.sand.mixed(Colour(0xFFFFFF), 0.55).hex)"/>
            <g clip-path="url(#frame)">
            <rect y="0" width="1200" height="\(n(horizon))" fill="url(#sky)"/>
            <rect y="\(n(horizon))" width="1200" height="\(n(pictureEnd - horizon))" fill="url(#sea)"/>

            """
        out += sun(mood, palette)
        out += waves(score, mood, palette)
        out += melody(score, palette)
        out += "</g>\n"
        out += words(score, palette, name: name, seed: seed)
        return out + "</svg>\n"
    }

    // MARK: - Sky

    private static func sun(_ mood: Mood, _ palette: MoodPalette) -> String {
        // Higher with energy and light; open moods see it farther out.
        let x = 850.0 - 300 * Double(mood.nostalgia) + 120 * Double(mood.openness)
        let y = horizon - 25 - 95 * Double((mood.valence + 1) / 2) - 45 * Double(mood.energy)
        let shine = 1 - 0.75 * Double(max(0, mood.tension))
        var out = "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"330\" fill=\"url(#glow)\" opacity=\"\(n(shine))\"/>\n"
        out += "<clipPath id=\"above\"><rect width=\"1200\" height=\"\(n(horizon))\"/></clipPath>\n"
        out += "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"38\" fill=\"\(palette.sun.hex)\" clip-path=\"url(#above)\" "
        out += "opacity=\"\(n(0.35 + 0.65 * shine))\"/>\n"
        for i in 0..<16 {
            let depth = Double(i) / 16
            let half = (18 + 70 * depth) * (i % 3 == 1 ? 0.55 : 1)
            let shift = Double(Exact.sin(Float(i) * 2.4)) * (6 + 26 * depth)
            let top = horizon + 6 + 210 * depth * depth
            out += "<rect x=\"\(n(x + shift - half))\" y=\"\(n(top))\" width=\"\(n(2 * half))\" "
            out += "height=\"\(n(1.5 + 3 * depth))\" rx=\"2\" fill=\"\(palette.sun.hex)\" "
            out += "opacity=\"\(n(0.5 * shine * (1 - depth)))\"/>\n"
        }
        return out
    }

    // MARK: - Sea

    /// A band for each section of the piece from the horizon to the shore, higher where the music is fuller.
    private static func waves(_ score: Score, _ mood: Mood, _ palette: MoodPalette) -> String {
        let levels = score.sections.isEmpty ? [0.4] : score.sections.map(\.level)
        var out = ""
        for (i, level) in levels.enumerated() {
            let depth = Float(i + 1) / Float(levels.count + 1)
            let base = horizon + (pictureEnd - horizon) * Double(Exact.pow(depth, 1.35)) * 0.96
            let swell = Double((0.35 + level) * (0.6 + 0.25 * (mood.energy + 1))) * (3 + 19 * Double(depth))
            let period = 620 - 120 * mood.energy + 90 * Float(i % 3) - 260 * (1 - depth)
            var path = "M0 \(n(pictureEnd))"
            for x in stride(from: 0, through: 1200, by: 20) {
                let turn = Float(x) / period * 2 * .pi + Float(i) * 1.9
                let rise = Exact.sin(turn) + 0.35 * Exact.sin(2.3 * turn + Float(i))
                path += "L\(x) \(n(base - swell * Double(rise)))"
            }
            path += "L1200 \(n(pictureEnd))Z"
            let colour = palette.farSea.mixed(palette.nearSea, depth)
            out += "<path d=\"\(path)\" fill=\"\(colour.hex)\" fill-opacity=\"0.55\" stroke=\"\(palette.line.hex)\" "
            out += "stroke-opacity=\"\(n(0.1 + 0.25 * Double(level)))\" stroke-width=\"1.2\"/>\n"
        }
        return out
    }

    // MARK: - Melody

    /// The melody's contour: a smooth line through its notes, broken where it rests, notes as drops of light.
    private static func melody(_ score: Score, _ palette: MoodPalette) -> String {
        let notes = score.notes.filter { $0.role == .melody }
        guard let low = notes.map(\.pitch).min(), let high = notes.map(\.pitch).max() else { return "" }
        let span = Double(max(7, high - low))
        let beats = Double(max(1, score.beats))
        func place(_ note: ScoreNote) -> (x: Double, y: Double) {
            let x = margin + 40 + note.onset.value / beats * (width - 2 * margin - 80)
            return (x, 560 - Double(note.pitch - low) / span * 300)
        }
        var path = ""
        var previous: ScoreNote?
        for note in notes where previous?.onset != note.onset {
            let (x, y) = place(note)
            if let previous, note.onset <= previous.end + Beat(2) {
                let (x0, y0) = place(previous)
                let middle = n((x0 + x) / 2)
                path += "C\(middle) \(n(y0)) \(middle) \(n(y)) \(n(x)) \(n(y))"
            } else {
                path += "M\(n(x)) \(n(y))"
            }
            previous = note
        }
        let line = palette.line.hex
        var out = "<g fill=\"none\" stroke=\"\(line)\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n"
        out += "<path d=\"\(path)\" stroke-width=\"9\" stroke-opacity=\"0.13\"/>\n"
        out += "<path d=\"\(path)\" stroke-width=\"2.2\" stroke-opacity=\"0.95\"/>\n</g>\n<g fill=\"\(line)\">\n"
        for note in notes {
            let (x, y) = place(note)
            let radius = min(6, 1.6 + 1.1 * note.length.value)
            out += "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(radius))\"/>\n"
        }
        return out + "</g>\n"
    }

    // MARK: - Words

    private static func words(_ score: Score, _ palette: MoodPalette, name: String, seed: String) -> String {
        let ink = palette.nearSea.mixed(Colour(0x1A2430), 0.5).hex
        let serif = "font-family=\"Palatino, 'Book Antiqua', 'URW Palladio L', Georgia, serif\""
        let size = min(44.0, 1500 / Double(max(1, score.title.count)))
        let tempo = Decimal.fixed(Double(score.tempo), 0)
        return """
            <g fill="\(ink)" \(serif)>
            <text x="\(n(margin + 6))" y="722" font-size="\(n(size))">\(XMLText.escaped(score.title))</text>
            <text x="\(n(margin + 6))" y="757" font-size="20" font-style="italic" opacity="0.75">\
            \(XMLText.escaped(score.key.name)) · \(score.metre) · ♩ = \(tempo)</text>
            <text x="\(n(width - margin - 6))" y="722" font-size="22" font-style="italic" text-anchor="end">\
            \(XMLText.escaped(name))</text>
            <text x="\(n(width - margin - 6))" y="757" font-size="18" letter-spacing="1.5" text-anchor="end" \
            opacity="0.75">\(XMLText.escaped(seed))</text>
            </g>

            """
    }

    private static func n(_ value: Double) -> String { Decimal.short(value, 2) }
}
