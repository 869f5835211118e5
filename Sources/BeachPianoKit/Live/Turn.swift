import Composition
package import Moods

/// Where a listener wants an endless piece to go from what sounds.
package struct Turn: Hashable, Sendable {
    package enum Goal: Hashable, Sendable {
        /// The theme that sounds, in another mood.
        case mood
        /// Something else.
        case other
        /// The first theme.
        case theme
    }

    package var goal: Goal
    /// The mood that a bridge leads to; nil where the piece stays in its own.
    package var mood: Mood?

    package init(_ goal: Goal, mood: Mood? = nil) {
        self.goal = goal
        self.mood = mood
    }
}

extension EndlessForm {
    /// What to ask for so that the piece takes a turn; nil follows by itself.
    mutating func take(_ turn: Turn?) -> Wish {
        if let mood = turn?.mood { lead(to: mood) }
        return switch turn?.goal {
        case nil: .follow
        case .mood: .mood(mood)
        case .other: .other
        case .theme: .theme
        }
    }
}
