import Music

/// What sets a piece apart from others of its mood besides form and key, drawn once.
struct Habits {
    /// How far its sections lie apart in density, thickness and height, re the usual.
    let contrast: Float
    /// Semitones by which its melodies lie higher or lower.
    let height: Float

    private static let contrasts: [Float] = [0.2, 0.6, 1, 1.6, 2.3]
    private static let heights: [Float] = [-3, -1.5, 0, 1.5, 3]

    /// On the course of a mood, sections lie apart as their moods do, and no more than that.
    static func draw(isOnCourse: Bool, _ random: inout RandomStream) -> Habits {
        let contrast = random.pick(contrasts)
        return Habits(contrast: isOnCourse ? min(1, contrast) : contrast, height: random.pick(heights))
    }
}
