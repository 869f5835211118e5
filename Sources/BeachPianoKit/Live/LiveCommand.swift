package import Moods
import Music

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
    case status
    case quit

    /// The words that are understood, with their meaning, for the help.
    static let vocabulary: [(words: String, meaning: String)] = [
        ("mood NAME", "turn to a mood"), ("valence 0.4", "an axis, -1...1 (nostalgia, openness: 0...1)"),
        ("next", "something else"), ("theme", "the first theme again"), ("keep", "keep what was just heard"),
        ("pause, resume", "releases the device"), ("volume -3", "dB, -40...6"),
        ("una-corda on|off|auto", "the left pedal"),
        ("status", "one line on what sounds"), ("quit", "fade out and end"),
    ]

    private static let plain: [String: LiveCommand] = [
        "next": .next, "theme": .theme, "keep": .keep, "pause": .pause, "resume": .resume, "status": .status,
        "quit": .quit,
    ]

    /// Reads a line; nil for an empty one or a comment.
    ///
    /// - Throws: What is wrong with the line, in one sentence.
    package static func parse(_ line: String) throws(StudioError) -> LiveCommand? {
        let words = line.lowercased().split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" }).map(String.init)
        guard let verb = words.first, !verb.hasPrefix("#") else { return nil }
        let value = words.count > 1 ? words[1] : nil
        let takesValue = verb == "mood" || verb == "volume" || verb == "una-corda" || Axis(rawValue: verb) != nil
        guard words.count <= (takesValue ? 2 : 1) else {
            throw StudioError(.usage, "'\(verb)' takes \(takesValue ? "one value" : "no value")")
        }
        if let command = plain[verb] { return command }
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
        default:
            if let axis = Axis(rawValue: verb) {
                return .set(axis, try number(verb, value, axis.range))
            }
            let known = Array(plain.keys) + ["mood", "volume", "una-corda"] + Axis.allCases.map(\.rawValue)
            let nearest = Spelling.nearest(to: verb, among: known.sorted())
            throw StudioError(
                .usage, "command '\(verb)' is not known" + (nearest.map { ": did you mean '\($0)'?" } ?? ""))
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
