/// A number in 0...1; construction clamps, NaN becomes 0.
public struct UnitInterval: Hashable, Sendable, Comparable {
    public let value: Float

    public init(_ value: Float) { self.value = value > 0 ? min(value, 1) : 0 }

    public static let zero = UnitInterval(0)
    public static let one = UnitInterval(1)

    public static func < (a: UnitInterval, b: UnitInterval) -> Bool { a.value < b.value }
}
