import AudioIO

/// What a folder of results holds, one JSON object a line: each file, what it was made from, and its checksum.
struct BatchManifest {
    /// One finished file.
    struct Entry: Hashable, Sendable {
        var file: String
        /// Digest of everything that made it.
        var inputs: String
        var size: Int
        /// Nanoseconds.
        var modified: Int
        var sha256: String

        var line: String {
            JSON.object([
                ("file", .string(file)), ("inputs", .string(inputs)), ("size", .integer(size)),
                ("modified", .integer(modified)), ("sha256", .string(sha256)),
            ]).text
        }

        init(file: String, inputs: String, size: Int, modified: Int, sha256: String) {
            self.file = file
            self.inputs = inputs
            self.size = size
            self.modified = modified
            self.sha256 = sha256
        }

        /// Reads a line of our own writing; nil for a torn one, whose file is then simply made again.
        init?(line: Substring) {
            guard line.hasPrefix("{\"file\": \""), line.hasSuffix("\"}"),
                let file = Self.text("file", in: line), let inputs = Self.text("inputs", in: line),
                let size = Self.number("size", in: line), let modified = Self.number("modified", in: line),
                let sha256 = Self.text("sha256", in: line)
            else { return nil }
            self.init(file: file, inputs: inputs, size: size, modified: modified, sha256: sha256)
        }

        private static func after(_ key: String, in line: Substring) -> Substring? {
            let mark = Array("\"\(key)\": ".utf8)
            let bytes = line.utf8
            var at = bytes.startIndex
            while at != bytes.endIndex {
                if bytes[at...].starts(with: mark) { return line[bytes.index(at, offsetBy: mark.count)...] }
                bytes.formIndex(after: &at)
            }
            return nil
        }

        private static func text(_ key: String, in line: Substring) -> String? {
            guard let rest = after(key, in: line), rest.first == "\"" else { return nil }
            let body = rest.dropFirst()
            guard let end = body.firstIndex(of: "\"") else { return nil }
            return String(body[..<end])
        }

        private static func number(_ key: String, in line: Substring) -> Int? {
            guard let rest = after(key, in: line) else { return nil }
            return Int(rest.prefix { $0.isNumber })
        }
    }

    static let fileName = "manifest.jsonl"

    private(set) var entries: [String: Entry] = [:]
    private let path: String

    /// The manifest of a folder; empty where there is none yet.
    init(folder: String) throws(StudioError) {
        path = folder + "/" + Self.fileName
        guard FileSystem.kind(path) == .file else { return }
        let text = String(decoding: try FileSystem.read(path, limit: 1 << 30), as: UTF8.self)
        for line in text.split(separator: "\n") {
            if let entry = Entry(line: line) { entries[entry.file] = entry }
        }
    }

    /// True where the file is there, as it was left, and made from the same inputs.
    func isDone(_ file: String, inputs: String, folder: String) -> Bool {
        guard let entry = entries[file], entry.inputs == inputs, let stamp = FileSystem.stamp(folder + "/" + file)
        else { return false }
        return stamp.size == entry.size && stamp.modified == entry.modified
    }

    /// Adds a finished file and writes the manifest anew, whole or not at all.
    mutating func add(_ entry: Entry) throws(StudioError) {
        entries[entry.file] = entry
        let lines = entries.keys.sorted().compactMap { entries[$0]?.line }
        let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        let path = path
        try studio { () throws(AudioIOError) in
            let sink = try FileByteSink(path: path, force: true)
            try sink.write(contentsOf: bytes)
            try sink.commit()
        }
    }
}
