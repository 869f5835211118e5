import Music

/// How the roots of one piece like to move: a habit that it keeps from its first bar to its last, so that two pieces of one
/// mood do not go through the same few progressions (music-plans: people share .03 to .07 of theirs).
enum RootGait: CaseIterable {
    /// As the tables have it.
    case plain
    /// Down a fifth, onward.
    case falling
    /// Down a fourth, open.
    case rising
    /// From third to third, whichever way.
    case thirds
    /// To the neighbour above or below.
    case steps

    /// How much more than usual a move is liked that is the piece's own.
    private static let favour: Float = 2.5
    /// And how much less the fifths that are not, which all pieces share.
    private static let disfavour: Float = 0.45

    /// Of going to and fro between two chords, re other loops: every piece could do that.
    private static let toAndFro: Float = 0.3

    private static let shares: [Float] = [0.1, 0.2, 0.2, 0.25, 0.25]

    static func draw(_ random: inout RandomStream) -> RootGait { allCases[random.weighted(shares)] }

    /// The factor by which this piece likes a move of so many semitones, 0...11 upwards.
    func liking(_ move: Int) -> Float {
        switch (self, move) {
        case (.falling, 5), (.rising, 7), (.thirds, 3), (.thirds, 4), (.thirds, 8), (.thirds, 9),
            (.steps, 1), (.steps, 2), (.steps, 10), (.steps, 11):
            Self.favour
        case (.falling, 7), (.rising, 5), (.thirds, 5), (.thirds, 7), (.steps, 5), (.steps, 7): Self.disfavour
        default: 1
        }
    }

    /// The mean liking of the moves of a loop that goes round.
    func liking(_ loop: [String]) -> Float {
        let roots = loop.map { ChordVocabulary.symbol($0).root }
        let moves = zip(roots, roots.dropFirst() + roots.prefix(1)).map { pitchClass($1 - $0) }.filter { $0 != 0 }
        let mean = moves.isEmpty ? 1 : moves.reduce(0) { $0 + liking($1) } / Float(moves.count)
        return Set(roots).count < 3 ? Self.toAndFro * mean : mean
    }
}
