import AudioIO
import Moods
import Music
import Presets

extension Studio {
    /// All moods and aliases, a sentence each, as text or JSON.
    public func moodList(json: Bool) throws(StudioError) -> String {
        if json {
            return JSON.array(
                NamedMood.all.map { named in
                    let m = named.mood
                    func axis(_ x: Float) -> JSON { .number(Double(x), places: 2) }
                    return .object([
                        ("name", .string(named.name)), ("aliasOf", named.aliasOf.map { .string($0) } ?? .null),
                        ("sentence", .string(named.sentence)), ("valence", axis(m.valence)),
                        ("energy", axis(m.energy)), ("tension", axis(m.tension)), ("intimacy", axis(m.intimacy)),
                        ("nostalgia", axis(m.nostalgia)), ("openness", axis(m.openness)),
                    ])
                }
            ).text
        }
        let width = NamedMood.all.map(\.name.count).max() ?? 0
        return NamedMood.all.map { named in
            let pad = String(repeating: " ", count: width - named.name.count)
            return "\(named.name)\(pad)  \(named.aliasOf.map { "like \($0): " } ?? "")\(named.sentence)"
        }.joined(separator: "\n")
    }

    /// All presets, a sentence each, as text or JSON: the shipped ones and those of the user's and the system's folders.
    public func presetList(json: Bool) throws(StudioError) -> String {
        var entries: [(name: String, description: String, origin: String)] = []
        for folder in environment.presetFolders where FileSystem.kind(folder) == .folder {
            for file in (try? FileSystem.list(folder)) ?? [] where file.hasSuffix(".yaml") {
                let name = String(file.dropLast(5))
                guard !entries.contains(where: { $0.name == name }) else { continue }
                let moment = try? preset(name).0
                entries.append((name, moment?.description ?? "cannot be read: see 'beachpiano presets check'", folder))
            }
        }
        for shipped in PresetLibrary.shipped where !entries.contains(where: { $0.name == shipped.name }) {
            entries.append((shipped.name, try preset(shipped.name).0.description ?? "", "shipped"))
        }
        entries.sort { $0.name < $1.name }
        if json {
            return JSON.array(
                entries.map {
                    .object([
                        ("name", .string($0.name)), ("description", .string($0.description)),
                        ("origin", .string($0.origin)),
                    ])
                }
            ).text
        }
        let width = entries.map(\.name.count).max() ?? 0
        return entries.map { entry in
            let pad = String(repeating: " ", count: width - entry.name.count)
            return PlainText.escaped(entry.name + pad + "  " + entry.description)
        }.joined(separator: "\n")
    }

    /// The text of a preset, as it is or in a JSON object, whether or not it is a good one, as long as it is text.
    public func presetText(_ name: String, json: Bool) throws(StudioError) -> String {
        do throws(PresetError) {
            let found = try presetText(named: name)
            var text = try MomentText.checked(found.bytes, name: found.origin)
            while text.hasSuffix("\n") { text.removeLast() }
            guard json else { return text }
            return JSON.object([
                ("name", .string(found.name)), ("origin", .string(found.origin)), ("text", .string(text)),
            ]).text
        } catch { throw StudioError(error) }
    }

    /// What is wrong in moment files and in folders of them, a line each; a file that is not there ends it.
    public func presetCheck(_ paths: [String]) throws(StudioError) -> (files: [String], findings: [String]) {
        var files: [String] = []
        for path in paths {
            files += FileSystem.kind(path) == .folder ? try Self.momentFiles(in: path) : [path]
        }
        var findings: [String] = []
        for file in files {
            let kind = FileSystem.kind(file)
            // A pipe in a folder would be waited for without end; one that a shell hands over is in /dev.
            if [.pipe, .other].contains(kind) && !file.hasPrefix("/dev/") || kind != .file && !paths.contains(file) {
                findings.append("\(file): is not a file")
                continue
            }
            let bytes = try FileSystem.read(file, limit: 1 << 20)
            do throws(PresetError) { _ = try MomentReader.read(bytes: bytes, name: file) } catch {
                findings += error.findings
            }
        }
        return (files, findings)
    }

    /// Writes a moment file for a source, to start from.
    public func presetNew(_ source: Source, to path: String, force: Bool) throws(StudioError) {
        let resolved = try resolve(source)
        var moment = resolved.said
        moment.title = moment.title ?? Piece.title(resolved.name)
        moment.description = moment.description ?? "A moment like \(resolved.name)."
        moment.seed = resolved.seedText
        moment.duration = resolved.duration
        let text = MomentWriter.text(moment)
        if path == "-" { return try console.result(text.hasSuffix("\n") ? String(text.dropLast()) : text) }
        try studio { () throws(AudioIOError) in
            _ = try Destination(path: path, force: force)
            let sink = try FileByteSink(path: path, force: force)
            try sink.write(contentsOf: Array(text.utf8))
            try sink.commit()
        }
    }
}
