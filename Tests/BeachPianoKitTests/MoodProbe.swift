import Music

/// Where a performance lies between dark and bright, still and driven, by two logistic fits on people's ratings
/// (music.md 6.4): the linear parts, in the fits' own units.
struct MoodProbe {
    let valence: Double
    let arousal: Double

    private static let rows: [(mean: Double, spread: Double, valence: Double, arousal: Double)] = [
        (1.713, 0.703, 0.24, 1.02), (2.580, 0.784, 0.55, 1.14), (61.86, 5.41, 0.40, -0.46), (11.35, 3.13, -0.38, 0.63),
        (3.51, 1.10, -0.40, -0.11), (0.010, 0.185, 0.78, -0.09), (0.790, 0.119, 0.51, 0.00),
        (0.874, 0.096, 0.46, -0.18),
        (0.633, 0.189, -0.52, 0.12), (7.82, 3.36, 0.41, -0.47), (92.2, 22.0, -0.11, 0.25), (48.1, 13.8, 0.14, -0.50),
    ]
    private static let major = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88]
    private static let minor = [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]

    init(_ performance: Performance) {
        let notes = performance.notes
        let seconds = max(1, (notes.map { $0.onset }.max() ?? 1) - (notes.map { $0.onset }.min() ?? 0))
        var onsets: [Double] = []
        for note in notes where onsets.last.map({ note.onset - $0 > 0.05 }) ?? true { onsets.append(note.onset) }
        let pitches = notes.map { Double($0.pitch.midi) }
        let mean = pitches.reduce(0, +) / Double(pitches.count)
        let spread = (pitches.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(pitches.count)).squareRoot()
        var histogram = [Double](repeating: 0, count: 12)
        for note in notes { histogram[note.pitch.pitchClass] += note.release - note.onset }
        let (bestMajor, _) = Self.best(histogram, Self.major)
        let (bestMinor, _) = Self.best(histogram, Self.minor)
        let features = [
            (Double(onsets.count) / seconds).logarithm2, (Double(notes.count) / seconds).logarithm2, mean, spread,
            Self.polyphony(notes), bestMajor - bestMinor, max(bestMajor, bestMinor), Self.scaleConsistency(histogram),
            Self.groove(notes), Self.skyline(notes),
            notes.reduce(0) { $0 + Double($1.velocity) } / Double(notes.count),
            (pitches.max() ?? 0) - (pitches.min() ?? 0),
        ]
        var (valence, arousal) = (1.06, 0.33)
        for (x, row) in zip(features, Self.rows) {
            let z = (x - row.mean) / row.spread
            valence += row.valence * z
            arousal += row.arousal * z
        }
        (self.valence, self.arousal) = (valence, arousal)
    }

    /// The best correlation with the profile over all tonics.
    private static func best(_ histogram: [Double], _ profile: [Double]) -> (Double, Int) {
        (0..<12).map { tonic in (correlation((0..<12).map { histogram[($0 + tonic) % 12] }, profile), tonic) }
            .max { $0.0 < $1.0 } ?? (0, 0)
    }

    private static func correlation(_ a: [Double], _ b: [Double]) -> Double {
        let (ma, mb) = (a.reduce(0, +) / Double(a.count), b.reduce(0, +) / Double(b.count))
        var (ab, aa, bb) = (0.0, 0.0, 0.0)
        for (x, y) in zip(a, b) {
            ab += (x - ma) * (y - mb)
            aa += (x - ma) * (x - ma)
            bb += (y - mb) * (y - mb)
        }
        return aa > 0 && bb > 0 ? ab / (aa * bb).squareRoot() : 0
    }

    /// Mean number of keys down over cells of 125 ms in which any is.
    private static func polyphony(_ notes: [NoteEvent]) -> Double {
        var cells: [Int: Set<Int>] = [:]
        for note in notes {
            for cell in Int(note.onset * 8)...max(Int(note.onset * 8), Int(note.release * 8)) {
                cells[cell, default: []].insert(note.pitch.midi)
            }
        }
        return Double(cells.values.reduce(0) { $0 + $1.count }) / Double(max(1, cells.count))
    }

    /// The largest share of notes in one major or natural minor scale.
    private static func scaleConsistency(_ histogram: [Double]) -> Double {
        let total = histogram.reduce(0, +)
        return (0..<12).map { tonic in
            [0, 2, 4, 5, 7, 9, 11].reduce(0) { $0 + histogram[($1 + tonic) % 12] } / max(1e-9, total)
        }.max() ?? 0
    }

    /// Mean agreement of neighbouring windows of 2 s in which of their 16 cells are struck.
    private static func groove(_ notes: [NoteEvent]) -> Double {
        var windows: [Int: Set<Int>] = [:]
        for note in notes {
            let cell = Int(note.onset * 8)
            windows[cell / 16, default: []].insert(cell % 16)
        }
        let last = windows.keys.max() ?? 0
        guard last > 0 else { return 1 }
        let total = (0..<last).reduce(0.0) { sum, k in
            sum + 1 - Double(windows[k, default: []].symmetricDifference(windows[k + 1, default: []]).count) / 16
        }
        return total / Double(last)
    }

    /// Mean interval between the highest notes struck one after the other.
    private static func skyline(_ notes: [NoteEvent]) -> Double {
        var tops: [(time: Double, pitch: Int)] = []
        for note in notes {
            if let last = tops.last, note.onset - last.time < 0.05 {
                tops[tops.count - 1].pitch = max(last.pitch, note.pitch.midi)
            } else {
                tops.append((note.onset, note.pitch.midi))
            }
        }
        let moves = zip(tops, tops.dropFirst()).map { Double(abs($1.pitch - $0.pitch)) }
        return moves.reduce(0, +) / Double(max(1, moves.count))
    }
}

extension Double {
    fileprivate var logarithm2: Double { Double(Exact.log2(Float(self))) }
}
