import Moods
package import Music

/// What a key of a moment file may hold.
package struct Parameter: Sendable {
    package enum Kind: Sendable {
        case text
        case number(ClosedRange<Double>, unit: String)
        case integer(ClosedRange<Int>)
        /// A length of time in this range of seconds.
        case duration(ClosedRange<Double>)
        case names([String])
        case key, metre, seed, mood, list, date, motif, layers, theme
    }

    /// The kind of file that alone may hold a key.
    package enum Scope: String, Sendable {
        case moment, configuration

        var example: String { self == .moment ? "mood: warm" : "output: {format: flac}" }
    }

    /// Such as `music.tempo`.
    package let path: String
    package let kind: Kind
    /// nil where both kinds of file may hold it.
    package let scope: Scope?
    /// As text; nil where the program decides.
    package let standard: String?
    package let sentence: String

    /// What is right, in words.
    package var range: String {
        switch kind {
        case .text: "text"
        case .number(let range, let unit):
            "\(NumberText.text(range.lowerBound))...\(NumberText.text(range.upperBound))\(unit.isEmpty ? "" : " \(unit)")"
        case .integer(let range): "\(range.lowerBound)...\(range.upperBound)"
        case .duration(let range):
            "a length from \(DurationText.text(range.lowerBound)) to \(DurationText.text(range.upperBound)), such as 2m30s"
        case .names(let names): names.joined(separator: ", ")
        case .key: "a key such as D-flat major"
        case .metre: ParameterTable.metres.map(\.description).joined(separator: " or ")
        case .seed: "an integer or three words"
        case .mood: "a name, axes, or a list of timed points"
        case .list: "a list of texts"
        case .motif: "onset:length:step in 48ths of a beat and scale steps, as in 0:48:0 48:96:4"
        case .date: "a date and a time such as 2024-06-21T20:45:10+01:00"
        case .layers: "a list of \(ParameterTable.layers.map(\.rawValue).joined(separator: ", "))"
        case .theme: "onset:length:step in 48ths of a beat and scale steps, as in 0:48:0 48:96:4 / 0:96:0 96:48:-1"
        }
    }
}

/// Every key of a moment file, declared once: validation, help and `Presets/README.md` come from here.
package enum ParameterTable {
    package static let all: [Parameter] = [
        p("title", .text, of: .moment, "What the piece is called."),
        p("description", .text, of: .moment, "One line on what you will hear."),
        p("words", .text, of: .moment, "The words that it was made from."),
        p("mood", .mood, of: .moment, "How it feels."),
        p("mood.valence", .number(-1...1, unit: ""), of: .moment, "Dark ... bright."),
        p("mood.energy", .number(-1...1, unit: ""), of: .moment, "Still ... driven."),
        p(
            "mood.tension", .number(-1...1, unit: ""), of: .moment,
            "At rest ... uneasy; without it, from energy and valence."),
        p("mood.intimacy", .number(-1...1, unit: ""), of: .moment, "Distant ... close.", "0"),
        p("mood.nostalgia", .number(0...1, unit: ""), of: .moment, "How much the past is in it.", "0"),
        p("mood.openness", .number(0...1, unit: ""), of: .moment, "How wide it is.", "0"),
        p("seed", .seed, of: .moment, "What makes it this piece of its mood."),
        p("duration", .duration(3...86_400), "Length of the finished sound.", "2m30s"),
        p("pianist", .integer(0...4_294_967_295), of: .moment, "Whose hands: another number is another pianist."),
        p("reroll", .layers, of: .moment, "Layers to draw again, each as often as it is named."),
        p("music.key", .key, "Home key."),
        p("music.metre", .metre, "Beats in the bar."),
        p("music.tempo", .number(30...200, unit: "bpm"), "Quarter notes per minute."),
        p("music.form", .names(MusicSettings.forms), "The form."),
        p("music.density", .number(0...1, unit: ""), "Few ... many notes."),
        p("music.chords", .number(0.25...3, unit: ""), "Chords in a bar."),
        p(
            "music.surprise", .names(MusicSettings.surprises), of: .moment,
            "The borrowed chord that each theme of a piece in major has once."),
        p("music.theme", .theme, of: .moment, "The tune that it is made of."),
        p("music.signature", .motif, of: .moment, "The owner's motif: it answers the theme, and closes the piece."),
        p("music.register", .number(-12...12, unit: ""), of: .moment, "Semitones that the melody lies higher."),
        p("music.pace", .number(0.5...2, unit: ""), of: .moment, "Factor on the mood's tempo."),
        p(
            "music.retelling", .list, of: .moment,
            "How a remembered theme is heard again: "
                + RetellingOperator.allCases.map(\.rawValue).joined(separator: ", ")
                + "."),
        p(
            "music.sections", .list, of: .moment,
            "The sections of the form, as letter, bars and bars of a phrase, such as A8/4; A~8/4 is told as a memory. Then, "
                + "if wished for, what accompanies it ("
                + FormSection.textures.joined(separator: ", ") + ") and its tension, 0...1, as in B8/4 swell 0.6."
        ),
        p(
            "music.montage", .list, of: .moment,
            "Written by the program: the moments that a montage is made of, as name; mode; theme."),
        p("piano.instrument", .names(InstrumentSettings.Kind.allCases.map(\.rawValue)), "Which piano.", "grand"),
        p(
            "piano.body", .number(0...1, unit: ""),
            "From a nine-foot grand to an upright: strings, board, hammers; without it, the instrument's own."),
        p("piano.felt", .number(0...1, unit: ""), "Felt between hammer and string; the felt piano has 0.7.", "0"),
        p("piano.hardness", .number(-1...1, unit: ""), "Hammers voiced soft ... hard; without it, from the mood."),
        p("piano.una-corda", .names(UnaCorda.allCases.map(\.rawValue)), "The left pedal.", "auto"),
        p("piano.lid", .number(0...1, unit: ""), "Closed ... full lid; without it, from the mood."),
        p(
            "piano.mechanism", .number(-70 ... -20, unit: "dB"),
            "Noises of the action; -40 is each piano as it is; without it, from the mood."),
        p("piano.age", .number(0...1, unit: ""), "Freshly voiced ... an old friend.", "0.2"),
        p("piano.a4", .number(415...466, unit: "Hz"), "Frequency of the A above middle C.", "440"),
        p("piano.seed", .integer(0...4_294_967_295), "This piano and no other.", "7"),
        p("scene.room", .names(RoomSettings.Kind.allCases.map(\.rawValue)), "Where it stands.", "near"),
        p(
            "scene.microphones", .number(0.2...8, unit: "m"),
            "How far away one listens, near with more bass, far with more of the room; without it, from the mood."),
        p(
            "scene.last-microphones", .number(0.2...8, unit: "m"), of: .moment,
            "How far away one listens at the end: the microphones go there as the theme returns for the last time."),
        p(
            "scene.reverb", .number(-60...0, unit: "dB"),
            "Level of the reverberation; without it, the room's own, and `near` follows the mood."),
        p(
            "scene.reverb-time", .number(0.2...6, unit: "s"),
            "How long it takes to fall by 60 dB; without it, the room's own, and `near` follows the mood."),
        p("scene.sea", .names(SeaSettings.State.allCases.map(\.rawValue)), "The sea under the piano.", "off"),
        p("scene.swell", .duration(3...20), "From wave to wave."),
        p(
            "scene.sea-level", .number(-60...0, unit: "dB"),
            "Mean level of the sea over the piece re the piano's; without it, at least 15 dB below in every second."),
        p(
            "scene.sun", .number(-90...90, unit: "degrees"),
            "Height of the sun above the horizon, the light of the postcard; without it, from the mood."),
        p("output.rate", .names(["44100", "48000", "88200", "96000"]), "Samples per second.", "48000"),
        p("output.format", .names(formats), "Format of the sound file, with its bits.", "wav24"),
        p("output.loudness", .number(-60...0, unit: "LUFS"), "How loud, the true peak staying below -1 dBTP.", "-23"),
        p("why", .list, of: .moment, "Written by the program: where each number comes from."),
        p("kept", .date, of: .moment, "Written by the program: when it was kept."),
        p("place", .text, of: .moment, "What the place is called."),
        p("rendered", .text, of: .moment, "Written by the program: the file last rendered."),
        p("retold-from", .text, of: .moment, "The moment that this one retells."),
        p("play.device", .text, of: .configuration, "The playback device: see `beachpiano doctor`.", "default"),
        p("play.latency", .integer(20...2000), of: .configuration, "Milliseconds of the device's buffer.", "200"),
    ]

    /// The layers that can be drawn again.
    package static let layers = Seed.Layer.allCases.filter { $0 != .piano && $0 != .sea }

    /// The metres that the composer has rhythms and accompaniments for.
    package static let metres = [Metre(beats: 3), Metre(beats: 4)]

    /// Names of sound file formats, without bits or with those that the format can hold.
    package static let formats = [
        "wav", "wav16", "wav24", "wav32f", "flac", "flac16", "flac24", "ogg", "opus", "mp3", "aiff", "aiff16", "aiff24",
        "aiff32f", "caf", "caf16", "caf24", "caf32f",
    ]

    private static func p(
        _ path: String, _ kind: Parameter.Kind, of scope: Parameter.Scope? = nil, _ sentence: String,
        _ standard: String? = nil
    ) -> Parameter {
        Parameter(path: path, kind: kind, scope: scope, standard: standard, sentence: sentence)
    }

    /// The keys that make a piece what it is.
    private static var ownKeys: String {
        all.filter { $0.scope == .moment && !$0.path.contains(".") }.map { "`\($0.path)`" }.joined(separator: ", ")
    }

    /// The table as Markdown, with the shipped presets: `Presets/README.md`.
    package static func markdown(presets: [(name: String, description: String)]) -> String {
        var lines = [
            "# Presets", "",
            "A preset is a moment with a name: a small YAML file. All keys are optional, none unknown is let through.",
            "",
            "| preset | what you will hear |", "|---|---|",
        ]
        lines += presets.map { "| `\($0.name)` | \($0.description) |" }
        lines += ["", "## Postcards", "", "What `render --preset NAME --picture FILE.svg` draws of them.", ""]
        lines += presets.map { "<img src=\"postcards/\($0.name).svg\" width=\"200\" alt=\"\($0.name)\">" }
        lines += ["", "## Keys", "", "| key | holds | default | |", "|---|---|---|---|"]
        func row(_ parameter: Parameter) -> String {
            "| `\(parameter.path)` | \(parameter.range) | \(parameter.standard ?? "") | \(parameter.sentence) |"
        }
        lines += all.filter { $0.scope != .configuration }.map(row)
        lines += [
            "",
            "`mood` is a name (`mood: warm`), axes (`mood: {valence: 0.4, energy: -0.2}`), or a list of timed points",
            "(`- {at: 1m40s, name: golden-hour}`). Generated from the parameter table; a test holds this file to it.",
            "", "## Configuration", "",
            "`$XDG_CONFIG_HOME/beachpiano/config.yaml` (by default `~/.config/beachpiano/config.yaml`) asks the same of",
            "every piece. It beats the moment; options and `BEACHPIANO_*` variables beat it. It holds the keys above, but",
            "for \(ownKeys), and these:", "",
            "| key | holds | default | |", "|---|---|---|---|",
        ]
        lines += all.filter { $0.scope == .configuration }.map(row)
        lines.append("")
        return lines.joined(separator: "\n")
    }
}
