package import Moods
import Music

/// Reads a moment file; what is wrong is said as a compiler would: `file:line:column: key: what, what would be right`.
///
/// The configuration holds the same keys but for those that make a piece what it is, and is read by the same rules.
package struct MomentReader {
    private static let sizeLimit = 1 << 20
    let scope: Parameter.Scope
    var findings: Findings
    /// The values of all known keys, by path.
    var values: [String: YAMLNode] = [:]

    /// The moment in a file's bytes; `name` is how the file is called in findings.
    package static func read(bytes: [UInt8], name: String) throws(PresetError) -> Moment {
        var reader = try MomentReader(bytes: bytes, name: name, scope: .moment)
        var moment = reader.standard
        reader.apply(to: &moment)
        try reader.findings.check()
        return moment
    }

    /// Finds the values of all keys, which `apply` then reads.
    init(bytes: [UInt8], name: String, scope: Parameter.Scope) throws(PresetError) {
        self.scope = scope
        findings = Findings(file: name)
        guard bytes.count <= Self.sizeLimit else {
            throw PresetError(.invalid, ["\(findings.file): is larger than 1 MiB, which no \(scope.rawValue) is"])
        }
        let root: YAMLNode?
        do throws(YAMLError) { root = try YAMLDocument.load(bytes) } catch {
            findings.add(error.mark, error.what)
            throw PresetError(.invalid, findings.lines)
        }
        guard let root else { return }
        if case .mapping(let pairs, _) = root {
            collect(pairs, prefix: "")
        } else if root.scalar?.isEmpty != true {
            findings.add(root, "a \(scope.rawValue) file holds keys and values, such as '\(scope.example)'")
        }
    }

    /// What an empty file stands for.
    var standard: Moment {
        let neutral = Mood(valence: 0, energy: 0, tension: 0, intimacy: 0, nostalgia: 0, openness: 0)
        let golden = NamedMood.named("golden-hour").map { TimedMood(name: $0.name, mood: $0.mood) }
        return Moment(moods: [golden ?? TimedMood(mood: neutral)])
    }

    /// Sets in `moment` what the file names, and nothing else.
    mutating func apply(to moment: inout Moment) {
        if let node = values["mood"] { moment.moods = moods(node, fallback: moment.moods[0]) }
        moment.title = text("title") ?? moment.title
        moment.description = text("description") ?? moment.description
        moment.words = text("words") ?? moment.words
        moment.kept.date = date() ?? moment.kept.date
        moment.kept.place = text("place") ?? moment.kept.place
        moment.kept.rendered = text("rendered") ?? moment.kept.rendered
        moment.retoldFrom = text("retold-from") ?? moment.retoldFrom
        moment.seed = seed() ?? moment.seed
        moment.duration = duration("duration") ?? moment.duration
        moment.pianist = integer("pianist").map { UInt64($0) } ?? moment.pianist
        moment.rerolls = layers("reroll") ?? moment.rerolls
        moment.why = list("why") ?? moment.why
        apply(to: &moment.music)
        apply(to: &moment.instrument)
        moment.unaCorda = chosen("piano.una-corda").flatMap { UnaCorda(rawValue: $0) } ?? moment.unaCorda
        moment.room.kind = chosen("scene.room").flatMap { RoomSettings.Kind(rawValue: $0) } ?? moment.room.kind
        moment.room.microphoneDistance = float("scene.microphones") ?? moment.room.microphoneDistance
        moment.room.lastDistance = float("scene.last-microphones") ?? moment.room.lastDistance
        moment.room.reverbLevel = float("scene.reverb") ?? moment.room.reverbLevel
        moment.room.reverbTime = float("scene.reverb-time") ?? moment.room.reverbTime
        moment.sea.state = chosen("scene.sea").flatMap { SeaSettings.State(rawValue: $0) } ?? moment.sea.state
        moment.sea.swell = duration("scene.swell") ?? moment.sea.swell
        moment.sea.level = float("scene.sea-level") ?? moment.sea.level
        moment.sun = float("scene.sun") ?? moment.sun
        moment.output.rate = chosen("output.rate").flatMap { Int($0) } ?? moment.output.rate
        moment.output.format = chosen("output.format") ?? moment.output.format
        moment.output.loudness = float("output.loudness") ?? moment.output.loudness
    }

    private mutating func apply(to music: inout MusicSettings) {
        music.key = key() ?? music.key
        music.metre = metre() ?? music.metre
        music.tempo = float("music.tempo") ?? music.tempo
        music.form = chosen("music.form") ?? music.form
        music.density = float("music.density") ?? music.density
        music.chords = float("music.chords") ?? music.chords
        music.surprise = chosen("music.surprise") ?? music.surprise
        music.theme = theme() ?? music.theme
        music.signature = signature() ?? music.signature
        music.register = float("music.register") ?? music.register
        music.pace = float("music.pace") ?? music.pace
        music.retelling = retelling() ?? music.retelling
        music.sections = sections() ?? music.sections
        music.montage = montage() ?? music.montage
    }

    /// Another kind of piano brings its own body and felt, unless the file names them.
    private mutating func apply(to piano: inout InstrumentSettings) {
        let kind = chosen("piano.instrument").flatMap { InstrumentSettings.Kind(rawValue: $0) } ?? piano.kind
        piano = InstrumentSettings(
            kind: kind, body: unit("piano.body") ?? (kind == piano.kind ? piano.body : nil),
            felt: unit("piano.felt") ?? (kind == piano.kind ? piano.felt : nil),
            hardness: float("piano.hardness") ?? piano.hardness, lid: unit("piano.lid") ?? piano.lid,
            mechanism: float("piano.mechanism") ?? piano.mechanism, age: unit("piano.age") ?? piano.age,
            a4: number("piano.a4") ?? piano.a4,
            seed: integer("piano.seed").map { UInt32($0) } ?? piano.seed)
    }
}
