import Moods
import Music

/// Sun or moon, stars, clouds, and what falls from them.
struct PostcardSky {
    private let light: PostcardLight
    private let mood: Mood
    private let seed: String
    private let weather: Set<PostcardWeather>

    init(_ light: PostcardLight, _ mood: Mood, seed: String, weather: Set<PostcardWeather> = []) {
        self.weather = weather
        self.light = light
        self.mood = mood
        self.seed = seed
    }

    /// Where the sun or the moon stands across: further to the left the more of the past there is.
    var x: Double { 590 - 330 * Double(mood.nostalgia) + 60 * Double(mood.openness) }
    private var y: Double { light.isNight ? 92 : Postcard.horizon - 7.6 * Double(light.elevation) }
    private var shine: Double { 1 - 0.8 * Double(light.storm) }

    var drawing: String {
        var chance = PictureChance(seed)
        let stars = light.isNight ? stars(&chance) : ""
        return stars + (light.isNight ? moon : sun) + clouds(&chance)
    }

    /// What lies before sky and sea.
    var air: String {
        var chance = PictureChance(seed + " air")
        let rains = weather.contains(.rain) || light.storm > 0.45 && !weather.contains(.snow)
        return (weather.contains(.fog) ? fog(&chance) : "") + (rains ? rain(&chance) : "")
            + (weather.contains(.snow) ? snow(&chance) : "")
    }

    private var sun: String {
        let (x, y) = (n(x), n(y))
        return """
            <g clip-path="url(#above)">
            <circle cx="\(x)" cy="\(y)" r="330" fill="url(#glow)" opacity="\(n2(0.25 + 0.75 * shine))"/>
            <circle cx="\(x)" cy="\(y)" r="46" fill="\(light.sun.hex)" opacity="\(n2(0.15 + 0.85 * shine))"/>
            </g>

            """
    }

    /// A waxing crescent.
    private var moon: String {
        let (x, y) = (n(x), n(y))
        return """
            <circle cx="\(x)" cy="\(y)" r="190" fill="url(#glow)" opacity="\(n2(0.45 * shine))"/>
            <path transform="translate(\(x) \(y)) rotate(24)" d="M0 -34A34 34 0 0 1 0 34A27 34 0 0 0 0 -34Z" \
            fill="\(light.sun.hex)" opacity="\(n2(0.3 + 0.7 * shine))"/>

            """
    }

    private func stars(_ chance: inout PictureChance) -> String {
        let dark = Double(min(1, (-light.elevation - 6) / 9)) * shine
        var out = "<g fill=\"#ffffff\">\n"
        for _ in 0..<Int(20 + 70 * dark) {
            let (u, v) = (chance.next(), chance.next())
            let size = 0.7 + 1.3 * chance.next() * chance.next()
            let opacity = (0.35 + 0.6 * chance.next()) * (1 - 0.75 * v) * max(0.35, dark)
            out += "<circle cx=\"\(n(30 + 740 * u))\" cy=\"\(n(36 + 420 * v))\" r=\"\(n2(size))\" "
            out += "fill-opacity=\"\(n2(opacity))\"/>\n"
        }
        return out + "</g>\n"
    }

    /// Long ones over the horizon in fair weather, heavy ones overhead in a storm; open moods have few.
    private func clouds(_ chance: inout PictureChance) -> String {
        let fair = light.isNight ? light.middle.mixed(light.horizon, 0.35) : light.horizon.mixed(Colour(0xFFFFFF), 0.55)
        let colour = fair.mixed(light.zenith.mixed(Colour(0x1A222B), 0.35), light.storm)
        let count = Int(2 + 2.4 * (1 - Double(mood.openness)) + 6 * Double(light.storm))
        var out = "<g fill=\"\(colour.hex)\" clip-path=\"url(#above)\">\n"
        for _ in 0..<count {
            let x = 800 * chance.next()
            let low = 300 + 150 * chance.next()
            let y = low - Double(light.storm) * (120 + 150 * chance.next())
            let length = 90 + 120 * chance.next()
            let thickness = 5 + 6 * chance.next() + 34 * Double(light.storm)
            for _ in 0..<4 {
                let (dx, dy) = (length * (chance.next() - 0.5), thickness * (chance.next() - 0.5))
                out +=
                    "<ellipse cx=\"\(n(x + dx))\" cy=\"\(n(y + dy))\" rx=\"\(n(length * (0.5 + 0.5 * chance.next())))\" "
                out += "ry=\"\(n(thickness))\" fill-opacity=\"\(n2(0.13 + 0.12 * Double(light.storm)))\"/>\n"
            }
        }
        return out + "</g>\n"
    }

    private func rain(_ chance: inout PictureChance) -> String {
        var path = ""
        // It slants in the wind and hangs in a still air.
        let slant = -0.06 - 0.22 * Double(light.storm)
        for _ in 0..<150 {
            let (x, y, length) = (830 * chance.next(), 20 + 700 * chance.next(), 14 + 26 * chance.next())
            path += "M\(n(x)) \(n(y))l\(n(slant * length)) \(n(length))"
        }
        return "<path d=\"\(path)\" stroke=\"#eef3f6\" stroke-width=\"1.3\" stroke-opacity=\"0.4\" fill=\"none\"/>\n"
    }

    /// Banks over the horizon, which they take away.
    private func fog(_ chance: inout PictureChance) -> String {
        let colour = light.middle.mixed(Colour(0xF2F3F2), light.isNight ? 0.25 : 0.7)
        var out = "<g fill=\"\(colour.hex)\">\n"
        for bank in 0..<14 {
            let y = Postcard.horizon - 120 + 18 * Double(bank) + 14 * chance.next()
            let near = 1 - abs(y - Postcard.horizon) / 200
            out += "<ellipse cx=\"\(n(800 * chance.next()))\" cy=\"\(n(y))\" rx=\"\(n(330 + 260 * chance.next()))\" "
            out += "ry=\"\(n(26 + 26 * chance.next()))\" fill-opacity=\"\(n2(0.12 + 0.2 * max(0, near)))\"/>\n"
        }
        return out + "</g>\n"
    }

    private func snow(_ chance: inout PictureChance) -> String {
        var out = "<g fill=\"#ffffff\">\n"
        for _ in 0..<130 {
            let (x, y, size) = (800 * chance.next(), 24 + 720 * chance.next(), 1.2 + 2.2 * chance.next())
            out += "<ellipse cx=\"\(n(x))\" cy=\"\(n(y))\" rx=\"\(n2(size))\" ry=\"\(n2(size))\" "
            out += "fill-opacity=\"\(n2(0.4 + 0.5 * chance.next()))\"/>\n"
        }
        return out + "</g>\n"
    }

    private func n(_ value: Double) -> String { Decimal.short(value, 1) }
    private func n2(_ value: Double) -> String { Decimal.short(value, 2) }
}

/// Chance for what stands where in a picture, the same for the same text.
struct PictureChance {
    private var state: UInt64

    /// From the FNV-1a hash of a text.
    init(_ text: String) {
        state = text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    /// 0 to less than 1.
    mutating func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 40) * 0x1p-24
    }
}
