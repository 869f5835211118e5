import Music

/// Where the beats of a performance lie on the clock, with a bar line at beat 0.
struct BeatGrid {
    /// Seconds at beats of rising number.
    private let points: [TempoPoint]

    /// Beats that the file brings with it; needs two points.
    init(_ points: [TempoPoint]) {
        precondition(points.count >= 2, "a grid needs two points")
        self.points = points
    }

    /// The grid of a performance: its own tempo map where the notes lie on it, else one that is heard in the notes.
    ///
    /// A map says nothing where somebody has played freely over a click that was never listened to.
    static func of(_ performance: Performance, metre: Int) -> BeatGrid {
        if performance.tempoMap.count >= 2 {
            let own = BeatGrid(performance.tempoMap)
            if own.meanResidual(performance.notes) < BeatGrid.believable { return own }
        }
        return BeatTracker.grid(performance.notes, metre: metre)
    }

    /// Mean distance to the nearest sixteenth or triplet up to which a map is believed, beats: chance gives 0.049.
    static let believable = 0.03

    /// The beat at a time; beyond the ends the outermost tempo goes on.
    func beat(at seconds: Double) -> Double {
        let right = min(points.count - 1, max(1, points.lowerBound { $0.seconds > seconds }))
        let (a, b) = (points[right - 1], points[right])
        guard b.seconds > a.seconds else { return a.beat }
        return a.beat + (b.beat - a.beat) * (seconds - a.seconds) / (b.seconds - a.seconds)
    }

    /// How far the onsets lie from the nearest sixteenth or triplet, beats.
    func meanResidual(_ notes: [NoteEvent]) -> Double {
        let residuals = notes.map { note in
            let beat = beat(at: note.onset)
            return [4.0, 3.0].map { abs(beat * $0 - (beat * $0).rounded()) / $0 }.min() ?? 0
        }
        return residuals.isEmpty ? 0 : residuals.reduce(0, +) / Double(residuals.count)
    }
}
