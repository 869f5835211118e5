public import Music

/// A broken rule and where.
public struct Finding: Hashable, Sendable {
    public enum Rule: String, Hashable, Sendable, CaseIterable {
        // What the hands do.
        case melodyNotOnTop = "an accompaniment tone at or above the melody"
        case handTooWide = "more than a tenth in one hand"
        case tooManyFingers = "more than five notes in one hand"
        case keyCollision = "a key struck while it is held"
        case lowInterval = "a narrow interval in the low bass"
        // What sounds together.
        case parallels = "parallel octaves or fifths between melody and bass"
        case semitoneClash = "a minor ninth held under the melody"
        case unresolvedDissonance = "a strong foreign tone that does not resolve"
        // How the melody goes.
        case hugeLeap = "a melodic leap of more than a twelfth"
        case outOfRange = "a melody note outside its range"
        case severalClimaxes = "a section with more than one climax"
        case repeatedTone = "a tone repeated more than five times"
        // How phrases and piece close.
        case shortEnding = "a section that ends on a short note"
        case lateBars = "a third bar in a row that begins with a rest"
        case emptyBar = "an empty bar"
        case restlessEnding = "a last bar that is not one chord struck once"
    }

    public let rule: Rule
    /// Where it begins.
    public let onset: Beat
    /// Bar from 0.
    public let bar: Int
    /// Section from 0.
    public let section: Int
    /// Half of the section, 0 or 1: the phrase.
    public let half: Int

    init(_ rule: Rule, at onset: Beat, in score: Score) {
        self.rule = rule
        self.onset = onset
        bar = onset.floor / score.metre.beats
        section = score.sections.lastIndex { $0.onset <= onset } ?? 0
        if score.sections.indices.contains(section) {
            let own = score.sections[section]
            half = bar - own.onset.floor / score.metre.beats >= own.bars / 2 ? 1 : 0
        } else {
            half = 0
        }
    }
}
