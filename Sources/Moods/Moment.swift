public import Music

/// A point of a mood trajectory.
public struct TimedMood: Hashable, Sendable {
    /// Seconds from the start.
    public var at: Double
    /// The name that it was given by, if any.
    public var name: String?
    public var mood: Mood

    public init(at: Double = 0, name: String? = nil, mood: Mood) {
        self.at = at
        self.name = name
        self.mood = mood
    }
}

/// Wishes about the music; nil leaves the decision to the composer.
public struct MusicSettings: Hashable, Sendable {
    public var key: Key?
    public var metre: Metre?
    /// Quarter notes per minute, 30...200.
    public var tempo: Float?
    /// One of the forms that the planner knows.
    public var form: String?
    /// 0 sparse to 1 dense.
    public var density: Float?
    /// Chords in a bar, 0.25...3.
    public var chords: Float?
    /// The borrowed chord that each theme has once, one of `surprises`.
    public var surprise: String?
    /// The tune that it is made of; such a piece begins with it, without an intro.
    public var theme: Theme?
    /// The owner's motif: it answers the theme, and closes the piece.
    public var signature: [Theme.Note]?
    /// Semitones by which the melody lies above where its mood has it, -12...12.
    public var register: Float?
    /// Factor on the tempo of the mood, 0.5...2; a tempo that is named stays.
    public var pace: Float?
    /// How the theme is heard again, where it is remembered from another moment.
    public var retelling: [RetellingOperator] = []
    /// The sections of the form, wished for or remembered from another moment; their bars are stretched to the time.
    public var sections: [FormSection] = []
    /// The moments that the piece is made of, two to six; empty where it is of one.
    public var montage: [MontageVoice] = []

    /// The same without a montage.
    public var alone: MusicSettings {
        var copy = self
        copy.montage = []
        return copy
    }

    /// Chords of a major piece that are not of its scale, and may be its surprise (music.md 4.4).
    public static let surprises = ["iv", "bVI", "bIII", "bVII", "III", "II", "VI"]

    /// The names of the forms, as moment files and `--form` know them (music.md 4.3, music-plans 3).
    public static let forms = [
        "aaba", "rounded", "ternary", "binary", "rounded-binary", "variations", "rondo", "arch", "through-composed",
        "passacaglia", "verse-refrain", "bar-form", "photograph", "two-part",
    ]

    public init(
        key: Key? = nil, metre: Metre? = nil, tempo: Float? = nil, form: String? = nil, density: Float? = nil,
        theme: Theme? = nil
    ) {
        self.key = key
        self.metre = metre
        self.tempo = tempo
        self.form = form
        self.density = density
        self.theme = theme
    }
}

/// How the sound leaves; nil leaves it to the command.
public struct OutputSettings: Hashable, Sendable {
    /// Sample rate in Hz: 44100, 48000, 88200 or 96000.
    public var rate: Int?
    /// Such as `wav24` or `flac`.
    public var format: String?
    /// LUFS, -60...0.
    public var loudness: Float?

    public init(rate: Int? = nil, format: String? = nil, loudness: Float? = nil) {
        self.rate = rate
        self.format = format
        self.loudness = loudness
    }
}

/// Whether the una corda pedal may be used.
public enum UnaCorda: String, Hashable, Sendable, CaseIterable {
    case auto, on, off
    /// Everywhere but in the climax.
    case outsideClimax = "outside-climax"
}

/// What the journal notes of a moment that it keeps; none of it changes the piece.
public struct KeptNotes: Hashable, Sendable {
    /// When it was kept, such as `2024-06-21T20:45:10+01:00`.
    public var date: String?
    /// What the place is called.
    public var place: String?
    /// Where it was last rendered to.
    public var rendered: String?

    public init(date: String? = nil, place: String? = nil, rendered: String? = nil) {
        self.date = date
        self.place = place
        self.rendered = rendered
    }
}

/// What a piece is made from: what a moment file holds.
public struct Moment: Hashable, Sendable {
    public var title: String?
    public var description: String?
    public var words: String?
    /// At least one point, sorted by time, the first at 0.
    public var moods: [TimedMood]
    /// The seed as written (three words or an integer); nil derives one from the mood.
    public var seed: String?
    /// Seconds of the finished piece; nil leaves it to the command (150 s).
    public var duration: Double?
    /// Whose hands: another number plays the same notes as another pianist; nil leaves them to the seed.
    public var pianist: UInt64?
    /// Layers that are drawn again, each with how often.
    public var rerolls: [Seed.Layer: UInt64]
    public var music: MusicSettings
    public var instrument: InstrumentSettings
    public var unaCorda: UnaCorda
    public var room: RoomSettings
    public var sea: SeaSettings
    /// Degrees of the sun above the horizon, -90...90: the light of the picture; nil leaves it to the mood.
    public var sun: Float?
    public var output: OutputSettings
    public var why: [String]
    public var retoldFrom: String?
    public var kept = KeptNotes()

    public init(
        title: String? = nil, description: String? = nil, words: String? = nil, moods: [TimedMood],
        seed: String? = nil, duration: Double? = nil, pianist: UInt64? = nil, rerolls: [Seed.Layer: UInt64] = [:],
        music: MusicSettings = .init(), instrument: InstrumentSettings = .init(), unaCorda: UnaCorda = .auto,
        room: RoomSettings = .init(),
        sea: SeaSettings = .init(), output: OutputSettings = .init(), why: [String] = [], retoldFrom: String? = nil
    ) {
        precondition(!moods.isEmpty, "a moment has a mood")
        self.title = title
        self.description = description
        self.words = words
        self.moods = moods
        self.seed = seed
        self.duration = duration
        self.pianist = pianist
        self.rerolls = rerolls
        self.music = music
        self.instrument = instrument
        self.unaCorda = unaCorda
        self.room = room
        self.sea = sea
        self.output = output
        self.why = why
        self.retoldFrom = retoldFrom
    }

    /// The mood at the start.
    public var mood: Mood { moods[0].mood }

    /// The mean mood of the first `seconds`, which is the mood of the piece as a whole.
    ///
    /// Between the points the mood goes along straight lines; after the last it stays.
    public func mood(over seconds: Double) -> Mood {
        guard moods.count > 1, seconds > 0 else { return mood }
        var total = SIMD8<Double>.zero
        for (i, point) in moods.enumerated() where point.at < seconds {
            let next = i + 1 < moods.count ? moods[i + 1] : TimedMood(at: seconds, mood: point.mood)
            let end = min(next.at, seconds)
            let share = next.at > point.at ? (end - point.at) / (next.at - point.at) : 0
            let start = point.mood.lanes
            total += (start + (next.mood.lanes - start) * (share / 2)) * (end - point.at)
        }
        let mean = SIMD8<Float>(total / seconds)
        return Mood(
            valence: mean[0], energy: mean[1], tension: mean[2], intimacy: mean[3], nostalgia: mean[4],
            openness: mean[5])
    }

    /// The mood at a time in seconds.
    public func mood(at seconds: Double) -> Mood {
        guard let next = moods.firstIndex(where: { $0.at > seconds }), next > 0 else {
            return seconds < moods[0].at ? mood : moods[moods.count - 1].mood
        }
        let (before, after) = (moods[next - 1], moods[next])
        let share = (seconds - before.at) / (after.at - before.at)
        let mean = SIMD8<Float>(before.mood.lanes + (after.mood.lanes - before.mood.lanes) * share)
        return Mood(
            valence: mean[0], energy: mean[1], tension: mean[2], intimacy: mean[3], nostalgia: mean[4],
            openness: mean[5])
    }
}

extension Mood {
    fileprivate var lanes: SIMD8<Double> {
        SIMD8<Double>(SIMD8<Float>(valence, energy, tension, intimacy, nostalgia, openness, 0, 0))
    }
}
