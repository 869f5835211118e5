package import Composition
import Interpretation
package import Moods
package import Music

/// A composed and performed piece: every intermediate of it.
package struct Piece: Sendable {
    package let source: ResolvedSource
    /// How its sound was asked for, beyond what the moment says.
    package var output = OutputSettings()
    package let plan: Plan
    package let score: Score
    package let performance: Performance

    /// Composes and performs what a source asks for.
    ///
    /// The same source gives the same piece everywhere.
    package init(_ source: ResolvedSource) throws(StudioError) {
        let moment = source.moment
        let mood = moment.mood(over: source.duration)
        let request = CompositionRequest(
            mood: mood, title: moment.title ?? Self.title(source.name), seed: source.seed,
            duration: source.duration, music: moment.music, rerolls: moment.rerolls,
            course: moment.moods, swell: moment.sea.swell)
        let (plan, score) = Composer.compose(request)
        self.init(source, plan: plan, score: score)
    }

    /// Performs what has been composed for a source.
    init(_ source: ResolvedSource, plan: Plan, score: Score) {
        self.source = source
        self.plan = plan
        self.score = score
        let moment = source.moment
        let mood = moment.mood(over: source.duration)
        let pianist = Pianist(
            mood: mood, seed: source.seed, pianist: moment.pianist, take: moment.rerolls[.performance] ?? 0,
            unaCorda: moment.unaCorda)
        performance = pianist.perform(
            score, duration: source.duration, ringOut: plan.ringOut,
            breath: plan.waveBars.map { SwellBreath(beats: $0 * plan.metre.beats, first: plan.firstCrest($0)) })
    }

    /// A title from a name: `golden-hour` becomes `Golden hour`.
    static func title(_ name: String) -> String {
        let words = name.map { $0 == "-" ? " " : String($0) }.joined()
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// The moment that makes this piece again, with all that was decided.
    package var moment: Moment {
        var moment = source.said
        moment.title = score.title
        moment.seed = source.seedText
        moment.duration = source.duration
        moment.kept = KeptNotes(place: moment.kept.place)
        moment.output.rate = output.rate ?? moment.output.rate
        moment.output.format = output.format ?? moment.output.format
        moment.output.loudness = output.loudness ?? moment.output.loudness
        return moment
    }
}
