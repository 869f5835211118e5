public import Music

extension MusicalParameters {
    /// What a mood becomes before the composer starts (music.md 2.5 with the constants of music-fit A.2).
    ///
    /// Deviations from 2.5: tempo and density steeper in energy, denser with a floor, the melody not below 60, the bass higher by
    /// three semitones, a narrower range of velocity, most of all at the loud end (music.md 5.0). Speed is heard as brightness
    /// (music.md 6.4, the probe), so register tells the two apart: melody and bass rise more with valence and sink with energy,
    /// and dark moods turn minor sooner. The stream varies tempo, mode lightness, harmonic rhythm and the melody's centre from
    /// piece to piece, so that moods on the border of the modes are sometimes minor.
    ///
    /// - Parameters:
    ///   - mood: What the music is to feel like.
    ///   - earlier: The mood that it comes from; without one, it comes from rest (guard a).
    ///   - stream: Draws the variation.
    /// - Returns: The parameters, each in its range.
    public static func derived(
        from mood: Mood, after earlier: Mood? = nil, stream: inout RandomStream
    ) -> MusicalParameters {
        derived(from: mood, after: earlier, variation: MoodVariation(stream: &stream))
    }

    /// As `derived(from:after:stream:)` with a variation that has been drawn; without one, the map itself.
    public static func derived(
        from mood: Mood, after earlier: Mood? = nil, variation: MoodVariation = MoodVariation()
    ) -> MusicalParameters {
        let (v, e, t, i) = (mood.valence, mood.energy, mood.tension, mood.intimacy)
        let (n, o) = (mood.nostalgia, mood.openness)
        func clamp(_ x: Float, _ low: Float, _ high: Float) -> Float { max(low, min(high, x)) }
        let tempo = clamp(
            72 * Exact.exp2(0.58 * e + 0.16 * v + 0.08 * t - 0.10 * i - 0.08 * n) * Exact.exp2(0.09 * variation.tempo),
            44, 138)
        let guardLightness = MoodGuards.brightening(from: earlier ?? mood.atRest, to: mood)
        let lightness = clamp(
            0.55 + 0.38 * v + 0.1 * min(0, v) - 0.12 * t - 0.10 * n + 0.04 * variation.lightness + guardLightness, 0, 1)
        let isMinor = lightness < 0.48
        let chordsPerBar = clamp(
            Exact.exp2(0.6 * e + 0.3 * t - 0.3 * i - 0.2 * o + 0.35 * variation.chordsPerBar), 0.25, 3)
        let dissonance = clamp(
            0.38 + 0.25 * t - 0.10 * v + 0.12 * n + 0.08 * o - 0.05 * i - guardLightness, 0.12, 0.9)
        let centre = 69 + 9.5 * v - e - 2 * i - 2 * n + 3 * o - 3 * max(0, t)
        return MusicalParameters(
            mood: mood, tempo: tempo,
            density: clamp(2.8 * Exact.exp2(1.6 * e + 0.12 * v + 0.15 * t - 0.20 * i), 1.4, 7),
            lightness: lightness, isMinor: isMinor, chordsPerBar: chordsPerBar, dissonance: dissonance,
            melodyCentre: clamp(centre, 60, 80) + 2 * variation.centre,
            lowestBass: clamp(37 + 6 * v - 4 * e - 5 * o - 4 * max(0, t) + 3 * i, 30, 43),
            phraseRange: clamp(8 + 3 * e + 3 * o + 2 * n, 7, 17),
            breath: clamp(0.30 - 0.15 * e + 0.15 * i + 0.15 * o, 0.1, 0.6),
            notesPerAttack: clamp(1.9 + 0.5 * max(0, e) + 0.4 * o + 0.3 * max(0, t), 1.2, 3.4),
            velocity: clamp(60 + (e > 0 ? 9.5 : 12) * e + 4 * t - 4 * i, 36, 92),
            families: families(mood, isMinor: isMinor))
    }

    /// The same parameters in the other mode, with that mode's chord families: for a key that was wished for.
    public func inMode(isMinor: Bool) -> MusicalParameters {
        guard isMinor != self.isMinor else { return self }
        var other = self
        other.isMinor = isMinor
        other.lightness = isMinor ? min(lightness, 0.45) : max(lightness, 0.6)
        other.families = Self.families(mood, isMinor: isMinor)
        return other
    }

    /// Shares of the chord families: softmax of dot products with the mood, only those of the piece's mode; for a
    /// valence of .4 and more the nostalgic share is capped (2.5, music-fit A.4).
    private static func families(_ mood: Mood, isMinor: Bool) -> Families {
        let (v, e, t, i) = (mood.valence, mood.energy, mood.tension, mood.intimacy)
        let (n, o) = (mood.nostalgia, mood.openness)
        func softmax(_ scores: [Float]) -> [Float] {
            let top = scores.max() ?? 0
            let shares = scores.map { Exact.exp(($0 - top) / 0.6) }
            let total = shares.reduce(0, +)
            return shares.map { $0 / total > 0.04 ? $0 / total : 0 }
        }
        var families = Families()
        if isMinor {
            let shares = softmax([-0.9 * v - 0.2 * e + 0.3 * n, 1.1 * t - 0.5 * v])
            (families.melancholic, families.tense) = (shares[0], shares[1])
        } else {
            var shares = softmax([
                0.9 * v - 0.6 * e - 0.6 * t + 0.4 * i, 0.1 * v + 1.1 * n + 0.3 * i, 1.1 * o - 0.3 * i,
                0.7 * v + 0.7 * e + 0.3 * o,
            ])
            let others = shares[0] + shares[2] + shares[3]
            if v >= 0.4, others > 0 { shares[1] = min(shares[1], 0.25 / 0.75 * others) }
            (families.golden, families.nostalgic) = (shares[0], shares[1])
            (families.wonder, families.hopeful) = (shares[2], shares[3])
        }
        let total =
            families.golden + families.nostalgic + families.melancholic + families.wonder + families.hopeful
            + families.tense
        families.golden /= total
        families.nostalgic /= total
        families.melancholic /= total
        families.wonder /= total
        families.hopeful /= total
        families.tense /= total
        return families
    }
}
