import Glibc

/// Watches what goes into a file: a sample that is no number is refused, one over full scale is remembered.
///
/// libsndfile would write NaN as -32768 (ecosystem 1.3).
struct SampleGuard: Hashable, Sendable {
    /// Highest magnitude so far.
    private(set) var peak: Float = 0
    /// Frames seen.
    private(set) var frames: Int64 = 0
    /// The frame of the first sample over full scale.
    private(set) var firstOver: Int64?

    mutating func inspect(left: Span<Float>, right: Span<Float>, name: String, sampleRate: Int) throws(AudioIOError) {
        precondition(left.count == right.count, "channels of different length")
        for i in left.indices {
            let magnitude = max(abs(left[i]), abs(right[i]))
            // NaN in either channel fails this comparison or the next.
            guard magnitude <= .greatestFiniteMagnitude, right[i].isFinite, left[i].isFinite else {
                let time = Self.clock(frames + Int64(i), sampleRate)
                throw AudioIOError(.badData, name, "a sample at \(time) is not a number: \(name) was not written")
            }
            if magnitude > peak {
                peak = magnitude
                if magnitude > 1, firstOver == nil { firstOver = frames + Int64(i) }
            }
        }
        frames += Int64(left.count)
    }

    /// Throws where a format with a ceiling was given samples above it.
    func checkRange(name: String, format: String, sampleRate: Int) throws(AudioIOError) {
        guard let first = firstOver else { return }
        let over = 20 * log10f(peak)
        throw AudioIOError(
            .badData, name,
            "the sound peaks \(Self.tenths(over)) dB over full scale (first at \(Self.clock(first, sampleRate))), which "
                + "\(format) cannot hold: a gain of -\(Self.tenths(over + 0.05)) dB would fit, or use --bits 32f")
    }

    /// One decimal, rounded up, so that the gain named does fit.
    private static func tenths(_ value: Float) -> String {
        let n = Int((value * 10).rounded(.up))
        return "\(n / 10).\(n % 10)"
    }

    /// Minutes, seconds and thousandths of a frame.
    private static func clock(_ frame: Int64, _ sampleRate: Int) -> String {
        let thousandths = frame * 1000 / Int64(sampleRate)
        let seconds = thousandths / 1000 % 60
        let rest = String(thousandths % 1000 + 1000).dropFirst()
        return "\(thousandths / 60_000):\(seconds < 10 ? "0" : "")\(seconds).\(rest)"
    }
}
