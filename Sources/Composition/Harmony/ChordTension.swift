import Music

/// Harmonic tension of a chord in its key, from the spiral array of Chew (radius 1, rise sqrt(2/15) a fifth; weights of
/// chord and key .536, .274, .190): it gives the values of Table H of music.md 4.4, which the tests compare.
package struct ChordTension: Hashable, Sendable {
    /// Largest distance between two tones.
    package let diameter: Float
    /// Distance of the chord's centre from the centre of the key.
    package let strain: Float
    /// Distance of the chord's centre from the centre of the tonic chord.
    package let momentum: Float
    /// Sensory roughness of a close voicing: the mean of Table H for this kind of chord.
    package let roughness: Float

    /// Tension of a triad in a major or minor key.
    package init(_ chord: ChordSymbol, isMinor: Bool) {
        let tones = chord.triadFifths.map(Self.point)
        let centre = Self.mean(tones)
        var diameter: Float = 0
        for a in tones { for b in tones { diameter = max(diameter, Self.distance(a, b)) } }
        self.diameter = diameter
        strain = Self.distance(centre, isMinor ? Self.minorKey : Self.majorKey)
        momentum = Self.distance(centre, Self.mean([0, isMinor ? -3 : 4, 1].map(Self.point)))
        roughness = chord.quality == .diminished ? 1.4 : chord.quality == .major ? 0.8 : 0.9
    }

    /// 0...1: strain, diameter, momentum and roughness by their weights, each scaled over Table H.
    package var value: Float {
        func scaled(_ x: Float, _ low: Float, _ high: Float) -> Float { min(1, max(0, (x - low) / (high - low))) }
        return 0.35 * scaled(strain, 0.26, 1.85) + 0.25 * scaled(diameter, 1.46, 3.58)
            + 0.25 * scaled(momentum, 0, 2.11) + 0.15 * scaled(roughness, 0.18, 3.09)
    }

    private typealias Point = SIMD3<Float>

    private static let rise: Float = (Float(2) / 15).squareRoot()
    private static let weights: [Float] = [0.536, 0.274, 0.190]
    private static let majorKey = weighted([majorChord(0), majorChord(1), majorChord(-1)])
    private static let minorKey = weighted([minorChord(0), majorChord(1), minorChord(-1)])

    /// A tone on the spiral: a quarter turn for each fifth, so that its sine and cosine are whole numbers.
    private static func point(_ fifths: Int) -> Point {
        let quarter = ((fifths % 4) + 4) % 4
        return Point([0, 1, 0, -1][quarter], [1, 0, -1, 0][quarter], Float(fifths) * rise)
    }

    private static func majorChord(_ root: Int) -> Point { weighted([root, root + 1, root + 4].map(point)) }
    private static func minorChord(_ root: Int) -> Point { weighted([root, root + 1, root - 3].map(point)) }

    private static func weighted(_ points: [Point]) -> Point {
        points[0] * weights[0] + points[1] * weights[1] + points[2] * weights[2]
    }

    private static func mean(_ points: [Point]) -> Point { points.reduce(Point.zero, +) / Float(points.count) }

    private static func distance(_ a: Point, _ b: Point) -> Float {
        let d = a - b
        return (d * d).sum().squareRoot()
    }
}
