/// How a moment feels, on six axes.
///
/// Valence, energy, tension and intimacy lie in -1...1, nostalgia and openness in 0...1; construction clamps.
public struct Mood: Hashable, Sendable {
    public var valence: Float
    public var energy: Float
    public var tension: Float
    public var intimacy: Float
    public var nostalgia: Float
    public var openness: Float

    public init(
        valence: Float, energy: Float, tension: Float, intimacy: Float, nostalgia: Float, openness: Float
    ) {
        self.valence = min(1, max(-1, valence))
        self.energy = min(1, max(-1, energy))
        self.tension = min(1, max(-1, tension))
        self.intimacy = min(1, max(-1, intimacy))
        self.nostalgia = min(1, max(0, nostalgia))
        self.openness = min(1, max(0, openness))
    }
}
