public import Music

/// How one piece stands off from the map of its mood, in the standard deviations that `MusicalParameters` gives them.
public struct MoodVariation: Hashable, Sendable {
    /// Normal draws.
    public var tempo: Float
    public var lightness: Float
    public var chordsPerBar: Float
    /// Uniform in -1...1.
    public var centre: Float

    /// The map itself, unless said otherwise.
    public init(tempo: Float = 0, lightness: Float = 0, chordsPerBar: Float = 0, centre: Float = 0) {
        self.tempo = tempo
        self.lightness = lightness
        self.chordsPerBar = chordsPerBar
        self.centre = centre
    }

    /// Draws one.
    public init(stream: inout RandomStream) {
        tempo = stream.normal()
        lightness = stream.normal()
        chordsPerBar = stream.normal()
        centre = stream.uniform(-1, 1)
    }
}
