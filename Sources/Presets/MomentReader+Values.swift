import Moods
import Music

/// The values of single keys: nil where the key is not named, and, after a complaint, where its value is wrong.
extension MomentReader {
    /// The text of a value for a message.
    func quoted(_ node: YAMLNode) -> String { "'" + PlainText.shortened(node.scalar ?? "") + "'" }

    private func parameter(_ path: String) -> Parameter {
        guard let parameter = ParameterTable.all.first(where: { $0.path == path }) else {
            preconditionFailure("\(path) is not in the parameter table")
        }
        return parameter
    }

    mutating func text(_ path: String) -> String? { values[path].flatMap { line(path, $0) } }

    private mutating func line(_ path: String, _ node: YAMLNode) -> String? {
        guard let text = node.scalar else {
            findings.add(node, "\(path): is one line of text")
            return nil
        }
        guard text.utf8.count <= 4096,
            !text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
        else {
            findings.add(node, "\(path): holds too much text or control characters")
            return nil
        }
        return text
    }

    mutating func list(_ path: String) -> [String]? {
        guard let node = values[path] else { return nil }
        guard case .sequence(let items, _) = node else {
            findings.add(node, "\(path): is a list of texts")
            return nil
        }
        var texts: [String] = []
        for item in items {
            if let text = line(path, item) { texts.append(text) }
        }
        return texts
    }

    /// How often each layer is to be drawn again.
    mutating func layers(_ path: String) -> [Seed.Layer: UInt64]? {
        guard let node = values[path] else { return nil }
        guard case .sequence(let items, _) = node else {
            findings.add(node, "\(path): is \(parameter(path).range)")
            return nil
        }
        var counts: [Seed.Layer: UInt64] = [:]
        for item in items {
            if let layer = ParameterTable.layers.first(where: { $0.rawValue == item.scalar }) {
                counts[layer, default: 0] += 1
            } else {
                findings.add(item, "\(path): \(quoted(item)) is not in \(parameter(path).range)")
            }
        }
        return counts
    }

    // MARK: - Numbers

    mutating func float(_ path: String) -> Float? { number(path).map { Float($0) } }

    mutating func unit(_ path: String) -> UnitInterval? { float(path).map { UnitInterval($0) } }

    mutating func number(_ path: String) -> Double? { values[path].flatMap { number(path, $0) } }

    /// A number with the parameter's unit or none, in its range.
    mutating func number(_ path: String, _ node: YAMLNode) -> Double? {
        let parameter = parameter(path)
        guard case .number(let range, let unit) = parameter.kind, var text = node.scalar.map({ Substring($0) }) else {
            findings.add(node, "\(path): is a number in \(parameter.range)")
            return nil
        }
        let key = path.split(separator: ".").last.map(String.init) ?? path
        if !unit.isEmpty, text.hasSuffix(unit) {
            text = text.dropLast(unit.count)
            while text.last == " " { text.removeLast() }
        }
        guard let value = NumberText.parse(text) else {
            findings.add(node, "\(key) is \(quoted(node)), not a number in \(parameter.range)")
            return nil
        }
        guard range.contains(value) else {
            findings.add(node, "\(key) is \(PlainText.shortened(String(text))), outside \(parameter.range)")
            return nil
        }
        return value
    }

    mutating func integer(_ path: String) -> Int? {
        guard let node = values[path] else { return nil }
        let parameter = parameter(path)
        guard case .integer(let range) = parameter.kind, let value = node.scalar.flatMap({ Int($0) }),
            range.contains(value)
        else {
            findings.add(node, "\(path): \(quoted(node)) is not an integer in \(parameter.range)")
            return nil
        }
        return value
    }

    mutating func duration(_ path: String) -> Double? {
        guard let node = values[path] else { return nil }
        let parameter = parameter(path)
        guard case .duration(let range) = parameter.kind, let seconds = node.scalar.flatMap({ DurationText.parse($0) }),
            range.contains(seconds)
        else {
            findings.add(node, "\(path): \(quoted(node)) is not \(parameter.range)")
            return nil
        }
        return seconds
    }

    // MARK: - Names

    /// One of the parameter's names; YAML's truth values `off` and `on` are words here.
    mutating func chosen(_ path: String) -> String? {
        guard let node = values[path], case .names(let names) = parameter(path).kind else { return nil }
        if let name = node.scalar, names.contains(name) { return name }
        let nearest = node.scalar.flatMap { Spelling.nearest(to: $0, among: names) }
        let hint = nearest.map { "did you mean '\($0)'?" } ?? "use one of \(names.joined(separator: ", "))"
        findings.add(node, "\(path): \(quoted(node)) is not known, \(hint)")
        return nil
    }

    mutating func seed() -> String? {
        guard let node = values["seed"] else { return nil }
        if let text = node.scalar, Seed(parsing: text) != nil { return text }
        findings.add(node, "seed: \(quoted(node)) is neither an integer nor three words")
        return nil
    }

    /// The theme of `music.theme`.
    mutating func theme() -> Theme? {
        guard let node = values["music.theme"] else { return nil }
        guard let theme = node.scalar.flatMap({ Theme(parsing: $0) }) else {
            findings.add(
                node, "music.theme: '\(node.scalar ?? "")' is no theme, such as 0:48:0 48:96:4 / 0:96:0 96:48:-1")
            return nil
        }
        return theme
    }

    mutating func signature() -> [Theme.Note]? {
        guard let node = values["music.signature"] else { return nil }
        if let motif = node.scalar.flatMap({ Theme.motif(parsing: $0) }) { return motif }
        findings.add(node, "music.signature: \(quoted(node)) is no motif, such as 0:48:0 48:96:4")
        return nil
    }

    mutating func retelling() -> [RetellingOperator]? {
        guard let node = values["music.retelling"], let names = list("music.retelling") else { return nil }
        let all = RetellingOperator.allCases.map(\.rawValue)
        return names.compactMap { name in
            if let known = RetellingOperator(rawValue: name) { return known }
            let hint = Spelling.nearest(to: name, among: all).map { "did you mean '\($0)'?" }
            findings.add(
                node,
                "music.retelling: '\(PlainText.shortened(name))' is not known, "
                    + (hint ?? "use some of \(all.joined(separator: ", "))"))
            return nil
        }
    }

    mutating func sections() -> [FormSection]? {
        guard let node = values["music.sections"], let texts = list("music.sections") else { return nil }
        let sections = texts.compactMap { FormSection(parsing: $0) }
        let isForm = sections.contains { $0.letter != "i" && $0.letter != "o" } && sections.count <= FormSection.most
        if sections.count == texts.count, isForm { return sections }
        findings.add(
            node,
            "music.sections: is a list of sections, each a letter, its bars and the bars of its phrases, such as A8/4, or "
                + "with what accompanies it and its tension, such as A8/4 gymnopedie 0.3")
        return nil
    }

    mutating func montage() -> [MontageVoice]? {
        guard let node = values["music.montage"], let texts = list("music.montage") else { return nil }
        let voices = texts.compactMap { MontageVoice(parsing: $0) }
        if voices.count == texts.count, MontageVoice.count.contains(voices.count) { return voices }
        findings.add(
            node, "music.montage: is a list of two to six voices, such as 'evening; major; 0:48:0 48:96:4 / 0:96:0'")
        return nil
    }

    mutating func date() -> String? {
        guard let node = values["kept"] else { return nil }
        if let text = node.scalar, DateText.seconds(text) != nil { return text }
        findings.add(node, "kept: \(quoted(node)) is not \(parameter("kept").range)")
        return nil
    }

    mutating func key() -> Key? {
        guard let node = values["music.key"] else { return nil }
        if let key = node.scalar.flatMap({ Key(name: $0) }) { return key }
        findings.add(node, "music.key: \(quoted(node)) is no key, such as D-flat major")
        return nil
    }

    mutating func metre() -> Metre? {
        guard let node = values["music.metre"] else { return nil }
        if let metre = ParameterTable.metres.first(where: { $0.description == node.scalar }) { return metre }
        findings.add(node, "music.metre: \(quoted(node)) is not composed, use \(parameter("music.metre").range)")
        return nil
    }
}
