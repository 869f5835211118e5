import CEBUR128

/// Integrated loudness, loudness range and true peak of a stereo programme, after EBU R 128, by libebur128.
@safe
package struct LoudnessMeter: ~Copyable, @unchecked Sendable {
    private var state: UnsafeMutablePointer<ebur128_state>?
    private var interleaved: [Float]

    private static let chunkFrames = 4096

    /// Begins a measurement; allocates, so not on the audio thread.
    package init(sampleRate: Int) {
        interleaved = Array(repeating: 0, count: 2 * Self.chunkFrames)
        let modes = EBUR128_MODE_I.rawValue | EBUR128_MODE_LRA.rawValue | EBUR128_MODE_TRUE_PEAK.rawValue
        unsafe state = ebur128_init(2, UInt(sampleRate), Int32(bitPattern: modes))
        precondition(unsafe state != nil, "no meter for this sample rate")
    }

    deinit {
        var open = unsafe state
        if unsafe open != nil { unsafe ebur128_destroy(&open) }
    }

    /// Version of the library, such as `1.2.6`.
    package static var libraryVersion: String {
        var (major, minor, patch) = (Int32(0), Int32(0), Int32(0))
        unsafe ebur128_get_version(&major, &minor, &patch)
        return "\(major).\(minor).\(patch)"
    }

    /// Adds a block of any length.
    package mutating func add(left: Span<Float>, right: Span<Float>) {
        precondition(left.count == right.count, "channels of different length")
        var start = 0
        while start < left.count {
            let count = min(Self.chunkFrames, left.count - start)
            for i in 0..<count {
                interleaved[2 * i] = left[start + i]
                interleaved[2 * i + 1] = right[start + i]
            }
            let status = unsafe interleaved.withUnsafeBufferPointer { buffer in
                unsafe ebur128_add_frames_float(state, buffer.baseAddress, count)
            }
            // The only other code is "out of memory".
            precondition(status == Int32(EBUR128_SUCCESS.rawValue), "the loudness meter is out of memory")
            start += count
        }
    }

    /// What was measured so far.
    package func measurement() -> LoudnessMeasurement {
        var loudness = -Double.infinity
        var range = 0.0
        var peak = 0.0
        unsafe ebur128_loudness_global(state, &loudness)
        unsafe ebur128_loudness_range(state, &range)
        for channel in 0..<2 as Range<UInt32> {
            var value = 0.0
            unsafe ebur128_true_peak(state, channel, &value)
            peak = max(peak, value)
        }
        return LoudnessMeasurement(
            integrated: loudness.isFinite ? Float(loudness) : nil, range: Float(range),
            truePeak: peak > 0 ? Float(decibels: peak) : nil)
    }
}

/// What a `LoudnessMeter` found.
package struct LoudnessMeasurement: Hashable, Sendable {
    /// LUFS; nil where nothing passed the gate of -70 LUFS.
    package var integrated: Float?
    /// Loudness range, LU.
    package var range: Float
    /// Highest true peak of both channels, dBTP; nil for digital silence.
    package var truePeak: Float?

    package init(integrated: Float?, range: Float, truePeak: Float?) {
        self.integrated = integrated
        self.range = range
        self.truePeak = truePeak
    }
}
