import Music

/// The habits of one pianist, the same in every piece and every evening.
///
/// People agree on much (tempo curves correlate by .7 to .9, music.md 5.0); what is left are these constants and their
/// own view of each phrase. Factors vary by some twenty percent about one (music.md 5.3, "Individuality").
struct PersonalStyle {
    /// Depth of the arches of phrases and of gestures.
    var phraseArch: Float
    var gestureArch: Float
    var rubato: Float
    var finalRitard: Float
    var leaps: Float
    var punctuation: Float
    var charge: Float
    /// How far the melody stands out, and how far apart soft and loud sections are.
    var voicing: Float
    var dynamicRange: Float
    /// How far the melody comes before its chord.
    var lead: Float
    /// Seconds by which the left hand tends to come after the right.
    var leftHandLag: Float
    /// How often the left hand comes early, and how often chords are rolled.
    var earlyLeft: Float
    var rolls: Float
    /// Added to ln(held / written): legato or detached playing of melody, middle voices and bass.
    var melodyHold: Float
    var middleHold: Float
    var bassHold: Float
    /// Seconds by which the foot is late, up and down.
    var pedalRise: Float
    var pedalPress: Float
    /// Added to the pedal's depth.
    var pedalDepth: Float

    init(_ hands: Individuality) {
        var random = hands.habit("style")
        func draw() -> Float { hands.freedom * ExpressiveWeights.clamp(random.normal(), -2, 2) }
        func factor(_ spread: Float) -> Float { Exact.exp(spread * draw()) }
        phraseArch = factor(0.20)
        gestureArch = factor(0.25)
        rubato = factor(0.20)
        finalRitard = factor(0.20)
        leaps = factor(0.25)
        punctuation = factor(0.25)
        charge = factor(0.20)
        voicing = factor(0.12)
        dynamicRange = factor(0.12)
        lead = factor(0.35)
        leftHandLag = 0.006 * draw()
        earlyLeft = factor(0.40)
        rolls = factor(0.40)
        melodyHold = 0.08 * draw()
        middleHold = 0.12 * draw()
        bassHold = 0.10 * draw()
        pedalRise = 0.008 * draw()
        pedalPress = 0.014 * draw()
        pedalDepth = 0.03 * draw()
    }
}

extension ExpressiveWeights {
    /// The same weights in these hands, inside the ranges of music.md 5.3.
    func taken(by style: PersonalStyle) -> ExpressiveWeights {
        var weights = self
        weights.phraseArch *= style.phraseArch
        weights.gestureArch *= style.gestureArch
        weights.rubato *= style.rubato
        weights.finalRitard = Self.clamp(finalRitard * style.finalRitard, 0.1, 0.9)
        weights.leaps *= style.leaps
        weights.punctuation *= style.punctuation
        weights.charge *= style.charge
        weights.voicing *= style.voicing
        weights.rolledOpenings *= style.rolls
        return weights
    }
}
