import Moods

/// The light of a postcard: where the sun or the moon stands, and the colours that go with it and with the mood.
struct PostcardLight {
    /// Degrees of the sun above the horizon.
    let elevation: Float
    private(set) var zenith: Colour
    private(set) var middle: Colour
    private(set) var horizon: Colour
    private(set) var farSea: Colour
    private(set) var nearSea: Colour
    private(set) var sand: Colour
    let sun: Colour
    /// How much of the sky is dark cloud, 0...1.
    let storm: Float

    /// Colours of sky, sea, sand and sun at a height of the sun; between the rows they mix.
    private struct Row {
        let elevation: Float
        let colours: [Colour]

        init(_ elevation: Float, _ colours: Int...) {
            self.elevation = elevation
            self.colours = colours.map { Colour($0) }
        }
    }

    private static let rows = [
        Row(-18, 0x0A1226, 0x16233F, 0x2C3D63, 0x20304F, 0x0B162B, 0x3A3F50, 0xF1F3F7),
        Row(-9, 0x142046, 0x31406E, 0x6D719A, 0x3D4A74, 0x152140, 0x4A4C5E, 0xF3EEE6),
        Row(-4, 0x24346A, 0x655F92, 0xD98F86, 0x67668E, 0x1D2C50, 0x6B6068, 0xFFD2A6),
        Row(1, 0x365894, 0xA98AA8, 0xF7A56C, 0x9A8494, 0x27456B, 0xA58876, 0xFFD595),
        Row(6, 0x4C80BA, 0xB4BFD4, 0xFCD096, 0x97AEB8, 0x2B5F82, 0xD6B68C, 0xFFE3B0),
        Row(16, 0x4F97D2, 0xA2CEE6, 0xF7EACB, 0x80BCC8, 0x247393, 0xEAD6AC, 0xFFF3D2),
        Row(45, 0x3B90D8, 0x86C9EE, 0xDFF2F4, 0x63C3CE, 0x1A83A1, 0xF4E5C2, 0xFFFCEE),
    ]

    /// - Parameters:
    ///   - mood: tension brings clouds, sadness takes colour, the past gilds.
    ///   - asked: height of the sun, degrees above the horizon; nil lets the mood have the time of day that suits it.
    ///   - weather: covers the sky as a storm does, if not as much.
    init(_ mood: Mood, sun asked: Float?, weather: Set<PostcardWeather> = []) {
        elevation = max(-25, min(60, asked ?? Self.elevation(of: mood)))
        let colours = Self.colours(at: elevation)
        (zenith, middle, horizon) = (colours[0], colours[1], colours[2])
        (farSea, nearSea, sand, sun) = (colours[3], colours[4], colours[5], colours[6])
        let veil = weather.map(\.cover).max() ?? 0
        storm = max(veil, min(1, 1.15 * mood.tension - 0.1))
        gild(mood.nostalgia)
        cover(storm)
        fade(0.5 * max(0, -mood.valence))
    }

    /// Bright and lively moods are days, close and wistful ones evenings, sad ones dusk and night.
    static func elevation(of mood: Mood) -> Float {
        8 + 26 * mood.valence + 12 * mood.energy - 9 * mood.nostalgia - 7 * mood.intimacy
    }

    var isNight: Bool { elevation < -6 }

    /// What is drawn into the sky: light upon a dark one, dark upon a bright one.
    var line: Colour { middle.lightness < 0.62 ? Colour(0xFFF8E4) : nearSea.mixed(Colour(0x14263F), 0.65) }

    var foam: Colour { Colour(0xFFFFFF).mixed(horizon, isNight ? 0.45 : 0.2) }

    private static func colours(at elevation: Float) -> [Colour] {
        let next = rows.firstIndex { $0.elevation > elevation } ?? rows.count
        guard next > 0 else { return rows[0].colours }
        guard next < rows.count else { return rows[rows.count - 1].colours }
        let (low, high) = (rows[next - 1], rows[next])
        let share = (elevation - low.elevation) / (high.elevation - low.elevation)
        return zip(low.colours, high.colours).map { $0.mixed($1, share) }
    }

    private mutating func gild(_ nostalgia: Float) {
        let day = max(0, min(1, (elevation + 6) / 8))
        middle = middle.mixed(Colour(0xE6B796), 0.4 * nostalgia * day)
        horizon = horizon.mixed(Colour(0xFAC98A), 0.45 * nostalgia * day)
        sand = sand.mixed(Colour(0xE3C69A), 0.4 * nostalgia * day)
    }

    private mutating func cover(_ storm: Float) {
        let dark = max(0, min(1, (4 - elevation) / 20))
        func cloud(_ hex: Int) -> Colour { Colour(hex).mixed(Colour(0x0B1220), 0.75 * dark) }
        zenith = zenith.mixed(cloud(0x2C3742), 0.85 * storm)
        middle = middle.mixed(cloud(0x5B6772), 0.85 * storm)
        horizon = horizon.mixed(cloud(0xA3ABA6), 0.8 * storm)
        farSea = farSea.mixed(cloud(0x5C6D73), 0.8 * storm)
        nearSea = nearSea.mixed(cloud(0x1B2C36), 0.8 * storm)
        sand = sand.mixed(cloud(0x8F897E), 0.7 * storm)
    }

    private mutating func fade(_ amount: Float) {
        for path in [\Self.zenith, \.middle, \.horizon, \.farSea, \.nearSea, \.sand] {
            let grey = self[keyPath: path].lightness
            self[keyPath: path] = self[keyPath: path].mixed(Colour(grey, grey, grey), amount)
        }
    }
}
