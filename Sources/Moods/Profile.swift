public import Music

/// What somebody answered when the program said hello; every answer may be missing.
public struct ProfileAnswers: Hashable, Sendable {
    public enum Pace: String, Hashable, Sendable, CaseIterable { case slower, even, quicker }
    public enum Amount: String, Hashable, Sendable, CaseIterable { case little, some, much }
    public enum Register: String, Hashable, Sendable, CaseIterable { case low, middle, high }

    /// The voice: which piano.
    public var voice: InstrumentSettings.Kind?
    /// A place where one likes to be, in free words.
    public var place: String?
    /// A sentence that one might hum, in free words.
    public var words: String?
    public var pace: Pace?
    /// How much unrest is welcome before it lets go.
    public var unrest: Amount?
    /// How much of the past is welcome.
    public var past: Amount?
    /// Where one would sing.
    public var register: Register?

    public init() {}

    /// Free answers are cut to so many characters.
    public static let longest = 400
}

/// Whose moments they are: what the answers do to a moment that is made afterwards.
///
/// Everything is a function of the answers, the same on every machine.
public struct Profile: Hashable, Sendable {
    public let answers: ProfileAnswers
    /// The tonic of the home key, 0...11 from C; nil where no place was named.
    public let home: Int?
    /// Semitones by which melodies lie higher.
    public let register: Float
    /// Factor on the tempo.
    public let pace: Float
    /// Added to the axes.
    public let tension: Float
    public let nostalgia: Float
    /// The personal motif, from the rhythm and the contour of the words; nil where none were said.
    public let motif: [Theme.Note]?
    /// The individuality of this owner's piano.
    public let instrument: UInt32

    /// Keys that lie well under the hands, by fifths around D-flat.
    private static let homes = [1, 8, 3, 10, 5, 0, 7, 2, 9, 4]

    public init(_ answers: ProfileAnswers) {
        self.answers = answers
        home = answers.place.map { Self.homes[Int(Self.hash([$0]) % UInt64(Self.homes.count))] }
        register = answers.register.map { $0 == .low ? -3 : $0 == .high ? 3 : 0 } ?? 0
        pace = answers.pace.map { $0 == .slower ? 0.93 : $0 == .quicker ? 1.07 : 1 } ?? 1
        func amount(_ answer: ProfileAnswers.Amount?) -> Float {
            answer.map { $0 == .little ? -0.12 : $0 == .much ? 0.12 : 0 } ?? 0
        }
        tension = amount(answers.unrest)
        nostalgia = amount(answers.past)
        motif = answers.words.flatMap { SpokenMotif.notes(of: $0) }
        let said = [
            answers.voice?.rawValue, answers.place, answers.words, answers.pace?.rawValue, answers.unrest?.rawValue,
            answers.past?.rawValue, answers.register?.rawValue,
        ]
        // Never 7, the piano that everybody has.
        let drawn = UInt32(truncatingIfNeeded: Self.hash(said.map { $0 ?? "" }) >> 13) % 999_000
        instrument = drawn + 1000
    }

    /// FNV-1a over the parts.
    private static func hash(_ parts: [String]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in parts {
            for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
        }
        var mixer = SplitMix64(state: hash)
        return mixer.next()
    }

    /// Works the profile into a moment, and says how in its reasons.
    ///
    /// What the moment names already (key, tempo, theme, a piano that is not the usual one) stays.
    public func bake(into moment: inout Moment) {
        func signed(_ x: Float) -> String { (x < 0 ? "-" : "+") + ".\(Int((abs(x) * 100).rounded()))" }
        if tension != 0 || nostalgia != 0 {
            for i in moment.moods.indices {
                let old = moment.moods[i].mood
                moment.moods[i].mood = Mood(
                    valence: old.valence, energy: old.energy, tension: old.tension + tension, intimacy: old.intimacy,
                    nostalgia: old.nostalgia + nostalgia, openness: old.openness)
                moment.moods[i].name = nil
            }
            if tension != 0 {
                moment.why.append("profile: \(answers.unrest?.rawValue ?? "") unrest -> tension \(signed(tension))")
            }
            if nostalgia != 0 {
                moment.why.append(
                    "profile: \(answers.past?.rawValue ?? "") of the past -> nostalgia \(signed(nostalgia))")
            }
        }
        if let motif, moment.music.signature == nil {
            moment.music.signature = motif
            moment.why.append(
                "profile: your motif of \(motif.count) notes -> answers the theme and closes the piece")
        }
        if let home, moment.music.key == nil {
            let isMinor = MusicalParameters.derived(from: moment.mood(over: moment.duration ?? 150)).isMinor
            // Minor pieces take the relative key: the same notes under the hands.
            let key = Key(tonic: isMinor ? home + 9 : home, isMinor: isMinor)
            moment.music.key = key
            moment.why.append("profile: the place you named -> home in \(key.name)")
        }
        if register != 0 {
            moment.music.register = (moment.music.register ?? 0) + register
            moment.why.append(
                "profile: a \(answers.register?.rawValue ?? "") voice -> melody \(register < 0 ? "three semitones lower" : "three semitones higher")"
            )
        }
        if pace != 1, moment.music.tempo == nil {
            moment.music.pace = (moment.music.pace ?? 1) * pace
            moment.why.append(
                "profile: \(answers.pace?.rawValue ?? "") than most -> tempo x \(pace < 1 ? "0.93" : "1.07")")
        }
        let usual = InstrumentSettings()
        let isUsual = moment.instrument.kind == usual.kind && moment.instrument.body == nil
        if isUsual, moment.instrument.seed == usual.seed {
            if let voice = answers.voice { moment.instrument.kind = voice }
            moment.instrument.seed = instrument
            moment.why.append("profile: your piano -> \(moment.instrument.kind.rawValue):\(instrument)")
        }
    }
}
