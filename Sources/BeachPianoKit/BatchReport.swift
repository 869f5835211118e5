/// What a batch did.
public struct BatchReport: Sendable {
    public var rendered: [String]
    public var skipped: [String]
    /// One line each: what could not be done, and why.
    public var failures: [StudioError]
    /// Seconds of music made.
    public var seconds: Double
    /// Seconds that it took.
    public var elapsed: Double

    /// nil when all is done, else the code of the failures: bad inputs before failures that trying again may mend.
    public var exitCode: Int32? {
        guard !failures.isEmpty else { return nil }
        let kinds = Set(failures.map(\.kind))
        for kind in [StudioError.Kind.interrupted, .terminated] where kinds.contains(kind) { return kind.rawValue }
        if kinds.contains(.ioError) { return StudioError.Kind.ioError.rawValue }
        if kinds.contains(.tryAgain) { return StudioError.Kind.tryAgain.rawValue }
        return failures.contains { $0.kind == .badData }
            ? StudioError.Kind.badData.rawValue : failures.first?.exitCode
    }

    public var line: String {
        var parts = ["\(rendered.count) rendered"]
        if !skipped.isEmpty { parts.append("\(skipped.count) already there") }
        if !failures.isEmpty { parts.append("\(failures.count) failed") }
        if seconds > 0 {
            parts.append("\(clockText(seconds)) of music")
            parts.append("\(decimal(seconds / max(1e-3, elapsed), 1))x real time")
        }
        return parts.joined(separator: " · ")
    }

    public var json: JSON {
        .object([
            ("rendered", .array(rendered.map { .string($0) })), ("skipped", .array(skipped.map { .string($0) })),
            ("failures", .array(failures.map { .string($0.message) })), ("seconds", .number(seconds, places: 2)),
            ("elapsed", .number(elapsed, places: 2)),
        ])
    }
}
