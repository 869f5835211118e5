package import Music

/// A chord for every beat from the notes that sound in it, by the cheapest path: changing has its price.
package enum ChordFinder {
    private struct Template {
        let root: Int
        let triad: [Int]
        let isMinor: Bool
    }

    /// Major, minor and diminished triads on all roots.
    private static let templates: [Template] = (0..<12).flatMap { root in
        [[0, 4, 7], [0, 3, 7], [0, 3, 6]].map { steps in
            Template(root: root, triad: steps.map { (root + $0) % 12 }, isMinor: steps[1] == 3)
        }
    }
    /// What a tone outside the chord, a root in the bass and a third that the key does not know count, share of the beat.
    private static let outside: Float = -0.7
    private static let rootInBass: Float = 0.35
    /// What a change costs, inside a bar and at a bar line.
    private static let change: (inside: Float, atBar: Float) = (0.5, 0.35)

    /// The chords of a piece of so many beats.
    package static func chords(of notes: [ScoreNote], beats: Int, metre: Int, key: Key) -> [ScoreChord] {
        guard beats > 0, !notes.isEmpty else { return [] }
        let weights = beatWeights(notes, beats)
        let fits = weights.map { beat in templates.map { fit($0, beat.classes, bass: beat.bass) } }
        let path = cheapestPath(fits, metre)
        var chords: [ScoreChord] = []
        var start = 0
        for beat in 1...beats where beat == beats || path[beat] != path[start] {
            let template = templates[path[start]]
            let span = weights[start..<beat]
            let total = span.reduce([Float](repeating: 0, count: 12)) { sum, beat in
                zip(sum, beat.classes).map { $0 + $1 }
            }
            let loudest = total.max() ?? 0
            let tones = Set(template.triad + (0..<12).filter { loudest > 0 && total[$0] > 0.4 * loudest })
            chords.append(
                ScoreChord(
                    name: Key(tonic: template.root, isMinor: template.isMinor).name, onset: Beat(start),
                    length: Beat(beat - start), root: template.root,
                    bass: span.compactMap(\.bass).first ?? template.root, triad: template.triad,
                    pitchClasses: tones.sorted(), localTonic: key.tonic))
            start = beat
        }
        return chords
    }

    private struct BeatWeight {
        /// Shares of the pitch classes; all zero in silence.
        var classes = [Float](repeating: 0, count: 12)
        var bass: Int?
    }

    private static func beatWeights(_ notes: [ScoreNote], _ beats: Int) -> [BeatWeight] {
        var weights = [BeatWeight](repeating: BeatWeight(), count: beats)
        var lowest = [Int](repeating: 128, count: beats)
        for note in notes {
            let end = min(beats, -(note.end * -1).floor)
            guard note.onset.floor < end else { continue }
            for beat in max(0, note.onset.floor)..<end {
                let overlap = min(note.end.value, Double(beat + 1)) - max(note.onset.value, Double(beat))
                guard overlap > 0 else { continue }
                weights[beat].classes[note.pitch.pitchClass] += Float(overlap)
                if note.pitch.midi < lowest[beat] {
                    lowest[beat] = note.pitch.midi
                    weights[beat].bass = note.pitch.pitchClass
                }
            }
        }
        for beat in weights.indices {
            let total = weights[beat].classes.reduce(0, +)
            if total > 0 { weights[beat].classes = weights[beat].classes.map { $0 / total } }
        }
        return weights
    }

    private static func fit(_ template: Template, _ classes: [Float], bass: Int?) -> Float {
        var fit: Float = 0
        for c in 0..<12 { fit += classes[c] * (template.triad.contains(c) ? 1 : outside) }
        if bass == template.root { fit += rootInBass }
        return fit
    }

    private static func cheapestPath(_ fits: [[Float]], _ metre: Int) -> [Int] {
        var score = fits[0]
        var back: [[Int]] = []
        for beat in fits.indices.dropFirst() {
            let price = beat % metre == 0 ? change.atBar : change.inside
            let best = score.indices.max { score[$0] < score[$1] } ?? 0
            var from = [Int](repeating: best, count: score.count)
            var next = score
            for t in score.indices {
                let isStaying = score[t] >= score[best] - price
                from[t] = isStaying ? t : best
                next[t] = (isStaying ? score[t] : score[best] - price) + fits[beat][t]
            }
            back.append(from)
            score = next
        }
        var path = [score.indices.max { score[$0] < score[$1] } ?? 0]
        for from in back.reversed() { path.append(from[path[path.count - 1]]) }
        return path.reversed()
    }
}
