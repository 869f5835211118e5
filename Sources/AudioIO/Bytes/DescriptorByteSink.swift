import Glibc

/// Bytes into an open descriptor that cannot go back: standard output, a pipe, a character device.
///
/// A header that is rewritten at the end cannot be reached any more; such bytes are dropped, which FLAC, Ogg, Opus and
/// MP3 survive (their length then reads as unknown). WAV goes through `StreamingWAVSink` instead.
package final class DescriptorByteSink: ByteSink {
    package let name: String
    package private(set) var failure: Int32 = 0
    package private(set) var position: Int64 = 0
    package private(set) var length: Int64 = 0
    private let descriptor: Int32
    private let closesDescriptor: Bool
    private var isOpen = true

    /// - Parameters:
    ///   - descriptor: open for writing.
    ///   - name: how messages call it.
    ///   - closing: whether to close it in the end.
    package init(descriptor: Int32, name: String, closing: Bool = false) {
        self.descriptor = descriptor
        self.name = name
        closesDescriptor = closing
    }

    /// Standard output.
    package static func standardOutput() -> DescriptorByteSink {
        DescriptorByteSink(descriptor: STDOUT_FILENO, name: "standard output")
    }

    deinit { close() }

    package func seek(to position: Int64) { self.position = position }

    package func write(_ bytes: RawSpan) -> Int {
        guard failure == 0 else { return 0 }
        let gone = min(Int64(bytes.byteCount), max(0, length - position))
        let fresh = bytes.extracting(droppingFirst: Int(gone))
        let written = writeAll(fresh, to: descriptor, failure: &failure)
        position += gone + Int64(written)
        length = max(length, position)
        return Int(gone) + written
    }

    package func commit() throws(AudioIOError) {
        close()
        try check()
    }

    package func abandon() { close() }

    private func close() {
        guard isOpen else { return }
        isOpen = false
        if closesDescriptor, Glibc.close(descriptor) != 0, failure == 0 { failure = errno }
    }
}

/// Writes all bytes through interruptions and short writes; answers how many went through.
func writeAll(_ bytes: RawSpan, to descriptor: Int32, failure: inout Int32) -> Int {
    unsafe bytes.withUnsafeBytes { buffer in
        var done = 0
        while done < buffer.count {
            guard let start = buffer.baseAddress else { break }
            let n = unsafe Glibc.write(descriptor, start + done, buffer.count - done)
            if n > 0 {
                done += n
            } else if n < 0 && errno == EINTR {
                continue
            } else if n < 0 && errno == EAGAIN {
                // A non-blocking pipe whose reader is slow: wait for room.
                var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                unsafe poll(&request, 1, 1000)
            } else {
                failure = n < 0 ? errno : EIO
                break
            }
        }
        return done
    }
}
