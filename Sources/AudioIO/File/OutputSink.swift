import Glibc

/// The sink for an output as the user named it: a file, a device, a named pipe, or `-` for standard output.
package struct OutputSink: AudioSink, ~Copyable {
    private var base: any AudioSink & ~Copyable
    private var file: FileByteSink?

    /// Whether the disk is full but for the reserve: `finish` can still end the file.
    package var isFull: Bool { file?.isFull ?? false }

    /// Chooses and opens.
    /// - Parameters:
    ///   - path: a path, or `-`, which streams WAV.
    ///   - format: container and encoding.
    ///   - sampleRate: in Hz.
    ///   - frames: the length, nil when endless.
    ///   - tags: what the file says about itself.
    ///   - force: whether it may replace a file.
    ///   - reserve: bytes of the disk that a file holds back for its end.
    /// - Throws: `.exists`, `.cannotCreate`, `.unsupportedFormat`, or the sink's failure.
    package init(
        path: String, format: SoundFileFormat, sampleRate: Int, frames: Int64?, tags: SoundFileTags = .init(),
        force: Bool = false, reserve: Int64 = 0
    ) throws(AudioIOError) {
        if path == "-" {
            guard isatty(STDOUT_FILENO) == 0 else {
                throw AudioIOError(
                    .cannotCreate, "standard output",
                    "sound on a terminal makes no sense: send it on with | or >, or name a file")
            }
            base = try StreamingWAVSink(
                DescriptorByteSink.standardOutput(), format: format, sampleRate: sampleRate, frames: frames)
            return
        }
        try format.check(sampleRate: sampleRate)
        let destination = try Destination(path: path, force: force)
        guard destination.kind != .pipe || format.isStreamable else {
            throw AudioIOError(
                .unsupportedFormat, path,
                "\(path) is a pipe, which cannot take \(format.container.rawValue): use wav, flac, ogg, opus or mp3")
        }
        if destination.kind == .pipe, format.container == .wav {
            base = try StreamingWAVSink(
                destination.open(), format: format, sampleRate: sampleRate, frames: frames)
        } else {
            if let frames {
                try destination.checkRoom(for: format.estimatedBytes(frames: frames, sampleRate: sampleRate))
            }
            let bytes = try destination.open(force: force, reserve: reserve)
            file = bytes as? FileByteSink
            base = try SoundFileSink(
                bytes, format: format, sampleRate: sampleRate, frames: frames, tags: tags)
        }
    }

    package mutating func write(left: Span<Float>, right: Span<Float>) throws(AudioIOError) {
        try base.write(left: left, right: right)
    }

    package mutating func finish() throws(AudioIOError) { try base.finish() }
}
