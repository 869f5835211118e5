import Moods
import Music

let majorScale = [0, 2, 4, 5, 7, 9, 11]
let lydianScale = [0, 2, 4, 6, 7, 9, 11]
let minorScale = [0, 2, 3, 5, 7, 8, 10]

/// One harmony while it is being composed; times in ticks.
struct Chord {
    var name: String
    var root: Int
    var bass: Int
    var triad: [Int]
    /// Triad, colour tones and drone.
    var tones: [Int]
    /// Pitch class of the local tonic.
    var tonic: Int
    var onset: Int
    var length: Int
    let isMinor: Bool
    /// Whether the fourth of the key is raised over it.
    var isLydian = false
    /// The tones that two keys share, where it leads from one to the other.
    var common: Set<Int>?

    var end: Int { onset + length }

    /// The scale of the piece bent to contain the chord: a foreign chord tone replaces its neighbour.
    var scale: Set<Int> {
        if let common { return common }
        var scale = Set((isMinor ? minorScale : isLydian ? lydianScale : majorScale).map { ($0 + tonic) % 12 })
        for p in triad where !scale.contains(p) {
            for q in [(p + 1) % 12, (p + 11) % 12] where scale.contains(q) && !triad.contains(q) {
                scale.remove(q)
                break
            }
            scale.insert(p)
        }
        return scale
    }
}

/// A melody note while it is being composed: rhythm and wishes first, pitch last.
struct MelodyNote {
    var onset: Int
    var length: Int
    /// Wanted interval from the note before, in scale steps.
    var step: Int?
    /// Pitch of the passage being recalled.
    var near: Int?
    /// How much the wanted step weighs: more than 1 where a motif is to be known again.
    var insistence: Float = 1
    var isLiteral = false
    /// Of a motif that a plan promises: neither left out nor moved, its steps as they are heard.
    var isTheme = false
    var isStrong = false
    /// Which two-bar unit of the section.
    var unit = 0
    var pitch = 0

    var end: Int { onset + length }

    func insisting(_ weight: Float) -> MelodyNote {
        var copy = self
        copy.insistence = weight
        return copy
    }
}

/// A finished note with the role that the performer needs.
struct Note: Equatable {
    var onset: Int
    var length: Int
    var pitch: Int
    var role: VoiceRole
    /// dB re its section.
    var dynamic: Float = 0

    var end: Int { onset + length }
}

/// A section while it is being composed.
struct Section {
    /// A B C melodic material, i intro, o outro.
    let letter: String
    /// Whose chords.
    let harmony: String
    let variant: Int
    var bars: Int
    var level: Float
    /// Length of a phrase in bars.
    var phraseBars = 4
    /// Semitones from the home tonic.
    var transposition = 0
    var isMinor = false
    /// Attacks per second wanted.
    var density: Float = 0
    var start = 0
    /// Ticks at its end in which nothing sounds.
    var silence = 0
    /// Whether it is told as a memory.
    var isRetold = false
    /// Who sings, in a montage.
    var cast: [MontagePart] = []
    /// What accompanies it where that is wished for.
    var texture: String?
    /// What the mood of its time makes of it, where the mood changes within the piece.
    var parameters: MusicalParameters?
    /// Whether it is accompanied otherwise than its letter was before.
    var isRedressed = false
    /// Whether it leads into the next section instead of closing.
    var isElided = false
    var chords: [Chord] = []
    var melody: [MelodyNote] = []

    var isFrame: Bool { letter == "i" || letter == "o" }
}

extension Array where Element == Chord {
    /// The chord sounding at a time.
    func at(_ time: Int) -> Chord { last { $0.onset <= time } ?? self[0] }
}

func clamp<T: Comparable>(_ x: T, _ low: T, _ high: T) -> T { Swift.max(low, Swift.min(high, x)) }

/// The pitch class 0...11 of any number of semitones, negative ones as well.
func pitchClass(_ semitones: Int) -> Int { ((semitones % 12) + 12) % 12 }
