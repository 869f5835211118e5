package import Moods
import Music

/// The answers of a profile as a small YAML file: `voice`, `place`, `words`, `pace`, `unrest`, `past`, `register`.
package enum ProfileDocument {
    /// The answers in a file's bytes; a finding with its place for each that is none.
    package static func read(bytes: [UInt8], name: String) throws(PresetError) -> ProfileAnswers {
        var findings = Findings(file: name)
        let root: YAMLNode?
        do throws(YAMLError) { root = try YAMLDocument.load(bytes) } catch {
            findings.add(error.mark, error.what)
            throw PresetError(.invalid, findings.lines)
        }
        var answers = ProfileAnswers()
        guard let root else { return answers }
        guard case .mapping(let pairs, _) = root else {
            findings.add(root, "a profile holds keys and values, such as 'voice: felt'")
            throw PresetError(.invalid, findings.lines)
        }
        let keys = ["voice", "place", "words", "pace", "unrest", "past", "register"]
        var seen = Set<String>()
        for (key, value) in pairs where !findings.isFull {
            guard let name = key.scalar, keys.contains(name) else {
                let nearest = key.scalar.flatMap { Spelling.nearest(to: $0, among: keys) }
                findings.add(
                    key,
                    "\(PlainText.shortened(key.scalar ?? "")): no such key"
                        + (nearest.map { ", did you mean '\($0)'?" } ?? ", use one of \(keys.joined(separator: ", "))"))
                continue
            }
            if !seen.insert(name).inserted { findings.add(key, "\(name): stands here twice, keep one") }
            func choice<T: RawRepresentable & CaseIterable>(_: T.Type) -> T? where T.RawValue == String {
                let names = T.allCases.map(\.rawValue)
                if let text = value.scalar, let known = T(rawValue: text) { return known }
                findings.add(
                    value,
                    "\(name): '\(PlainText.shortened(value.scalar ?? ""))' is not known, use one of "
                        + names.joined(separator: ", "))
                return nil
            }
            func text() -> String? {
                if let text = value.scalar, text.count <= ProfileAnswers.longest,
                    !text.unicodeScalars.contains(where: { $0.value < 0x20 })
                {
                    return text
                }
                findings.add(value, "\(name): is one line of at most \(ProfileAnswers.longest) characters")
                return nil
            }
            switch name {
            case "voice": answers.voice = choice(InstrumentSettings.Kind.self)
            case "place": answers.place = text()
            case "words": answers.words = text()
            case "pace": answers.pace = choice(ProfileAnswers.Pace.self)
            case "unrest": answers.unrest = choice(ProfileAnswers.Amount.self)
            case "past": answers.past = choice(ProfileAnswers.Amount.self)
            default: answers.register = choice(ProfileAnswers.Register.self)
            }
        }
        try findings.check()
        return answers
    }

    /// The answers that were given, a line each.
    package static func text(_ answers: ProfileAnswers) -> String {
        let pairs: [(String, String?)] = [
            ("voice", answers.voice?.rawValue), ("place", answers.place.map { MomentWriter.quoted($0) }),
            ("words", answers.words.map { MomentWriter.quoted($0) }), ("pace", answers.pace?.rawValue),
            ("unrest", answers.unrest?.rawValue), ("past", answers.past?.rawValue),
            ("register", answers.register?.rawValue),
        ]
        return pairs.compactMap { pair in pair.1.map { "\(pair.0): \($0)\n" } }.joined()
    }
}
