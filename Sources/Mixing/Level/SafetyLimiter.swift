import Glibc

/// A look-ahead limiter that touches nothing below its ceiling: the safety net of live playing and streaming.
///
/// The gain that each true peak needs is held over the look-ahead window and smoothed by a moving average of the same
/// length, so that it has arrived when the peak does; it recovers exponentially. All gains are whole numbers of 2^-24,
/// so the average is exact and the factor is exactly 1 while nothing is limited: then the output is the input, delayed.
package struct SafetyLimiter: ~Copyable {
    private static let one: Int64 = 1 << 24
    private let window: Int
    private let ceiling: Float
    private let recovery: Float
    private var detector = TruePeakDetector()
    private var envelope: Float = 1
    private var frame = 0
    private var sum: Int64
    /// The gains of the last window, for the average; the held minimum has its own queue of (frame, gain).
    private var averaged: [Int64]
    private var queue: [(frame: Int, gain: Int64)]
    private var queueHead = 0
    private var queueCount = 0
    private var delayed: [SIMD2<Float>]
    /// Frames whose gain was below 1.
    package private(set) var limitedFrames: Int64 = 0
    /// The strongest reduction so far, dB, 0 or below.
    package private(set) var strongestReduction: Float = 0

    /// Allocates all it needs.
    /// - Parameters:
    ///   - sampleRate: in Hz.
    ///   - ceiling: dBTP.
    ///   - lookAhead: seconds.
    ///   - release: seconds to recover by 63 %.
    package init(sampleRate: Double, ceiling: Float = -1, lookAhead: Double = 0.005, release: Double = 0.1) {
        let window = max(8, Int((lookAhead * sampleRate).rounded()))
        self.window = window
        self.ceiling = Float(gainFromDecibels: ceiling)
        recovery = 1 - expf(-1 / Float(release * sampleRate))
        averaged = Array(repeating: Self.one, count: window)
        sum = Self.one * Int64(window)
        queue = Array(repeating: (0, 0), count: window + 2 * Self.margin + 1)
        delayed = Array(repeating: .zero, count: 2 * window + TruePeakDetector.delay)
    }

    /// Frames from input to output.
    ///
    /// The last ones come out when as many frames of silence are put in.
    package var latency: Int { window + TruePeakDetector.delay + Self.margin }

    /// The average is centred on the peak with a few frames to spare for the detector's own width.
    private static let margin = 2

    /// Limits a block in place, `latency` frames late.
    package mutating func process(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>) {
        precondition(left.count == right.count, "channels of different length")
        for i in left.indices {
            let output = next(SIMD2(left[i], right[i]))
            left[i] = output.x
            right[i] = output.y
        }
    }

    /// Becomes what `other` is, a limiter of the same settings, without allocating.
    package mutating func copy(_ other: borrowing SafetyLimiter) {
        precondition(window == other.window, "limiters of different settings")
        detector = other.detector
        (envelope, frame, sum) = (other.envelope, other.frame, other.sum)
        for i in averaged.indices { averaged[i] = other.averaged[i] }
        for i in queue.indices { queue[i] = other.queue[i] }
        (queueHead, queueCount) = (other.queueHead, other.queueCount)
        for i in delayed.indices { delayed[i] = other.delayed[i] }
        (limitedFrames, strongestReduction) = (other.limitedFrames, other.strongestReduction)
    }

    private mutating func next(_ input: SIMD2<Float>) -> SIMD2<Float> {
        let peak = detector.next(input)
        let needed = peak > ceiling ? ceiling / peak : 1
        // Recovers slowly, gives way at once. Close to 1 it becomes 1, so that the limiter lets go for good.
        envelope = min(needed, envelope + (1 - envelope) * recovery)
        if needed == 1, envelope > 0.9999 { envelope = 1 }
        // Rounded down: never more than needed.
        let gain = Int64((envelope * Float(Self.one)).rounded(.down))

        // The lowest gain of the last `window` frames and a few more, by a queue that only falls.
        let span = window + 2 * Self.margin
        while queueCount > 0, queue[slot(queueCount - 1)].gain >= gain { queueCount -= 1 }
        if queueCount > 0, queue[queueHead].frame <= frame - span {
            queueHead = (queueHead + 1) % queue.count
            queueCount -= 1
        }
        queue[slot(queueCount)] = (frame, gain)
        queueCount += 1
        let held = queue[queueHead].gain

        let place = frame % window
        sum += held - averaged[place]
        averaged[place] = held

        let length = delayed.count
        delayed[frame % length] = input
        let output = delayed[(frame + length - latency) % length]
        frame += 1
        guard sum != Self.one * Int64(window) else { return output }
        let factor = Float(sum / Int64(window)) * 0x1p-24
        limitedFrames += 1
        strongestReduction = min(strongestReduction, 20 * log10f(max(factor, 1e-6)))
        return output * factor
    }

    private func slot(_ n: Int) -> Int { (queueHead + n) % queue.count }
}
