/// What a mood becomes before the composer starts: the rows of music.md 2.5 as corrected by music-fit A.2.
public struct MusicalParameters: Hashable, Sendable {
    /// Shares of the six chord families, golden, nostalgic, melancholic, wonder, hopeful, tense; sum 1, zero = left out.
    public struct Families: Hashable, Sendable {
        public var golden: Float = 0
        public var nostalgic: Float = 0
        public var melancholic: Float = 0
        public var wonder: Float = 0
        public var hopeful: Float = 0
        public var tense: Float = 0

        public init() {}
    }

    public var mood: Mood
    /// Quarter notes per minute.
    public var tempo: Float
    /// Attacks per second, both hands together.
    public var density: Float
    /// 0 dark (Phrygian) to 1 bright (Ionian).
    public var lightness: Float
    public var isMinor: Bool
    public var chordsPerBar: Float
    /// 0...1, chooses chord colours.
    public var dissonance: Float
    /// MIDI number.
    public var melodyCentre: Float
    /// MIDI number.
    public var lowestBass: Float
    /// Semitones.
    public var phraseRange: Float
    /// Share of two-bar units that lose a note to a rest.
    public var breath: Float
    public var notesPerAttack: Float
    /// Mean MIDI velocity.
    public var velocity: Float
    public var families: Families

    public init(
        mood: Mood, tempo: Float, density: Float, lightness: Float, isMinor: Bool, chordsPerBar: Float,
        dissonance: Float, melodyCentre: Float, lowestBass: Float, phraseRange: Float, breath: Float,
        notesPerAttack: Float, velocity: Float, families: Families
    ) {
        self.mood = mood
        self.tempo = tempo
        self.density = density
        self.lightness = lightness
        self.isMinor = isMinor
        self.chordsPerBar = chordsPerBar
        self.dissonance = dissonance
        self.melodyCentre = melodyCentre
        self.lowestBass = lowestBass
        self.phraseRange = phraseRange
        self.breath = breath
        self.notesPerAttack = notesPerAttack
        self.velocity = velocity
        self.families = families
    }
}
