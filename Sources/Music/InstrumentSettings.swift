/// Which piano, as plain values.
public struct InstrumentSettings: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable { case grand, upright, felt }

    public var kind: Kind
    /// How much felt lies between hammer and string, 0 none to 1 the moderator strip; `felt` starts at 0.7.
    public var felt: UnitInterval
    /// 0 closed to 1 full lid.
    public var lid: UnitInterval
    /// 0 freshly voiced and tuned to 1 an old friend.
    public var age: UnitInterval
    /// Frequency of A4, Hz, 415...466.
    public var a4: Double
    /// The frozen individuality of this instrument; 7 is the fitted one.
    public var seed: UInt32

    public init(
        kind: Kind = .grand, felt: UnitInterval? = nil, lid: UnitInterval = .init(0.5), age: UnitInterval = .init(0.2),
        a4: Double = 440, seed: UInt32 = 7
    ) {
        self.kind = kind
        self.felt = felt ?? (kind == .felt ? UnitInterval(0.7) : .zero)
        self.lid = lid
        self.age = age
        self.a4 = a4
        self.seed = seed
    }
}
