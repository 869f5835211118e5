import BeachPianoKit

/// What went wrong in a reader that is no crash: what it promises does not hold.
struct Fault: Error {
    var what: String
}

/// An input: bytes, and what kind of file they would be.
struct Sample {
    var kind: String
    var bytes: [UInt8]
}

/// A reader under fire.
protocol Target {
    /// Good inputs, made by formula.
    func seeds() -> [Sample]
    /// Inputs that are good as well, but as large as they get; used now and then.
    func giants() -> [Sample]
    /// What the reader knows, to be strewn in.
    var words: [[UInt8]] { get }
    /// Bytes of an input at most.
    var limit: Int { get }
    /// Reads a file as the command does.
    ///
    /// - Parameters:
    ///   - path: of the input.
    ///   - home: a home folder that is the reader's own.
    /// - Returns: how it went, the same text where it went the same way.
    /// - Throws: what went wrong.
    func read(_ path: String, home: String) throws(Fault) -> String
}

/// The readers by name.
enum Targets {
    /// The four of the fuzzing rule.
    static let all = ["words", "photo", "sound", "journal"]

    static func named(_ name: String) -> (any Target)? {
        switch name {
        case "words": WordsTarget()
        case "photo": PhotoTarget()
        case "sound": SoundTarget()
        case "journal": JournalTarget()
        case "canary": CanaryTarget()
        default: nil
        }
    }

    /// A studio whose home is a folder of the campaign, and which says nothing.
    static func studio(home: String) -> Studio {
        Studio(
            console: Console(level: .quiet, environment: Environment(variables: ["HOME": home])),
            cancellation: Cancellation())
    }

    /// A refusal as it should be: with a kind of its own and one line.
    static func refusal(_ error: StudioError, allowed: [StudioError.Kind]) throws(Fault) -> String {
        guard allowed.contains(error.kind) else { throw Fault(what: "refused as \(error.kind): \(error.message)") }
        guard !error.message.isEmpty, error.message.utf8.count < 4000 else {
            throw Fault(what: "a refusal of \(error.message.utf8.count) bytes")
        }
        return "refused: \(outline(error.message))"
    }

    /// A text without its numbers and quotations, so that what went the same way reads the same.
    static func outline(_ text: String) -> String {
        var out = ""
        var isQuoted = false
        for character in text.prefix(300) {
            if character == "'" {
                isQuoted.toggle()
            } else if !isQuoted, !character.isNumber, out.count < 120 {
                out.append(character)
            }
        }
        return out
    }
}
