import AudioIO
import Glibc
import Testing

@Suite("Sound files")
struct SoundFileTests {
    private static let all = [
        "wav16", "wav24", "wav32f", "flac16", "flac24", "ogg", "opus", "mp3", "aiff16", "aiff24", "aiff32f", "caf24",
        "caf32f",
    ]

    private static func render(
        _ signal: TestSignal, to path: String, _ format: String, force: Bool = false, block: Int = 64
    ) throws {
        let bytes = try Destination(path: path, force: force).open(force: force)
        var sink = try SoundFileSink(
            bytes, format: SoundFileFormat(path: path, format: format), sampleRate: 48_000,
            frames: Int64(signal.left.count),
            tags: SoundFileTags(
                title: "Evening", artist: "beachpiano", comment: "warm, salt-lantern-window", software: "beachpiano 0.1"
            ))
        try signal.write(to: &sink, block: block)
    }

    @Test("lossless formats give back every sample and the tags", arguments: all)
    func roundTrip(format: String) throws {
        let folder = TemporaryFolder()
        let signal = TestSignal()
        let path = folder.file("piece")
        try Self.render(signal, to: path, format)
        #expect(folder.names == ["piece"])
        let found = try TestSignal.read(path)
        #expect(found.rate == 48_000 && found.tags.title == "Evening")
        if ["ogg", "opus", "mp3"].contains(format) {
            #expect(abs(found.left.count - signal.left.count) < 4000)
            let energy = { (x: [Float]) in x.reduce(0.0) { $0 + Double($1 * $1) } / Double(x.count) }
            #expect(abs(energy(found.left) / energy(signal.left) - 1) < 0.1)
        } else {
            #expect(found.left == signal.left && found.right == signal.right)
            #expect(found.tags.comment == "warm, salt-lantern-window")
            #expect(found.tags.software?.hasPrefix("beachpiano 0.1") == true)
        }
    }

    @Test("the bytes do not depend on the blocks, and a second run gives them again", arguments: all)
    func repeatable(format: String) throws {
        // Ogg containers carry a random serial number.
        if format == "ogg" || format == "opus" { return }
        let folder = TemporaryFolder()
        let signal = TestSignal(frames: 9001)
        for (name, block) in [("a", 64), ("b", 1), ("c", 9001)] {
            try Self.render(signal, to: folder.file(name), format, block: block)
        }
        let first = TemporaryFolder.bytes(of: folder.file("a"))
        #expect(!first.isEmpty && first == TemporaryFolder.bytes(of: folder.file("b")))
        #expect(first == TemporaryFolder.bytes(of: folder.file("c")))
    }

    @Test(
        "a sink that fails at any write never ends in success, and the error names the true reason",
        arguments: ["wav24", "flac24", "ogg", "opus", "mp3", "aiff24", "caf32f"])
    func fullDisk(format: String) throws {
        let signal = TestSignal(frames: 20_000)
        let choice = try SoundFileFormat(path: "x", format: format)
        func attempt(_ failing: FailingByteSink) -> AudioIOError? {
            failure {
                var sink = try SoundFileSink(failing, format: choice, sampleRate: 48_000, frames: 20_000)
                try signal.write(to: &sink)
            }
        }
        let whole = FailingByteSink(MemoryByteSink(), failingWrite: .max, code: ENOSPC)
        #expect(attempt(whole) == nil && whole.isCommitted)
        #expect(whole.writes > 1)
        for number in 1...whole.writes {
            for (code, half) in [(ENOSPC, true), (EIO, false)] {
                let failing = FailingByteSink(MemoryByteSink(), failingWrite: number, code: code, acceptsHalf: half)
                let error = attempt(failing)
                #expect(error?.errno == code, "write \(number) of \(whole.writes): \(error?.description ?? "success")")
                #expect(error?.exitCode == 74 && !failing.isCommitted)
            }
        }
    }

    @Test("a file that exists is kept without force and replaced whole with it")
    func existing() throws {
        let folder = TemporaryFolder()
        let path = folder.file("a.wav")
        try Self.render(TestSignal(frames: 100), to: path, "wav24")
        let before = TemporaryFolder.bytes(of: path)
        let error = failure { try Self.render(TestSignal(frames: 200), to: path, "wav24") }
        #expect(error?.kind == .exists && error?.exitCode == 73)
        #expect(TemporaryFolder.bytes(of: path) == before && folder.names == ["a.wav"])
        try Self.render(TestSignal(frames: 200), to: path, "wav24", force: true)
        #expect(TemporaryFolder.bytes(of: path).count > before.count && folder.names == ["a.wav"])
    }

    @Test("a render that is given up leaves nothing behind")
    func cancelled() throws {
        let folder = TemporaryFolder()
        do {
            let bytes = try FileByteSink(path: folder.file("a.flac"))
            var sink = try SoundFileSink(
                bytes, format: SoundFileFormat(path: "a.flac"), sampleRate: 44_100, frames: 100)
            try sink.write(left: [0.1, 0.2].span, right: [0.1, 0.2].span)
            #expect(folder.names == [".a.flac.\(getpid()).part"])
        }
        #expect(folder.names.isEmpty)
    }

    @Test("a sample that is no number is refused with its time, and nothing is written")
    func notANumber() throws {
        let folder = TemporaryFolder()
        let error = failure {
            let bytes = try FileByteSink(path: folder.file("a.wav"))
            var sink = try SoundFileSink(bytes, format: .wav24, sampleRate: 48_000, frames: nil)
            let silence = [Float](repeating: 0, count: 72_000)
            try sink.write(left: silence.span, right: silence.span)
            try sink.write(left: [0, .nan].span, right: [0, 0].span)
        }
        #expect(error?.exitCode == 65 && error?.description.contains("0:01.500") == true, "\(error?.description ?? "")")
        #expect(folder.names.isEmpty)
    }

    @Test("samples over full scale end an integer format with the gain that fits; float keeps them")
    func overFullScale() throws {
        let folder = TemporaryFolder()
        func attempt(_ name: String) -> AudioIOError? {
            failure {
                let bytes = try FileByteSink(path: folder.file(name))
                var sink = try SoundFileSink(
                    bytes, format: SoundFileFormat(path: "x", format: name), sampleRate: 48_000, frames: 2)
                try sink.write(left: [0, 2].span, right: [0, -2].span)
                try sink.finish()
            }
        }
        for name in ["wav16", "wav24", "flac24", "aiff24"] {
            let error = attempt(name)
            #expect(error?.exitCode == 65 && error?.description.contains("-6.1 dB would fit") == true)
        }
        #expect(attempt("wav32f") == nil && folder.names == ["wav32f"])
        #expect(try TestSignal.read(folder.file("wav32f")).left == [0, 2])
    }

    @Test("a WAV past its size limit becomes RF64 and reads back whole; AIFF is refused")
    func large() throws {
        let signal = TestSignal(frames: 20_000)
        for (frames, limit, magic) in [
            (Int64?(20_000), Int64(100_000), "RF64"), (20_000, 200_000, "RIFF"), (nil, 0, "RIFF"),
        ] {
            let folder = TemporaryFolder()
            let path = folder.file("a.wav")
            var sink = try SoundFileSink(
                FileByteSink(path: path), format: .wav24, sampleRate: 48_000, frames: frames, sizeLimit: limit)
            try signal.write(to: &sink)
            #expect(String(decoding: TemporaryFolder.bytes(of: path).prefix(4), as: UTF8.self) == magic)
            #expect(try TestSignal.read(path).left == signal.left)
        }
        let error = failure {
            _ = try SoundFileSink(
                MemoryByteSink(), format: SoundFileFormat(path: "a.aiff"), sampleRate: 48_000, frames: 1 << 30)
        }
        #expect(error?.exitCode == 64)
        // 4.1 hours of 24 bits: the real limit.
        #expect(SoundFileSink.sizeLimit / 6 / 48_000 > 14_000)
    }

    @Test("formats follow the extension, the name and the bits; what cannot be is refused with what can")
    func formats() throws {
        #expect(try SoundFileFormat(path: "out.wav").description == "wav24")
        #expect(try SoundFileFormat(path: "-").description == "wav24")
        #expect(try SoundFileFormat(path: "a.b/OUT.FLAC", bits: "16").description == "flac16")
        #expect(try SoundFileFormat(path: "out.aif", bits: "32f").description == "aiff32f")
        #expect(try SoundFileFormat(path: "out.bin", format: "wav16").description == "wav16")
        #expect(try SoundFileFormat(path: "out", format: "opus").description == "opus")
        for (path, format, bits) in [
            ("out.xyz", nil, nil), ("out", nil, nil), ("out.wav", "tape", nil), ("a.flac", nil, "32f"),
            ("a.mp3", nil, "16"), ("a.wav", nil, "12"),
        ] as [(String, String?, String?)] {
            let error = failure { _ = try SoundFileFormat(path: path, format: format, bits: bits) }
            #expect(error?.exitCode == 64, "\(path)")
        }
        let unknown = failure { _ = try SoundFileFormat(path: "out.xyz") }
        #expect(unknown?.description.contains("wav, flac, ogg, opus, mp3, aiff, caf") == true)
    }

    @Test("rates that a format cannot carry are refused with one that it can")
    func rates() throws {
        for (name, rate) in [("opus", 44_100), ("mp3", 96_000)] {
            let error = failure { try SoundFileFormat(path: "x", format: name).check(sampleRate: rate) }
            #expect(error?.exitCode == 64 && error?.description.contains("48000") == true)
        }
        for name in Self.all {
            try SoundFileFormat(path: "x", format: name).check(sampleRate: 48_000)
        }
        try SoundFileFormat(path: "x", format: "flac").check(sampleRate: 96_000)
    }

    @Test("a sound that is no sound, or is not there, is told apart when read")
    func reading() {
        let folder = TemporaryFolder()
        #expect(failure { _ = try SoundFileSource(path: folder.file("none.wav")) }?.exitCode == 66)
        #expect(failure { _ = try SoundFileSource(path: "/etc/hostname") }?.exitCode == 65)
    }
}
