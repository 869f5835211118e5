import AudioIO
import Glibc
import Moods
import Music

extension Studio {
    /// How many times faster than real time one core is taken to render, for the estimate of a work list that has not
    /// been begun.
    private static let usualSpeed = 12.0

    /// The work list without any work: a line or a JSON object for each piece, with sizes and times to expect.
    public func batchList(_ wishes: BatchWishes, json: Bool) throws(StudioError) -> (
        text: String, failures: [StudioError]
    ) {
        let plan = try workList(wishes)
        let jobs = Double(wishes.jobs ?? environment.processorCount)
        let music = plan.pieces.reduce(0) { $0 + $1.source.duration }
        let bytes = plan.pieces.reduce(0) { $0 + $1.estimate }
        let time = music / Self.usualSpeed / max(1, jobs)
        if json {
            let pieces = plan.pieces.map { piece in
                JSON.object([
                    ("id", .string(piece.identity)), ("preset", .string(piece.label)),
                    ("mood", piece.source.moment.moods[0].name.map { .string($0) } ?? .null),
                    ("seed", .string("\(piece.source.seed.value)")), ("words", .string(piece.source.seedText)),
                    ("duration", .number(piece.source.duration, places: 2)), ("bytes", .integer(piece.estimate)),
                    ("files", .array(piece.outputs.map { .string($0.file) })),
                ])
            }
            let text = JSON.object([
                ("pieces", .array(pieces)), ("seconds", .number(music, places: 2)), ("bytes", .integer(bytes)),
                ("estimate", .number(time, places: 0)),
            ]).text
            return (text, plan.failures)
        }
        var lines = plan.pieces.map { piece in
            let files = piece.outputs.map(\.file).joined(separator: " ")
            return "\(piece.identity)  \(clockText(piece.source.duration))  \(piece.source.seedText)  \(files)"
        }
        lines.append(
            "\(plan.pieces.count) pieces · \(clockText(music)) of music · up to \(sizeText(bytes)) · about "
                + "\(clockText(time))")
        return (lines.joined(separator: "\n"), plan.failures)
    }

    /// Reads every file of a folder of results again and compares it with its checksum.
    /// - Returns: a line for each file as `sha256sum -c` reads it, the checksum being the manifest's; and what differs.
    public func batchVerify(_ folder: String) throws(StudioError) -> (lines: [String], failures: [StudioError]) {
        let ledger = try existingLedger(folder)
        var failures: [StudioError] = []
        var lines: [String] = []
        for entry in ledger.entries {
            try cancellation.check()
            lines.append("\(entry.sha256)  \(entry.file)")
            let path = folder + "/" + entry.file
            guard FileSystem.kind(path) == .file else {
                failures.append(StudioError(.notFound, "\(path): is in the manifest, but not there"))
                continue
            }
            if try FileSystem.digest(ofFile: path) != entry.sha256 {
                failures.append(
                    StudioError(
                        .badData, "\(path): differs from its checksum; remove it and run the batch again"))
            }
        }
        return (lines, failures)
    }

    /// Puts the manifests of all shards into one, sorted, each file once; files that are gone are left out.
    ///
    /// - Parameters:
    ///   - folder: the folder of results.
    ///   - catalogue: whether the page that shows all pieces is written too.
    ///   - force: whether that may replace a page of somebody else's.
    /// - Returns: how many files the manifest holds, and the path of the page.
    /// - Throws: where there is no manifest, a batch is at work, or something cannot be written.
    public func batchMerge(_ folder: String, catalogue: Bool, force: Bool) throws(StudioError) -> (
        files: Int, catalogue: String?
    ) {
        guard FileSystem.kind(folder) == .folder else {
            throw StudioError(.notFound, "\(folder): there is no such folder")
        }
        guard let lock = try BatchLocks(folder: folder).take(.folder(exclusive: true)) else {
            throw StudioError(.tryAgain, "\(folder): a batch is at work in it, try again later")
        }
        defer { withExtendedLifetime(lock) {} }
        let ledger = try existingLedger(folder)
        let there = ledger.entries.filter { FileSystem.kind(folder + "/" + $0.file) == .file }
        let own = Shard.whole.manifestName
        let path = folder + "/" + own
        try studio { () throws(AudioIOError) in
            let sink = try FileByteSink(path: path, force: true)
            try sink.write(contentsOf: Array(there.map { $0.line + "\n" }.joined().utf8))
            try sink.commit()
        }
        // Only now: whatever happens, each line is in one of them.
        for name in try BatchLedger.manifests(in: folder) where name != own { _ = unsafe unlink(folder + "/" + name) }
        return (there.count, catalogue ? try writeCatalogue(there, in: folder, force: force) : nil)
    }

    private func existingLedger(_ folder: String) throws(StudioError) -> BatchLedger {
        guard try !BatchLedger.manifests(in: folder).isEmpty else {
            throw StudioError(.notFound, "\(folder): there is no manifest in it")
        }
        return try BatchLedger(folder: folder, ownName: Shard.whole.manifestName)
    }
}
