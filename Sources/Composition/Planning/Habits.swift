import Music

/// What sets a piece apart from others of its mood besides form and key, drawn once.
struct Habits {
    /// How far its sections lie apart in density, thickness and height, re the usual.
    let contrast: Float
    /// Semitones by which its melodies lie higher or lower.
    let height: Float

    private static let contrasts: [Float] = [0.4, 0.7, 1, 1.5, 2]
    private static let heights: [Float] = [-2, -1, 0, 1, 2]

    static func draw(_ random: inout RandomStream) -> Habits {
        Habits(contrast: random.pick(contrasts), height: random.pick(heights))
    }
}
