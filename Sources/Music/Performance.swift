/// A key press and release in seconds from the start, as the finger moves; the onset is the moment of string contact.
public struct NoteEvent: Hashable, Sendable {
    public var onset: Double
    public var release: Double
    public var pitch: Pitch
    /// MIDI velocity 1...127; fractions are kept (written with the high-resolution prefix).
    ///
    /// Below `slowestBlow` the key only opens its strings.
    public var velocity: Float
    /// How fast the key comes up: MIDI velocity 1...127, 64 where nobody said.
    public var releaseVelocity: Float
    /// Which voice it came from, where known.
    public var role: VoiceRole?

    public init(
        onset: Double, release: Double, pitch: Pitch, velocity: Float, releaseVelocity: Float = 64,
        role: VoiceRole? = nil
    ) {
        self.onset = onset
        self.release = release
        self.pitch = pitch
        self.velocity = velocity
        self.releaseVelocity = releaseVelocity
        self.role = role
    }
}

extension NoteEvent {
    /// Blows are at least as fast as this.
    ///
    /// A key that goes down with a velocity of 1 to 4, and their fractions, is pressed too slowly for its hammer to reach
    /// the strings: they are open, and silent (piano-physics 2.8).
    public static let slowestBlow: Float = 5

    /// Whether the key is pressed without a blow.
    public var isSilent: Bool { velocity < Self.slowestBlow }
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

/// A metre as it is written, from a beat on.
public struct TimeSignature: Hashable, Sendable {
    /// Quarter notes from the start of the tempo map.
    public var beat: Double
    /// 1...255.
    public var numerator: Int
    /// A power of two, 1...128.
    public var denominator: Int

    public init(beat: Double, _ numerator: Int, over denominator: Int) {
        self.beat = beat
        self.numerator = numerator
        self.denominator = denominator
    }
}

/// A key signature as it is written, from a beat on.
public struct KeySignature: Hashable, Sendable {
    /// Quarter notes from the start of the tempo map.
    public var beat: Double
    /// Sharps (positive) or flats (negative), -7...7.
    public var fifths: Int
    public var isMinor: Bool

    public init(beat: Double, fifths: Int, isMinor: Bool) {
        self.beat = beat
        self.fifths = fifths
        self.isMinor = isMinor
    }

    /// What it signs.
    public var key: Key { Key(tonic: 7 * fifths + (isMinor ? 9 : 0), isMinor: isMinor) }
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
    /// Sorted by beat.
    public var timeSignatures: [TimeSignature]
    /// Sorted by beat.
    public var keySignatures: [KeySignature]
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
        timeSignatures = metre.map { [TimeSignature(beat: 0, $0.beats, over: 4)] } ?? []
        keySignatures = key.map { [KeySignature(beat: 0, fifths: $0.fifths, isMinor: $0.isMinor)] } ?? []
        self.duration = duration
    }

    /// The first metre, where it counts quarter notes.
    public var metre: Metre? {
        guard let first = timeSignatures.first, first.denominator == 4 else { return nil }
        return Metre(beats: first.numerator)
    }

    /// The first key.
    public var key: Key? { keySignatures.first?.key }

    /// The keys as they are written beside the first one, and the seconds from which they stand.
    public var keys: [(seconds: Double, key: WrittenKey)] {
        guard let home = key else { return [] }
        return keySignatures.enumerated().map { i, signature in
            let bar = tempoMap.first { $0.beat >= signature.beat }?.seconds ?? duration
            return (i == 0 ? 0 : bar, signature.key.written(in: home))
        }
    }
}
