public import Music

/// Plays a flat file as a pianist would: reads the score out of it, then performs that (`perform --expressive`).
public enum ExpressiveReading {
    /// Seconds in which the last chord rings after the last bar.
    static let ringOut = 5.0

    /// The same notes with tempo, loudness, touch and pedal of a pianist, at the file's own mean tempo.
    ///
    /// - Parameters:
    ///   - flat: What the file says; its own pedal gives way to the pianist's.
    ///   - hints: What else the file says.
    ///   - pianist: Whose hands.
    /// - Returns: The performance; without notes, the one that came in.
    public static func perform(
        _ flat: Performance, hints: ScoreInference.Hints = ScoreInference.Hints(), pianist: UInt64 = 1
    ) -> Performance {
        guard !flat.notes.isEmpty else { return flat }
        let score = ScoreInference.score(of: flat, hints: hints)
        let seconds = Double(score.beats) * 60 / Double(score.tempo)
        return Pianist(mood: ScoreInference.mood(of: score), seed: Seed(pianist))
            .perform(score, duration: Pianist.leadIn + seconds + ringOut, ringOut: ringOut)
    }
}
