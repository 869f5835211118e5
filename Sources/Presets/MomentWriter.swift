package import Moods
import Music

/// Writes a moment as a small YAML file that reads back as the same moment; what is as the program would have it anyway
/// is left out.
package enum MomentWriter {
    package static func text(_ moment: Moment) -> String {
        var lines: [String] = []
        func add(_ key: String, _ value: String?) { if let value { lines.append("\(key): \(value)") } }
        add("title", moment.title.map(quoted))
        add("description", moment.description.map(quoted))
        add("words", moment.words.map(quoted))
        lines += mood(moment.moods)
        add("seed", moment.seed)
        add("duration", moment.duration.map(DurationText.text))
        add("music", music(moment.music))
        add("piano", piano(moment))
        add("scene", scene(moment))
        add("output", output(moment.output))
        if !moment.why.isEmpty { lines += ["why:"] + moment.why.map { "  - " + quoted($0) } }
        add("retold-from", moment.retoldFrom.map(quoted))
        return lines.joined(separator: "\n") + "\n"
    }

    private static func mood(_ points: [TimedMood]) -> [String] {
        if points.count == 1, let name = points[0].name, NamedMood.named(name)?.mood == points[0].mood {
            return ["mood: \(name)"]
        }
        if points.count == 1 { return ["mood: {\(axes(points[0]))}"] }
        return ["mood:"]
            + points.map { point in
                let at = point.at == 0 ? "0s" : DurationText.text(point.at)
                if let name = point.name, NamedMood.named(name)?.mood == point.mood {
                    return "  - {at: \(at), name: \(name)}"
                }
                return "  - {at: \(at), \(axes(point))}"
            }
    }

    private static func axes(_ point: TimedMood) -> String {
        let mood = point.mood
        return [
            ("valence", mood.valence), ("energy", mood.energy), ("tension", mood.tension), ("intimacy", mood.intimacy),
            ("nostalgia", mood.nostalgia), ("openness", mood.openness),
        ].map { "\($0.0): \(number($0.1))" }.joined(separator: ", ")
    }

    private static func music(_ music: MusicSettings) -> String? {
        group([
            ("key", music.key?.name), ("metre", music.metre?.description), ("tempo", music.tempo.map(number)),
            ("form", music.form), ("density", music.density.map(number)),
        ])
    }

    private static func piano(_ moment: Moment) -> String? {
        let piano = moment.instrument
        let standard = InstrumentSettings(kind: piano.kind)
        return group([
            ("instrument", piano.kind == .grand ? nil : piano.kind.rawValue),
            ("felt", piano.felt == standard.felt ? nil : number(piano.felt.value)),
            ("una-corda", moment.unaCorda == .auto ? nil : moment.unaCorda.rawValue),
            ("lid", piano.lid == standard.lid ? nil : number(piano.lid.value)),
            ("age", piano.age == standard.age ? nil : number(piano.age.value)),
            ("a4", piano.a4 == standard.a4 ? nil : NumberText.text(piano.a4)),
            ("seed", piano.seed == standard.seed ? nil : "\(piano.seed)"),
        ])
    }

    private static func scene(_ moment: Moment) -> String? {
        let room = moment.room
        return group([
            ("room", room.kind == .near ? nil : room.kind.rawValue),
            ("microphones", room.microphoneDistance == 0.5 ? nil : number(room.microphoneDistance) + "m"),
            ("reverb", room.reverbLevel.map { number($0) + "dB" }),
            ("sea", moment.sea.state == .off ? nil : moment.sea.state.rawValue),
            ("swell", moment.sea.swell.map(DurationText.text)),
            ("sea-level", moment.sea.level.map { number($0) + "dB" }),
        ])
    }

    private static func output(_ output: OutputSettings) -> String? {
        group([
            ("rate", output.rate.map { "\($0)" }), ("format", output.format), ("loudness", output.loudness.map(number)),
        ])
    }

    private static func group(_ pairs: [(String, String?)]) -> String? {
        let present = pairs.compactMap { pair in pair.1.map { "\(pair.0): \($0)" } }
        return present.isEmpty ? nil : "{" + present.joined(separator: ", ") + "}"
    }

    private static func number(_ value: Float) -> String { NumberText.text(Double(value)) }

    /// A text as a plain scalar where that is safe, else between double quotes.
    private static func quoted(_ text: String) -> String {
        let isPlain =
            text.first.map { $0.isLetter } == true
            && text.allSatisfy { $0.isLetter || $0.isNumber || " ,.'-+()>/%".contains($0) } && !text.hasSuffix(" ")
            && !["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
        if isPlain { return text }
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
