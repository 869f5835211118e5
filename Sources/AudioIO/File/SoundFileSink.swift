import CSndfile
import Glibc

/// A sound file of any known format, written through libsndfile into a `ByteSink`.
///
/// Frames are gathered into chunks of a fixed size, so that the bytes do not depend on the size of the blocks given.
/// Integer formats expect samples already dithered to their grid (`Mixing`), which they then hold exactly.
@safe
package struct SoundFileSink: AudioSink, ~Copyable {
    private let sink: any ByteSink
    private let bridge: ByteSinkBridge
    private var handle: OpaquePointer?
    private let format: SoundFileFormat
    private let sampleRate: Int
    private var watch = SampleGuard()
    private var chunk: [Float]
    private var filled = 0
    private let byteLimit: Int64

    /// Frames for each call of libsndfile.
    private static let chunkFrames = 4096
    /// Where the 32-bit sizes of RIFF and AIFF end, less room for headers and tags.
    package static let sizeLimit: Int64 = 0xFFFF_FFFF - 65_536

    /// Opens a file for writing.
    /// - Parameters:
    ///   - sink: takes the bytes; it is committed by `finish` and abandoned otherwise.
    ///   - format: container and encoding.
    ///   - sampleRate: in Hz.
    ///   - frames: the length where known; past 4 GiB a WAV becomes RF64. Unknown lengths reserve the room for it.
    ///   - tags: title, artist, comment, software.
    ///   - sizeLimit: for tests: bytes of samples from which RF64 is needed.
    /// - Throws: `.unsupportedFormat`, or the sink's own failure.
    package init(
        _ sink: any ByteSink, format: SoundFileFormat, sampleRate: Int, frames: Int64?, tags: SoundFileTags = .init(),
        sizeLimit: Int64 = SoundFileSink.sizeLimit
    ) throws(AudioIOError) {
        self.sink = sink
        self.format = format
        self.sampleRate = sampleRate
        bridge = ByteSinkBridge(sink)
        chunk = []
        unsafe handle = nil
        byteLimit = sizeLimit

        try format.check(sampleRate: sampleRate)
        let isLarge = frames.map { $0 > sizeLimit / Int64(format.bytesPerFrame) } ?? true
        if format.container == .aiff, frames != nil, isLarge { throw Self.tooLarge(sink.name) }

        chunk = Array(repeating: 0, count: 2 * Self.chunkFrames)
        var info = SF_INFO()
        info.channels = 2
        info.samplerate = Int32(clamping: sampleRate)
        info.format = format.code(large: isLarge)
        unsafe handle = bridge.open(&info)
        guard unsafe handle != nil else {
            try sink.check()
            let reason = unsafe String(cString: sf_strerror(nil))
            throw AudioIOError(.ioFailed, sink.name, "cannot begin \(sink.name): \(reason)")
        }
        configure(downgrade: frames == nil)
        set(tags)
        try sink.check()
    }

    deinit {
        if let open = unsafe handle { unsafe sf_close(open) }
        // After a commit this does nothing.
        sink.abandon()
    }

    private func configure(downgrade: Bool) {
        // Without clipping, 1.5 wraps to -16386 (ecosystem 1.3).
        unsafe sf_command(handle, Int32(SFC_SET_CLIPPING), nil, Int32(SF_TRUE))
        // The PEAK chunk holds the time of day.
        unsafe sf_command(handle, Int32(SFC_SET_ADD_PEAK_CHUNK), nil, Int32(SF_FALSE))
        if downgrade { unsafe sf_command(handle, Int32(SFC_RF64_AUTO_DOWNGRADE), nil, Int32(SF_TRUE)) }
        if format.encoding == .lossy {
            // 0 is the best, 1 the smallest: about 190 kbit/s for each of the three.
            var level = 0.2
            unsafe sf_command(
                handle, Int32(SFC_SET_COMPRESSION_LEVEL), &level, Int32(MemoryLayout<Double>.size))
        }
    }

    private func set(_ tags: SoundFileTags) {
        let strings = [
            (SF_STR_TITLE, tags.title), (SF_STR_ARTIST, tags.artist), (SF_STR_COMMENT, tags.comment),
            (SF_STR_SOFTWARE, tags.software),
        ]
        // A format without a place for a tag goes without it.
        for case (let kind, let text?) in strings { unsafe sf_set_string(handle, Int32(kind), text) }
    }

    package mutating func write(left: Span<Float>, right: Span<Float>) throws(AudioIOError) {
        precondition(unsafe handle != nil, "write after finish")
        try watch.inspect(left: left, right: right, name: sink.name, sampleRate: sampleRate)
        if format.container == .aiff, watch.frames * Int64(format.bytesPerFrame) > byteLimit {
            throw Self.tooLarge(sink.name)
        }
        for i in left.indices {
            chunk[2 * filled] = left[i]
            chunk[2 * filled + 1] = right[i]
            filled += 1
            if filled == Self.chunkFrames { try flush() }
        }
    }

    private mutating func flush() throws(AudioIOError) {
        let frames = filled
        filled = 0
        guard frames > 0 else { return }
        let written = unsafe chunk.withUnsafeBufferPointer { buffer in
            unsafe sf_writef_float(handle, buffer.baseAddress, sf_count_t(frames))
        }
        try sink.check()
        guard written == frames else {
            let reason = unsafe String(cString: sf_strerror(handle))
            throw AudioIOError(.ioFailed, sink.name, "cannot write \(sink.name): \(reason)")
        }
    }

    /// Closes the file and lets it appear.
    /// - Throws: the sink's first failure, or `.badData` where an integer or lossy format was given samples over full
    ///   scale; nothing appears then.
    package mutating func finish() throws(AudioIOError) {
        guard let open = unsafe handle else { return }
        if !format.keepsOverFullScale {
            try watch.checkRange(name: sink.name, format: format.description, sampleRate: sampleRate)
        }
        try flush()
        unsafe handle = nil
        let status = unsafe sf_close(open)
        // The sink knows better than the library's 0.
        try sink.check()
        guard status == 0 else {
            let reason = unsafe String(cString: sf_error_number(status))
            throw AudioIOError(.ioFailed, sink.name, "cannot close \(sink.name): \(reason)")
        }
        try sink.commit()
    }

    private static func tooLarge(_ name: String) -> AudioIOError {
        AudioIOError(.unsupportedFormat, name, "aiff ends at 4 GiB, which \(name) passes: use wav, flac or caf")
    }
}
