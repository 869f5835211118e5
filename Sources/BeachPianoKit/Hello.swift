import Moods
import Music

/// The questions of `hello`, in their order; none asks who anybody is.
struct HelloQuestion: Sendable {
    let text: String
    /// The choices; empty where the answer is free.
    let choices: [String]
    let get: @Sendable (ProfileAnswers) -> String?
    let set: @Sendable (inout ProfileAnswers, String?) -> Void

    static let all: [HelloQuestion] = [
        HelloQuestion(
            text: "Which voice would you like me to have?", choices: InstrumentSettings.Kind.allCases.map(\.rawValue),
            get: { $0.voice?.rawValue }, set: { $0.voice = $1.flatMap { InstrumentSettings.Kind(rawValue: $0) } }),
        HelloQuestion(
            text: "Where do you like to be? A place in your own words; it becomes our home key.", choices: [],
            get: { $0.place }, set: { $0.place = $1 }),
        HelloQuestion(
            text: "Say something that you could hum. I listen to its rhythm and its tune.", choices: [],
            get: { $0.words }, set: { $0.words = $1 }),
        HelloQuestion(
            text: "How do you walk when nobody waits for you, compared to most?",
            choices: ProfileAnswers.Pace.allCases.map(\.rawValue), get: { $0.pace?.rawValue },
            set: { $0.pace = $1.flatMap { ProfileAnswers.Pace(rawValue: $0) } }),
        HelloQuestion(
            text: "How much unrest may there be before it lets go?",
            choices: ProfileAnswers.Amount.allCases.map(\.rawValue), get: { $0.unrest?.rawValue },
            set: { $0.unrest = $1.flatMap { ProfileAnswers.Amount(rawValue: $0) } }),
        HelloQuestion(
            text: "And how much of the past?", choices: ProfileAnswers.Amount.allCases.map(\.rawValue),
            get: { $0.past?.rawValue }, set: { $0.past = $1.flatMap { ProfileAnswers.Amount(rawValue: $0) } }),
        HelloQuestion(
            text: "Where would you sing, if you sang?", choices: ProfileAnswers.Register.allCases.map(\.rawValue),
            get: { $0.register?.rawValue }, set: { $0.register = $1.flatMap { ProfileAnswers.Register(rawValue: $0) } }),
    ]

    /// The choice that a line means: its number, its name or the start of it; nil where it means none.
    func choice(_ line: String) -> String? {
        if let number = Int(line), choices.indices.contains(number - 1) { return choices[number - 1] }
        let found = choices.filter { $0.hasPrefix(line.lowercased()) }
        return found.count == 1 ? found[0] : nil
    }

    /// A free answer on one line, not too long.
    static func free(_ line: String) -> String {
        let plain = line.map { character in
            character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? " " : character
        }
        return String(plain.prefix(ProfileAnswers.longest))
    }
}
