package import Moods
import Music

/// Writes a moment as a small YAML file that reads back as the same moment; what is as the program would have it anyway
/// is left out.
package enum MomentWriter {
    package static func text(_ moment: Moment) -> String {
        var lines: [String] = []
        func add(_ key: String, _ value: String?) { if let value { lines.append("\(key): \(value)") } }
        add("title", moment.title.map { quoted($0) })
        add("description", moment.description.map { quoted($0) })
        add("words", moment.words.map { quoted($0) })
        lines += mood(moment.moods)
        add("seed", moment.seed.map { UInt64($0) == nil ? quoted($0) : $0 })
        add("duration", moment.duration.map(duration))
        add("pianist", moment.pianist.map { "\($0)" })
        let layers = ParameterTable.layers.flatMap {
            Array(repeating: $0.rawValue, count: Int(moment.rerolls[$0] ?? 0))
        }
        add("reroll", layers.isEmpty ? nil : "[\(layers.joined(separator: ", "))]")
        add("music", music(moment.music))
        add("piano", piano(moment))
        add("scene", scene(moment))
        add("output", output(moment.output))
        if !moment.why.isEmpty { lines += ["why:"] + moment.why.map { "  - " + quoted($0) } }
        add("kept", moment.kept.date)
        add("place", moment.kept.place.map { quoted($0) })
        add("rendered", moment.kept.rendered.map { quoted($0) })
        add("retold-from", moment.retoldFrom.map { quoted($0) })
        return lines.joined(separator: "\n") + "\n"
    }

    private static func mood(_ points: [TimedMood]) -> [String] {
        if points.count == 1, let name = points[0].name, NamedMood.named(name)?.mood == points[0].mood {
            return ["mood: \(name)"]
        }
        if points.count == 1 { return ["mood: {\(axes(points[0]))}"] }
        return ["mood:"]
            + points.map { point in
                let at = point.at == 0 ? "0s" : duration(point.at)
                if let name = point.name, NamedMood.named(name)?.mood == point.mood {
                    return "  - {at: \(at), name: \(name)}"
                }
                return "  - {at: \(at), \(axes(point))}"
            }
    }

    private static func axes(_ point: TimedMood) -> String {
        let mood = point.mood
        // A name that is no mood would not read back.
        let known = point.name.flatMap { NamedMood.named($0) == nil ? nil : $0 }
        let name = known.map { "name: \(quoted($0, inFlow: true)), " }
        let values: [(String, Float)] = [
            ("valence", mood.valence), ("energy", mood.energy), ("tension", mood.tension),
            ("intimacy", mood.intimacy), ("nostalgia", mood.nostalgia), ("openness", mood.openness),
        ]
        return (name ?? "") + values.map { "\($0.0): \(number($0.1))" }.joined(separator: ", ")
    }

    private static func music(_ music: MusicSettings) -> String? {
        group([
            ("key", music.key?.name), ("metre", music.metre?.description), ("tempo", music.tempo.map(number)),
            ("form", music.form), ("density", music.density.map(number)), ("chords", music.chords.map(number)),
            ("surprise", music.surprise),
            ("theme", music.theme.map { "\"\($0.text)\"" }),
            ("signature", music.signature.map { "\"\(Theme.text(of: $0))\"" }),
            ("register", music.register.map(number)), ("pace", music.pace.map(number)),
            (
                "sections",
                music.sections.isEmpty ? nil : "[" + music.sections.map(\.text).joined(separator: ", ") + "]"
            ),
            (
                "montage",
                music.montage.isEmpty
                    ? nil : "[" + music.montage.map { quoted($0.text, inFlow: true) }.joined(separator: ", ") + "]"
            ),
            (
                "retelling",
                music.retelling.isEmpty
                    ? nil : "[" + music.retelling.map(\.rawValue).joined(separator: ", ") + "]"
            ),
        ])
    }

    private static func piano(_ moment: Moment) -> String? {
        let piano = moment.instrument
        let standard = InstrumentSettings(kind: piano.kind)
        return group([
            ("instrument", piano.kind == .grand ? nil : piano.kind.rawValue),
            ("body", piano.body.map { number($0.value) }),
            ("felt", piano.felt.map { number($0.value) }), ("hardness", piano.hardness.map(number)),
            ("una-corda", moment.unaCorda == .auto ? nil : moment.unaCorda.rawValue),
            ("lid", piano.lid.map { number($0.value) }),
            ("mechanism", piano.mechanism.map { number($0) + "dB" }),
            ("age", piano.age == standard.age ? nil : number(piano.age.value)),
            ("a4", piano.a4 == standard.a4 ? nil : exact(piano.a4)),
            ("seed", piano.seed == standard.seed ? nil : "\(piano.seed)"),
        ])
    }

    private static func scene(_ moment: Moment) -> String? {
        let room = moment.room
        return group([
            ("room", room.kind == .near ? nil : room.kind.rawValue),
            ("microphones", room.microphoneDistance.map { number($0) + "m" }),
            ("last-microphones", room.lastDistance.map { number($0) + "m" }),
            ("reverb", room.reverbLevel.map { number($0) + "dB" }),
            ("reverb-time", room.reverbTime.map { number($0) + "s" }),
            ("sea", moment.sea.state == .off ? nil : moment.sea.state.rawValue),
            ("swell", moment.sea.swell.map(duration)),
            ("sea-level", moment.sea.level.map { number($0) + "dB" }),
            ("sun", moment.sun.map(number)),
        ])
    }

    private static func output(_ output: OutputSettings) -> String? {
        group([
            ("rate", output.rate.map { "\($0)" }), ("format", output.format.map { quoted($0, inFlow: true) }),
            ("loudness", output.loudness.map(number)),
        ])
    }

    private static func group(_ pairs: [(String, String?)]) -> String? {
        let present = pairs.compactMap { pair in pair.1.map { "\(pair.0): \($0)" } }
        return present.isEmpty ? nil : "{" + present.joined(separator: ", ") + "}"
    }

    /// As few decimals as read back as the same number.
    private static func number(_ value: Float) -> String {
        let short = NumberText.text(Double(value))
        return Double(short).map { Float($0) } == value ? short : "\(value)"
    }

    /// As `number`, for the values that are kept with more digits.
    private static func exact(_ value: Double) -> String {
        let short = NumberText.text(value)
        return Double(short) == value ? short : "\(value)"
    }

    /// Such as `2m35s`, or plain seconds where only those read back as the same length.
    private static func duration(_ seconds: Double) -> String {
        let short = DurationText.text(seconds)
        return DurationText.parse(short) == seconds ? short : "\(seconds)s"
    }

    /// A text as a plain scalar where that is safe, else between double quotes; a comma ends a scalar between braces.
    static func quoted(_ text: String, inFlow: Bool = false) -> String {
        let isPlain =
            text.first.map { $0.isLetter } == true
            && text.allSatisfy { $0.isLetter || $0.isNumber || " ,.'-+()>/%".contains($0) } && !text.hasSuffix(" ")
            && !(inFlow && text.contains(","))
            && !["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
        if isPlain { return text }
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            // Line breaks of YAML 1.1 and what libyaml does not let in as itself.
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
