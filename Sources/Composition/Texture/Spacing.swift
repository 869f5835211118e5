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
        Spacing(distance: 2, companions: 0), Spacing(distance: 6.5, companions: 0.5),
        Spacing(distance: 11, companions: 0.8), Spacing(distance: 15.5, companions: 1),
        Spacing(distance: 20, companions: 1),
    ]
    /// Octaves by which the widest kind is likelier than the closest one, per unit of energy.
    private static let drive: Float = 0.5
    /// The middle of the left hand's chord tones lies no lower: below, chords are mud (music.md 4.9).
    private static let lowestMiddle: Float = 44

    static func draw(energy: Float, _ random: inout RandomStream) -> Spacing {
        let last = Float(kinds.count - 1)
        return kinds[
            random.weighted(kinds.indices.map { Exact.exp2(drive * energy * (Float($0) / last - 0.5)) })]
    }

    /// Where the left hand's chord tones lie under a melody, MIDI number; where there is none yet, under its centre.
    func middle(under melody: [MelodyNote], centre: Float) -> Float {
        let pitches = melody.map(\.pitch).sorted()
        let quarter = pitches.isEmpty ? centre - Self.toQuarter : Float(pitches[pitches.count / 4])
        return max(Self.lowestMiddle, quarter - distance)
    }

    /// Semitones from the centre of a melody down to its lower quarter.
    private static let toQuarter: Float = 3
}
