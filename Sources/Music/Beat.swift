/// An exact musical time or length in quarter notes: a reduced fraction.
///
/// Everything that the composer decides is exact; seconds begin with the performer.
public struct Beat: Hashable, Sendable {
    /// The numerator; carries the sign.
    public let numerator: Int
    /// The denominator, always positive.
    public let denominator: Int

    /// The fraction `numerator / denominator`, reduced; `denominator` must not be zero.
    public init(_ numerator: Int, _ denominator: Int = 1) {
        precondition(denominator != 0, "a beat has no denominator of zero")
        let sign = denominator < 0 ? -1 : 1
        let divisor = max(1, Self.greatestCommonDivisor(abs(numerator), abs(denominator)))
        self.numerator = sign * numerator / divisor
        self.denominator = sign * denominator / divisor
    }

    /// The nearest place on a grid of `denominator` places in a beat.
    public init(nearest value: Double, per denominator: Int) {
        self.init(Int((value * Double(denominator)).rounded()), denominator)
    }

    public static let zero = Beat(0)

    /// The value as a floating-point number of beats.
    public var value: Double { Double(numerator) / Double(denominator) }

    /// The largest whole number of beats not above this one.
    public var floor: Int {
        numerator >= 0 ? numerator / denominator : -((-numerator + denominator - 1) / denominator)
    }

    private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}

extension Beat: Comparable {
    public static func < (a: Beat, b: Beat) -> Bool {
        a.numerator * b.denominator < b.numerator * a.denominator
    }
}

extension Beat: AdditiveArithmetic {
    public static func + (a: Beat, b: Beat) -> Beat {
        a.denominator == b.denominator
            ? Beat(a.numerator + b.numerator, a.denominator)
            : Beat(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
    }

    public static func - (a: Beat, b: Beat) -> Beat { a + Beat(-b.numerator, b.denominator) }
}

extension Beat {
    public static func * (a: Beat, b: Beat) -> Beat {
        Beat(a.numerator * b.numerator, a.denominator * b.denominator)
    }

    public static func * (a: Beat, factor: Int) -> Beat { Beat(a.numerator * factor, a.denominator) }

    public static func / (a: Beat, divisor: Int) -> Beat { Beat(a.numerator, a.denominator * divisor) }
}

extension Beat: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self.init(value) }
}

extension Beat: CustomStringConvertible {
    public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}
