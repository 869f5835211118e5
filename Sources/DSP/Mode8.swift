/// Eight decaying complex modes side by side: state `z`, turned by `rotation` every frame.
///
/// The state carries its own output weight, so that what the modes give together is the sum of the imaginary parts.
@frozen
public struct Mode8: BitwiseCopyable, Sendable {
    public var re = SIMD8<Float>()
    public var im = SIMD8<Float>()
    public var rotationRe = SIMD8<Float>()
    public var rotationIm = SIMD8<Float>()

    public init() {}

    /// Largest squared magnitude of the eight.
    public var peak: Float { (re * re + im * im).max() }
}

/// How eight modes answer a force and are seen by it, in the units of their state.
@frozen
public struct Coupling8: BitwiseCopyable, Sendable {
    /// Added to the state for each newton held over a frame.
    public var pushRe = SIMD8<Float>()
    public var pushIm = SIMD8<Float>()
    /// Displacement at the hammer is the sum of `Im(sense z)`.
    public var senseRe = SIMD8<Float>()
    public var senseIm = SIMD8<Float>()

    public init() {}
}

extension Mode8 {
    /// Sets the state to rest.
    public mutating func clear() {
        re = .zero
        im = .zero
    }
}
