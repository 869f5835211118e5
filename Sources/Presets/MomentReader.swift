package import Moods
import Music

/// Reads a moment file; what is wrong is said as a compiler would: `file:line:column: key: what, what would be right`.
package struct MomentReader {
    private static let sizeLimit = 1 << 20
    private let name: String
    private var findings: [(mark: YAMLMark, text: String)] = []

    /// The moment in a file's bytes; `name` is how the file is called in findings.
    package static func read(bytes: [UInt8], name: String) throws(PresetError) -> Moment {
        guard bytes.count <= sizeLimit else {
            throw PresetError(.invalid, ["\(name): is larger than 1 MiB, which no moment is"])
        }
        let root: YAMLNode?
        do throws(YAMLError) { root = try YAMLDocument.load(bytes) } catch {
            throw PresetError(.invalid, ["\(name):\(error.mark.line):\(error.mark.column): \(error.what)"])
        }
        var reader = MomentReader(name: name)
        let moment = reader.moment(root)
        guard reader.findings.isEmpty else {
            let sorted = reader.findings.sorted { ($0.mark.line, $0.mark.column) < ($1.mark.line, $1.mark.column) }
            throw PresetError(.invalid, sorted.map { "\(name):\($0.mark.line):\($0.mark.column): \($0.text)" })
        }
        return moment
    }

    private init(name: String) { self.name = name }

    private mutating func complain(_ node: YAMLNode, _ text: String) { findings.append((node.mark, text)) }

    // MARK: - The tree

    private mutating func moment(_ root: YAMLNode?) -> Moment {
        var values: [String: YAMLNode] = [:]
        if let root {
            if case .mapping(let pairs, _) = root {
                collect(pairs, prefix: "", &values)
            } else if root.scalar?.isEmpty != true {
                complain(root, "a moment file holds keys and values, such as 'mood: warm'")
            }
        }
        var moment = Moment(moods: moods(values["mood"]))
        moment.title = text("title", values)
        moment.description = text("description", values)
        moment.words = text("words", values)
        moment.retoldFrom = text("retold-from", values)
        moment.seed = seed(values)
        moment.duration = duration("duration", values)
        moment.music = MusicSettings(
            key: key(values), metre: metre(values), tempo: number("music.tempo", values).map { Float($0) },
            form: chosen("music.form", values), density: number("music.density", values).map { Float($0) })
        let kind = chosen("piano.instrument", values).flatMap { InstrumentSettings.Kind(rawValue: $0) } ?? .grand
        let standard = InstrumentSettings(kind: kind)
        func unit(_ path: String) -> UnitInterval? { number(path, values).map { UnitInterval(Float($0)) } }
        moment.instrument = InstrumentSettings(
            kind: kind, felt: unit("piano.felt"), hardness: number("piano.hardness", values).map { Float($0) },
            lid: unit("piano.lid"), mechanism: number("piano.mechanism", values).map { Float($0) },
            age: unit("piano.age") ?? standard.age, a4: number("piano.a4", values) ?? standard.a4,
            seed: integer("piano.seed", values).map { UInt32($0) } ?? standard.seed)
        moment.unaCorda = chosen("piano.una-corda", values).flatMap { UnaCorda(rawValue: $0) } ?? .auto
        moment.room = RoomSettings(
            kind: chosen("scene.room", values).flatMap { RoomSettings.Kind(rawValue: $0) } ?? .near,
            microphoneDistance: number("scene.microphones", values).map { Float($0) },
            reverbLevel: number("scene.reverb", values).map { Float($0) },
            reverbTime: number("scene.reverb-time", values).map { Float($0) })
        moment.sea = SeaSettings(
            state: chosen("scene.sea", values).flatMap { SeaSettings.State(rawValue: $0) } ?? .off,
            swell: duration("scene.swell", values), level: number("scene.sea-level", values).map { Float($0) })
        moment.output = OutputSettings(
            rate: chosen("output.rate", values).flatMap { Int($0) }, format: text("output.format", values),
            loudness: number("output.loudness", values).map { Float($0) })
        moment.why = list("why", values)
        return moment
    }

    /// All known keys with their values; complains of unknown and repeated ones.
    private mutating func collect(
        _ pairs: [(key: YAMLNode, value: YAMLNode)], prefix: String, _ values: inout [String: YAMLNode]
    ) {
        var known = Set<String>()
        for parameter in ParameterTable.all where parameter.path.hasPrefix(prefix) {
            let rest = parameter.path.dropFirst(prefix.count)
            known.insert(String(rest.prefix { $0 != "." }))
        }
        var seen = Set<String>()
        for (key, value) in pairs {
            guard let name = key.scalar else {
                complain(key, "a key is a word")
                continue
            }
            let path = prefix + name
            guard known.contains(name) else {
                let nearest = meant(name, known, prefix: prefix)
                complain(key, "\(path): no such key\(nearest.map { ", did you mean '\($0)'?" } ?? "")")
                continue
            }
            guard seen.insert(name).inserted else {
                complain(key, "\(path): stands here twice, keep one")
                continue
            }
            let isGroup = ParameterTable.all.contains { $0.path.hasPrefix(path + ".") } && path != "mood"
            if isGroup {
                if case .mapping(let inner, _) = value {
                    collect(inner, prefix: path + ".", &values)
                } else {
                    complain(value, "\(path): holds keys and values, such as {\(example(path))}")
                }
            } else {
                values[path] = value
            }
        }
    }

    /// The path that was probably meant: the same key in another group, else a near one of this group, else of another.
    private func meant(_ name: String, _ known: Set<String>, prefix: String) -> String? {
        let others = ParameterTable.all.map(\.path).filter { $0.contains(".") && !$0.hasPrefix("mood.") }
        func leaf(_ path: String) -> String { String(path.drop { $0 != "." }.dropFirst()) }
        if let same = others.first(where: { leaf($0) == name }) { return same }
        if let near = Spelling.nearest(to: name, among: known.sorted()) { return prefix + near }
        let near = Spelling.nearest(to: name, among: others.map(leaf))
        return others.first { leaf($0) == near }
    }

    private func example(_ group: String) -> String {
        switch group {
        case "music": "tempo: 63"
        case "piano": "instrument: felt"
        case "scene": "room: near"
        default: "rate: 48000"
        }
    }

    // MARK: - Mood

    private mutating func moods(_ node: YAMLNode?) -> [TimedMood] {
        let fallback = NamedMood.named("golden-hour").map { TimedMood(name: $0.name, mood: $0.mood) }
        let standard = fallback ?? TimedMood(mood: axes([:]))
        guard let node else { return [standard] }
        switch node {
        case .scalar: return [TimedMood(name: node.scalar, mood: named(node) ?? standard.mood)]
        case .mapping(let pairs, _): return [point(pairs, node, needsTime: false)]
        case .sequence(let items, _):
            var points: [TimedMood] = []
            for item in items {
                if case .mapping(let pairs, _) = item {
                    let next = point(pairs, item, needsTime: true)
                    if let last = points.last, next.at <= last.at {
                        complain(item, "mood: each point comes later than the one before")
                    }
                    points.append(next)
                } else {
                    complain(item, "mood: a point is {at: 1m40s, name: golden-hour} or has axes")
                }
            }
            if let first = points.first, first.at != 0 { complain(items[0], "mood: the first point is at 0s") }
            if items.isEmpty { complain(node, "mood: the list is empty") }
            return points.isEmpty ? [standard] : points
        }
    }

    private mutating func named(_ node: YAMLNode) -> Mood? {
        let name = node.scalar ?? ""
        if let mood = NamedMood.named(name) { return mood.mood }
        complain(node, "mood: '\(name)' is not known, did you mean '\(NamedMood.nearest(to: name))'?")
        return nil
    }

    private static let axisNames = ["valence", "energy", "tension", "intimacy", "nostalgia", "openness"]

    private mutating func point(_ pairs: [(key: YAMLNode, value: YAMLNode)], _ node: YAMLNode, needsTime: Bool)
        -> TimedMood
    {
        var values: [String: YAMLNode] = [:]
        let allowed = Self.axisNames + ["name"] + (needsTime ? ["at"] : [])
        for (key, value) in pairs {
            let name = key.scalar ?? ""
            guard allowed.contains(name) else {
                let nearest = Spelling.nearest(to: name, among: allowed)
                complain(key, "mood.\(name): no such key\(nearest.map { ", did you mean 'mood.\($0)'?" } ?? "")")
                continue
            }
            if values[name] != nil { complain(key, "mood.\(name): stands here twice, keep one") }
            values[name] = value
        }
        var at = 0.0
        if needsTime {
            if let time = values["at"] {
                let text = time.scalar ?? ""
                if text == "0" || text == "0s" {
                    at = 0
                } else if let seconds = DurationText.parse(text) {
                    at = seconds
                } else {
                    complain(time, "mood.at: '\(text)' is no time, such as 1m40s")
                }
            } else {
                complain(node, "mood: a timed point needs 'at', such as at: 1m40s")
            }
        }
        let start = values["name"].flatMap { named($0) }
        return TimedMood(at: at, name: values["name"]?.scalar, mood: axes(values, start: start))
    }

    private mutating func axes(_ values: [String: YAMLNode], start: Mood? = nil) -> Mood {
        var found: [String: Float] = [:]
        for name in Self.axisNames {
            if let value = number("mood.\(name)", ["mood.\(name)": values[name]].compactMapValues { $0 }) {
                found[name] = Float(value)
            }
        }
        let valence = found["valence"] ?? start?.valence ?? 0
        let energy = found["energy"] ?? start?.energy ?? 0
        return Mood(
            valence: valence, energy: energy,
            // Without a tension of its own a mood is as tense as it is driven and dark (music.md 2.1).
            tension: found["tension"] ?? start?.tension ?? 0.45 * energy - 0.45 * valence,
            intimacy: found["intimacy"] ?? start?.intimacy ?? 0, nostalgia: found["nostalgia"] ?? start?.nostalgia ?? 0,
            openness: found["openness"] ?? start?.openness ?? 0)
    }

    // MARK: - Values

    private func parameter(_ path: String) -> Parameter {
        guard let parameter = ParameterTable.all.first(where: { $0.path == path }) else {
            preconditionFailure("\(path) is not in the parameter table")
        }
        return parameter
    }

    private mutating func text(_ path: String, _ values: [String: YAMLNode]) -> String? {
        guard let node = values[path] else { return nil }
        return line(path, node)
    }

    private mutating func line(_ path: String, _ node: YAMLNode) -> String? {
        guard let text = node.scalar else {
            complain(node, "\(path): is one line of text")
            return nil
        }
        guard text.utf8.count <= 4096,
            !text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
        else {
            complain(node, "\(path): holds too much text or control characters")
            return nil
        }
        return text
    }

    private mutating func number(_ path: String, _ values: [String: YAMLNode]) -> Double? {
        guard let node = values[path] else { return nil }
        let parameter = parameter(path)
        guard case .number(let range, let unit) = parameter.kind, var text = node.scalar else {
            complain(node, "\(path): is a number in \(parameter.range)")
            return nil
        }
        let key = path.split(separator: ".").last.map(String.init) ?? path
        if !unit.isEmpty, text.hasSuffix(unit) {
            text = String(text.dropLast(unit.count)).filter { $0 != " " }
        }
        guard let value = Double(text), value.isFinite else {
            complain(node, "\(key) is '\(node.scalar ?? "")', not a number in \(parameter.range)")
            return nil
        }
        guard range.contains(value) else {
            complain(node, "\(key) is \(text), outside \(parameter.range)")
            return nil
        }
        return value
    }

    private mutating func integer(_ path: String, _ values: [String: YAMLNode]) -> Int? {
        guard let node = values[path] else { return nil }
        let parameter = parameter(path)
        guard case .integer(let range) = parameter.kind, let value = node.scalar.flatMap({ Int($0) }),
            range.contains(value)
        else {
            complain(node, "\(path): '\(node.scalar ?? "")' is not an integer in \(parameter.range)")
            return nil
        }
        return value
    }

    private mutating func duration(_ path: String, _ values: [String: YAMLNode]) -> Double? {
        guard let node = values[path] else { return nil }
        let parameter = parameter(path)
        guard case .duration(let range) = parameter.kind, let seconds = node.scalar.flatMap({ DurationText.parse($0) }),
            range.contains(seconds)
        else {
            complain(node, "\(path): '\(node.scalar ?? "")' is not \(parameter.range)")
            return nil
        }
        return seconds
    }

    private mutating func chosen(_ path: String, _ values: [String: YAMLNode]) -> String? {
        guard let node = values[path] else { return nil }
        guard case .names(let names) = parameter(path).kind, let name = node.scalar, names.contains(name) else {
            // YAML 1.1 has `off` and `on` as truth values; here they are words.
            let nearest = node.scalar.flatMap { Spelling.nearest(to: $0, among: parameterNames(path)) }
            complain(
                node,
                "\(path): '\(node.scalar ?? "")' is not known, \(nearest.map { "did you mean '\($0)'?" } ?? "use one of \(parameter(path).range)")"
            )
            return nil
        }
        return name
    }

    private func parameterNames(_ path: String) -> [String] {
        if case .names(let names) = parameter(path).kind { return names }
        return []
    }

    private mutating func seed(_ values: [String: YAMLNode]) -> String? {
        guard let node = values["seed"] else { return nil }
        guard let text = node.scalar, Seed(parsing: text) != nil else {
            complain(node, "seed: '\(node.scalar ?? "")' is neither an integer nor three words")
            return nil
        }
        return text
    }

    private mutating func key(_ values: [String: YAMLNode]) -> Key? {
        guard let node = values["music.key"] else { return nil }
        guard let key = node.scalar.flatMap({ Key(name: $0) }) else {
            complain(node, "music.key: '\(node.scalar ?? "")' is no key, such as D-flat major")
            return nil
        }
        return key
    }

    private mutating func metre(_ values: [String: YAMLNode]) -> Metre? {
        guard let node = values["music.metre"] else { return nil }
        let beats = (2...6).first { "\($0)/4" == node.scalar }
        guard let beats else {
            complain(node, "music.metre: '\(node.scalar ?? "")' is not one of 2/4, 3/4, 4/4, 5/4, 6/4")
            return nil
        }
        return Metre(beats: beats)
    }

    private mutating func list(_ path: String, _ values: [String: YAMLNode]) -> [String] {
        guard let node = values[path] else { return [] }
        guard case .sequence(let items, _) = node else {
            complain(node, "\(path): is a list of texts")
            return []
        }
        var texts: [String] = []
        for item in items {
            if let text = line(path, item) { texts.append(text) }
        }
        return texts
    }
}
