import DSP
import Glibc
import Music

/// How a damper grips: lift from the pedal, speed of the felt, decay from the lift (piano-physics 2.13, 3.8).
enum Damping {
    /// Lift of the dampers for a depth of the sustain pedal: a dead zone, then a range in which the felt grips less
    /// and less, then free.
    static func lift(depth: Float) -> Float {
        let x = min(1, max(0, (depth - 0.25) / 0.5))
        return x * x * (3 - 2 * x)
    }

    /// Share of the seated damping at a lift.
    static func grip(lift: Float) -> Float {
        let x = max(0, 1 - lift)
        return x * x * x.squareRoot()
    }

    /// Seconds for the felt to travel from free to seated, the way down included.
    static let landing: Float = 0.022
    static let lifting: Float = 0.008

    /// The lift after one block on the way to a target.
    static func moved(_ lift: Float, toward target: Float, blockSeconds: Float) -> Float {
        target > lift ? min(target, lift + blockSeconds / lifting) : max(target, lift - blockSeconds / landing)
    }
}
