import Music

/// What a chord moves to and comes back from over the same bass (music-fit A.2 4).
enum Neighbour: CaseIterable {
    /// Fourth and sixth above the bass: IV over I.
    case fourth
    /// The chord a fifth above: V over I.
    case fifth
    /// The chord a third below, in its first inversion: vi over I.
    case sixth
    /// The third suspended to the second.
    case second

    private static let shares: [Float] = [0.3, 0.25, 0.2, 0.25]

    /// All kinds, the one that a piece likes best first.
    static func order(_ random: inout RandomStream) -> [Neighbour] {
        let own = allCases[random.weighted(shares)]
        return [own] + allCases.filter { $0 != own }
    }

    /// Root, third and fifth of the neighbour of a chord in its scale, the root of the chord its bass; nil where the scale
    /// has no such chord.
    func triad(of chord: Chord) -> [Int]? {
        let scale = chord.scale
        func tone(_ semitones: [Int]) -> Int? {
            semitones.map { (chord.root + $0) % 12 }.first { scale.contains($0) }
        }
        guard let second = tone([2, 1]), let third = tone([4, 3]), let sixth = tone([9, 8]) else { return nil }
        switch self {
        case .fourth: return tone([5]).map { [$0, sixth, chord.root] }
        case .fifth:
            guard let fifth = tone([7]), let seventh = tone([11, 10]), scale.contains((chord.root + 2) % 12) else {
                return nil
            }
            return [fifth, seventh, second]
        case .sixth: return (third - sixth + 12) % 12 == 7 ? [sixth, chord.root, third] : nil
        case .second: return [chord.root, (chord.root + 7) % 12, second]
        }
    }
}
