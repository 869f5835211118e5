public import Moods
public import Music

/// A section as planned.
public struct PlannedSection: Hashable, Sendable {
    /// `A`, `B`, `C` for melodic material, `i` intro, `o` outro.
    public var letter: String
    /// 0 for the first statement, counted up for returns.
    public var variant: Int
    public var bars: Int
    /// Length of a phrase in bars; the last phrase of a section may be longer or shorter.
    public var phraseBars: Int
    /// From 0, quiet, to 1, the climax.
    public var level: Float
    /// Semitones from the home tonic to the section's.
    public var transposition: Int
    /// What the mood at the time of this section asks for.
    public var parameters: MusicalParameters

    public init(
        letter: String, variant: Int, bars: Int, phraseBars: Int, level: Float, transposition: Int,
        parameters: MusicalParameters
    ) {
        self.letter = letter
        self.variant = variant
        self.bars = bars
        self.phraseBars = phraseBars
        self.level = level
        self.transposition = transposition
        self.parameters = parameters
    }
}

/// What a piece decides once, before its notes.
public struct Plan: Hashable, Sendable {
    public var title: String
    public var seed: Seed
    /// Salt of each re-rolled layer.
    public var rerolls: [Seed.Layer: UInt64]
    /// What the mood at the start asks for.
    public var parameters: MusicalParameters
    public var form: Form
    public var key: Key
    public var metre: Metre
    /// Quarter notes per minute; bars, metre and tempo together fill `duration - ringOut` exactly.
    public var tempo: Float
    /// Seconds of the finished piece, ring-out included.
    public var duration: Double
    /// Seconds in which the last chord rings.
    public var ringOut: Double
    public var sections: [PlannedSection]
    /// Planned harmonic tension of each bar, from 0 to 1.
    public var tension: [Float]
    public var returns: ReturnKind

    /// Length in bars.
    public var bars: Int { sections.reduce(0) { $0 + $1.bars } }

    /// The seed's streams with their salts.
    package var streams: CompositionStreams { CompositionStreams(seed: seed, rerolls: rerolls) }
}
