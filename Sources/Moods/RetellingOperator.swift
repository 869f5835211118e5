/// What a memory does to a piece that is heard again in another light (music.md 4.12).
public enum RetellingOperator: String, Hashable, Sendable, CaseIterable {
    case octaveUp = "octave-up"
    case thinned
    case lastNoteWithheld = "last-note-withheld"
    case unaCorda = "una-corda"
    case moreRoom = "more-room"
    case slower
    case parallelMinor = "parallel-minor"
    case relit
    case augmented
    case diminished
    case softer
    case leftOctaves = "left-octaves"
    case tenths
    case openFifths = "open-fifths"
    case farther
    case modeMixture = "mode-mixture"
    case fragmented
    case threeThreeTwo = "three-three-two"
    case canon
    case fallingBass = "falling-bass"

    /// What one hears.
    public var sentence: String {
        switch self {
        case .octaveUp: "the last return an octave higher"
        case .thinned: "every second bar of the last return thinned"
        case .lastNoteWithheld: "the last note of the last return withheld"
        case .unaCorda: "the left pedal down"
        case .moreRoom: "4 dB more of the room"
        case .slower: "a tenth slower"
        case .parallelMinor: "the same tonic in minor"
        case .relit: "the same tune under a major light"
        case .augmented: "the theme in longer notes"
        case .diminished: "the theme in shorter notes"
        case .softer: "8 dB softer"
        case .leftOctaves: "the left hand in octaves"
        case .tenths: "a second voice in tenths and sixths"
        case .openFifths: "fifths without thirds in the left hand"
        case .farther: "softer hammers, three times as far away"
        case .modeMixture: "the sixth of the last return as in minor"
        case .fragmented: "two notes are left at the end of the last return"
        case .threeThreeTwo: "the left hand in threes, threes and twos"
        case .canon: "the tenor follows the last return in canon"
        case .fallingBass: "the bass falls by step under the last return"
        }
    }
}
