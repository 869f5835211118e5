public import Moods
public import Music

/// A picture postcard of a piece as a beach.
///
/// The light is that of the sun or the moon and of the mood, the melody a line in the sky, each phrase a wave; words and
/// seed stand below. Upright, so that it fills the width of a phone.
public enum Postcard {
    static let width = 800.0
    static let height = 1160.0
    /// Frame of paper around the picture.
    static let margin = 28.0
    /// Bottom of the picture; the words stand below.
    static let pictureEnd = 872.0
    static let horizon = 506.0
    /// Where the waves end on the sand.
    static let shore = 772.0

    /// A self-contained SVG of 800 x 1160, the same for the same values.
    ///
    /// - Parameters:
    ///   - score: the piece.
    ///   - mood: of the piece as a whole.
    ///   - name: of the mood or the preset.
    ///   - seed: as three words or a number.
    ///   - words: that the piece was made from.
    ///   - description: one line that stands in their place where there are none.
    ///   - sun: degrees above the horizon; nil leaves it to the mood.
    ///   - swell: seconds from wave to wave; nil leaves it to the tempo.
    ///   - weather: that the words tell of; a storm comes from the mood.
    /// - Returns: the text of the file.
    public static func svg(
        of score: Score, mood: Mood, name: String, seed: String, words: String? = nil, description: String? = nil,
        sun: Float? = nil, swell: Double? = nil, weather: Set<PostcardWeather> = []
    ) -> String {
        let light = PostcardLight(mood, sun: sun, weather: weather)
        let inner = width - 2 * margin
        let caption = words.map { "“\($0.prefix(300))”" } ?? description
        let sky = PostcardSky(light, mood, seed: seed, weather: weather)
        let sea = PostcardSea(light, mood, swell: swell ?? 480 / Double(max(30, score.tempo)))
        var out = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(n(width)) \(n(height))" width="\(n(width))" \
            height="\(n(height))" role="img">
            <title>\(XMLText.escaped(score.title))</title>
            <defs>
            <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stop-color="\(light.zenith.hex)"/>
            <stop offset="0.62" stop-color="\(light.middle.hex)"/>
            <stop offset="1" stop-color="\(light.horizon.hex)"/>
            </linearGradient>
            <linearGradient id="sea" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stop-color="\(light.farSea.hex)"/>
            <stop offset="1" stop-color="\(light.nearSea.hex)"/>
            </linearGradient>
            <linearGradient id="sand" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stop-color="\(light.sand.mixed(light.nearSea, 0.35).hex)"/>
            <stop offset="0.5" stop-color="\(light.sand.hex)"/>
            <stop offset="1" stop-color="\(light.sand.mixed(Colour(0x000000), 0.08).hex)"/>
            </linearGradient>
            <radialGradient id="glow">
            <stop offset="0" stop-color="\(light.sun.hex)" stop-opacity="0.9"/>
            <stop offset="0.25" stop-color="\(light.sun.hex)" stop-opacity="0.4"/>
            <stop offset="1" stop-color="\(light.sun.hex)" stop-opacity="0"/>
            </radialGradient>
            <clipPath id="frame"><rect x="\(n(margin))" y="\(n(margin))" width="\(n(inner))" \
            height="\(n(pictureEnd - margin))" rx="6"/></clipPath>
            <clipPath id="above"><rect width="\(n(width))" height="\(n(horizon))"/></clipPath>
            </defs>
            <rect width="\(n(width))" height="\(n(height))" fill="\(paper(light).hex)"/>
            <g clip-path="url(#frame)">
            <rect width="\(n(width))" height="\(n(horizon))" fill="url(#sky)"/>
            <rect y="\(n(horizon))" width="\(n(width))" height="\(n(shore + 20 - horizon))" fill="url(#sea)"/>

            """
        out += sky.drawing
        out += sea.drawing(of: score, lightAt: sky.x)
        out += sky.air
        out += PostcardMelody.drawing(of: score, light)
        out += "</g>\n"
        out += PostcardWords(score, light, name: name, seed: seed, caption: caption).drawing
        return out + "</svg>\n"
    }

    static func paper(_ light: PostcardLight) -> Colour {
        Colour(0xFBF6EA).mixed(light.sand, 0.12).mixed(Colour(0xF0F0EE), 0.6 * light.storm)
    }

    static func n(_ value: Double) -> String { Decimal.short(value, 1) }
}
