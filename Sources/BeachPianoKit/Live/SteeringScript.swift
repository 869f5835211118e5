package import Moods
package import Music

/// What a listener did to an endless piece, in the order in which it took hold: with the source and the seed all that it
/// takes to play it again.
package struct SteeringScript: Hashable, Sendable {
    package enum Change: Hashable, Sendable {
        /// What sounds is left at the step's frame, for a passage that was composed to begin at frame `planned`: an answer
        /// that came late begins later.
        case turn(Turn, planned: Int)
        case unaCorda(UnaCorda)
        case room(RoomSettings.Kind)
        case sea(SeaSettings.State)
        /// The listener ended it.
        case stop
    }

    package struct Step: Hashable, Sendable {
        package var frame: Int
        package var change: Change
    }

    package private(set) var steps: [Step] = []

    package init() {}

    package mutating func add(_ change: Change, at frame: Int) { steps.append(Step(frame: frame, change: change)) }

    /// The frame at which the listener ended it.
    package var end: Int? { steps.last { $0.change == .stop }?.frame }
}

// MARK: - As text

extension SteeringScript {
    /// Such as `14.5 mood stormy; 80.25@79.5 next; 95 stop`, at so many frames in a second.
    package func text(rate: Double) -> String {
        steps.map { step in
            var time = Self.seconds(step.frame, rate)
            if case .turn(_, let planned) = step.change, planned != step.frame {
                time += "@" + Self.seconds(planned, rate)
            }
            return time + " " + Self.words(step.change)
        }.joined(separator: "; ")
    }

    /// Reads a text back.
    ///
    /// - Throws: which step is wrong, and what would be right.
    package init(parsing text: String, rate: Double) throws(StudioError) {
        for part in text.split(separator: ";") {
            let words = part.split(separator: " ").map(String.init)
            guard let first = words.first else { continue }
            let times = first.split(separator: "@", omittingEmptySubsequences: false).map { Double($0) ?? -1 }
            guard times.count <= 2, times.allSatisfy({ (0...Self.longest).contains($0) }),
                let change = Self.change(
                    Array(words.dropFirst()), planned: Int(((times.last ?? 0) * rate).rounded()))
            else {
                throw StudioError(
                    .usage,
                    "steered has '\(part.drop { $0 == " " })', not seconds and a command, such as '14.5 mood stormy'")
            }
            add(change, at: Int((times[0] * rate).rounded()))
        }
    }

    /// Seconds of the longest session: a year.
    private static let longest = 366.0 * 86_400

    /// Exact to a frame of any rate.
    private static func seconds(_ frame: Int, _ rate: Double) -> String {
        var text = decimal(Double(frame) / rate, 6)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    private static func words(_ change: Change) -> String {
        switch change {
        case .turn(let turn, _):
            let mood = turn.mood.map { name($0) }
            return switch turn.goal {
            case .mood: "mood " + (mood ?? "")
            case .other: "next" + (mood.map { " in " + $0 } ?? "")
            case .theme: "theme" + (mood.map { " in " + $0 } ?? "")
            }
        case .unaCorda(let wish): return "una-corda \(wish.rawValue)"
        case .room(let kind): return "room \(kind.rawValue)"
        case .sea(let state): return "sea \(state.rawValue)"
        case .stop: return "stop"
        }
    }

    private static func change(_ words: [String], planned: Int) -> Change? {
        let rest = Array(words.dropFirst())
        func turn(_ goal: Turn.Goal, _ words: [String]) -> Change? {
            guard !words.isEmpty else { return goal == .mood ? nil : .turn(Turn(goal), planned: planned) }
            return mood(words).map { .turn(Turn(goal, mood: $0), planned: planned) }
        }
        switch words.first {
        case "mood": return turn(.mood, rest)
        case "next" where rest.isEmpty || rest.first == "in": return turn(.other, Array(rest.dropFirst()))
        case "theme" where rest.isEmpty || rest.first == "in": return turn(.theme, Array(rest.dropFirst()))
        case "una-corda" where rest.count == 1: return UnaCorda(rawValue: rest[0]).map { .unaCorda($0) }
        case "room" where rest.count == 1: return RoomSettings.Kind(rawValue: rest[0]).map { .room($0) }
        case "sea" where rest.count == 1: return SeaSettings.State(rawValue: rest[0]).map { .sea($0) }
        case "stop" where rest.isEmpty: return .stop
        default: return nil
        }
    }

    /// The name of a mood that has one, else its axes: valence, energy, tension, intimacy, nostalgia, openness.
    private static func name(_ mood: Mood) -> String {
        NamedMood.all.first { $0.mood == mood }?.name
            ?? LiveCommand.Axis.allCases.map { "\(mood.value($0))" }.joined(separator: " ")
    }

    private static func mood(_ words: [String]) -> Mood? {
        if words.count == 1 { return NamedMood.named(words[0])?.mood }
        let axes = LiveCommand.Axis.allCases
        guard words.count == axes.count else { return nil }
        var mood = Mood(valence: 0, energy: 0, tension: 0, intimacy: 0, nostalgia: 0, openness: 0)
        for (axis, word) in zip(axes, words) {
            guard let value = Float(word), axis.range.contains(value) else { return nil }
            mood = mood.with(axis, value)
        }
        return mood
    }
}
