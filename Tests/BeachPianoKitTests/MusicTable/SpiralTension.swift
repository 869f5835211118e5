import Music

/// Harmonic tension of sounding notes on the spiral array (Herremans & Chew 2016, as music.md 4.4 uses it): how far apart
/// the notes of a bar lie and how far their centre lies from the key's.
enum SpiralTension {
    private typealias Point = SIMD3<Double>

    /// Fifths from the tonic of each semitone above it, spelled as people do in both modes.
    private static let fifths = [0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5]

    private static func point(_ fifths: Int) -> Point {
        let quarter = ((fifths % 4) + 4) % 4
        let rise = (2.0 / 15).squareRoot()
        return Point([0, 1, 0, -1][quarter], [1, 0, -1, 0][quarter], Double(fifths) * rise)
    }

    /// Chew's weights of root, fifth and third in a chord, and of its chords in a key.
    private static func triads(_ a: Point, _ b: Point, _ c: Point) -> Point { a * 0.536 + b * 0.274 + c * 0.190 }

    private static func major(_ root: Int) -> Point { triads(point(root), point(root + 1), point(root + 4)) }
    private static func minor(_ root: Int) -> Point { triads(point(root), point(root + 1), point(root - 3)) }

    private static func distance(_ a: Point, _ b: Point) -> Double {
        let d = a - b
        return (d * d).sum().squareRoot()
    }

    private static func centre(_ points: [(Point, Double)]) -> Point {
        let weight = points.reduce(0) { $0 + $1.1 }
        return points.reduce(Point.zero) { $0 + $1.0 * $1.1 } / max(1e-9, weight)
    }

    /// Strain plus diameter of each bar.
    static func bars(_ score: Score) -> [Double] {
        let key =
            score.key.isMinor
            ? triads(minor(0), major(1), minor(-1)) : triads(major(0), major(1), major(-1))
        var tones = [[(Point, Double)]](repeating: [], count: score.bars)
        for note in score.notes {
            let bar = note.onset.floor / score.metre.beats
            guard tones.indices.contains(bar) else { continue }
            let steps = fifths[(note.pitch.midi - score.key.tonic + 120) % 12]
            tones[bar].append((point(steps), note.length.value))
        }
        return tones.map { tones in
            guard !tones.isEmpty else { return 0 }
            var diameter = 0.0
            for a in tones { for b in tones { diameter = max(diameter, distance(a.0, b.0)) } }
            return diameter / 3.58 + distance(centre(tones), key) / 1.85
        }
    }
}
