import Glibc
import Synchronization

/// A finished file of a batch.
struct BatchEntry: Sendable {
    var file: String
    /// The identity of its piece.
    var identity: String
    /// Digest of everything that made it.
    var inputs: String
    /// Bytes.
    var size: Int
    /// Nanoseconds.
    var modified: Int
    var sha256: String
    /// What is known of the piece; `.null` for companions.
    var piece: JSON

    var line: String {
        JSON.object([
            ("file", .string(file)), ("id", .string(identity)), ("inputs", .string(inputs)), ("size", .integer(size)),
            ("modified", .integer(modified)), ("sha256", .string(sha256)), ("piece", piece),
        ]).text
    }
}

/// What a folder of results holds, one JSON object a line in `manifest.jsonl`, or one such file for each shard.
///
/// Lines are appended and synced one by one. The last line on a file counts; one that a loss of power has torn does not,
/// and its file is made again. A file that is begun is noted before it appears, so that a later run knows it as its own.
final class BatchLedger: Sendable {
    private struct State {
        var entries: [String: BatchEntry] = [:]
        var begun: Set<String> = []
        /// How far each manifest has been read.
        var read: [String: Int] = [:]
    }

    private let state = Mutex(State())
    private let folder: String
    private let ownName: String

    /// Reads all manifests of a folder; lines are added to `ownName`.
    init(folder: String, ownName: String) throws(StudioError) {
        self.folder = folder
        self.ownName = ownName
        try refresh()
    }

    /// The manifests in a folder, sorted.
    static func manifests(in folder: String) throws(StudioError) -> [String] {
        try FileSystem.list(folder).filter {
            $0 == "manifest.jsonl" || $0.hasPrefix("manifest.") && $0.hasSuffix(".jsonl")
        }
    }

    /// Entries by file, sorted.
    var entries: [BatchEntry] { state.withLock { $0.entries.values.sorted { $0.file < $1.file } } }

    /// True for a file that a batch has made or begun.
    func knows(_ file: String) -> Bool { state.withLock { $0.entries[file] != nil || $0.begun.contains(file) } }

    /// Reads what other processes have added meanwhile.
    func refresh() throws(StudioError) {
        for name in try Self.manifests(in: folder) {
            let path = folder + "/" + name
            guard FileSystem.kind(path) == .file, let size = FileSystem.stamp(path)?.size else { continue }
            let known = state.withLock { $0.read[name, default: 0] }
            guard size > known else { continue }
            let bytes = try FileSystem.read(path, from: known, limit: 1 << 30)
            // What follows the last line end is still being written, or torn.
            guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { continue }
            let text = String(decoding: bytes[...end], as: UTF8.self)
            state.withLock { state in
                state.read[name] = known + end + 1
                for line in text.split(separator: "\n") { Self.take(line, &state) }
            }
        }
    }

    private static func take(_ line: Substring, _ state: inout State) {
        guard let object = JSON(parsing: line) else { return }
        if let file = object["begun"]?.string {
            state.begun.insert(file)
        } else if let file = object["file"]?.string, let inputs = object["inputs"]?.string,
            let size = object["size"]?.integer, let modified = object["modified"]?.integer,
            let sha256 = object["sha256"]?.string
        {
            state.entries[file] = BatchEntry(
                file: file, identity: object["id"]?.string ?? "", inputs: inputs, size: size, modified: modified,
                sha256: sha256, piece: object["piece"] ?? .null)
        }
    }

    /// True where the file is there, as it was left, and made from the same inputs.
    ///
    /// One whose time stamp alone has changed, as after a copy, is read again.
    func isDone(_ output: BatchOutput) -> Bool {
        guard var entry = state.withLock({ $0.entries[output.file] }), entry.inputs == output.inputs,
            let stamp = FileSystem.stamp(folder + "/" + output.file), stamp.size == entry.size
        else { return false }
        if stamp.modified == entry.modified { return true }
        guard (try? FileSystem.digest(ofFile: folder + "/" + output.file)) == entry.sha256 else { return false }
        entry.modified = stamp.modified
        try? add([entry])
        return true
    }

    /// Notes that files are about to appear.
    func begin(_ files: [String]) throws(StudioError) {
        let new = files.filter { !knows($0) }
        guard !new.isEmpty else { return }
        try append(new.map { JSON.object([("begun", .string($0))]).text })
        state.withLock { $0.begun.formUnion(new) }
    }

    /// Adds finished files.
    func add(_ entries: [BatchEntry]) throws(StudioError) {
        try append(entries.map(\.line))
        state.withLock { state in
            for entry in entries { state.entries[entry.file] = entry }
        }
    }

    /// Appends whole lines with one write, under a lock, and syncs them.
    private func append(_ lines: [String]) throws(StudioError) {
        let path = folder + "/" + ownName
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else {
            throw StudioError(.cannotCreate, "\(path): cannot be written: \(lastSystemError())")
        }
        defer { close(descriptor) }
        _ = flock(descriptor, LOCK_EX)
        var bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        // A torn last line must not swallow ours.
        let end = lseek(descriptor, 0, SEEK_END)
        var last: UInt8 = 0
        if end > 0, unsafe pread(descriptor, &last, 1, end - 1) == 1, last != UInt8(ascii: "\n") {
            bytes.insert(UInt8(ascii: "\n"), at: 0)
        }
        let written = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count, fsync(descriptor) == 0 else {
            throw StudioError(.ioError, "\(path): cannot be written: \(lastSystemError())")
        }
    }
}
