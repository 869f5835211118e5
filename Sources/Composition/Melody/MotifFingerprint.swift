public import Music

/// What a motif is recognized by: its intervals in semitones and its rhythm, wherever it begins.
public struct MotifFingerprint: Hashable, Sendable {
    /// Semitones from note to note.
    public let intervals: [Int]
    /// Beats from onset to onset.
    public let rhythm: [Beat]

    /// The fingerprint of notes in the order of their onsets.
    public init(_ notes: [ScoreNote]) {
        intervals = zip(notes, notes.dropFirst()).map { $1.pitch - $0.pitch }
        rhythm = zip(notes, notes.dropFirst()).map { $1.onset - $0.onset }
    }
}

extension Score {
    /// The fingerprint of the main motif as first stated.
    public var motifFingerprint: MotifFingerprint { MotifFingerprint(motif) }
}
