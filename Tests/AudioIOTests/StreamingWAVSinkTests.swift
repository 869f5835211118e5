import AudioIO
import Testing

@Suite("Streaming WAV")
struct StreamingWAVSinkTests {
    private static func stream(_ format: SoundFileFormat, frames: Int64?, _ samples: [Float]) throws -> [UInt8] {
        let memory = MemoryByteSink()
        var sink = try StreamingWAVSink(memory, format: format, sampleRate: 44_100, frames: frames)
        try sink.write(left: samples.span, right: samples.span)
        try sink.finish()
        return memory.bytes
    }

    private static func number(_ bytes: [UInt8], _ at: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * UInt32($1)) }
    }

    @Test("the header states the exact sizes, rate and depth", arguments: [("16", 4), ("24", 6), ("32f", 8)])
    func header(bits: String, frameBytes: Int) throws {
        let bytes = try Self.stream(SoundFileFormat(path: "-", bits: bits), frames: 3, [0, 0.25, -1])
        #expect(bytes.count == 44 + 3 * frameBytes)
        #expect(Self.number(bytes, 4) == UInt32(bytes.count - 8) && Self.number(bytes, 40) == UInt32(3 * frameBytes))
        #expect(Self.number(bytes, 24) == 44_100 && Self.number(bytes, 28) == UInt32(44_100 * frameBytes))
        #expect(Int(bytes[34]) == frameBytes * 4 && bytes[20] == (bits == "32f" ? 3 : 1))
    }

    @Test("endless streams and those past 4 GiB say so with 0xFFFFFFFF")
    func endless() throws {
        for frames in [nil, Int64(1) << 32] {
            let bytes = try Self.stream(.wav24, frames: frames, [])
            #expect(Self.number(bytes, 4) == .max && Self.number(bytes, 40) == .max)
        }
    }

    @Test("it holds the samples that libsndfile writes into a file", arguments: ["16", "24", "32f"])
    func sameSamples(bits: String) throws {
        let signal = TestSignal(frames: 5000)
        let folder = TemporaryFolder()
        let path = folder.file("a.wav")
        let format = try SoundFileFormat(path: path, bits: bits)
        var sink = try StreamingWAVSink(FileByteSink(path: path), format: format, sampleRate: 48_000, frames: 5000)
        try signal.write(to: &sink)
        let found = try TestSignal.read(path)
        #expect(found.left == signal.left && found.right == signal.right)
    }
}
