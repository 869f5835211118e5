import Moods
import Music

/// The sea: a wave for each phrase from the horizon to the shore, higher where the music is fuller, the path of light, and
/// the beach.
struct PostcardSea {
    private let light: PostcardLight
    private let mood: Mood
    private let swell: Double

    init(_ light: PostcardLight, _ mood: Mood, swell: Double) {
        self.light = light
        self.mood = mood
        self.swell = swell
    }

    func drawing(of score: Score, lightAt x: Double) -> String {
        let levels = Self.levels(of: score)
        var out = ""
        for (i, level) in levels.enumerated() {
            out += wave(i, of: levels.count, level: Double(level))
            // The light lies on the far half.
            if i == levels.count / 2 { out += glitter(x) }
        }
        return out + beach
    }

    /// How full the music is in each phrase, 0...1; at most twelve, in groups where there are more.
    private static func levels(of score: Score) -> [Float] {
        let phrases = score.phrases.filter { $0.level == .phrase }
        let all = phrases.map { phrase in
            score.sections.last { $0.onset <= phrase.onset }?.level ?? score.sections.first?.level ?? 0.4
        }
        guard !all.isEmpty else { return [0.3, 0.4, 0.5] }
        let count = max(3, min(12, all.count))
        return (0..<count).map { i in
            let part = all[(i * all.count / count)..<max(i * all.count / count + 1, (i + 1) * all.count / count)]
            return part.max() ?? 0
        }
    }

    private func wave(_ i: Int, of count: Int, level: Double) -> String {
        let depth = Double(i + 1) / Double(count + 1)
        let near = depth * depth.squareRoot()
        let base = Postcard.horizon + 5 + (Postcard.shore - Postcard.horizon - 10) * near
        let force = 0.7 + 0.45 * Double(mood.energy) + 0.35 * Double(light.storm)
        let height = (1.6 + 14 * near) * (0.5 + 0.9 * level) * max(0.35, force)
        let length = (70 + 330 * near) * max(0.6, min(1.7, swell / 9))
        // Steep crests where it is rough.
        let steep = max(0, min(0.8, 0.3 + 0.4 * Double(mood.energy) + 0.4 * Double(light.storm)))
        var crest = ""
        for x in stride(from: 20.0, through: 780.0, by: 10) {
            let turn = Float(x / length) * 2 * .pi + Float(i) * 2.4
            let drift = Float(x / length * 0.37) * 2 * .pi + Float(i)
            let round = Double(Exact.sin(turn))
            let sharp = 1 - 2 * Double(abs(Exact.sin(turn / 2 - .pi / 4)))
            let rise = (1 - steep) * round + steep * sharp + 0.3 * Double(Exact.sin(drift))
            crest += "\(crest.isEmpty ? "M" : "L")\(n(x)) \(n(base - height * rise))"
        }
        let colour = light.farSea.mixed(light.nearSea, Float(near))
        let lit = colour.mixed(light.horizon, 0.22 * Float(1 - near))
        return """
            <path d="\(crest)L780 880L20 880Z" fill="\(lit.hex)" fill-opacity="\(n2(0.62 + 0.33 * near))"/>
            <path d="\(crest)" fill="none" stroke="\(light.foam.hex)" stroke-opacity="\(n2(0.16 + 0.4 * level))" \
            stroke-width="\(n2(0.7 + 1.8 * near))"/>

            """
    }

    /// The path of light on the water; none under a sun that has long set.
    private func glitter(_ x: Double) -> String {
        let shine = (1 - 0.85 * Double(light.storm)) * (light.isNight ? 0.75 : light.elevation < -1 ? 0.45 : 1)
        var out = "<g fill=\"\(light.sun.hex)\">\n"
        for i in 0..<22 {
            let depth = Double(i) / 22
            let half = (10 + 62 * depth) * (i % 3 == 1 ? 0.5 : 1)
            let shift = Double(Exact.sin(Float(i) * 2.4)) * (4 + 22 * depth)
            let top = Postcard.horizon + 4 + 225 * depth * (0.35 + 0.65 * depth)
            out += "<rect x=\"\(n(x + shift - half))\" y=\"\(n(top))\" width=\"\(n(2 * half))\" "
            out +=
                "height=\"\(n(1.4 + 2.6 * depth))\" rx=\"1.5\" fill-opacity=\"\(n2(0.62 * shine * (1 - 0.85 * depth)))\"/>\n"
        }
        return out + "</g>\n"
    }

    // MARK: - Beach

    private var beach: String {
        let edge = "M20 792C150 752 300 806 450 772S690 744 780 764"
        let wash = "M20 780C160 744 290 794 440 762S680 730 780 752"
        let wet = light.sand.mixed(light.nearSea, 0.5).hex
        return """
            <path d="\(edge)L780 880L20 880Z" fill="url(#sand)"/>
            <path d="\(edge)" fill="none" stroke="\(wet)" stroke-width="26" stroke-opacity="0.35" transform="translate(0 12)"/>
            <path d="\(edge)L780 752\(wayBack)Z" fill="\(light.foam.hex)" fill-opacity="0.28"/>
            <path d="\(edge)" fill="none" stroke="\(light.foam.hex)" stroke-width="3.6" stroke-linecap="round" \
            stroke-opacity="0.85"/>
            <path d="\(wash)" fill="none" stroke="\(light.foam.hex)" stroke-width="1.6" stroke-opacity="0.5" \
            stroke-dasharray="34 9 12 7"/>

            """ + footprints
    }

    /// The wash from right to left, as the rest of an outline.
    private var wayBack: String { "C740 740 600 730 440 762S160 744 20 780" }

    /// Somebody walked here; two where the mood is close.
    private var footprints: String {
        let dark = light.sand.mixed(light.isNight ? Colour(0x0B1220) : Colour(0x4A3A2C), 0.55).hex
        var out = "<g fill=\"\(dark)\" fill-opacity=\"0.42\">\n"
        for trail in 0..<(mood.intimacy > 0.3 ? 2 : 1) {
            for step in 0..<13 {
                let way = Double(step) / 12
                let x = 120 + 560 * way + 15 * Double(trail)
                let y = 854 - 26 * way + 17 * Double(trail) - 10 * Double(Exact.sin(Float(way) * 3.1)) - 8
                let side = step % 2 == 0 ? -4.5 : 4.5
                out += "<ellipse cx=\"\(n(x))\" cy=\"\(n(y + side))\" rx=\"\(n(6.4 - 1.4 * way))\" "
                out +=
                    "ry=\"\(n(2.7 - 0.5 * way))\" transform=\"rotate(\(n(-6 - 4 * way)) \(n(x)) \(n(y + side)))\"/>\n"
            }
        }
        return out + "</g>\n"
    }

    private func n(_ value: Double) -> String { Decimal.short(value, 1) }
    private func n2(_ value: Double) -> String { Decimal.short(value, 2) }
}
