/// What went wrong, in one sentence, named by what the user can do about it.
public struct StudioError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds and their exit codes (sysexits.h, and 128 + signal).
    public enum Kind: Int32, Hashable, Sendable {
        case usage = 64
        case badData = 65
        case notFound = 66
        case unavailable = 69
        case cannotCreate = 73
        case ioError = 74
        case tryAgain = 75
        case interrupted = 130
        case terminated = 143
    }

    public var kind: Kind
    /// One line without a full stop of its own needed: what, where, what would be right.
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
    public var exitCode: Int32 { kind.rawValue }
}
