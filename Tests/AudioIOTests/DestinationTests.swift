import AudioIO
import Glibc
import Testing

@Suite("Destinations")
struct DestinationTests {
    private static func touch(_ path: String) { close(unsafe open(path, O_WRONLY | O_CREAT, 0o644)) }

    @Test("folders, missing folders, empty names and files in the way are refused with 73 before anything is made")
    func refused() {
        let folder = TemporaryFolder()
        Self.touch(folder.file("plain"))
        for path in [
            folder.path, folder.path + "/", folder.file("none/a.wav"), "", folder.file("plain/a.wav"),
            folder.file(String(repeating: "x", count: 300)),
        ] {
            let error = failure { _ = try FileByteSink(path: path) }
            #expect(error?.exitCode == 73, "\(path)")
            #expect(error?.kind == .cannotCreate, "\(path)")
        }
        #expect(failure { _ = try FileByteSink(path: folder.file("plain")) }?.kind == .exists)
        #expect(folder.names == ["plain"])
    }

    @Test("a symbolic link is refused, and force replaces the link itself, not what it points to")
    func links() throws {
        let folder = TemporaryFolder()
        Self.touch(folder.file("target"))
        unsafe symlink(folder.file("target"), folder.file("link"))
        #expect(failure { _ = try FileByteSink(path: folder.file("link")) }?.exitCode == 73)
        let sink = try FileByteSink(path: folder.file("link"), force: true)
        try sink.write(contentsOf: [1, 2, 3])
        try sink.commit()
        #expect(TemporaryFolder.bytes(of: folder.file("target")).isEmpty)
        #expect(TemporaryFolder.bytes(of: folder.file("link")) == [1, 2, 3])
    }

    @Test("a file that appears while we write is not overwritten")
    func race() throws {
        let folder = TemporaryFolder()
        let sink = try FileByteSink(path: folder.file("a"))
        try sink.write(contentsOf: [1])
        Self.touch(folder.file("a"))
        #expect(failure { try sink.commit() }?.kind == .exists)
        #expect(folder.names == ["a"] && TemporaryFolder.bytes(of: folder.file("a")).isEmpty)
    }

    @Test("/dev/full ends with 74 and /dev/null takes everything, in every format")
    func devices() throws {
        for format in ["wav24", "flac24", "ogg", "mp3", "aiff24", "caf24"] {
            func render(_ path: String) -> AudioIOError? {
                failure {
                    var sink = try SoundFileSink(
                        Destination(path: path).open(), format: SoundFileFormat(path: path, format: format),
                        sampleRate: 48_000, frames: 24_000)
                    try TestSignal().write(to: &sink)
                }
            }
            #expect(render("/dev/full")?.exitCode == 74, "\(format)")
            #expect(render("/dev/null") == nil, "\(format)")
        }
    }

    @Test("a named pipe is written as a stream")
    func pipe() throws {
        let folder = TemporaryFolder()
        let path = folder.file("fifo")
        unsafe mkfifo(path, 0o600)
        let reader = unsafe open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        let destination = try Destination(path: path)
        #expect(destination.kind == .pipe && destination.freeBytes == nil)
        let sink = try destination.open()
        var wav = try StreamingWAVSink(sink, format: .wav24, sampleRate: 48_000, frames: 2)
        try wav.write(left: [0, 0.5].span, right: [0, -0.5].span)
        try wav.finish()
        var bytes = [UInt8](repeating: 0, count: 200)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(reader, $0.baseAddress, $0.count) }
        #expect(count == 44 + 12)
        #expect(Array(bytes[50..<56]) == [0, 0, 0x40, 0, 0, 0xC0])
    }

    @Test("a reader that has gone is told as such")
    func readerGone() {
        var ends: [Int32] = [0, 0]
        unsafe Glibc.pipe(&ends)
        close(ends[0])
        signal(SIGPIPE, SIG_IGN)
        let sink = DescriptorByteSink(descriptor: ends[1], name: "standard output", closing: true)
        #expect(failure { try sink.write(contentsOf: [1, 2, 3]) }?.kind == .readerGone)
        #expect(failure { try sink.commit() }?.errno == EPIPE)
    }

    @Test("what cannot fit is refused beforehand with the numbers")
    func room() throws {
        let folder = TemporaryFolder()
        let destination = try Destination(path: folder.file("a.wav"))
        let free = try #require(destination.freeBytes)
        #expect(free > 0)
        try destination.checkRoom(for: 1000)
        let error = failure { try destination.checkRoom(for: free + 1_000_000_000_000) }
        #expect(error?.kind == .diskFull && error?.description.contains("B are free") == true)
        let format = try SoundFileFormat(path: "a.wav")
        #expect(format.estimatedBytes(frames: 48_000 * 150, sampleRate: 48_000) > 43_200_000)
        #expect(format.estimatedBytes(frames: .max, sampleRate: 48_000) == .max)
    }

    @Test(
        "sizes that differ never read alike", arguments: [1, 99_999, 2_000_001, 2_010_000, 999_999_999, 5_000_000_001])
    func sizes(_ free: Int64) {
        #expect(
            Destination.sizeText(free + 1, roundedUp: true) != Destination.sizeText(free, roundedUp: false))
        #expect(Destination.sizeText(2_010_000, roundedUp: true) == "2.1 MB")
        #expect(Destination.sizeText(2_010_000, roundedUp: false) == "2.0 MB")
    }

    @Test("a file that waits for its name is no leftover")
    func waiting() throws {
        let folder = TemporaryFolder()
        let sink = try FileByteSink(path: folder.file("a.mid"))
        try sink.write(contentsOf: [1, 2, 3])
        try sink.sync()
        #expect(PartFile.removeLeftovers(in: folder.path).isEmpty)
        try sink.publish()
        #expect(TemporaryFolder.bytes(of: folder.file("a.mid")) == [1, 2, 3])
    }

    @Test("clearing at any instant takes nothing from a living writer")
    func clearing() async throws {
        let folder = TemporaryFolder()
        let path = folder.path
        let clearing = Task.detached { while !Task.isCancelled { PartFile.removeLeftovers(in: path) } }
        for round in 0..<2000 {
            let path = folder.file("\(round).mid")
            let sink = try FileByteSink(path: path)
            try sink.write(contentsOf: [UInt8(round & 255)])
            try sink.sync()
            try sink.publish()
            #expect(TemporaryFolder.bytes(of: path) == [UInt8(round & 255)])
        }
        clearing.cancel()
        await clearing.value
    }

    @Test("leftovers of a dead writer are cleared, those of a living one and other files are not")
    func leftovers() throws {
        let folder = TemporaryFolder()
        Self.touch(folder.file(".old.wav.999999.part"))
        Self.touch(folder.file(".old.wav.999999-2.part"))
        Self.touch(folder.file(".notes.part"))
        Self.touch(folder.file("a.wav"))
        let sink = try FileByteSink(path: folder.file("new.wav"))
        #expect(PartFile.removeLeftovers(in: folder.path) == [".old.wav.999999-2.part", ".old.wav.999999.part"])
        #expect(folder.names == [".new.wav.\(getpid()).part", ".notes.part", "a.wav"])
        try sink.commit()
        #expect(folder.names == [".notes.part", "a.wav", "new.wav"])
    }

    @Test("companions are synced before the first is published: all or none")
    func companions() throws {
        let folder = TemporaryFolder()
        do {
            let first = try FileByteSink(path: folder.file("a.mid"))
            let second = try FileByteSink(path: folder.file("b.svg"))
            try first.write(contentsOf: [1])
            try first.sync()
            try second.write(contentsOf: [2])
            #expect(folder.names.allSatisfy { $0.hasSuffix(".part") })
        }
        #expect(folder.names.isEmpty)
    }
}
