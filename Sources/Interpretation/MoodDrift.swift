import Music

/// Tempo and loudness of a mood that changes within the piece (music.md 4.13): straight lines from bar to bar, which the
/// composer has kept within the limits, beside all that phrases and sections do.
extension Curves {
    /// The levels of the form alone: where a course is written, sections carry its mean with them.
    static func form(of score: Score) -> Score {
        guard !score.course.isEmpty else { return score }
        var form = score
        for i in form.sections.indices {
            let first = Int(form.sections[i].onset.value) / score.metre.beats
            let bars = score.course[
                min(first, score.course.count)..<min(first + form.sections[i].bars, score.course.count)]
            form.sections[i].level -= bars.reduce(0) { $0 + $1.level } / Float(max(1, bars.count))
        }
        return form
    }

    /// Loudness by the course's levels.
    mutating func addCourseLevel(_ score: Score, range: Float) {
        for (i, value) in line(score, \.level).enumerated() { level[i] += range * value }
    }

    /// The course's tempo, beyond which the limits of the rules do not reach.
    mutating func addCourseTempo(_ score: Score) {
        let octave = Exact.log(2)
        for (i, value) in line(score, \.tempo).enumerated() { logDuration[i] -= octave * value }
    }

    /// A value of the course at each cell, empty where there is no course.
    private func line(_ score: Score, _ value: (BarCourse) -> Float) -> [Float] {
        guard !score.course.isEmpty else { return [] }
        let beats = Float(score.metre.beats)
        let line = PiecewiseLinear(
            xs: score.course.indices.map { (Float($0) + 0.5) * beats }, ys: score.course.map(value))
        return level.indices.map { line(Float($0) / Float(Grid.cells)) }
    }
}
