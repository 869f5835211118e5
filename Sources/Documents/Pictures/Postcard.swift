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
        out += glitter(mood, palette)
        out += melody(score, palette)
        out += "</g>\n"
        out += words(score, palette, name: name, seed: seed)
        return out + "</svg>\n"
    }

    // MARK: - Sky

    private static func sun(_ mood: Mood, _ palette: MoodPalette) -> String {
        let (x, y, shine) = light(mood)
        var out = "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"330\" fill=\"url(#glow)\" opacity=\"\(n(shine))\"/>\n"
        out += "<clipPath id=\"above\"><rect width=\"1200\" height=\"\(n(horizon))\"/></clipPath>\n"
        out += "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"38\" fill=\"\(palette.sun.hex)\" clip-path=\"url(#above)\" "
        out += "opacity=\"\(n(0.35 + 0.65 * shine))\"/>\n"
        return out
    }

    /// Where the sun stands and how strongly it shines: higher with energy and light, to the right in open moods.
    private static func light(_ mood: Mood) -> (x: Double, y: Double, shine: Double) {
        let x = 850.0 - 300 * Double(mood.nostalgia) + 120 * Double(mood.openness)
        let y = horizon - 25 - 95 * Double((mood.valence + 1) / 2) - 45 * Double(mood.energy)
        return (x, y, 1 - 0.75 * Double(max(0, mood.tension)))
    }

    // MARK: - Sea

    /// The path of light on the water.
    private static func glitter(_ mood: Mood, _ palette: MoodPalette) -> String {
        let (x, _, shine) = light(mood)
        var out = ""
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

    /// The melody: a flowing line through its contour, and every note a drop of light where it sounds.
    private static func melody(_ score: Score, _ palette: MoodPalette) -> String {
        let notes = score.notes.filter { $0.role == .melody }
        guard let low = notes.map(\.pitch).min(), let high = notes.map(\.pitch).max() else { return "" }
        let span = Double(max(9, high - low))
        let start = margin + 40
        let width = width - 2 * margin - 80
        let beats = Double(max(1, score.beats))
        func x(_ beat: Double) -> Double { start + beat / beats * width }
        func y(_ midi: Double) -> Double { 540 - (midi - Double(low.midi)) / span * 270 }

        let line = palette.line.hex
        let path = contour(notes, score.metre).map { run in
            smooth(run.map { (x($0.beat), y($0.midi)) })
        }.joined()
        var out = "<g fill=\"none\" stroke=\"\(line)\" stroke-linecap=\"round\">\n"
        for (width, opacity) in [(14.0, 0.08), (6.0, 0.14), (2.0, 0.9)] {
            out += "<path d=\"\(path)\" stroke-width=\"\(n(width))\" stroke-opacity=\"\(n(opacity))\"/>\n"
        }
        out += "</g>\n<g fill=\"\(line)\">\n"
        for note in notes {
            let radius = min(5.5, 1.4 + 0.9 * note.length.value)
            let opacity = min(0.9, 0.4 + 0.14 * note.length.value)
            out += "<circle cx=\"\(n(x(note.onset.value)))\" cy=\"\(n(y(Double(note.pitch.midi))))\" "
            out += "r=\"\(n(radius))\" fill-opacity=\"\(n(opacity))\"/>\n"
        }
        return out + "</g>\n"
    }

    /// The mean pitch around every half bar, weighted by length and nearness, in runs that end where the melody rests
    /// for more than two bars.
    private static func contour(_ notes: [ScoreNote], _ metre: Metre) -> [[(beat: Double, midi: Double)]] {
        let bar = Double(metre.beats)
        let end = notes.map(\.end.value).max() ?? 0
        var runs: [[(beat: Double, midi: Double)]] = [[]]
        for step in 0...max(0, Int(end / bar * 2)) {
            let beat = Double(step) * bar / 2
            var (sum, weight) = (0.0, 0.0)
            for note in notes {
                let distance = max(0, note.onset.value - beat, beat - note.end.value) / bar
                guard distance < 1 else { continue }
                let share = note.length.value * (1 - distance) * (1 - distance)
                sum += share * Double(note.pitch.midi)
                weight += share
            }
            if weight > 0 {
                runs[runs.count - 1].append((beat, sum / weight))
            } else if runs.last?.isEmpty == false {
                runs.append([])
            }
        }
        return runs.filter { $0.count > 1 }
    }

    /// A curve through points whose slope at each is that between its neighbours (Catmull-Rom, written as Bezier).
    private static func smooth(_ points: [(x: Double, y: Double)]) -> String {
        var path = "M\(n(points[0].x)) \(n(points[0].y))"
        for i in 1..<points.count {
            let (a, b) = (points[i - 1], points[i])
            let (before, after) = (points[max(0, i - 2)], points[min(points.count - 1, i + 1)])
            path += "C\(n(a.x + (b.x - before.x) / 6)) \(n(a.y + (b.y - before.y) / 6)) "
            path += "\(n(b.x - (after.x - a.x) / 6)) \(n(b.y - (after.y - a.y) / 6)) \(n(b.x)) \(n(b.y))"
        }
        return path
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
