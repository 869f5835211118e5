import Glibc

/// A raised-cosine fade over absolute frames: no corner where it begins or ends.
package struct Fade: Hashable, Sendable {
    package enum Direction: Hashable, Sendable { case fadeIn, fadeOut }

    package let direction: Direction
    /// The first frame of the fade.
    package let start: Int64
    /// How many frames it takes.
    package let length: Int64

    package init(_ direction: Direction, start: Int64, length: Int64) {
        precondition(length >= 0, "a fade of negative length")
        self.direction = direction
        self.start = start
        self.length = length
    }

    /// The factor at a frame: 0...1.
    package func gain(at frame: Int64) -> Float {
        let position: Float =
            frame < start ? 0 : frame >= start + length ? 1 : (Float(frame - start) + 0.5) / Float(length)
        let rising = position == 0 || position == 1 ? position : 0.5 - 0.5 * cosf(.pi * position)
        return direction == .fadeIn ? rising : 1 - rising
    }

    /// Applies it to a block that begins at `frame`.
    package func process(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>, at frame: Int64) {
        precondition(left.count == right.count, "channels of different length")
        let end = frame + Int64(left.count)
        // Nothing to do where the factor is 1 throughout.
        if direction == .fadeIn ? frame >= start + length : end <= start { return }
        for i in left.indices {
            let g = gain(at: frame + Int64(i))
            left[i] *= g
            right[i] *= g
        }
    }
}
