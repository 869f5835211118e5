import Documents
import Music
import Testing

@Suite("Broken and hostile MIDI files")
struct MIDIFileLimitTests {
    private static let end = MIDIFileBuilder.endOfTrack
    private static let note: [UInt8] = [0, 0x90, 60, 80, 48, 60, 0]

    private func message(_ bytes: [UInt8]) -> String? {
        let error = #expect(throws: MIDIFileError.self) { try MIDIFileReader.read(bytes) }
        return error?.description
    }

    @Test("each kind of damage is named, with its place")
    func messages() {
        #expect(message([]) == "the file is empty")
        #expect(message(Array("RI".utf8))?.contains("MThd") == true)
        #expect(message(Array("RIFF....WAVE".utf8)) == "this RIFF holds no Standard MIDI File")
        #expect(message(Array("<html>not here</html>".utf8))?.contains("MThd") == true)
        #expect(message(MIDIFileBuilder.file(format: 0, Self.end)) == "there are no notes in it")
        #expect(
            message(MIDIFileBuilder.file(format: 3, Self.note + Self.end)) == "byte 8: the format is 3, not 0, 1 or 2")
        #expect(
            message(MIDIFileBuilder.file(format: 0, division: [0, 0], Self.note + Self.end))
                == "byte 12: a tick has no length: the division is 0")
        #expect(
            message(MIDIFileBuilder.file(format: 0, division: [0xE8, 0], Self.note + Self.end))
                == "byte 12: a tick has no length: the division is 59392")
        for (rate, division) in [(23, [0xE9, 100]), (128, [0x80, 1]), (31, [0xE1, 40])] as [(Int, [UInt8])] {
            #expect(
                message(MIDIFileBuilder.file(format: 0, division: division, Self.note + Self.end))
                    == "byte 12: the division counts \(rate) frames in a second, none of 24, 25, 29 and 30")
        }
        #expect(
            message(MIDIFileBuilder.file(format: 0, [0, 0xFF, 0x51, 3, 0, 0, 0] + Self.note + Self.end))
                == "byte 26: a tempo without end: a quarter note lasts 0 microseconds")
        #expect(
            message(MIDIFileBuilder.file(format: 0, [0, 60, 80] + Self.end))
                == "byte 23: a data byte stands where an event should begin")
        #expect(
            message(MIDIFileBuilder.file(format: 0, [0, 0x90, 60, 200] + Self.end))
                == "byte 25: a data byte is above 127")
        #expect(
            message(MIDIFileBuilder.file(format: 0, [0x80, 0x80, 0x80, 0x80, 0x80]))
                == "byte 26: a time is longer than four bytes")
        #expect(
            message(MIDIFileBuilder.file(format: 0, [0, 0xF0, 100, 1, 2]) + [1, 2, 3])
                == "byte 25: the track ends inside a system message")
        var short = MIDIFileBuilder.file(format: 1, Self.note + Self.end)
        short[11] = 3
        #expect(message(short) == "byte 33: the header announces 3 tracks, the file ends after 1")
        var long = MIDIFileBuilder.file(format: 1, Self.note + Self.end)
        long[18] = 0xFF
        #expect(message(long)?.contains("goes past the end of the file") == true)
    }

    @Test("a file cut anywhere is an error")
    func cut() {
        let bytes = MIDIFileBuilder.file(format: 1, Self.note + Self.end, Self.note + Self.end)
        for count in 0..<bytes.count {
            #expect(throws: MIDIFileError.self, "\(count)") { try MIDIFileReader.read(Array(bytes[..<count])) }
        }
    }

    @Test("200,000 strikes of one key, then their releases, are read in a moment")
    func manyHeldNotes() throws {
        var track: [UInt8] = []
        for _ in 0..<200_000 { track += [1, 0x90, 60, 64] }
        for _ in 0..<200_000 { track += [0, 0x80, 60, 0] }
        let started = ContinuousClock.now
        let performance = try MIDIFileReader.read(MIDIFileBuilder.file(format: 1, track + Self.end)).performance
        #expect(performance.notes.count == 200_000)
        #expect(ContinuousClock.now - started < .seconds(2))
    }

    @Test("a megabyte of anything takes less than a second", arguments: 0..<6)
    func megabyte(_ kind: Int) {
        let event: [UInt8] =
            switch kind {
            case 0: [0, 0x90, 60, 64]
            case 1: [0, 0xFF, 0x51, 3, 1, 2, 3]
            case 2: [0, 0xB0, 123, 0]
            case 3: [1, 0xB0, 64, 127, 0, 0xB1, 64, 0, 0, 0xB0, 64, 0]
            case 4: [0, 0xFF, 0x58, 4, 3, 2, 24, 8]
            default: [0x00, 0xF0, 0]
            }
        var track: [UInt8] = [0, 0xB0, 64, 0]
        while track.count < 1 << 20 { track += event }
        let started = ContinuousClock.now
        _ = try? MIDIFileReader.read(MIDIFileBuilder.file(format: 0, track + Self.note + Self.end))
        #expect(ContinuousClock.now - started < .seconds(1))
    }

    /// Mutated files are read or refused; a trap would end the test run.
    @Test("no mutated file traps or takes long, and what is read is sound")
    func mutated() {
        let sources = [
            MIDIFileWriter.bytes(of: Examples.performance()),
            MIDIFileBuilder.file(
                format: 0, Self.note + [0, 0xF0, 2, 1, 0xF7, 0, 0xFF, 0x51, 3, 1, 2, 3] + Self.end),
            MIDIFileBuilder.file(
                format: 2, [0, 0xB0, 64, 100, 0, 88, 3] + Self.note + [9, 0xB0, 121, 0] + Self.end,
                [0, 0xFF, 0x58, 4, 6, 3, 24, 8, 0, 0xFF, 0x59, 2, 0xFA, 1, 5, 0xB2, 66, 90] + Self.note + Self.end),
            MIDIFileBuilder.file(format: 1, division: [0xE7, 40], Self.note + Self.end, Self.note + Self.end),
        ]
        var stream = Seed(20_000).stream(.performance, "mutate")
        var (accepted, refused) = (0, 0)
        var longest = Duration.zero
        for i in 0..<40_000 {
            var bytes = sources[i % sources.count]
            for _ in 0...stream.index(6) where !bytes.isEmpty {
                let place = stream.index(bytes.count)
                switch stream.index(5) {
                case 0: bytes[place] = UInt8(stream.index(256))
                case 1: bytes[place] ^= UInt8(1 << stream.index(8))
                case 2: bytes.insert(UInt8(stream.index(256)), at: place)
                case 3: bytes.remove(at: place)
                default:
                    if stream.chance(0.2) { bytes.removeLast(bytes.count - place) } else { bytes[place] = 0xFF }
                }
            }
            let started = ContinuousClock.now
            do {
                let read = try MIDIFileReader.read(bytes).performance
                accepted += 1
                #expect(Self.isSound(read))
            } catch {
                refused += 1
            }
            longest = max(longest, ContinuousClock.now - started)
        }
        #expect(accepted > 1000 && refused > 2000, "\(accepted) read, \(refused) refused")
        #expect(longest < .milliseconds(500))
        print("\(accepted) mutated files read, \(refused) refused; the slowest took \(longest)")
    }

    /// Whether a performance keeps what its type promises, and can be written again.
    private static func isSound(_ read: Performance) -> Bool {
        let notes = read.notes.allSatisfy {
            $0.release > $0.onset && $0.onset >= 0 && $0.release <= read.duration && (0...127).contains($0.velocity)
                && (0...127).contains($0.releaseVelocity) && Pitch.pianoRange.contains($0.pitch)
        }
        let pedals = zip(read.pedals, read.pedals.dropFirst()).allSatisfy { $0.time <= $1.time }
        let map = zip(read.tempoMap, read.tempoMap.dropFirst()).allSatisfy {
            $0.beat < $1.beat && $0.seconds <= $1.seconds
        }
        let written = MIDIFileWriter.bytes(of: read)
        return notes && pedals && map && read.duration.isFinite && !read.notes.isEmpty
            && (try? MIDIFileReader.read(written).performance.notes.count) != nil
    }
}
