import Music

/// Which colours the chords of a piece wear: shares of plain triads, added ninths, sevenths and ninths (music-plans 2).
package enum ColourPalette: CaseIterable, Sendable {
    case triad, addedNinth, seventh, rich, plainSeventh
    /// By dissonance, as in music.md 4.4.
    case dissonance

    /// A palette for a piece; dissonant moods like sevenths and ninths.
    static func draw(dissonance: Float, _ random: inout RandomStream) -> ColourPalette {
        allCases[
            random.weighted([
                0.30 - 0.2 * dissonance, 0.16, 0.06 + 0.2 * dissonance, 0.02 + 0.15 * dissonance, 0.16, 0.22,
            ])]
    }

    /// Shares of triad, added ninth, seventh, ninth.
    ///
    /// Ninths are rarer than in 4.4: drone and melody add enough.
    func shares(dissonance: Float) -> [Float] {
        switch self {
        case .triad: [0.86, 0.06, 0.07, 0.01]
        case .addedNinth: [0.50, 0.32, 0.15, 0.03]
        case .seventh: [0.20, 0.06, 0.68, 0.06]
        case .rich: [0.20, 0.14, 0.48, 0.18]
        case .plainSeventh: [0.60, 0.05, 0.33, 0.02]
        case .dissonance:
            dissonance < 0.2
                ? [0.64, 0.18, 0.14, 0.04]
                : dissonance < 0.4
                    ? [0.50, 0.17, 0.26, 0.07]
                    : dissonance < 0.6 ? [0.42, 0.12, 0.38, 0.08] : [0.34, 0.06, 0.48, 0.12]
        }
    }
}
