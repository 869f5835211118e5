import AudioIO
import Glibc
import Testing

@Suite("Outputs and stores")
struct OutputSinkTests {
    @Test("a path becomes a file, a named pipe a stream; what a pipe cannot take is refused")
    func kinds() throws {
        let folder = TemporaryFolder()
        let signal = TestSignal(frames: 3000)
        var file = try OutputSink(
            path: folder.file("a.flac"), format: SoundFileFormat(path: "a.flac"), sampleRate: 48_000, frames: 3000)
        try signal.write(to: &file)
        #expect(try TestSignal.read(folder.file("a.flac")).left == signal.left)

        let path = folder.file("fifo.wav")
        unsafe mkfifo(path, 0o600)
        let reader = unsafe open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        var pipe = try OutputSink(path: path, format: .wav24, sampleRate: 48_000, frames: 3000)
        try signal.write(to: &pipe)
        var bytes = [UInt8](repeating: 0, count: 60_000)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(reader, $0.baseAddress, $0.count) }
        #expect(count == 44 + 3000 * 6)

        let error = failure {
            _ = try OutputSink(path: path, format: SoundFileFormat(path: "a.caf"), sampleRate: 48_000, frames: 3000)
        }
        #expect(error?.exitCode == 64)
    }

    @Test(
        "a pipe gets the same FLAC and MP3 as a file, but for the lengths in the first frame",
        arguments: ["flac", "mp3"])
    func pipedStreams(format: String) throws {
        let folder = TemporaryFolder()
        let signal = TestSignal(frames: 20_000)
        // The descriptor of a file, used as if it could not go back.
        let path = folder.file("piped.\(format)")
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT, 0o600)
        let memory = MemoryByteSink()
        for bytes in [DescriptorByteSink(descriptor: descriptor, name: path, closing: true), memory] as [any ByteSink] {
            var sink = try SoundFileSink(
                bytes, format: SoundFileFormat(path: path), sampleRate: 48_000, frames: 20_000)
            try signal.write(to: &sink)
        }
        let piped = TemporaryFolder.bytes(of: path)
        #expect(piped.count == memory.bytes.count && piped.count > 5000)
        #expect(piped.dropFirst(1000) == memory.bytes.dropFirst(1000))
        if format == "flac" { #expect(try TestSignal.read(path).left == signal.left) }
    }

    @Test("a store gives back every frame, from memory and from its nameless file")
    func store() throws {
        let folder = TemporaryFolder()
        let signal = TestSignal(frames: 60_000)
        for memory in [100_000, 1000] {
            var store = FrameStore(memoryFrames: memory, folder: folder.path)
            try signal.write(to: &store, block: 777)
            let frames = store.frames
            #expect(frames == 60_000 && folder.names.isEmpty)
            try store.finish()
            var left: [Float] = []
            var right: [Float] = []
            while true {
                var l = [Float](repeating: 0, count: 4999)
                var r = l
                var ls = l.mutableSpan
                var rs = r.mutableSpan
                let count = try store.read(left: &ls, right: &rs)
                left += l[..<count]
                right += r[..<count]
                if count < 4999 { break }
            }
            #expect(left == signal.left && right == signal.right)
        }
        let error = failure {
            var store = FrameStore(memoryFrames: 10, folder: folder.file("none"))
            try signal.write(to: &store)
        }
        #expect(error?.exitCode == 74)
    }

    @Test("memory keeps the samples and nothing counts them")
    func simple() throws {
        let signal = TestSignal(frames: 500)
        var memory = MemorySink()
        try signal.write(to: &memory)
        let same = memory.left == signal.left && memory.right == signal.right && memory.isFinished
        #expect(same)
        var null = NullSink()
        try signal.write(to: &null)
        let frames = null.frames
        #expect(frames == 500)
    }
}
