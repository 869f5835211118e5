package import Music

/// How phrases close, by the names of their last two chords (music.md 4.10).
package enum Cadence {
    /// The kind that two chord names make.
    package static func kind(before: String, last: String) -> ScoreCadence.Kind {
        let goal = plain(last)
        let approach = plain(before)
        if goal == "I" || goal == "i" {
            // An inverted tonic or a dominant over its pedal closes weakly.
            if star(last) != goal || star(before) == "V/1" { return .weak }
            switch approach {
            case "IV", "iv": return .plagal
            case "V": return .authentic
            case "bVII", "v": return .modal
            default: return .weak
            }
        }
        if goal == "vi" || goal == "bVI", approach == "V" || approach == "v" { return .deceptive }
        return .half
    }

    /// Chords that approach the final tonic for each kind of ending, in the order of preference.
    static func approach(_ kind: ScoreCadence.Kind, isMinor: Bool, isDark: Bool) -> String {
        switch kind {
        case .authentic: "V"
        case .modal: isMinor ? "v" : "bVII"
        case .weak: isMinor ? "bVI" : "V/1"
        default: isMinor || isDark ? "iv" : "IV"
        }
    }

    private static let kinds: [ScoreCadence.Kind] = [.half, .plagal, .weak, .modal, .deceptive, .authentic]

    /// A kind by the shares that film piano asks for; `isClosing` leaves only those that come to rest.
    static func draw(isClosing: Bool, _ random: inout RandomStream) -> ScoreCadence.Kind {
        kinds[random.weighted(isClosing ? [0, 0.62, 0.14, 0.13, 0, 0.11] : [0.31, 0.29, 0.15, 0.10, 0.10, 0.05])]
    }

    /// A chord name without the star of a neighbour chord.
    private static func star(_ name: String) -> String { name.hasSuffix("*") ? String(name.dropLast()) : name }

    /// A chord name without star and bass.
    private static func plain(_ name: String) -> String {
        let name = star(name)
        return name == "viio/V" ? name : String(name.prefix { $0 != "/" })
    }
}
