import Music

/// Rounds samples to an integer format's grid with triangular noise of two steps, peak to peak.
///
/// Such noise makes the mean and the power of the error independent of the signal (Lipshitz, Wannamaker and
/// Vanderkooy 1992). libsndfile's own dither does nothing (ecosystem 1.3). The noise is a function of the seed and the
/// frame alone, whatever the block size.
package struct DitherTPDF: Sendable {
    private let scale: Double
    private let step: Double
    private var leftNoise: RandomStream
    private var rightNoise: RandomStream

    /// - Parameters:
    ///   - bits: 16 or 24.
    ///   - seed: of the noise.
    package init(bits: Int, seed: UInt64) {
        precondition(bits == 16 || bits == 24, "dither is for 16 and 24 bits")
        scale = Double(1 << (bits - 1))
        step = 1 / scale
        var mixer = SplitMix64(state: seed)
        leftNoise = RandomStream(seed: mixer.next())
        rightNoise = RandomStream(seed: mixer.next())
    }

    /// Rounds a block in place; afterwards each sample is a whole number of steps within -1..<1.
    package mutating func process(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>) {
        precondition(left.count == right.count, "channels of different length")
        for i in left.indices {
            left[i] = rounded(left[i], leftNoise.next())
            right[i] = rounded(right[i], rightNoise.next())
        }
    }

    @inline(always)
    private func rounded(_ sample: Float, _ bits: UInt64) -> Float {
        // Two uniform numbers of 32 bits; their difference is triangular over -1...1.
        let noise = (Double(bits >> 32) - Double(bits & 0xFFFF_FFFF)) * 0x1p-32
        // Adding and taking away 1.5 * 2^52 rounds to the nearest whole number.
        let whole = (Double(sample) * scale + noise + 0x1.8p52) - 0x1.8p52
        return Float(max(-scale, min(scale - 1, whole)) * step)
    }
}
