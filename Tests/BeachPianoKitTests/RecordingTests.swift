import AudioIO
import BeachPianoKit
import Glibc
import Synchronization
import Testing

/// A disk of four megabytes in a folder, where we may mount one.
private final class TinyDisk {
    let path: String

    init?() {
        var template = Array("/tmp/bp-disk-XXXXXX".utf8CString)
        guard
            let made = unsafe template.withUnsafeMutableBufferPointer({ buffer in
                unsafe buffer.baseAddress.flatMap { unsafe mkdtemp($0) }.map { unsafe String(cString: $0) }
            })
        else { return nil }
        path = made
        if unsafe system("mount -t tmpfs -o size=4m tmpfs \(made) 2>/dev/null") != 0 {
            unsafe rmdir(made)
            return nil
        }
    }

    /// Takes the disk away, whoever may still have a file of it open.
    func remove() {
        _ = unsafe system("umount -l \(path)")
        unsafe rmdir(path)
    }
}

@Suite("Recording")
struct RecordingTests {
    /// A second of a soft tone in noise, which no encoder makes small.
    private static func fill(_ ring: FrameRing) {
        var state: UInt32 = 1
        var left = [Float](repeating: 0, count: 4800)
        var right = left
        for _ in 0..<10 {
            for i in left.indices {
                state = state &* 1_664_525 &+ 1_013_904_223
                left[i] = Float(Int32(bitPattern: state)) * 0x1p-33
                right[i] = -left[i]
            }
            ring.write(left.mutableSpan, right.mutableSpan, count: 4800)
        }
    }

    @Test(
        "a disk that fills is told at once, and what was recorded until then is a whole file under its name",
        arguments: ["wav", "flac", "aiff", "ogg"])
    func fullDisk(format: String) throws {
        guard let disk = TinyDisk() else { return }
        defer { disk.remove() }
        let path = disk.path + "/out.\(format)"
        let recording = Recording(
            path: path, format: try SoundFileFormat(path: path, bits: format == "wav" ? "32f" : nil), force: false)
        #expect(recording.shortage(rate: 48_000)?.hasPrefix("only about ") == true)
        let ring = FrameRing(capacity: 400 * 48_000)
        // Noise at 190 kbit/s and more: four minutes fill the disk in every format.
        for _ in 0..<(format == "ogg" ? 240 : 30) { Self.fill(ring) }
        let lines = Mutex<[String]>([])
        let error = recording.write(ring, rate: 48_000) { line in lines.withLock { $0.append(line) } }
        let length = error?.message.split(separator: " ").last.map(String.init) ?? ""
        #expect(error?.exitCode == 74 && lines.withLock { $0 } == [error?.message ?? ""])
        #expect(error?.message == "the disk of \(path) is full: the recording ends there after \(length)")
        var source = try SoundFileSource(path: path)
        var frames = 0
        while true {
            var left = [Float](repeating: 0, count: 4800)
            var right = left
            var l = left.mutableSpan
            var r = right.mutableSpan
            let count = try source.read(left: &l, right: &r)
            frames += count
            if count < 4800 { break }
        }
        #expect(clockText(Double(frames) / 48_000) == length && frames > 4 * 48_000)
    }

    @Test("a recording that fits is whole, and nothing is told")
    func whole() throws {
        let path = "/tmp/bp-recording-\(getpid()).wav"
        defer { unsafe unlink(path) }
        let recording = Recording(path: path, format: .wav32f, force: true)
        let ring = FrameRing(capacity: 96_000)
        Self.fill(ring)
        ring.close()
        #expect(recording.write(ring, rate: 48_000) { _ in Issue.record("told") } == nil)
        #expect(try SoundFileSource(path: path).frames == 48_000)
    }
}
