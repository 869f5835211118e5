import Glibc

/// A finished stereo sound in Float that is written once and read again: in memory when short, else in an unlinked
/// temporary file, so that memory stays bounded whatever the length.
struct Take: ~Copyable {
    /// Frames up to which a take stays in memory: 20 s at 48 kHz.
    static let memoryFrames = 960_000

    private var memory: [Float] = []
    private let descriptor: Int32
    private(set) var frames = 0
    private var interleaved: [Float]

    /// A store for `expectedFrames`; `folder` takes the temporary file.
    init(expectedFrames: Int, folder: String) throws(StudioError) {
        interleaved = []
        interleaved.reserveCapacity(2 * 8192)
        if expectedFrames <= Self.memoryFrames {
            descriptor = -1
            memory.reserveCapacity(2 * expectedFrames)
        } else {
            var template = Array((folder + "/beachpiano-XXXXXX").utf8CString)
            let opened = unsafe template.withUnsafeMutableBufferPointer { path in
                unsafe path.baseAddress.map { unsafe mkstemp($0) } ?? -1
            }
            guard opened >= 0 else {
                throw StudioError(.cannotCreate, "\(folder): no temporary file can be made there: \(lastSystemError())")
            }
            unsafe template.withUnsafeBufferPointer { if let path = $0.baseAddress { _ = unsafe unlink(path) } }
            descriptor = opened
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Appends frames; both channels have the same count.
    mutating func append(left: Span<Float>, right: Span<Float>) throws(StudioError) {
        let count = left.count
        if descriptor < 0 {
            for i in 0..<count {
                memory.append(left[i])
                memory.append(right[i])
            }
        } else {
            interleaved.removeAll(keepingCapacity: true)
            for i in 0..<count {
                interleaved.append(left[i])
                interleaved.append(right[i])
            }
            var done = 0
            let bytes = interleaved.count * 4
            while done < bytes {
                let written = unsafe interleaved.withUnsafeBytes { buffer in
                    unsafe buffer.baseAddress.map { unsafe write(descriptor, $0 + done, bytes - done) } ?? -1
                }
                if written < 0 {
                    if errno == EINTR { continue }
                    throw StudioError(.ioError, "the temporary file cannot be written: \(lastSystemError())")
                }
                done += written
            }
        }
        frames += count
    }

    /// Reads frames from `start` into both channels; as many as `left` has room for, which must exist.
    mutating func read(from start: Int, left: inout MutableSpan<Float>, right: inout MutableSpan<Float>)
        throws(StudioError)
    {
        let count = left.count
        precondition(start + count <= frames, "reading past the end of a take")
        if descriptor < 0 {
            for i in 0..<count {
                left[i] = memory[2 * (start + i)]
                right[i] = memory[2 * (start + i) + 1]
            }
            return
        }
        interleaved.removeAll(keepingCapacity: true)
        interleaved.append(contentsOf: repeatElement(0, count: 2 * count))
        var done = 0
        let bytes = 8 * count
        while done < bytes {
            let got = unsafe interleaved.withUnsafeMutableBytes { buffer in
                unsafe buffer.baseAddress.map {
                    unsafe pread(descriptor, $0 + done, bytes - done, off_t(8 * start + done))
                } ?? -1
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else {
                throw StudioError(.ioError, "the temporary file cannot be read: \(lastSystemError())")
            }
            done += got
        }
        for i in 0..<count {
            left[i] = interleaved[2 * i]
            right[i] = interleaved[2 * i + 1]
        }
    }
}

/// What `errno` says, as the system words it.
func lastSystemError() -> String { unsafe String(cString: strerror(errno)) }
