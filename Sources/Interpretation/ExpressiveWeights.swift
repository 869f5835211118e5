package import Moods

/// How strongly this mood takes each rule (music.md 5.3), relative to the lyrical mood in which the constants were fitted.
package struct ExpressiveWeights {
    /// Slowing and softening of periods and phrases; never inverted.
    package var phraseArch: Float
    /// The same for gestures.
    var gestureArch: Float
    /// Weight k of the final ritard, 0.1...0.9.
    package var finalRitard: Float
    /// Weight k of duration contrast: negative softens the difference of short and long notes.
    var durationContrast: Float
    var highLoud: Float
    /// Melodic and harmonic charge.
    var charge: Float
    var punctuation: Float
    var leaps: Float
    /// Melody above the accompaniment.
    var voicing: Float
    /// Individual rubato.
    var rubato: Float
    /// Mean MIDI velocity.
    var velocity: Float
    /// From the quietest section to the climax, dB (music.md 5.4).
    var dynamicRange: Float
    /// Share of phrase-opening chords that are rolled (music.md 5.5).
    var rolledOpenings: Float
    /// Whether the mood leans on the una corda where it is quiet (music.md 2.5).
    var likesUnaCorda: Bool
    /// Whether the pedal may bind two chords without a low semitone between them (music.md 5.6).
    var bindsChords: Bool
    /// Whether low and loud, which reads as threat, is out of place (music.md 2.5, guard c).
    var forbidsThreat: Bool

    package init(mood: Mood) {
        let energy = max(0, mood.energy)
        let tension = max(0, mood.tension)
        let warmth = mood.intimacy
        phraseArch = Self.clamp(
            (1 + 0.9 * warmth + 0.6 * mood.nostalgia - 0.5 * energy - 1.2 * tension) / 1.5, 0.5, 1.6)
        gestureArch = Self.clamp((0.4 + 0.4 * warmth) / 0.68, 0.45, 1.2)
        finalRitard = Self.clamp(0.35 + 0.25 * warmth + 0.2 * mood.nostalgia, 0.1, 0.9)
        durationContrast = Self.clamp(0.2 + 1.4 * mood.energy - warmth, -1.5, 2)
        highLoud = (0.5 + 0.3 * mood.openness) / 0.65
        charge = (0.8 + 0.4 * mood.nostalgia + 0.4 * tension) / 0.92
        punctuation = 0.8 + 0.6 * energy
        leaps = Self.clamp((0.6 + 0.8 * warmth) / 1.16, 0.3, 1.2)
        voicing = 1 + 0.2 * warmth + 0.1 * mood.nostalgia
        rubato = Self.clamp(
            (0.10 + 0.10 * warmth + 0.08 * mood.nostalgia + 0.05 * tension - 0.06 * mood.energy) / 0.2, 0.6, 1.3)
        velocity = MusicalParameters.derived(from: mood).velocity
        dynamicRange = Self.clamp(11 + 3 * mood.energy - 2 * warmth, 7, 14)
        rolledOpenings = Self.clamp(0.10 + 0.10 * (max(0, warmth) + mood.nostalgia), 0.10, 0.25)
        likesUnaCorda = warmth > 0.5
        bindsChords = mood.openness > 0.7
        forbidsThreat = mood.valence > 0
    }

    static func clamp(_ x: Float, _ low: Float, _ high: Float) -> Float { min(high, max(low, x)) }
}
