import Glibc

/// Holds a whole piece between the first pass, which is measured, and the second, which applies the gain.
///
/// In memory while short; a longer one goes to a file that has no name any more and vanishes with the process. Written
/// first, then read once from the start.
package struct FrameStore: AudioSink, AudioSource, ~Copyable {
    private let memoryFrames: Int
    private let folder: String
    /// Interleaved frames: all of them, or those not yet in the file.
    private var chunk: [SIMD2<Float>] = []
    private var descriptor: Int32 = -1
    private var storedFrames = 0
    private var readFrame = 0

    private static let chunkFrames = 16_384
    private static let frameBytes = MemoryLayout<SIMD2<Float>>.stride

    /// - Parameters:
    ///   - memoryFrames: the most frames kept in memory; 8 million take 64 MB.
    ///   - folder: where the file is made, with room for 8 bytes a frame.
    package init(memoryFrames: Int = 8_000_000, folder: String = "/tmp") {
        self.memoryFrames = memoryFrames
        self.folder = folder
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Frames held.
    package var frames: Int { storedFrames + (descriptor < 0 ? chunk.count : 0) }

    package mutating func write(left: Span<Float>, right: Span<Float>) throws(AudioIOError) {
        precondition(left.count == right.count, "channels of different length")
        for i in left.indices {
            chunk.append(SIMD2(left[i], right[i]))
            if descriptor < 0 ? chunk.count > memoryFrames : chunk.count == Self.chunkFrames { try spill() }
        }
    }

    /// Ends writing and goes to the start.
    package mutating func finish() throws(AudioIOError) {
        if descriptor >= 0 { try spill() }
        readFrame = 0
    }

    package mutating func read(
        left: inout MutableSpan<Float>, right: inout MutableSpan<Float>
    ) throws(AudioIOError) -> Int {
        let total = descriptor >= 0 ? storedFrames : chunk.count
        let count = min(left.count, total - readFrame)
        var done = 0
        while done < count {
            let part: Int
            let start: Int
            if descriptor >= 0 {
                part = min(count - done, Self.chunkFrames)
                start = 0
                try load(part)
            } else {
                part = count - done
                start = readFrame
            }
            for i in 0..<part {
                left[done + i] = chunk[start + i].x
                right[done + i] = chunk[start + i].y
            }
            done += part
            readFrame += part
        }
        return count
    }

    private mutating func spill() throws(AudioIOError) {
        if descriptor < 0 {
            descriptor = openNamelessFile(in: folder)
            guard descriptor >= 0 else { throw .system(errno, "a temporary file in \(folder)", doing: "create") }
        }
        var failure: Int32 = 0
        let file = descriptor
        _ = unsafe writeAll(chunk.span.bytes, to: file, failure: &failure)
        if failure != 0 { throw .system(failure, "a temporary file in \(folder)", doing: "write") }
        storedFrames += chunk.count
        chunk.removeAll(keepingCapacity: true)
    }

    /// Reads so many frames from `readFrame` into the start of the chunk.
    private mutating func load(_ count: Int) throws(AudioIOError) {
        if chunk.count < count { chunk = Array(repeating: .zero, count: Self.chunkFrames) }
        let wanted = count * Self.frameBytes
        let offset = readFrame * Self.frameBytes
        let file = descriptor
        let got = unsafe chunk.withUnsafeMutableBytes { buffer in
            var done = 0
            while done < wanted, let start = buffer.baseAddress {
                let n = unsafe pread(file, start + done, wanted - done, off_t(offset + done))
                if n < 0 && errno == EINTR { continue }
                if n <= 0 { break }
                done += n
            }
            return done
        }
        if got != wanted { throw .system(EIO, "a temporary file in \(folder)", doing: "read") }
    }
}
