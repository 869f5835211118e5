/// How the sound is to be written, as the user said it; nil leaves it to the moment or to the built-in value.
public struct OutputWishes: Hashable, Sendable {
    public var format: String?
    public var bits: String?
    public var rate: Int?
    /// LUFS or `off`.
    public var loudness: String?
    public var force: Bool
    /// 1 or 2 threads; the samples are the same.
    public var threads: Int?
    /// Frames rendered in one call; the samples are the same.
    public var block: Int?
    /// Whether piano and sea are written apart as well.
    public var stems: Bool

    public init(
        format: String? = nil, bits: String? = nil, rate: Int? = nil, loudness: String? = nil, force: Bool = false,
        threads: Int? = nil, block: Int? = nil, stems: Bool = false
    ) {
        self.format = format
        self.bits = bits
        self.rate = rate
        self.loudness = loudness
        self.force = force
        self.threads = threads
        self.block = block
        self.stems = stems
    }
}

/// Where the companions of a render go; nil leaves one out.
///
/// All are written, or none.
public struct CompanionPaths: Hashable, Sendable {
    public var midi: String?
    public var score: String?
    public var picture: String?
    public var roll: String?
    public var moment: String?

    public init(
        midi: String? = nil, score: String? = nil, picture: String? = nil, roll: String? = nil, moment: String? = nil
    ) {
        self.midi = midi
        self.score = score
        self.picture = picture
        self.roll = roll
        self.moment = moment
    }
}

/// How to play live.
public struct PlayWishes: Hashable, Sendable {
    public var device: String?
    /// 20...2000.
    public var latencyMilliseconds: Int?
    /// A sound file for what is heard, before the listener's volume.
    public var record: String?
    /// A MIDI file for what is heard.
    public var midi: String?
    public var rate: Int?
    public var force: Bool
    /// How long an endless piece plays, such as `45m`.
    public var length: String?
    /// The time of day at which it ends, such as `23:00`; never together with `length`.
    public var until: String?
    /// How long it fades before its end, such as `60s`; without it, it ends with a cadence.
    public var fade: String?
    /// Whether a program reads the answers.
    public var isJSON: Bool

    public init(
        device: String? = nil, latencyMilliseconds: Int? = nil, record: String? = nil, midi: String? = nil,
        rate: Int? = nil, force: Bool = false, length: String? = nil, until: String? = nil, fade: String? = nil,
        isJSON: Bool = false
    ) {
        self.isJSON = isJSON
        self.device = device
        self.latencyMilliseconds = latencyMilliseconds
        self.record = record
        self.midi = midi
        self.rate = rate
        self.force = force
        self.length = length
        self.until = until
        self.fade = fade
    }
}

/// How to play a MIDI file.
public struct PerformWishes: Hashable, Sendable {
    public var input: String
    public var piano: String?
    public var room: String?
    /// Channels 1...16 with commas between; nil for all but the drums.
    public var channels: String?
    public var device: String?
    /// 20...2000.
    public var latencyMilliseconds: Int?
    /// Where the performance goes as a MIDI file.
    public var midi: String?
    /// Whether the file is a flat score that a pianist is to shape.
    public var isExpressive: Bool
    public var output: OutputWishes

    public init(
        input: String, piano: String? = nil, room: String? = nil, channels: String? = nil, device: String? = nil,
        latencyMilliseconds: Int? = nil, midi: String? = nil, isExpressive: Bool = false,
        output: OutputWishes = OutputWishes()
    ) {
        self.input = input
        self.piano = piano
        self.room = room
        self.channels = channels
        self.device = device
        self.latencyMilliseconds = latencyMilliseconds
        self.midi = midi
        self.isExpressive = isExpressive
        self.output = output
    }
}
