/// Speed of the hammer at the string, m/s, from a MIDI velocity.
///
/// `v = 1.2 * 2^((velocity - 52) / 25)`: Goebl and Bresin's measured curve times 1.2, fitted on the brightness of
/// recorded grands (piano-fit 2.2).
public func hammerSpeed(velocity: Float) -> Float { 1.2 * Exact.exp2((velocity - 52) / 25) }
