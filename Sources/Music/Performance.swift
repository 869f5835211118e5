/// A key press and release in seconds from the start, as the finger moves; the onset is the moment of string contact.
public struct NoteEvent: Hashable, Sendable {
    public var onset: Double
    public var release: Double
    public var pitch: Pitch
    /// MIDI velocity 1...127; fractions are kept (written with the high-resolution prefix).
    public var velocity: Float
    /// Which voice it came from, where known.
    public var role: VoiceRole?

    public init(onset: Double, release: Double, pitch: Pitch, velocity: Float, role: VoiceRole? = nil) {
        self.onset = onset
        self.release = release
        self.pitch = pitch
        self.velocity = velocity
        self.role = role
    }
}

/// The three pedals.
public enum Pedal: Int, Hashable, Sendable, CaseIterable {
    case sustain, sostenuto, unaCorda
}

/// A pedal movement: from `time` on the pedal stands at `depth`.
public struct PedalEvent: Hashable, Sendable {
    public var time: Double
    public var pedal: Pedal
    public var depth: UnitInterval

    public init(time: Double, pedal: Pedal, depth: UnitInterval) {
        self.time = time
        self.pedal = pedal
        self.depth = depth
    }
}

/// A place where the written beat and the clock agree; straight lines between.
public struct TempoPoint: Hashable, Sendable {
    public var beat: Double
    public var seconds: Double

    public init(beat: Double, seconds: Double) {
        self.beat = beat
        self.seconds = seconds
    }
}

/// What leaves the pianist's hands and feet.
public struct Performance: Hashable, Sendable {
    public var title: String
    /// Sorted by onset, then pitch.
    public var notes: [NoteEvent]
    /// Sorted by time.
    public var pedals: [PedalEvent]
    /// Beat against clock, both rising; empty where there is no written beat.
    public var tempoMap: [TempoPoint]
    public var metre: Metre?
    public var key: Key?
    /// Seconds from the start to the end of ring-out: the length of the finished file.
    public var duration: Double

    public init(
        title: String, notes: [NoteEvent], pedals: [PedalEvent], tempoMap: [TempoPoint] = [], metre: Metre? = nil,
        key: Key? = nil, duration: Double
    ) {
        self.title = title
        self.notes = notes
        self.pedals = pedals
        self.tempoMap = tempoMap
        self.metre = metre
        self.key = key
        self.duration = duration
    }
}
