import Music

/// How far a piece keeps its hands apart: a habit of the whole piece, as people's pieces have theirs.
///
/// The left hand seeks its chord tones so far under the melody, and the right hand strikes inner tones with it while the
/// melody holds, so that the two share the room between them instead of taking turns a long way apart.
struct Spacing {
    /// Semitones from the lower quarter of the melody down to the middle of the left hand's chord tones.
    let distance: Float
    /// The chance that the right hand strikes an inner tone with the left one under a melody note that is held.
    let companions: Float

    private static let kinds: [Spacing] = [
        Spacing(distance: 2, companions: 0.6), Spacing(distance: 6.5, companions: 1),
        Spacing(distance: 11, companions: 1), Spacing(distance: 15.5, companions: 1),
        Spacing(distance: 20, companions: 1),
    ]
    /// Where the middle of the left hand's chord tones may lie: below, chords are mud (music.md 4.9), above, the hand is too
    /// far from its bass and in the way of the other.
    private static let middles: ClosedRange<Float> = 44...66

    static func draw(_ random: inout RandomStream) -> Spacing { random.pick(kinds) }

    /// Where the left hand's chord tones lie under a melody, MIDI number; where there is none yet, under its centre.
    func middle(under melody: [MelodyNote], centre: Float) -> Float {
        let pitches = melody.map(\.pitch).sorted()
        let quarter = pitches.isEmpty ? centre - Self.toQuarter : Float(pitches[pitches.count / 4])
        return clamp(quarter - distance, Self.middles.lowerBound, Self.middles.upperBound)
    }

    /// Semitones from the centre of a melody down to its lower quarter.
    private static let toQuarter: Float = 3
}
