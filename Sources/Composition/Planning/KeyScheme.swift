import Moods
import Music

/// Where the middle of a piece goes (music.md 4.5, music-plans 1).
public enum KeyScheme: String, Hashable, Sendable, CaseIterable {
    case same
    case relative
    case mediant
    case subdominant
    case toneUp = "a tone up"

    /// Semitones from the home tonic.
    func transposition(isMinor: Bool) -> Int {
        switch self {
        case .same: 0
        case .relative: isMinor ? 3 : -3
        case .mediant: isMinor ? -4 : 4
        case .subdominant: 5
        case .toneUp: 2
        }
    }

    /// Nostalgia likes the relative key, which would darken a bright piece and brighten a dark one, openness the mediant, energy a tone up.
    static func draw(_ p: MusicalParameters, _ random: inout RandomStream) -> KeyScheme {
        let mood = p.mood
        // The relative key of a dark piece is as bright as that of a bright one is dark.
        let isClear = abs(mood.valence) > 0.3
        return allCases[
            random.weighted([
                1.5, isClear ? 0 : 0.12 + 0.3 * mood.nostalgia, 0.05 + 0.3 * mood.openness, 0.35,
                0.3 * max(0, mood.energy),
            ])]
    }

    /// The letters that leave the home key: the last new one, at the subdominant sometimes the second as well.
    func letters(_ sections: [String], _ random: inout RandomStream) -> [String] {
        var heard: [String] = []
        for letter in sections where !heard.contains(letter) { heard.append(letter) }
        guard self != .same, heard.count > 1 else { return [] }
        // In long pieces every third new letter is away from home.
        var away = heard.indices.filter { $0 >= 2 && $0 % 3 == 2 }.map { heard[$0] }
        if heard.count == 2 || self == .subdominant && random.chance(0.2) { away.append(heard[1]) }
        return away
    }
}
