import Music

/// A runner coming to a stop: how pianists slow down at the end of a phrase (Friberg and Sundberg 1999; music.md 5.2).
package enum Runner {
    /// Exponent of the runner's speed: `v(x)^q` falls evenly.
    package static let exponent: Float = 3

    /// Lengthening at place `x` in 0...1, from 0 at the turn of the phrase to 1 at its end.
    ///
    /// The inverse of the speed of a runner who ends at half speed, less one; it needs no normalising.
    package static func lengthening(_ x: Float) -> Float {
        let x = min(1, max(0, x))
        return 1 / speed(x, end: 0.5) - 1
    }

    /// Speed at place `x`: `[1 + (end^q - 1) x]^(1/q)`, from 1 at 0 to `end` at 1.
    package static func speed(_ x: Float, end: Float) -> Float {
        Exact.pow(1 + (end * end * end - 1) * min(1, max(0, x)), 1 / exponent)
    }
}

/// The bell of a Gaussian window.
enum Kernel {
    static func gaussian(_ z: Float) -> Float { Exact.exp(-0.5 * z * z) }
}
