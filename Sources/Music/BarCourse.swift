/// What the course of the mood makes of one bar, re the whole piece (music.md 4.13).
public struct BarCourse: Hashable, Sendable {
    /// Octaves by which the bar is played faster than the mean.
    public var tempo: Float
    /// Added to the level of the form, about -0.3...0.3 of the span from quiet to climax.
    public var level: Float

    public init(tempo: Float, level: Float) {
        self.tempo = tempo
        self.level = level
    }
}
