/// What happens during a batch, for a progress bar or a line of JSON.
public enum BatchEvent: Sendable {
    /// What there is to do: pieces, those done already, seconds of music to make.
    case started(pieces: Int, skipped: Int, seconds: Double)
    /// How far it is: 0...1 of the music, pieces done and to do, pieces a minute.
    case progress(fraction: Double, done: Int, pieces: Int, failed: Int, rate: Double)
    /// A piece is finished: its files, seconds of music, seconds that it took.
    case finished(files: [String], seconds: Double, took: Double)
    case failed(StudioError)
    /// A remark for the user.
    case note(String)

    /// One object with an `event` of its own; nil for what a stream of events leaves out.
    public var json: JSON? {
        switch self {
        case .started(let pieces, let skipped, let seconds):
            .object([
                ("event", .string("started")), ("pieces", .integer(pieces)), ("skipped", .integer(skipped)),
                ("seconds", .number(seconds, places: 1)),
            ])
        case .progress: nil
        case .finished(let files, let seconds, let took):
            .object([
                ("event", .string("finished")), ("files", .array(files.map { .string($0) })),
                ("seconds", .number(seconds, places: 2)), ("took", .number(took, places: 2)),
            ])
        case .failed(let error):
            .object([
                ("event", .string("failed")), ("error", .string(error.message)),
                ("code", .integer(Int(error.exitCode))),
            ])
        case .note(let text): .object([("event", .string("note")), ("text", .string(text))])
        }
    }
}

/// What a batch did.
public struct BatchReport: Sendable {
    /// Files made.
    public var rendered: [String]
    /// Files that were there already, as they should be.
    public var skipped: [String]
    /// Pieces that were not begun.
    public var left: Int
    /// The page that shows all pieces, where one was asked for.
    public var catalogue: String?
    /// One line each: what could not be done, and why.
    public var failures: [StudioError]
    /// Seconds of music made.
    public var seconds: Double
    /// Seconds that it took.
    public var elapsed: Double

    /// nil when all is done, else the code of the failures: an end from outside, then what trying again may mend, then
    /// what stands in the way, then bad inputs.
    public var exitCode: Int32? {
        let kinds = Set(failures.map(\.kind))
        let order: [StudioError.Kind] = [
            .interrupted, .terminated, .ioError, .tryAgain, .cannotCreate, .badData,
        ]
        return (order.first { kinds.contains($0) } ?? failures.first?.kind)?.rawValue
    }

    public var line: String {
        var parts = ["\(rendered.count) rendered"]
        if !skipped.isEmpty { parts.append("\(skipped.count) already there") }
        // An end from outside is no failure of a piece.
        let failed = failures.count { ![.interrupted, .terminated, .tryAgain].contains($0.kind) }
        if failed > 0 { parts.append("\(failed) failed") }
        if left > 0 { parts.append("\(left) pieces left") }
        if seconds > 0 {
            parts.append("\(clockText(seconds)) of music")
            parts.append("\(decimal(seconds / max(1e-3, elapsed), 1))x real time")
        }
        if let catalogue { parts.append(catalogue) }
        return parts.joined(separator: " · ")
    }

    public var json: JSON {
        .object([
            ("rendered", .array(rendered.map { .string($0) })), ("skipped", .array(skipped.map { .string($0) })),
            ("left", .integer(left)), ("catalogue", catalogue.map { .string($0) } ?? .null),
            ("failures", .array(failures.map { .string($0.message) })),
            ("seconds", .number(seconds, places: 2)), ("elapsed", .number(elapsed, places: 2)),
        ])
    }
}
