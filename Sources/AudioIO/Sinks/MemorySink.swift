/// Keeps the samples.
package struct MemorySink: AudioSink, ~Copyable {
    package private(set) var left: [Float] = []
    package private(set) var right: [Float] = []
    package private(set) var isFinished = false

    /// - Parameter capacity: frames to have room for from the start.
    package init(capacity: Int = 0) {
        left.reserveCapacity(capacity)
        right.reserveCapacity(capacity)
    }

    package mutating func write(left newLeft: Span<Float>, right newRight: Span<Float>) {
        precondition(newLeft.count == newRight.count, "channels of different length")
        for i in newLeft.indices {
            left.append(newLeft[i])
            right.append(newRight[i])
        }
    }

    package mutating func finish() { isFinished = true }
}

/// Counts the frames and forgets them.
package struct NullSink: AudioSink, ~Copyable {
    package private(set) var frames: Int64 = 0

    package init() {}

    package mutating func write(left: Span<Float>, right: Span<Float>) { frames += Int64(left.count) }

    package mutating func finish() {}
}
