import Moods
import Music
import Presets

extension Studio {
    /// Where the profile is.
    func profileStore() throws(StudioError) -> ProfileStore {
        guard let folder = environment.dataFolder else {
            throw StudioError(.cannotCreate, "a profile cannot be kept: neither HOME nor XDG_DATA_HOME names a folder")
        }
        return ProfileStore(folder: folder + "/profile")
    }

    /// The owner's profile; nil where there is none.
    func profile() throws(StudioError) -> Profile? {
        guard environment.dataFolder != nil else { return nil }
        return try profileStore().load().map { Profile($0) }
    }

    /// The conversation: asks on the terminal, and keeps the answers in place of those that there were.
    ///
    /// - Parameter edits: Whether it goes on from those: Enter keeps one, a minus takes it back, and where all are taken
    ///   back the profile is gone.
    /// - Throws: Where there is no terminal, where there is nothing to go on from, or where it cannot be kept.
    public func hello(edits: Bool = false) throws(StudioError) {
        guard environment.standardInputIsTerminal else {
            throw StudioError(.usage, "hello is a conversation: it needs a terminal, or --answers FILE")
        }
        let store = try profileStore()
        let before = edits ? try store.load() : nil
        if edits, before == nil {
            throw StudioError(.notFound, "there is no profile yet: say 'beachpiano hello'")
        }
        var answers = before ?? ProfileAnswers()
        cancellation.mayEndAtOnce = true
        try console.result(
            "Hello. Seven small questions, and then the music is a little more yours.\n"
                + "Enter skips one\(before == nil ? "" : " or keeps your answer, '-' takes it back"). "
                + "No names, please: I need none. All stays in one file that only you can read.\n")
        for (i, question) in HelloQuestion.all.enumerated() {
            let old = question.get(answers)
            let choices = question.choices.enumerated().map { "\($0.offset + 1) \($0.element)" }.joined(separator: "  ")
            let known = old.map { " [\(PlainText.escaped($0))]" } ?? ""
            try console.result("\(i + 1). \(question.text)\(choices.isEmpty ? "" : "\n   \(choices)")\(known)")
            while true {
                guard let line = readLine() else {
                    throw StudioError(.interrupted, "good-bye then: nothing was kept")
                }
                let text = HelloQuestion.free(line).drop { $0 == " " }
                if text.isEmpty { break }
                if text == "-" {
                    question.set(&answers, nil)
                    break
                }
                let answer = question.choices.isEmpty ? String(text) : question.choice(String(text))
                if let answer {
                    question.set(&answers, answer)
                    break
                }
                try console.result("   One of \(question.choices.joined(separator: ", ")), its number, or Enter.")
            }
        }
        cancellation.mayEndAtOnce = false
        if answers == ProfileAnswers() {
            // All may be skipped: that is an answer too.
            if edits { _ = try store.forget() }
            return try console.result(
                edits ? "All taken back: there is no profile any more." : "Nothing was answered, so nothing is kept.")
        }
        try keep(answers, in: store)
    }

    /// Takes the answers from a file.
    public func hello(answersFrom path: String) throws(StudioError) {
        try keep(ProfileStore.read(path), in: profileStore())
    }

    private func keep(_ answers: ProfileAnswers, in store: ProfileStore) throws(StudioError) {
        guard answers != ProfileAnswers() else {
            throw StudioError(.usage, "nothing was answered, so nothing is kept")
        }
        let replaces = try replacing(store)
        try store.save(answers)
        try console.result(
            Self.summary(Profile(answers))
                + "\nKept in \(store.path)\(replaces ? ", in place of what was there" : ""); "
                + "'beachpiano hello --forget' removes it.")
    }

    /// Whether there are answers already, damaged ones as well.
    private func replacing(_ store: ProfileStore) throws(StudioError) -> Bool {
        FileSystem.kind(store.path) != .missing
    }

    /// The answers and what they do, as text or JSON.
    public func profileText(json: Bool) throws(StudioError) -> String {
        guard let profile = try profile() else {
            throw StudioError(.notFound, "there is no profile yet: say 'beachpiano hello'")
        }
        guard json else {
            return ProfileDocument.text(profile.answers) + Self.summary(profile)
        }
        let answers = HelloQuestion.all.map { $0.get(profile.answers).map { JSON.string($0) } ?? .null }
        let names = ["voice", "place", "words", "pace", "unrest", "past", "register"]
        return JSON.object([
            ("answers", .object(Array(zip(names, answers)))),
            ("home", profile.home.map { .string(Key(tonic: $0, isMinor: false).name) } ?? .null),
            ("motif", profile.motif.map { .string(Theme.text(of: $0)) } ?? .null),
            ("register", .number(Double(profile.register), places: 1)),
            ("pace", .number(Double(profile.pace), places: 2)),
            ("tension", .number(Double(profile.tension), places: 2)),
            ("nostalgia", .number(Double(profile.nostalgia), places: 2)),
            ("instrument", .integer(Int(profile.instrument))),
        ]).text
    }

    /// Removes the profile with every trace but what kept moments have of it, which stay as they are: those are counted.
    public func forgetProfile() throws(StudioError) {
        let isForgotten = try profileStore().forget()
        console.message(isForgotten ? "forgotten" : "there was nothing to forget")
        let signed = ((try? journal().entries()) ?? []).count { (try? $0.moment())?.music.signature != nil }
        guard signed > 0 else { return }
        console.message(
            "\(signed == 1 ? "a kept moment carries" : "\(signed) kept moments carry") a motif from a profile and "
                + "\(signed == 1 ? "stays as it is" : "stay as they are"): 'beachpiano moments forget' removes them")
    }

    /// What a profile does to a moment of no mood in particular.
    private static func summary(_ profile: Profile) -> String {
        let still = Mood(valence: 0.3, energy: 0, tension: 0, intimacy: 0, nostalgia: 0.5, openness: 0)
        var moment = Moment(moods: [TimedMood(mood: still)])
        profile.bake(into: &moment)
        var lines = moment.why.map { "  " + $0 }
        if let motif = profile.motif { lines.append("  your motif: \(Theme.text(of: motif))") }
        return lines.joined(separator: "\n")
    }
}
