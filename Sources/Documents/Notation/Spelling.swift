import Music

/// A pitch as it is written: letter, sharps or flats, octave.
struct SpelledPitch: Hashable {
    let step: Character
    /// Semitones up, such as -1 for a flat.
    let alter: Int
    let octave: Int

    /// From a place on the line of fifths (C is 0, G 1, F -1).
    init(_ pitch: Pitch, fifths: Int) {
        alter = Spelling.alter(fifths)
        let letters: [Character] = ["F", "C", "G", "D", "A", "E", "B"]
        step = letters[((fifths + 1) % 7 + 7) % 7]
        let natural = pitch.midi - alter
        octave = (natural >= 0 ? natural / 12 : (natural - 11) / 12) - 1
    }
}

extension SpelledPitch {
    /// Such as `Db` or `F#`.
    var letter: String { String(step) + String(repeating: alter < 0 ? "b" : "#", count: abs(alter)) }

    /// Name of its accidental in MusicXML.
    var sign: String {
        switch alter {
        case ..<(-1): "flat-flat"
        case -1: "flat"
        case 0: "natural"
        case 1: "sharp"
        default: "double-sharp"
        }
    }

    /// Such as `Db4`: middle C is `C4`, and `B#3` sounds like it.
    var name: String { letter + "\(octave)" }
}

/// Spells pitches by chord and key on the line of fifths: chord tones as intervals over the root, the rest as near to
/// the key as can be.
enum Spelling {
    /// Fifths up of each interval in semitones above a chord's root: minor third -3, major third 4, seventh -2 ...
    private static let intervals = [0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5]

    static func spell(_ pitch: Pitch, key written: WrittenKey, chord: ScoreChord?) -> SpelledPitch {
        // Major takes the flat sixth's side for its borrowed chords, minor the raised seventh's for its leading tone.
        let plain = place(pitch.pitchClass, from: written.fifths - (written.key.isMinor ? 3 : 4))
        guard let chord, chord.pitchClasses.contains(pitch.pitchClass) || chord.triad.contains(pitch.pitchClass) else {
            return SpelledPitch(pitch, fifths: plain)
        }
        // A diminished chord in minor leads upwards from a raised tone: to the tonic, or to the fifth.
        let isLeading = written.key.isMinor && chord.triad.contains((chord.root + 6) % 12)
        let root = place(chord.root, from: written.fifths - (isLeading ? 2 : 4))
        let semitones = ((pitch.pitchClass - chord.root) % 12 + 12) % 12
        var over = root + intervals[semitones]
        if chord.triad.contains(pitch.pitchClass) {
            if semitones == 6 { over = root - 6 }
            // A raised fifth stands over a major third; else it is a sixth.
            if semitones == 8, chord.triad.contains((chord.root + 4) % 12) { over = root + 8 }
        }
        // Double signs are for what the key itself asks for, such as the leading tone of G-sharp minor.
        return SpelledPitch(pitch, fifths: abs(alter(over)) > 1 ? plain : over)
    }

    /// Sharps (positive) or flats that a place on the line of fifths has.
    static func alter(_ fifths: Int) -> Int { fifths >= -1 ? (fifths + 1) / 7 : (fifths - 5) / 7 }

    /// The alteration that a signature gives a letter.
    static func signature(_ step: Character, fifths: Int) -> Int {
        let sharps: [Character] = ["F", "C", "G", "D", "A", "E", "B"]
        let place = sharps.firstIndex(of: step) ?? 0
        if fifths > 0 { return place < fifths ? 1 : 0 }
        return 6 - place < -fifths ? -1 : 0
    }

    /// The place of a pitch class in the twelve places that begin at `low`.
    private static func place(_ pitchClass: Int, from low: Int) -> Int {
        let fifths = pitchClass * 7
        return low + ((fifths - low) % 12 + 12) % 12
    }
}
