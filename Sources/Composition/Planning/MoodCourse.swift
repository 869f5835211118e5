import Moods

/// What the course of a mood does to the plan: where it is more driven or uneasy than the whole, sections are fuller and
/// bars tenser, and the other way round.
struct MoodCourse {
    private let moment: Moment?
    private let mood: Mood
    private let duration: Double
    /// The same bar by bar, where music follows it.
    private let trajectory: Trajectory?

    init(_ request: CompositionRequest, _ trajectory: Trajectory?) {
        self.trajectory = trajectory
        moment = request.course.count > 1 ? Moment(moods: request.course) : nil
        mood = request.mood
        duration = request.duration
    }

    /// Energy and tension at a share 0...1 of the piece, relative to the whole.
    private func difference(at share: Float) -> (energy: Float, tension: Float) {
        guard let moment else { return (0, 0) }
        let bars = trajectory?.bars ?? []
        let here =
            bars.isEmpty
            ? moment.mood(at: Double(share) * duration)
            : bars[min(bars.count - 1, Int(share * Float(bars.count)))].mood
        return (here.energy - mood.energy, here.tension - mood.tension)
    }

    /// The sections with their levels moved, by .3 at most.
    func shaped(_ sections: [PlannedSection]) -> [PlannedSection] {
        guard moment != nil else { return sections }
        let bars = sections.reduce(0) { $0 + $1.bars }
        var at = 0
        return sections.map { section in
            let middle = (Float(at) + Float(section.bars) / 2) / Float(max(1, bars))
            let (energy, tension) = difference(at: middle)
            let step =
                trajectory.map { $0.level(at..<at + section.bars) }
                ?? max(-0.3, min(0.3, 0.6 * energy + 0.3 * tension))
            at += section.bars
            return PlannedSection(
                letter: section.letter, variant: section.variant, bars: section.bars,
                level: max(0, min(1, section.level + step)), phraseBars: section.phraseBars,
                transposition: section.transposition, isMinor: section.isMinor, cast: section.cast)
        }
    }

    /// The tension of each bar, moved by the course.
    func shaped(_ tension: [Float]) -> [Float] {
        guard moment != nil else { return tension }
        return tension.enumerated().map { bar, value in
            let (energy, tension) = difference(at: (Float(bar) + 0.5) / Float(tension.count))
            return max(0, min(1, value + 0.5 * tension + 0.25 * energy))
        }
    }
}
