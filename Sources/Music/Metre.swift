/// Beats in the bar; the beat is a quarter note.
public struct Metre: Hashable, Sendable, CustomStringConvertible {
    /// Quarter notes in a bar: 3 or 4 in what we compose, any number in a MIDI file.
    public let beats: Int

    public init(beats: Int) {
        precondition(beats > 0, "a bar has at least one beat")
        self.beats = beats
    }

    public var description: String { "\(beats)/4" }
}
