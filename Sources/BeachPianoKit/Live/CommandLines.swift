/// Bytes cut into lines, whatever comes.
package struct CommandLines {
    package enum Line: Hashable, Sendable {
        case text(String)
        /// A line that is longer than any command, and was thrown away.
        case tooLong

        /// What it asks for; nil for an empty line or a comment.
        /// - Throws: what is wrong with it, in one sentence.
        package func command() throws(StudioError) -> LiveCommand? {
            switch self {
            case .text(let text): return try LiveCommand.parse(text)
            case .tooLong:
                throw StudioError(.usage, "a line of over \(CommandLines.limit) bytes is no command")
            }
        }
    }

    /// Bytes of the longest line.
    static let limit = 4096

    private var pending: [UInt8] = []
    private var isSkipping = false

    package init() {}

    /// Takes bytes and answers the lines that end in them; bytes that are no UTF-8 are replaced.
    package mutating func add(_ bytes: some Sequence<UInt8>) -> [Line] {
        var lines: [Line] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                if !isSkipping { lines.append(text) }
                isSkipping = false
                pending.removeAll(keepingCapacity: true)
            } else if !isSkipping {
                pending.append(byte)
                guard pending.count > Self.limit else { continue }
                lines.append(.tooLong)
                isSkipping = true
            }
        }
        return lines
    }

    /// The last line where the input ends without an end of line.
    package mutating func end() -> [Line] {
        defer { pending = [] }
        return pending.isEmpty || isSkipping ? [] : [text]
    }

    private var text: Line { .text(String(decoding: pending, as: UTF8.self)) }
}
