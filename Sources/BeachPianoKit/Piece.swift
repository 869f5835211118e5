import Composition
import Interpretation
package import Moods
package import Music

/// A composed and performed piece: every intermediate of it.
package struct Piece: Sendable {
    package let source: ResolvedSource
    let plan: Plan
    package let score: Score
    package let performance: Performance

    /// Composes and performs what a source asks for.
    ///
    /// The same source gives the same piece everywhere.
    package init(_ source: ResolvedSource) throws(StudioError) {
        self.source = source
        let moment = source.moment
        let request = CompositionRequest(
            mood: moment.mood, title: moment.title ?? Self.title(source.name), seed: source.seed,
            duration: source.duration, music: moment.music, rerolls: source.rerolls)
        (plan, score) = Composer.compose(request)
        // A re-rolled performance has a seed of its own; the notes keep theirs.
        let salt = source.rerolls[.performance] ?? 0
        let pianist = Pianist(
            mood: moment.mood, seed: Seed(source.seed.value &+ salt &* 0x9E37_79B9_7F4A_7C15), pianist: source.pianist,
            unaCorda: moment.unaCorda)
        performance = pianist.perform(score, duration: source.duration, ringOut: plan.ringOut)
    }

    /// A title from a name: `golden-hour` becomes `Golden hour`.
    static func title(_ name: String) -> String {
        let words = name.map { $0 == "-" ? " " : String($0) }.joined()
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// The moment that makes this piece again, with all that was decided.
    package var moment: Moment {
        var moment = source.moment
        moment.title = score.title
        moment.seed = source.seedText
        moment.duration = source.duration
        return moment
    }
}
