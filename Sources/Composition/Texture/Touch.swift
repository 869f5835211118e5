import Music

/// How one piece sets its chords: a habit of the hands that it keeps, so that two pieces of one mood do not sound through
/// the same texture.
///
/// Many single strokes and few full ones are about as busy: what is taken from the one is given to the other, and the energy
/// that is heard stays the mood's.
enum Touch: CaseIterable {
    /// One key after another, the melody nearly alone above them.
    case broken
    case usual
    /// Several keys at once, less often.
    case struck

    private static let shares: [Float] = [0.4, 0.2, 0.4]

    static func draw(_ random: inout RandomStream) -> Touch { allCases[random.weighted(shares)] }

    /// Octaves by which attacks are more or fewer than planned.
    var bustle: Float {
        switch self {
        case .broken: 0.36
        case .usual: 0
        case .struck: -0.26
        }
    }

    /// Notes per attack of the right hand, added to the mood's, from and to.
    var thickness: (Float, Float) {
        switch self {
        case .broken: (-2.6, -0.36)
        case .usual: (0.12, 1.88)
        case .struck: (2.52, 4.92)
        }
    }

    /// The chance that a strong note of the melody has voices under it where the chord does not change.
    var pillars: Float {
        switch self {
        case .broken: 0.2
        case .usual: 0.45
        case .struck: 0.75
        }
    }

    /// The chance that the first note of the melody in a chord has voices under it where it comes after the change.
    var arrival: Float { self == .broken ? 0.2 : 0.7 }

    /// The chance that figures strike two tones where they are written with one.
    var fullness: Float {
        switch self {
        case .broken: 0
        case .usual: 0.25
        case .struck: 0.8
        }
    }

    /// The chance that a section's melody is doubled.
    var doubling: Float {
        switch self {
        case .broken: 0.05
        case .usual: 0.25
        case .struck: 0.6
        }
    }

    /// The chance that strokes of two tones strike three.
    var richness: Float { self == .struck ? 0.5 : 0 }

    /// How much more than others a figure is liked, by the share of its strokes that strike more than one key.
    func liking(_ figure: Figure) -> Float {
        let share = Float(figure.strokes.count { $0.tones.count > 1 }) / Float(max(1, figure.strokes.count))
        switch self {
        case .broken: return 1 - 0.9 * share
        case .usual: return 1
        case .struck: return 1 + 6 * share
        }
    }
}
