/// Which voice a note belongs to.
///
/// `melody` and `inner` are played by the right hand, `bass` and `figure` by the left.
public enum VoiceRole: String, Hashable, Sendable, CaseIterable {
    case melody, inner, bass, figure

    public var isLeftHand: Bool { self == .bass || self == .figure }
}

/// A written note in exact beats from the start of the piece.
public struct ScoreNote: Hashable, Sendable {
    public var onset: Beat
    /// Written length, positive.
    public var length: Beat
    public var pitch: Pitch
    /// Level relative to its section in dB, usually 0; marks that the composer puts on single notes.
    public var dynamic: Float
    public var role: VoiceRole

    public init(onset: Beat, length: Beat, pitch: Pitch, dynamic: Float = 0, role: VoiceRole) {
        self.onset = onset
        self.length = length
        self.pitch = pitch
        self.dynamic = dynamic
        self.role = role
    }

    public var end: Beat { onset + length }
}

/// One harmony as the performer reads it.
public struct ScoreChord: Hashable, Sendable {
    /// Roman name such as `IV` or `I/3`.
    public var name: String
    public var onset: Beat
    public var length: Beat
    /// Pitch class of the root.
    public var root: Int
    /// Pitch class of the bass.
    public var bass: Int
    /// Pitch classes of the triad.
    public var triad: [Int]
    /// Pitch classes of triad, colour tones and drone.
    public var pitchClasses: [Int]
    /// Pitch class of the local tonic.
    public var localTonic: Int

    public init(
        name: String, onset: Beat, length: Beat, root: Int, bass: Int, triad: [Int], pitchClasses: [Int],
        localTonic: Int
    ) {
        self.name = name
        self.onset = onset
        self.length = length
        self.root = root
        self.bass = bass
        self.triad = triad
        self.pitchClasses = pitchClasses
        self.localTonic = localTonic
    }

    public var end: Beat { onset + length }
}

/// A formal section.
public struct ScoreSection: Hashable, Sendable {
    /// `A`, `B`, `C` for melodic material, `i` intro, `o` outro.
    public var letter: String
    /// 0 for the first statement, 1 and up for returns.
    public var variant: Int
    public var onset: Beat
    public var bars: Int
    /// 0 quiet to 1 climax.
    public var level: Float
    /// In which it stands: home, or where the piece has gone.
    public var key: Key

    public init(letter: String, variant: Int, onset: Beat, bars: Int, level: Float, key: Key) {
        self.letter = letter
        self.variant = variant
        self.onset = onset
        self.bars = bars
        self.level = level
        self.key = key
    }
}

/// How large a phrase mark is: two phrases, a phrase (6-15 s), a gesture of half a phrase.
public enum PhraseLevel: Int, Hashable, Sendable, CaseIterable, Comparable {
    case period, phrase, gesture

    public static func < (a: PhraseLevel, b: PhraseLevel) -> Bool { a.rawValue < b.rawValue }
}

/// A phrase, upbeats belonging to the phrase that they begin.
public struct ScorePhrase: Hashable, Sendable {
    public var level: PhraseLevel
    public var onset: Beat
    public var end: Beat

    public init(level: PhraseLevel, onset: Beat, end: Beat) {
        self.level = level
        self.onset = onset
        self.end = end
    }
}

/// How a phrase or a piece closes.
public struct ScoreCadence: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case half, plagal, weak, modal, deceptive, authentic

        /// Such as `an authentic close`.
        public var phrase: String { (self == .authentic ? "an " : "a ") + rawValue + " close" }
    }

    /// Where the closing chord is struck.
    public var onset: Beat
    public var kind: Kind
    /// True for the one that ends the piece.
    public var isFinal: Bool

    public init(onset: Beat, kind: Kind, isFinal: Bool) {
        self.onset = onset
        self.kind = kind
        self.isFinal = isFinal
    }
}

/// A composed piece: all that the performer is told.
public struct Score: Hashable, Sendable {
    public var title: String
    public var key: Key
    public var metre: Metre
    /// Quarter notes per minute, before the performer.
    public var tempo: Float
    /// Name of the form, such as `aaba`.
    public var form: String
    public var bars: Int
    public var sections: [ScoreSection]
    /// Sorted by level, then onset.
    public var phrases: [ScorePhrase]
    public var chords: [ScoreChord]
    public var cadences: [ScoreCadence]
    /// Sorted by onset, then pitch.
    public var notes: [ScoreNote]
    /// The main motif as written at its first statement.
    public var motif: [ScoreNote]
    /// A bar each, where the mood changes within the piece; empty where it stays.
    public var course: [BarCourse] = []

    public init(
        title: String, key: Key, metre: Metre, tempo: Float, form: String, bars: Int, sections: [ScoreSection],
        phrases: [ScorePhrase], chords: [ScoreChord], cadences: [ScoreCadence], notes: [ScoreNote], motif: [ScoreNote]
    ) {
        self.title = title
        self.key = key
        self.metre = metre
        self.tempo = tempo
        self.form = form
        self.bars = bars
        self.sections = sections
        self.phrases = phrases
        self.chords = chords
        self.cadences = cadences
        self.notes = notes
        self.motif = motif
    }

    /// Length in beats.
    public var beats: Int { bars * metre.beats }

    /// The key that stands at a place: its section's, as it is written beside the home key.
    public func key(at beat: Beat) -> WrittenKey {
        let section = sections.last { $0.onset <= beat } ?? sections.first
        return (section?.key ?? key).written(in: key)
    }

    /// The keys that its sections stand in, signed where they change.
    public var keySignatures: [KeySignature] {
        var signatures: [KeySignature] = []
        for section in sections {
            let written = section.key.written(in: key)
            let (fifths, isMinor) = (written.fifths, written.key.isMinor)
            if let last = signatures.last, last.fifths == fifths, last.isMinor == isMinor { continue }
            signatures.append(KeySignature(beat: section.onset.value, fifths: fifths, isMinor: isMinor))
        }
        return signatures.isEmpty ? [KeySignature(beat: 0, fifths: key.fifths, isMinor: key.isMinor)] : signatures
    }
}
