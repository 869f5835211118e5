import Moods

/// The 64 most extreme moods.
enum Corners {
    static let all: [Mood] = (0..<64).map { bits in
        func axis(_ bit: Int, _ low: Float) -> Float { bits >> bit & 1 == 1 ? 1 : low }
        return Mood(
            valence: axis(0, -1), energy: axis(1, -1), tension: axis(2, -1), intimacy: axis(3, -1),
            nostalgia: axis(4, 0), openness: axis(5, 0))
    }

    /// The smallest and the largest value over all corners.
    static func range(_ value: (Mood) -> Float) -> ClosedRange<Float> {
        let values = all.map(value)
        return (values.min() ?? 0)...(values.max() ?? 0)
    }
}

func mood(
    _ valence: Float = 0, _ energy: Float = 0, _ tension: Float = 0, _ intimacy: Float = 0, _ nostalgia: Float = 0,
    _ openness: Float = 0
) -> Mood {
    Mood(
        valence: valence, energy: energy, tension: tension, intimacy: intimacy, nostalgia: nostalgia,
        openness: openness)
}

/// Equal as far as Float tells, to one part in a thousand.
func isClose(_ a: Float, _ b: Float) -> Bool { abs(a - b) <= 1e-3 * max(1, abs(b)) }
