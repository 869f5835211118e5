import Music

/// Curves over bars.
enum BarCurve {
    /// The mean over so many seconds around each bar.
    static func smoothed(_ values: [Double], seconds: Double, barSeconds: Double) -> [Double] {
        let reach = max(0, Int((seconds / barSeconds / 2).rounded()))
        return values.indices.map { bar in
            mean(Array(values[max(0, bar - reach)...min(values.count - 1, bar + reach)]))
        }
    }

    /// Zero mean, unit deviation; a constant stays zero.
    static func standardised(_ values: [Double]) -> [Double] {
        let (m, s) = (mean(values), deviation(values))
        return values.map { s > 1e-9 ? ($0 - m) / s : 0 }
    }
}

/// Harmonic tension of sounding notes on the spiral array (Herremans & Chew 2016, as music.md 4.4 uses it): how far apart
/// the notes of a bar lie and how far their centre lies from the key's.
enum SpiralTension {
    private typealias Point = SIMD3<Double>

    /// Fifths from the tonic of each semitone above it, major and minor, spelled as people do.
    private static let majorFifths = [0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5]
    private static let minorFifths = [0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5]

    private static func point(_ fifths: Int) -> Point {
        let quarter = ((fifths % 4) + 4) % 4
        let rise = (2.0 / 15).squareRoot()
        return Point([0, 1, 0, -1][quarter], [1, 0, -1, 0][quarter], Double(fifths) * rise)
    }

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
        let table = score.key.isMinor ? minorFifths : majorFifths
        let key = centre(
            (score.key.isMinor ? [0, 1, -3, -1, -4, 2] : [0, 1, 4, -1, 3, 2]).enumerated().map {
                (point($0.element), [0.4, 0.2, 0.2, 0.1, 0.05, 0.05][$0.offset])
            })
        var tones = [[(Point, Double)]](repeating: [], count: score.bars)
        for note in score.notes {
            let bar = note.onset.floor / score.metre.beats
            guard tones.indices.contains(bar) else { continue }
            let fifths = table[(note.pitch.midi - score.key.tonic + 120) % 12]
            tones[bar].append((point(fifths), note.length.value))
        }
        return tones.map { tones in
            guard !tones.isEmpty else { return 0 }
            var diameter = 0.0
            for a in tones { for b in tones { diameter = max(diameter, distance(a.0, b.0)) } }
            return diameter / 3.58 + distance(centre(tones), key) / 1.85
        }
    }
}
