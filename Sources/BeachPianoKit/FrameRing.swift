import Synchronization

/// Stereo frames from the audio thread to the thread that writes the recording: lock-free, one writer, one reader.
@safe
package final class FrameRing: @unchecked Sendable {
    private let storage: UnsafeMutablePointer<SIMD2<Float>>
    private let capacity: Int
    private let written = Atomic<Int>(0)
    private let read = Atomic<Int>(0)
    private let closed = Atomic<Bool>(false)
    private let lostFrames = Atomic<Int>(0)

    package init(capacity: Int) {
        self.capacity = capacity
        unsafe storage = .allocate(capacity: capacity)
        unsafe storage.initialize(repeating: .zero, count: capacity)
    }

    deinit { unsafe storage.deallocate() }

    /// Frames for which there was no room.
    var lost: Int { lostFrames.load(ordering: .relaxed) }

    var isFinished: Bool {
        closed.load(ordering: .acquiring) && read.load(ordering: .relaxed) == written.load(ordering: .acquiring)
    }

    /// Adds frames, or counts them as lost; never waits.
    ///
    /// - Parameters:
    ///   - left: at least `count` frames.
    ///   - right: as many.
    ///   - count: how many are added.
    ///   - gain: factor of the first frame, not below 0 later on.
    ///   - step: by which the factor changes from frame to frame.
    package func write(
        _ left: borrowing MutableSpan<Float>, _ right: borrowing MutableSpan<Float>, count: Int, gain: Float = 1,
        step: Float = 0
    ) {
        let at = written.load(ordering: .relaxed)
        guard at + count - read.load(ordering: .acquiring) <= capacity else {
            lostFrames.add(count, ordering: .relaxed)
            return
        }
        var factor = gain
        for i in 0..<count {
            unsafe storage[(at + i) % capacity] = SIMD2(left[i], right[i]) * factor
            factor = max(0, factor + step)
        }
        written.store(at + count, ordering: .releasing)
    }

    /// No more frames will come.
    package func close() { closed.store(true, ordering: .releasing) }

    /// Takes what is there, at most `limit` frames.
    func take(_ limit: Int) -> (left: [Float], right: [Float]) {
        let at = read.load(ordering: .relaxed)
        let count = min(limit, written.load(ordering: .acquiring) - at)
        var left: [Float] = []
        var right: [Float] = []
        for i in 0..<count {
            let frame = unsafe storage[(at + i) % capacity]
            left.append(frame.x)
            right.append(frame.y)
        }
        read.store(at + count, ordering: .releasing)
        return (left, right)
    }
}
