package import Music

/// Tension of tones against their chord and of chords against their key, after the KTH rules (music.md 5.2).
package enum Charge {
    /// By semitones above the root of the chord.
    private static let melodic: [Float] = [0, 6.5, 2, 4.5, 4, 2.5, 6, 1, 5.5, 3, 3.5, 5]
    /// By semitones from the tonic to the root of a major chord.
    private static let major: [Float] = [0, 7, 4, 3.5, 6, 3, 7.5, 1.5, 4, 6, 3.5, 7]
    /// By semitones from the tonic to the root of a minor chord.
    private static let minor: [Float] = [0.3, 8, 2.5, 7, 3, 3.5, 7, 2, 6.5, 1.5, 6, 5.5]
    private static let diminished: Float = 5

    /// How far a tone pulls away from its chord, 0...6.5.
    package static func melodic(_ pitch: Pitch, over chord: ScoreChord) -> Float {
        melodic[semitones(from: chord.root, to: pitch.pitchClass)]
    }

    /// How far a chord lies from its key, 0...8.
    package static func harmonic(_ chord: ScoreChord) -> Float {
        let isMinor = chord.triad.contains { semitones(from: chord.root, to: $0) == 3 }
        let isFlat = chord.triad.contains { semitones(from: chord.root, to: $0) == 6 }
        if isMinor && isFlat { return diminished }
        return (isMinor ? minor : major)[semitones(from: chord.localTonic, to: chord.root)]
    }

    private static func semitones(from a: Int, to b: Int) -> Int { (((b - a) % 12) + 12) % 12 }
}
