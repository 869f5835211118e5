/// Turns two channels of Float into the bytes that a device asked for, without allocating after init.
///
/// Mono gets the mean; of more than two channels the first two are used and the others are silent.
package struct PCMEncoder: Sendable {
    private let format: PCMSampleFormat
    private let channels: Int
    /// The encoded frames.
    package private(set) var bytes: [UInt8]

    /// - Parameters:
    ///   - format: of one sample, little-endian.
    ///   - channels: of the device.
    ///   - capacity: most frames in one call.
    package init(format: PCMSampleFormat, channels: Int, capacity: Int) {
        self.format = format
        self.channels = channels
        bytes = Array(repeating: 0, count: capacity * channels * format.bytes)
    }

    /// Most frames for one `encode`.
    package var capacity: Int { bytes.count / (channels * format.bytes) }

    /// Encodes the frames into the start of `bytes`.
    package mutating func encode(left: Span<Float>, right: Span<Float>) {
        precondition(left.count == right.count && left.count <= capacity, "a block that does not fit")
        let size = format.bytes
        for i in left.indices {
            let frame = i * channels * size
            if channels == 1 {
                store(0.5 * (left[i] + right[i]), at: frame, size)
            } else {
                store(left[i], at: frame, size)
                store(right[i], at: frame + size, size)
            }
        }
    }

    @inline(always)
    private mutating func store(_ sample: Float, at place: Int, _ size: Int) {
        let value: Int32 =
            switch format {
            case .float32: Int32(bitPattern: sample.bitPattern)
            case .int32: Self.whole(sample, 0x1p31)
            case .int24, .int24packed: Self.whole(sample, 0x1p23)
            case .int16: Self.whole(sample, 0x1p15)
            }
        for i in 0..<size { bytes[place + i] = UInt8(truncatingIfNeeded: value >> (8 * Int32(i))) }
    }

    /// Lends the encoded bytes, in place.
    mutating func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe bytes.withUnsafeMutableBytes { unsafe body(UnsafeRawBufferPointer($0)) }
    }

    private static func whole(_ sample: Float, _ scale: Double) -> Int32 {
        // NaN becomes silence: max and min answer the other operand's side.
        guard sample.isFinite else { return 0 }
        return Int32(max(-scale, min(scale - 1, (Double(sample) * scale).rounded())))
    }
}
