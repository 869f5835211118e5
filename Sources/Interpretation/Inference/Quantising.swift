import Music

/// Onsets and ends to the simplest exact beats that explain them.
enum Quantising {
    /// Places in a beat, and what choosing them costs, in beats of mean error.
    private static let grids: [(places: Int, cost: Double)] = [
        (1, 0), (2, 0.004), (4, 0.012), (3, 0.014), (6, 0.03), (8, 0.034), (12, 0.05),
    ]

    /// Written notes of all roles `.figure`; `offset` is the number of the first bar's first beat.
    static func notes(_ events: [NoteEvent], _ grid: BeatGrid, offset: Int) -> [ScoreNote] {
        let onsets = events.map { grid.beat(at: $0.onset) - Double(offset) }
        // What comes just before a beat belongs to it.
        let beats = Dictionary(grouping: events.indices) { Int((onsets[$0] + 0.08).rounded(.down)) }
        var written: [ScoreNote] = []
        for members in beats.values {
            let places = places(members.map { onsets[$0] })
            for i in members {
                let onset = max(.zero, Beat(nearest: onsets[i], per: places))
                let end = grid.beat(at: events[i].release) - Double(offset)
                let length = Beat(nearest: end, per: max(4, places)) - onset
                written.append(
                    ScoreNote(
                        onset: onset, length: max(Beat(1, max(4, places)), length), pitch: events[i].pitch,
                        role: .figure))
            }
        }
        return written.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
    }

    private static func places(_ onsets: [Double]) -> Int {
        func price(_ grid: (places: Int, cost: Double)) -> Double {
            let n = Double(grid.places)
            let errors = onsets.map { abs($0 * n - ($0 * n).rounded()) / n }
            return errors.reduce(0, +) / Double(max(1, errors.count)) + grid.cost
        }
        return grids.min { price($0) < price($1) }?.places ?? 4
    }
}
