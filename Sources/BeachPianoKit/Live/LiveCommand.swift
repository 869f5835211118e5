package import Moods
package import Music

/// What a listener may ask for while it plays, by a line of text or a key.
package enum LiveCommand: Hashable, Sendable {
    package enum Axis: String, CaseIterable, Sendable { case valence, energy, tension, intimacy, nostalgia, openness }

    case mood(String)
    /// An axis to a value.
    case set(Axis, Float)
    /// An axis by a difference.
    case move(Axis, Float)
    case next
    case theme
    case keep
    case pause
    case resume
    case togglePause
    /// dB.
    case volume(Float)
    /// By so many dB.
    case louder(Float)
    case unaCorda(UnaCorda)
    case nextUnaCorda
    case room(RoomSettings.Kind)
    case nextRoom
    case sea(SeaSettings.State)
    case nextSea
    case help
    case status
    case quit

    /// The words that are understood, with their meaning, for the help.
    static let vocabulary: [(words: String, meaning: String)] = [
        ("mood NAME", "turn to a mood"), ("valence 0.4", "an axis, -1...1 (nostalgia, openness: 0...1)"),
        ("next", "something else"), ("theme", "the first theme again"), ("keep", "keep what was just heard"),
        ("pause, resume", "releases the device"), ("volume -3", "dB, -40...6"),
        ("una-corda on|off|auto", "the left pedal"), ("room near|room|hall|beach", "where the piano stands"),
        ("sea off|calm|swell|stormy", "the sea under it"),
        ("status", "one line on what sounds"), ("help", "these lines"), ("quit", "fade out and end"),
    ]

    private static let plain: [String: LiveCommand] = [
        "next": .next, "theme": .theme, "keep": .keep, "pause": .pause, "resume": .resume, "status": .status,
        "help": .help, "quit": .quit,
    ]
    private static let withValue = ["mood", "volume", "una-corda", "room", "sea"] + Axis.allCases.map(\.rawValue)

    /// Reads a line; nil for an empty one or a comment.
    ///
    /// - Throws: What is wrong with the line, in one sentence.
    package static func parse(_ line: String) throws(StudioError) -> LiveCommand? {
        let words = line.lowercased().split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" }).map(String.init)
        guard let verb = words.first, !verb.hasPrefix("#") else { return nil }
        let value = words.count > 1 ? words[1] : nil
        let takesValue = withValue.contains(verb)
        guard takesValue || plain[verb] != nil else {
            let nearest = Spelling.nearest(to: verb, among: (Array(plain.keys) + withValue).sorted())
            throw StudioError(
                .usage,
                "command '\(verb)' is not known: " + (nearest.map { "did you mean '\($0)'?" } ?? "'help' lists them"))
        }
        guard words.count <= (takesValue ? 2 : 1) else {
            throw StudioError(.usage, "'\(verb)' takes \(takesValue ? "one value" : "no value")")
        }
        if let command = plain[verb] { return command }
        guard value != nil else {
            let form = vocabulary.first { $0.words.hasPrefix(verb + " ") }?.words ?? "\(verb) 0.4"
            throw StudioError(.usage, "'\(verb)' takes a value: \(form)")
        }
        switch verb {
        case "mood":
            guard let value, let named = NamedMood.named(value) else {
                let hint = value.map { ": did you mean '\(NamedMood.nearest(to: $0))'?" } ?? ""
                throw StudioError(.usage, "mood '\(value ?? "")' is not known\(hint)")
            }
            return .mood(named.name)
        case "volume":
            return .volume(try number("volume", value, -40...6))
        case "una-corda":
            guard let wish = value.flatMap({ UnaCorda(rawValue: $0) }) else {
                throw StudioError(.usage, "una-corda is on, off or auto")
            }
            return .unaCorda(wish)
        case "room":
            guard let kind = value.flatMap({ RoomSettings.Kind(rawValue: $0) }) else {
                throw StudioError(.usage, "room is near, room, hall or beach")
            }
            return .room(kind)
        case "sea":
            guard let state = value.flatMap({ SeaSettings.State(rawValue: $0) }) else {
                throw StudioError(.usage, "sea is off, calm, swell or stormy")
            }
            return .sea(state)
        default:
            guard let axis = Axis(rawValue: verb) else { preconditionFailure("every verb with a value is read") }
            return .set(axis, try number(verb, value, axis.range))
        }
    }

    private static func number(_ name: String, _ text: String?, _ range: ClosedRange<Float>) throws(StudioError)
        -> Float
    {
        guard let text, let value = Float(text), value.isFinite, range.contains(value) else {
            let low = decimal(Double(range.lowerBound), 0)
            throw StudioError(
                .usage, "\(name) is '\(text ?? "")', not a number in \(low)...\(decimal(Double(range.upperBound), 0))")
        }
        return value
    }

    /// What a key means; nil for a key without a meaning.
    package init?(key: TerminalKey) {
        switch key {
        case .left: self = .move(.valence, -0.1)
        case .right: self = .move(.valence, 0.1)
        case .up: self = .move(.energy, 0.1)
        case .down: self = .move(.energy, -0.1)
        case .character(let c):
            switch c {
            case "t": self = .move(.tension, 0.1)
            case "T": self = .move(.tension, -0.1)
            case "i": self = .move(.intimacy, 0.1)
            case "I": self = .move(.intimacy, -0.1)
            case "g": self = .move(.nostalgia, 0.1)
            case "G": self = .move(.nostalgia, -0.1)
            case "o": self = .move(.openness, 0.1)
            case "O": self = .move(.openness, -0.1)
            case "n": self = .next
            case "b": self = .theme
            case "k": self = .keep
            case "u": self = .nextUnaCorda
            case "r": self = .nextRoom
            case "s": self = .nextSea
            case " ": self = .togglePause
            case "+", "=": self = .louder(2)
            case "-": self = .louder(-2)
            case "q": self = .quit
            default: return nil
            }
        }
    }
}

extension LiveCommand.Axis {
    package var range: ClosedRange<Float> { self == .nostalgia || self == .openness ? 0...1 : -1...1 }
}

extension Mood {
    /// The mood with one axis at another value.
    func with(_ axis: LiveCommand.Axis, _ value: Float) -> Mood {
        var mood = self
        let clamped = min(axis.range.upperBound, max(axis.range.lowerBound, value))
        mood[keyPath: Self.path(axis)] = clamped
        return mood
    }

    /// A mood on the way to another, 0 here, 1 there.
    func moved(towards other: Mood, by share: Float) -> Mood {
        LiveCommand.Axis.allCases.reduce(self) { mood, axis in
            mood.with(axis, value(axis) + share * (other.value(axis) - value(axis)))
        }
    }

    /// The value of an axis.
    func value(_ axis: LiveCommand.Axis) -> Float { self[keyPath: Self.path(axis)] }

    private static func path(_ axis: LiveCommand.Axis) -> WritableKeyPath<Mood, Float> {
        switch axis {
        case .valence: \.valence
        case .energy: \.energy
        case .tension: \.tension
        case .intimacy: \.intimacy
        case .nostalgia: \.nostalgia
        case .openness: \.openness
        }
    }
}
