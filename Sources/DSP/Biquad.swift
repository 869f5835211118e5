/// A second-order section in transposed direct form II; coefficients for `a0 = 1`.
@frozen
public struct Biquad: BitwiseCopyable, Sendable {
    private let b0: Float
    private let b1: Float
    private let b2: Float
    private let a1: Float
    private let a2: Float
    private var s1: Float = 0
    private var s2: Float = 0

    public init(b0: Double, b1: Double, b2: Double, a1: Double, a2: Double) {
        self.b0 = Float(b0)
        self.b1 = Float(b1)
        self.b2 = Float(b2)
        self.a1 = Float(a1)
        self.a2 = Float(a2)
    }

    /// One frame.
    @inline(__always)
    public mutating func callAsFunction(_ x: Float) -> Float {
        let y = b0 * x + s1
        s1 = b1 * x - a1 * y + s2
        s2 = b2 * x - a2 * y
        return y
    }

    /// Forgets what went through.
    public mutating func reset() {
        s1 = 0
        s2 = 0
    }

    /// How much is still inside.
    public var energy: Float { s1 * s1 + s2 * s2 }
}
