/// Watches a finished mix: mean (DC), highest sample, samples that are no numbers, silence.
package struct SignalCheck: Hashable, Sendable {
    /// Frames seen.
    package private(set) var frames: Int64 = 0
    /// Highest magnitude.
    package private(set) var peak: Float = 0
    /// The first frame with a sample that is no number.
    package private(set) var firstInvalid: Int64?
    private var sums = SIMD2<Double>.zero

    package init() {}

    /// Adds a block.
    package mutating func add(left: Span<Float>, right: Span<Float>) {
        precondition(left.count == right.count, "channels of different length")
        for i in left.indices {
            let (l, r) = (left[i], right[i])
            if !(l.isFinite && r.isFinite) {
                if firstInvalid == nil { firstInvalid = frames + Int64(i) }
                continue
            }
            peak = max(peak, abs(l), abs(r))
            sums += SIMD2(Double(l), Double(r))
        }
        frames += Int64(left.count)
    }

    /// The larger of both channels' means, full scale is 1.
    package var mean: Float {
        guard frames > 0 else { return 0 }
        let means = sums / Double(frames)
        return Float(max(abs(means.x), abs(means.y)))
    }

    /// Whether there was nothing but silence (below -120 dBFS).
    package var isSilent: Bool { peak < 1e-6 }
}
