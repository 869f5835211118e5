/// How literally the material of a piece returns, one kind for the whole piece (music-plans 3).
public enum ReturnKind: String, Hashable, Sendable, CaseIterable {
    case copy, base, varied, literal

    /// Shares of the two-bar units of a return: exact, ornamented, end changed, new, simplified.
    package var shares: [Float] {
        switch self {
        case .copy: [1, 0, 0, 0, 0]
        case .base: [0.65, 0.14, 0.14, 0.02, 0.05]
        case .varied: [0.38, 0.28, 0.20, 0.06, 0.08]
        case .literal: [0.86, 0.03, 0.09, 0, 0.02]
        }
    }
}
