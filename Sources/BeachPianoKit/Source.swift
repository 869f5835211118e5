public import Moods
public import Music

/// Where a piece comes from, as the user said it; nil and empty leave it to the moment or to the composer.
public struct Source: Hashable, Sendable {
    /// A named mood or an alias.
    public var mood: String?
    /// A preset's name or a moment file.
    public var preset: String?
    /// A kept moment by name.
    public var kept: String?
    /// Free text on the moment.
    public var words: String?
    /// A JPEG or PNG file.
    public var photo: String?
    /// A sound file: what was to be heard there.
    public var sound: String?
    /// How long to listen at a microphone, such as `30s`; never together with `sound`.
    public var listening: String?
    /// The capture device to listen at; nil is `default`.
    public var microphone: String?
    /// `LAT,LON` in degrees.
    public var place: String?
    /// A date and a time of day, or a time of day alone.
    public var time: String?
    /// Weather in words.
    public var weather: String?
    /// True leaves out what the camera wrote down.
    public var ignoresCameraNotes = false
    /// Single axes that override the mood.
    public var valence: Float?
    public var energy: Float?
    public var tension: Float?
    public var intimacy: Float?
    public var nostalgia: Float?
    public var openness: Float?
    /// Seconds, or text such as `2m30s`.
    public var duration: String?
    /// `grand`, `upright` or `felt`, with an instrument seed after a colon.
    public var piano: String?
    public var room: String?
    public var sea: String?
    public var tempo: Float?
    public var key: String?
    public var form: String?
    /// An integer or three words.
    public var seed: String?
    /// True asks for a fresh seed.
    public var isNew = false
    /// True takes a fresh seed where none is named, as live music does.
    var prefersFresh = false
    /// Whose hands: changes the performance, never the notes; at most 2³² - 1.
    public var pianist: UInt64?
    /// Layers to draw again, each with how often it was named.
    public var rerolls: [String] = []

    /// Whether the owner's profile is worked in: true asks for it, false leaves it out, nil has it in what is made from a
    /// bare mood or from the senses, where `belongsToOwner`.
    public var profile: Bool?
    /// Whether the piece is made by its owner, not by a batch.
    public var belongsToOwner = false

    public init() {}
}

/// A source that has been read: the moment, under which name, with which seed.
public struct ResolvedSource: Hashable, Sendable {
    public var moment: Moment
    /// The moment before its mood filled in what nobody had said about the sound: what a moment file keeps.
    public var said: Moment
    /// Name of the mood or preset, for the summary.
    public var name: String
    public var seed: Seed
    public var duration: Double
    /// Name in the journal, where the piece is a kept moment as it is.
    var keptName: String?

    init(moment: Moment, said: Moment? = nil, name: String, seed: Seed, duration: Double) {
        self.moment = moment
        self.said = said ?? moment
        self.name = name
        self.seed = seed
        self.duration = duration
    }

    /// The seed as three words, or as an integer where it has no words.
    public var seedText: String { seed.words ?? "\(seed.value)" }
}
