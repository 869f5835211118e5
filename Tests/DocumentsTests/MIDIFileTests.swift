import Documents
import Music
import Testing

struct MIDIFileTests {
    @Test func whatIsWrittenIsReadBack() throws {
        let written = Examples.performance()
        let read = try MIDIFileReader.performance(MIDIFileWriter.bytes(of: written))
        #expect(read.title == written.title)
        #expect(read.notes.count == written.notes.count)
        // Ticks may order notes anew that lie within one of each other: compare by key.
        func byKey(_ notes: [NoteEvent]) -> [NoteEvent] { notes.sorted { ($0.pitch, $0.onset) < ($1.pitch, $1.onset) } }
        let shift = read.notes[0].onset - written.notes[0].onset
        for (a, b) in zip(byKey(written.notes), byKey(read.notes)) {
            #expect(a.pitch == b.pitch)
            #expect(abs(b.onset - a.onset - shift) < 0.001)
            #expect(abs(a.velocity - b.velocity) <= 1.0 / 128)
        }
        #expect(abs(shift) < 0.001)
        for pedal in [Pedal.sustain, .unaCorda] {
            let (a, b) = (written.pedals.filter { $0.pedal == pedal }, read.pedals.filter { $0.pedal == pedal })
            #expect(a.count == b.count && !a.isEmpty)
            for (x, y) in zip(a, b) {
                #expect(abs(x.time - y.time) < 0.001)
                #expect(abs(x.depth.value - y.depth.value) <= 1.0 / 127)
            }
        }
    }

    @Test func releasesAreReadBackWhereNoKeyIsStruckTwiceAtOnce() throws {
        let notes = (0..<40).map { i in
            NoteEvent(
                onset: Double(i) * 0.21, release: Double(i) * 0.21 + 0.37, pitch: Pitch(40 + i), velocity: 64)
        }
        let read = try MIDIFileReader.performance(
            MIDIFileWriter.bytes(of: Performance(title: "", notes: notes, pedals: [], duration: 12)))
        for (a, b) in zip(notes, read.notes) { #expect(abs(a.release - b.release) < 0.001) }
    }

    /// One note without a tempo map: 120 quarters a minute, 960 ticks each, so a second is 1920 ticks (0x8F 0x00).
    @Test func aSmallFileHasExactlyTheseBytes() {
        let performance = Performance(
            title: "T", notes: [NoteEvent(onset: 0, release: 1, pitch: Pitch(60), velocity: 64)],
            pedals: [PedalEvent(time: 0, pedal: .sustain, depth: .one)], duration: 2)
        let bytes: [UInt8] = [
            0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 1, 0, 2, 0x03, 0xC0,  // type 1, 2 tracks, 960
            0x4D, 0x54, 0x72, 0x6B, 0, 0, 0, 17,
            0, 0xFF, 0x03, 1, 0x54,  // title T
            0, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20,  // 500 000 microseconds
            0x9E, 0x00, 0xFF, 0x2F, 0,  // 3840 ticks on
            0x4D, 0x54, 0x72, 0x6B, 0, 0, 0, 30,
            0, 0xFF, 0x03, 5, 0x50, 0x69, 0x61, 0x6E, 0x6F,  // Piano
            0, 0xC0, 0,  // acoustic grand
            0, 0xB0, 64, 127,
            0, 0x90, 60, 64,
            0x8F, 0x00, 0x80, 60, 64,
            0x8F, 0x00, 0xFF, 0x2F, 0,
        ]
        #expect(MIDIFileWriter.bytes(of: performance) == bytes)
    }

    // MARK: - Files of others

    @Test func runningStatusAndStrikesOfVelocityZeroAreUnderstood() throws {
        let read = try MIDIFileReader.performance(
            file(format: 0, [0, 0x90, 60, 80, 48, 60, 0, 0, 64, 90, 96, 64, 0, 0, 0xFF, 0x2F, 0]))
        #expect(read.notes.map(\.pitch) == [Pitch(60), Pitch(64)])
        #expect(read.notes.map(\.velocity) == [80, 90])
        // 96 ticks to the quarter at 120 a minute.
        #expect(read.notes.map(\.onset) == [0, 0.25])
        #expect(read.notes.map(\.release) == [0.25, 0.75])
    }

    @Test func aTempoChangeInAFileOfOneTrackActsFromItsPlace() throws {
        let read = try MIDIFileReader.performance(
            file(
                format: 0,
                [
                    0, 0x90, 60, 80, 96, 0x80, 60, 0, 0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40, 96, 0x90, 62, 80, 96, 0x80,
                    62, 0, 0, 0xFF, 0x2F, 0,
                ]))
        #expect(read.notes.map(\.onset) == [0, 1.5])
        #expect(abs(read.notes[1].release - 2.5) < 1e-9)
    }

    @Test func aKeyThatNeverComesUpIsLetGoAtTheEnd() throws {
        let read = try MIDIFileReader.performance(
            file(format: 0, [0, 0x90, 60, 80, 96, 62, 80, 0x83, 0x00, 0x80, 62, 0, 0, 0xFF, 0x2F, 0]))
        #expect(read.notes[0].pitch == Pitch(60))
        #expect(abs(read.notes[0].release - 2.5) < 1e-9)
    }

    @Test func onlyTheChosenChannelIsRead() throws {
        let bytes = file(
            format: 0, [0, 0x90, 60, 80, 0, 0x91, 72, 80, 96, 0x80, 60, 0, 0, 0x81, 72, 0, 0, 0xFF, 0x2F, 0])
        #expect(try MIDIFileReader.performance(bytes, channel: 2).notes.map(\.pitch) == [Pitch(72)])
        #expect(try MIDIFileReader.performance(bytes).notes.count == 2)
    }

    // MARK: - Broken files

    @Test func anEmptyFileIsAnError() {
        #expect(throws: MIDIFileError.self) { try MIDIFileReader.performance([]) }
        #expect(throws: MIDIFileError.self) { try MIDIFileReader.performance(file(format: 0, [0, 0xFF, 0x2F, 0])) }
        #expect(throws: MIDIFileError.self) { try MIDIFileReader.performance(Array("RIFF....".utf8)) }
    }

    @Test func aFileCutAnywhereInsideATrackIsAnError() {
        let bytes = file(format: 0, [0, 0x90, 60, 80, 48, 60, 0, 0, 0xFF, 0x2F, 0])
        for count in 0..<bytes.count {
            #expect(throws: MIDIFileError.self, "\(count)") { try MIDIFileReader.performance(Array(bytes[..<count])) }
        }
    }

    /// Mutated files are read or refused; a trap would end the test run.
    @Test func noMutatedFileTraps() {
        let sources = [
            MIDIFileWriter.bytes(of: Examples.performance()),
            file(
                format: 0,
                [0, 0x90, 60, 80, 48, 60, 0, 0, 0xF0, 2, 1, 0xF7, 0, 0xFF, 0x51, 3, 1, 2, 3, 0, 0xFF, 0x2F, 0]),
        ]
        var stream = Seed(20_000).stream(.performance, "mutate")
        var (accepted, refused) = (0, 0)
        for i in 0..<20_000 {
            var bytes = sources[i % 2]
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
            do {
                let read = try MIDIFileReader.performance(bytes)
                accepted += 1
                let isSound = read.notes.allSatisfy {
                    $0.release > $0.onset && $0.onset >= 0 && $0.release.isFinite && (0...127).contains($0.velocity)
                        && Pitch.pianoRange.contains($0.pitch)
                }
                #expect(isSound && !read.notes.isEmpty && read.duration.isFinite)
            } catch {
                refused += 1
            }
        }
        #expect(accepted > 500 && refused > 500, "\(accepted) read, \(refused) refused")
    }

    /// A file of one track and 96 ticks to the quarter.
    private func file(format: UInt8, _ track: [UInt8]) -> [UInt8] {
        Array("MThd".utf8) + [0, 0, 0, 6, 0, format, 0, 1, 0, 96] + Array("MTrk".utf8)
            + [0, 0, UInt8(track.count >> 8), UInt8(track.count & 0xFF)] + track
    }
}
