import CSndfile
import Glibc

/// Reads any sound file that libsndfile knows, as stereo: mono goes to both sides, of many channels the first two.
@safe
package struct SoundFileSource: AudioSource, ~Copyable {
    private let handle: OpaquePointer
    private let path: String
    /// In Hz.
    package let sampleRate: Int
    /// Channels in the file.
    package let channels: Int
    /// Frames as the header says.
    package let frames: Int64
    private var chunk: [Float]

    private static let chunkFrames = 4096

    /// Opens a file.
    /// - Throws: `.notFound`, `.badData` where it is no sound, `.ioFailed`.
    package init(path: String) throws(AudioIOError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let kind: AudioIOError.Kind = errno == ENOENT || errno == ENOTDIR ? .notFound : .ioFailed
            throw AudioIOError(kind, path, errno: errno, "cannot open \(path): \(AudioIOError.message(errno))")
        }
        var info = SF_INFO()
        guard let opened = unsafe sf_open_fd(descriptor, Int32(SFM_READ), &info, Int32(SF_TRUE)) else {
            let reason = unsafe String(cString: sf_strerror(nil))
            throw AudioIOError(.badData, path, "cannot read \(path) as sound: \(reason)")
        }
        guard info.channels > 0, info.channels <= 64, info.samplerate > 0 else {
            unsafe sf_close(opened)
            throw AudioIOError(.badData, path, "\(path) has \(info.channels) channels at \(info.samplerate) Hz")
        }
        unsafe handle = opened
        self.path = path
        sampleRate = Int(info.samplerate)
        channels = Int(info.channels)
        frames = info.frames
        chunk = Array(repeating: 0, count: Self.chunkFrames * channels)
    }

    deinit { unsafe sf_close(handle) }

    /// A text tag, nil where the file has none.
    package func tags() -> SoundFileTags {
        SoundFileTags(
            title: string(SF_STR_TITLE), artist: string(SF_STR_ARTIST), comment: string(SF_STR_COMMENT),
            software: string(SF_STR_SOFTWARE))
    }

    private func string(_ kind: Int) -> String? {
        unsafe sf_get_string(handle, Int32(kind)).map { unsafe String(cString: $0) }
    }

    package mutating func read(
        left: inout MutableSpan<Float>, right: inout MutableSpan<Float>
    ) throws(AudioIOError) -> Int {
        precondition(left.count == right.count, "channels of different length")
        var done = 0
        while done < left.count {
            let asked = min(Self.chunkFrames, left.count - done)
            let got = unsafe chunk.withUnsafeMutableBufferPointer { buffer in
                unsafe Int(sf_readf_float(handle, buffer.baseAddress, sf_count_t(asked)))
            }
            let second = channels > 1 ? 1 : 0
            for i in 0..<max(0, got) {
                left[done + i] = chunk[i * channels]
                right[done + i] = chunk[i * channels + second]
            }
            done += max(0, got)
            if got < asked {
                let code = unsafe sf_error(handle)
                guard code == 0 else {
                    let reason = unsafe String(cString: sf_strerror(handle))
                    throw AudioIOError(.badData, path, "cannot read \(path): \(reason)")
                }
                break
            }
        }
        return done
    }
}
