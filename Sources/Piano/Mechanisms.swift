/// What a piano's sound is made of: one named switch for each mechanism of the model (piano-physics 3, piano-fit 2).
///
/// A piano has them all. Taking one away shows what it is for: each has a test that measures the figure which moves.
public struct Mechanisms: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Every mechanism.
    public static let all = Mechanisms(rawValue: 1 << 31 - 1)

    // MARK: - Strings

    /// Bending stiffness spreads the partials; without it they are harmonic.
    public static let stiffness = Mechanisms(rawValue: 1 << 0)
    /// The strings of a unison stand fractions of a cent apart.
    public static let unisonSpread = Mechanisms(rawValue: 1 << 1)
    /// The strings of a unison feel one another through the bridge, hence two-stage decay; without it each is alone.
    public static let unisonCoupling = Mechanisms(rawValue: 1 << 2)
    /// Strings move parallel to the board as well.
    public static let secondPolarization = Mechanisms(rawValue: 1 << 3)
    /// The bridge gives way more at some frequencies than at others; without it the same everywhere.
    public static let boardAdmittance = Mechanisms(rawValue: 1 << 4)
    /// Stretching drives longitudinal modes: phantom partials.
    public static let longitudinal = Mechanisms(rawValue: 1 << 5)
    /// Stretching tightens a loud string, which starts sharp.
    public static let glide = Mechanisms(rawValue: 1 << 6)
    /// Open strings ring along.
    public static let sympathy = Mechanisms(rawValue: 1 << 7)

    // MARK: - Hammer

    /// Felt resists being squeezed fast, and gives back less than it takes.
    public static let feltRate = Mechanisms(rawValue: 1 << 8)
    /// A blow meets the string as it moves; without it at rest.
    public static let motion = Mechanisms(rawValue: 1 << 9)
    /// The left pedal.
    public static let unaCorda = Mechanisms(rawValue: 1 << 10)

    // MARK: - Dampers and keys

    /// Dampers, up to F#6.
    public static let dampers = Mechanisms(rawValue: 1 << 11)
    /// No dampers from G6 on; without it, dampers to the top.
    public static let undampedTop = Mechanisms(rawValue: 1 << 12)
    /// Between up and down the pedal lets the felt touch; without it, it is a switch.
    public static let halfPedal = Mechanisms(rawValue: 1 << 13)
    /// The middle pedal.
    public static let sostenuto = Mechanisms(rawValue: 1 << 14)
    /// A key pressed too slowly for its hammer opens its strings.
    public static let silentKeys = Mechanisms(rawValue: 1 << 15)

    // MARK: - Noises

    /// The blow on the board.
    public static let knock = Mechanisms(rawValue: 1 << 16)
    /// Noise of the blow.
    public static let strokeNoise = Mechanisms(rawValue: 1 << 17)
    /// The finger meets the key.
    public static let touch = Mechanisms(rawValue: 1 << 18)
    /// The key meets its bed.
    public static let keyBottom = Mechanisms(rawValue: 1 << 19)
    /// The damper lands.
    public static let damperNoise = Mechanisms(rawValue: 1 << 20)
    /// The dampers' rail moves.
    public static let pedalNoise = Mechanisms(rawValue: 1 << 21)

    // MARK: - Soundboard

    /// Modes of the board below 1.5 kHz.
    public static let lowModes = Mechanisms(rawValue: 1 << 22)
    /// What stands for its modes above.
    public static let highBank = Mechanisms(rawValue: 1 << 23)
    /// Radiation that follows the bridge at once.
    public static let directBranch = Mechanisms(rawValue: 1 << 24)
    /// Partials on a peak or in a dip of the board stand out half as far, in dB.
    public static let levelCompression = Mechanisms(rawValue: 1 << 25)

    // MARK: - Listening

    /// Left and right hear the board from two places.
    public static let stereo = Mechanisms(rawValue: 1 << 26)
    /// The lid, closed to open.
    public static let lid = Mechanisms(rawValue: 1 << 27)
    /// Microphones near the strings hear the field of a dipole.
    public static let nearMicrophones = Mechanisms(rawValue: 1 << 30)

    // MARK: - The one instrument

    /// Frozen deviations of each key and partial: tuning, losses, voicing.
    public static let individuality = Mechanisms(rawValue: 1 << 28)
    /// The technician evens the levels of the keys.
    public static let regulation = Mechanisms(rawValue: 1 << 29)
}
