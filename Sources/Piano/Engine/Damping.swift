import DSP
import Glibc
import Music

/// How a damper grips: lift from the pedal, speed of the felt, decay from the lift (piano-physics 2.13, 3.8).
package enum Damping {
    /// Lift of the dampers for a depth of the sustain pedal: a dead zone, then a range in which the felt grips less
    /// and less, then free.
    package static func lift(depth: Float) -> Float {
        let x = min(1, max(0, (depth - 0.25) / 0.5))
        return x * x * (3 - 2 * x)
    }

    /// Share of the seated damping at a lift.
    package static func grip(lift: Float) -> Float {
        let x = max(0, 1 - lift)
        return x * x * x.squareRoot()
    }

    /// Seconds for the felt to travel from free to seated, the way down included.
    static let landing: Float = 0.022
    static let lifting: Float = 0.008

    /// Seconds for the felt to fall behind a key that comes up with a velocity of 1...127: 66 ms under a finger that
    /// rises slowly, 7 ms under one that snaps away.
    ///
    /// The velocity of 64, which a file without release velocities means, gives `landing`; the range on either side is
    /// our choice, a factor of three as between the slowest and the fastest strikes of a legato.
    static func landing(releaseVelocity: Float) -> Float {
        landing * Exact.exp2((64 - min(127, max(1, releaseVelocity))) / 40)
    }

    /// The lift after one block on the way to a target, with a fall of so many seconds.
    static func moved(_ lift: Float, toward target: Float, blockSeconds: Float, landing: Float) -> Float {
        target > lift ? min(target, lift + blockSeconds / lifting) : max(target, lift - blockSeconds / landing)
    }
}
