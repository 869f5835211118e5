import Music

/// Reads a work list: YAML (a list of rows) or CSV (a row of names, then a row for each piece).
///
/// A wrong row is reported, and the others are used.
package struct WorkListReader {
    private static let sizeLimit = 16 << 20
    private static let keys = ["preset", "mood", "seed", "seeds", "duration", "piano", "room", "sea", "format", "name"]
    private var findings: Findings
    private var list = WorkList()

    /// The work list in a file's bytes; `name` is how the file is called in findings, `.csv` at its end makes it CSV.
    /// - Throws: `.invalid` where the file as a whole is none.
    package static func read(bytes: [UInt8], name: String) throws(PresetError) -> WorkList {
        var reader = WorkListReader(findings: Findings(file: name))
        guard bytes.count <= sizeLimit else {
            throw PresetError(.invalid, ["\(reader.findings.file): is larger than 16 MiB, which no work list is"])
        }
        do throws(YAMLError) {
            if name.lowercased().hasSuffix(".csv") { try reader.csv(bytes) } else { try reader.yaml(bytes) }
        } catch {
            reader.findings.add(error.mark, error.what)
            throw PresetError(.invalid, reader.findings.lines)
        }
        reader.list.findings = reader.findings.lines
        return reader.list
    }

    private mutating func yaml(_ bytes: [UInt8]) throws(YAMLError) {
        guard let root = try YAMLDocument.load(bytes, limits: .workList) else { return }
        guard case .sequence(let items, _) = root else {
            throw YAMLError(
                mark: root.mark, what: "a work list is a list of rows, such as '- {preset: warm, seeds: 3}'")
        }
        for item in items {
            if case .mapping(let pairs, _) = item {
                row(pairs, at: item.mark)
            } else {
                findings.add(item, "a row has keys and values, such as {preset: warm, seeds: 3}")
            }
        }
    }

    private mutating func csv(_ bytes: [UInt8]) throws(YAMLError) {
        var lines = try CSVDocument.load(bytes)
        guard let header = lines.first else { return }
        lines.removeFirst()
        for key in header where !Self.keys.contains(key.scalar ?? "") {
            throw YAMLError(mark: key.mark, what: unknown(key.scalar ?? "", "column"))
        }
        for line in lines {
            guard line.count <= header.count else {
                findings.add(line[header.count], "the row has more cells than the first has names")
                continue
            }
            // An empty cell says nothing.
            let pairs = zip(header, line).filter { $0.1.scalar?.isEmpty == false }
            row(pairs.map { (key: $0.0, value: $0.1) }, at: line[0].mark)
        }
    }

    private func unknown(_ name: String, _ what: String) -> String {
        let hint = Spelling.nearest(to: name, among: Self.keys).map { "did you mean '\($0)'?" }
        return "\(PlainText.shortened(name)): no such \(what), \(hint ?? "use " + Self.keys.joined(separator: ", "))"
    }

    private mutating func row(_ pairs: [(key: YAMLNode, value: YAMLNode)], at mark: YAMLMark) {
        var row = WorkRow(origin: "\(findings.file):\(mark.line):\(mark.column)")
        let before = findings.count
        var seen = Set<String>()
        for (key, value) in pairs {
            let name = key.scalar ?? ""
            guard Self.keys.contains(name) else {
                findings.add(key, unknown(name, "key"))
                continue
            }
            guard seen.insert(name).inserted else {
                findings.add(key, "\(name): stands here twice, keep one")
                continue
            }
            if name == "format" {
                row.formats = formats(value)
            } else if let text = value.scalar, !text.isEmpty {
                set(name, text, value, in: &row)
            } else {
                findings.add(value, "\(name): is one word or line")
            }
        }
        if row.preset == nil, row.mood == nil, findings.count == before {
            findings.add(mark, "the row needs a preset or a mood")
        }
        if findings.count == before { list.rows.append(row) }
    }

    private mutating func set(_ name: String, _ text: String, _ node: YAMLNode, in row: inout WorkRow) {
        let shown = "'" + PlainText.shortened(text) + "'"
        switch name {
        case "preset": row.preset = text
        case "mood": row.mood = text
        case "piano": row.piano = text
        case "room": row.room = text
        case "sea": row.sea = text
        case "name": row.name = text
        case "seed":
            row.seed = text
            if Seed(parsing: text) == nil { findings.add(node, "seed: \(shown) is neither an integer nor three words") }
        case "duration":
            row.duration = text
            if DurationText.parse(text).map({ (3...86_400).contains($0) }) != true {
                findings.add(node, "duration: \(shown) is not a length from 3s to 24h, such as 2m30s")
            }
        default:
            row.seeds = Int(text)
            if row.seeds.map({ (1...10_000).contains($0) }) != true {
                findings.add(node, "seeds: \(shown) is not a number in 1...10000")
            }
        }
    }

    /// One name, several with spaces between, or a list.
    private mutating func formats(_ node: YAMLNode) -> [String] {
        var names: [(String, YAMLNode)] = []
        switch node {
        case .scalar(let text, _, _): names = text.split(separator: " ").map { (String($0), node) }
        case .sequence(let items, _): names = items.map { ($0.scalar ?? "", $0) }
        case .mapping: break
        }
        if names.isEmpty { findings.add(node, "format: is a name or several, such as wav flac") }
        for (name, node) in names where !ParameterTable.formats.contains(name) {
            let hint = Spelling.nearest(to: name, among: ParameterTable.formats).map { "did you mean '\($0)'?" }
            let all = "use " + ParameterTable.formats.joined(separator: ", ")
            findings.add(node, "format: '\(PlainText.shortened(name))' is not known, \(hint ?? all)")
        }
        return names.map(\.0)
    }
}
