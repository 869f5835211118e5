import Music

/// The composer's levels as loudness: 7 to 14 dB from quiet to climax by mood (music.md 5.4).
enum SectionDynamics {
    /// How far below its level the climax begins: it is reached, not jumped upon.
    private static let approach: Float = 0.15

    /// dB over beats, relative to the mean; each section leans towards the next over its last quarter, the climax rises to
    /// its height until then.
    static func plan(_ score: Score, range: Float) -> PiecewiseLinear {
        var xs: [Float] = []
        var ys: [Float] = []
        for (i, section) in score.sections.enumerated() {
            let start = Float(section.onset.value)
            let end = start + Float(section.bars * score.metre.beats)
            let next = i + 1 < score.sections.count ? score.sections[i + 1].level : section.level
            xs += [start, start + 0.75 * (end - start), end - 0.01]
            let before = i > 0 ? score.sections[i - 1].level : 0
            let entry = section.level == 1 ? max(section.level - approach, (before + section.level) / 2) : section.level
            ys += [entry, section.level + 0.05, (section.level + next) / 2]
        }
        let mean = ys.reduce(0, +) / Float(max(1, ys.count))
        return PiecewiseLinear(xs: xs, ys: ys.map { range * ($0 - mean) })
    }

    /// dB of one section relative to the mean of all, weighted by their bars.
    static func level(of section: ScoreSection, in score: Score, range: Float) -> Float {
        let bars = score.sections.reduce(0) { $0 + $1.bars }
        let mean = score.sections.reduce(Float(0)) { $0 + $1.level * Float($1.bars) } / Float(max(1, bars))
        return range * (section.level - mean)
    }
}
