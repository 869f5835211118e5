/// Which piano, as plain values; nil leaves a value to the mood, and where there is none to the instrument.
public struct InstrumentSettings: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable { case grand, upright, felt }

    public var kind: Kind
    /// From the body of a nine-foot grand, 0, to that of an upright, 1: strings, board, hammers and action; `grand` has the
    /// one, `upright` and `felt` the other.
    public var body: UnitInterval?
    /// How much felt lies between hammer and string, 0 none to 1 the moderator strip; `felt` starts at 0.7.
    public var felt: UnitInterval?
    /// How the hammers are voiced, -1 soft to 1 hard; 0 is the fitted piano.
    public var hardness: Float?
    /// 0 closed to 1 full lid; 0.5 is the fitted piano.
    public var lid: UnitInterval?
    /// Level of the action's noises, dB, -70...-20: -40 is each piano as it is, the pedals of a grand about 40 dB under its
    /// notes, those of a felt piano 15 dB louder; every dB more is one dB more of fingers, key beds, dampers and pedals.
    public var mechanism: Float?
    /// 0 freshly voiced and tuned to 1 an old friend.
    public var age: UnitInterval
    /// Frequency of A4, Hz, 415...466.
    public var a4: Double
    /// The frozen individuality of this instrument; 7 is the fitted one.
    public var seed: UInt32

    /// What stands where nobody says otherwise.
    public static let standardHardness: Float = 0
    public static let standardLid = UnitInterval(0.5)
    public static let standardMechanism: Float = -40

    public init(
        kind: Kind = .grand, body: UnitInterval? = nil, felt: UnitInterval? = nil, hardness: Float? = nil,
        lid: UnitInterval? = nil,
        mechanism: Float? = nil, age: UnitInterval = .init(0.2), a4: Double = 440, seed: UInt32 = 7
    ) {
        self.kind = kind
        self.body = body
        self.felt = felt
        self.hardness = hardness
        self.lid = lid
        self.mechanism = mechanism
        self.age = age
        self.a4 = a4
        self.seed = seed
    }

    /// The body that is there: what was said, else the instrument's own.
    public var bodyInPlace: UnitInterval { body ?? (kind == .grand ? .zero : UnitInterval(1)) }

    /// Where the microphones stand, as a share of the scene's distance: those of an upright look in over its open top, those
    /// of the felt piano are inside its case.
    public var nearness: Float { kind == .felt ? 0.5 : 1 - 0.4 * bodyInPlace.value }

    /// The felt that is there: what was said, else the instrument's own.
    public var feltInPlace: UnitInterval { felt ?? (kind == .felt ? UnitInterval(0.7) : .zero) }
}
