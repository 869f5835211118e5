import Music

extension MomentReader {
    private var table: [Parameter] { ParameterTable.all.filter { $0.scope == nil || $0.scope == scope } }

    /// Keeps the values of all known keys; complains of unknown and repeated ones.
    mutating func collect(_ pairs: [(key: YAMLNode, value: YAMLNode)], prefix: String) {
        var known = Set<String>()
        for parameter in table where parameter.path.hasPrefix(prefix) {
            let rest = parameter.path.dropFirst(prefix.count)
            known.insert(String(rest.prefix { $0 != "." }))
        }
        var seen = Set<String>()
        for (key, value) in pairs where !findings.isFull {
            guard let name = key.scalar else {
                findings.add(key, "a key is a word")
                continue
            }
            let path = prefix + name
            guard known.contains(name) else {
                findings.add(key, "\(PlainText.shortened(path)): \(complaint(name, known, prefix: prefix))")
                continue
            }
            guard seen.insert(name).inserted else {
                findings.add(key, "\(path): stands here twice, keep one")
                continue
            }
            let isGroup = table.contains { $0.path.hasPrefix(path + ".") } && path != "mood"
            if !isGroup {
                values[path] = value
            } else if case .mapping(let inner, _) = value {
                collect(inner, prefix: path + ".")
            } else {
                findings.add(value, "\(path): holds keys and values, such as {\(example(path))}")
            }
        }
    }

    private func complaint(_ name: String, _ known: Set<String>, prefix: String) -> String {
        let isElsewhere = ParameterTable.all.contains {
            $0.scope != nil && $0.scope != scope && ($0.path == prefix + name || $0.path.hasPrefix(prefix + name + "."))
        }
        if isElsewhere {
            return scope == .configuration
                ? "belongs to one piece, in a moment file" : "belongs to the configuration, in config.yaml"
        }
        return "no such key" + (meant(name, known, prefix: prefix).map { ", did you mean '\($0)'?" } ?? "")
    }

    /// The path that was probably meant: the same key in another group, else a near one of this group, else of another.
    private func meant(_ name: String, _ known: Set<String>, prefix: String) -> String? {
        let others = table.map(\.path).filter { $0.contains(".") && !$0.hasPrefix("mood.") }
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
        case "play": "device: pipewire"
        default: "rate: 48000"
        }
    }
}
