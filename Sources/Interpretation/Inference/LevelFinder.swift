import Music

/// How loud each part of a piece is meant, from what the file says and from how full and high it is written.
enum LevelFinder {
    /// A file whose velocities differ less than this (sd) says nothing about loudness.
    private static let flat: Float = 3

    /// One section for each period, its level between 0 and 1.
    static func sections(
        _ phrases: [ScorePhrase], _ notes: [ScoreNote], velocities: [Float], bars: Int, metre: Int, key: Key
    ) -> [ScoreSection] {
        let starts = Set(
            phrases.filter { $0.level == .period }.map { max(0, ($0.onset + Beat(metre, 2)).floor / metre) })
        let places = starts.union([0]).filter { $0 < bars }.sorted() + [bars]
        let mean = velocities.reduce(0, +) / Float(max(1, velocities.count))
        let variance = velocities.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(max(1, velocities.count))
        let isFlat = variance.squareRoot() < flat
        let values = zip(places, places.dropFirst()).map { start, end -> Float in
            let from = notes.lowerBound { $0.onset >= Beat(start * metre) }
            let to = notes.lowerBound { $0.onset >= Beat(end * metre) }
            guard from < to else { return 0 }
            if !isFlat { return velocities[from..<to].reduce(0, +) / Float(to - from) / 12 }
            let density = Exact.log2(Float(to - from) / Float(end - start))
            let top = notes[from..<to].map { Float($0.pitch.midi) }.max() ?? 60
            return density + top / 12
        }
        let low = values.min() ?? 0
        let range = (values.max() ?? 0) - low
        return zip(places, places.dropFirst()).enumerated().map { k, span in
            // Small differences stay small: an octave, or a doubling of notes, is the whole range.
            ScoreSection(
                letter: "A", variant: k, onset: Beat(span.0 * metre), bars: span.1 - span.0,
                level: 0.5 + (range > 0 ? (values[k] - low) / max(1, range) - 0.5 * min(1, range) : 0),
                key: key)
        }
    }
}
