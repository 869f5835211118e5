import Music

/// What the bars before the first theme and after the last one bring (music-plans 3).
public struct Frame: Hashable, Sendable {
    public enum Part: String, Hashable, Sendable, CaseIterable {
        /// The accompaniment that is to come, or that goes on.
        case accompaniment
        /// The head of the theme over the accompaniment.
        case both
        /// The right hand over a held bass (music.md 4.8, texture 12).
        case tune
    }

    /// Of the intro, if the piece has one.
    public let opening: Part
    /// Of the outro, in which the theme is always recalled.
    public let farewell: Part

    static func draw(_ random: inout RandomStream, isFree: Bool) -> Frame {
        let opening = Part.allCases[random.weighted([0.5, 0.25, 0.25])]
        let farewell: Part = random.chance(0.3) && isFree ? .tune : .both
        return Frame(opening: opening, farewell: farewell)
    }

    /// Octaves by which intro and outro are emptier than the first theme.
    func emptiness(_ letter: String) -> Float {
        switch letter {
        case "i":
            switch opening {
            case .accompaniment: 0.65
            case .both: 0.45
            case .tune: 1.3
            }
        case "o": farewell == .tune ? 1.4 : 0.2
        default: 0
        }
    }
}
