/// Turns the bytes of a device into two channels of Float: what `PCMEncoder` does, the other way.
///
/// Mono goes to both sides; of more than two channels the first two are taken.
package struct PCMDecoder: Sendable {
    private let format: PCMSampleFormat
    private let channels: Int

    package init(format: PCMSampleFormat, channels: Int) {
        self.format = format
        self.channels = channels
    }

    /// Bytes of one frame.
    package var frameBytes: Int { channels * format.bytes }

    /// Decodes as many frames as both channels have room for from the start of `bytes`.
    package func decode(_ bytes: [UInt8], left: inout MutableSpan<Float>, right: inout MutableSpan<Float>, count: Int) {
        precondition(count <= left.count && count <= right.count, "a block that does not fit")
        for i in 0..<count {
            left[i] = sample(bytes, i * frameBytes)
            right[i] = channels > 1 ? sample(bytes, i * frameBytes + format.bytes) : left[i]
        }
    }

    private func sample(_ bytes: [UInt8], _ place: Int) -> Float {
        var value: UInt32 = 0
        for i in 0..<format.bytes { value |= UInt32(bytes[place + i]) << (8 * UInt32(i)) }
        switch format {
        case .float32: return Float(bitPattern: value)
        case .int32: return Float(Int32(bitPattern: value)) * 0x1p-31
        // The sign is in the highest of the three bytes; a fourth is padding.
        case .int24, .int24packed: return Float(Int32(bitPattern: value << 8)) * 0x1p-31
        case .int16: return Float(Int32(bitPattern: value << 16)) * 0x1p-31
        }
    }
}
