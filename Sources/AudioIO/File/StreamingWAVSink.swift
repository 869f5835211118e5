/// WAV into a stream that cannot go back, such as standard output: the header is exact from the start.
///
/// 44 bytes, RIFF with a `fmt ` and a `data` chunk; endless or very long streams carry the size 0xFFFFFFFF, which
/// readers take for "until the end". libsndfile cannot write WAV to a pipe (ecosystem 1.5).
package struct StreamingWAVSink: AudioSink, ~Copyable {
    private let sink: any ByteSink
    private let format: SoundFileFormat
    private let sampleRate: Int
    private let frames: Int64?
    private var watch = SampleGuard()
    private var bytes: [UInt8] = []
    private var isFinished = false

    /// Writes the header.
    /// - Parameters:
    ///   - sink: takes the bytes in order.
    ///   - format: a WAV format.
    ///   - sampleRate: in Hz.
    ///   - frames: the length, nil when endless.
    /// - Throws: `.unsupportedFormat` for anything but WAV, or the sink's failure.
    package init(_ sink: any ByteSink, format: SoundFileFormat, sampleRate: Int, frames: Int64?) throws(AudioIOError) {
        self.sink = sink
        self.format = format
        self.sampleRate = sampleRate
        self.frames = frames
        guard format.container == .wav else {
            throw AudioIOError(
                .unsupportedFormat, sink.name,
                "\(sink.name) is a stream and takes wav, not \(format.container.rawValue)")
        }
        try sink.write(contentsOf: Self.header(format: format, sampleRate: sampleRate, frames: frames))
    }

    /// The 44 bytes.
    static func header(format: SoundFileFormat, sampleRate: Int, frames: Int64?) -> [UInt8] {
        let frameBytes = format.bytesPerFrame
        let size = frames.flatMap {
            $0 <= (0xFFFF_FFFF - 36) / Int64(frameBytes) ? UInt32($0 * Int64(frameBytes)) : nil
        }
        var header = Array("RIFF".utf8)
        func append(_ value: UInt32, count: Int) {
            for i in 0..<count { header.append(UInt8(truncatingIfNeeded: value >> (8 * UInt32(i)))) }
        }
        append(size.map { $0 + 36 } ?? 0xFFFF_FFFF, count: 4)
        header += Array("WAVEfmt ".utf8)
        append(16, count: 4)
        append(format.encoding == .float32 ? 3 : 1, count: 2)
        append(2, count: 2)
        append(UInt32(sampleRate), count: 4)
        append(UInt32(sampleRate * frameBytes), count: 4)
        append(UInt32(frameBytes), count: 2)
        append(UInt32(frameBytes * 4), count: 2)
        header += Array("data".utf8)
        append(size ?? 0xFFFF_FFFF, count: 4)
        return header
    }

    package mutating func write(left: Span<Float>, right: Span<Float>) throws(AudioIOError) {
        try watch.inspect(left: left, right: right, name: sink.name, sampleRate: sampleRate)
        if let frames { precondition(watch.frames <= frames, "more frames than the header promised") }
        bytes.removeAll(keepingCapacity: true)
        for i in left.indices {
            append(left[i])
            append(right[i])
        }
        _ = unsafe sink.write(bytes.span.bytes)
        try sink.check()
    }

    private mutating func append(_ sample: Float) {
        let value: Int32
        let count: Int
        switch format.encoding {
        case .int16, .lossy:
            value = Int32(max(-0x8000, min(0x7FFF, (sample * 0x8000).rounded())))
            count = 2
        case .int24:
            value = Int32(max(-0x80_0000, min(0x7F_FFFF, (sample * 0x80_0000).rounded())))
            count = 3
        case .float32:
            value = Int32(bitPattern: sample.bitPattern)
            count = 4
        }
        for i in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * Int32(i)))) }
    }

    package mutating func finish() throws(AudioIOError) {
        guard !isFinished else { return }
        isFinished = true
        try sink.commit()
        if !format.keepsOverFullScale {
            try watch.checkRange(name: sink.name, format: format.description, sampleRate: sampleRate)
        }
    }
}
