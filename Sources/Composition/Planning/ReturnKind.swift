import Moods
import Music

/// How closely what was heard comes again: one kind a piece, kept throughout (music-plans 3).
public enum ReturnKind: String, Hashable, Sendable, CaseIterable {
    /// Notes and hands as they were; only ends change.
    case copied
    /// Nearly every two bars exact.
    case literal
    /// Two of three exact.
    case usual
    /// More often ornamented, ended otherwise or new than exact.
    case varied

    /// Shares of two-bar units that come again exact, ornamented, with another end, new, simplified.
    var shares: [Float] {
        switch self {
        case .copied: [1, 0, 0, 0, 0]
        case .literal: [0.86, 0.03, 0.09, 0, 0.02]
        case .usual: [0.65, 0.14, 0.14, 0.02, 0.05]
        case .varied: [0.28, 0.26, 0.22, 0.17, 0.07]
        }
    }

    /// How freely chords and their colours change in a return, re the usual.
    var freedom: Float {
        switch self {
        case .copied: 0
        case .literal: 0.4
        case .usual: 1
        case .varied: 1.6
        }
    }

    /// Copies make nostalgic pieces, whose loops are alike already, too repetitive: fewer of them there.
    ///
    /// Driven pieces, whose loops and figures are alike in all of them, are told apart by going to either end.
    static func draw(_ mood: Mood, _ random: inout RandomStream) -> ReturnKind {
        let drive = max(0, mood.energy)
        return allCases[
            random.weighted([
                0.65 * (1 - 0.4 * mood.nostalgia), 0.12 - 0.1 * drive, 0.16 - 0.1 * drive, 0.14 + 0.3 * drive,
            ])]
    }
}
