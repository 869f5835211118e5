/// A file that a batch makes.
struct BatchOutput: Sendable {
    enum Kind: Sendable {
        case sound(OutputChoice)
        case companion(Companion)
    }

    /// Its name in the folder.
    let file: String
    let kind: Kind
    /// Digest of everything that makes it.
    let inputs: String
    /// Bytes to expect, on the safe side.
    let estimate: Int
}

/// A piece of a batch with all its files.
struct BatchPiece: Sendable {
    /// Digest of what tells it from every other piece: the same whatever else is in the work list, as 16 hexadecimal
    /// digits.
    let identity: String
    let source: ResolvedSource
    /// Name of the preset or mood.
    let label: String
    /// Where it was asked for.
    let origin: String
    let outputs: [BatchOutput]

    var estimate: Int { outputs.reduce(0) { $0 + $1.estimate } }
}
