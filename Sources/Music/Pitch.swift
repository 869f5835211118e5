/// A key of the piano by its MIDI number: 60 is middle C, the piano has 21...108.
public struct Pitch: Hashable, Sendable, Comparable {
    /// The MIDI number.
    public let midi: Int

    public init(_ midi: Int) { self.midi = midi }

    /// The keys of the piano.
    public static let pianoRange = Pitch(21)...Pitch(108)

    /// 0...11 from C.
    public var pitchClass: Int { ((midi % 12) + 12) % 12 }

    /// Scientific name with sharps, such as `C#4`.
    public var name: String { Self.sharpNames[pitchClass] + "\(midi / 12 - 1)" }

    /// Names of the twelve pitch classes with sharps.
    public static let sharpNames = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]

    public static func < (a: Pitch, b: Pitch) -> Bool { a.midi < b.midi }
    public static func + (pitch: Pitch, semitones: Int) -> Pitch { Pitch(pitch.midi + semitones) }
    public static func - (a: Pitch, b: Pitch) -> Int { a.midi - b.midi }
}
