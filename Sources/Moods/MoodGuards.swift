/// Where the linear map would say something else than it means (music.md 2.5, "Interaction guards").
public enum MoodGuards {
    /// Guard (a): a rise of energy of more than this, at a valence that stays, is heard as darker than it is meant.
    static let rise: Float = 0.5
    /// How far the valence may move and still count as the same.
    static let sameValence: Float = 0.1
    /// What mode lightness gains and dissonance loses then.
    static let step: Float = 0.05

    /// Guard (c): for a valence above 0, no passage has a mean pitch (MIDI number) below and a velocity above these.
    public static let threat: (pitch: Float, velocity: Float) = (52, 80)

    /// How much lighter the mode becomes, and how much milder the harmony, on the way from one mood to another.
    public static func brightening(from earlier: Mood, to mood: Mood) -> Float {
        let isConstant = abs(mood.valence - earlier.valence) <= sameValence
        return isConstant && mood.energy - earlier.energy > rise ? step : 0
    }
}

extension Mood {
    /// The same feeling before it moves: energy 0.
    var atRest: Mood {
        Mood(
            valence: valence, energy: 0, tension: tension, intimacy: intimacy, nostalgia: nostalgia,
            openness: openness)
    }
}
