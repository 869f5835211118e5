import Documents
import Music
import Testing

/// Files of others, byte by byte; 96 ticks in a quarter and 120 quarters a minute: 192 ticks are a second.
@Suite("MIDI files of others")
struct MIDIFileReadingTests {
    private static let end = MIDIFileBuilder.endOfTrack

    private func read(_ track: [UInt8], format: UInt8 = 0, division: [UInt8] = [0, 96], channels: Set<Int>? = nil)
        throws -> Performance
    {
        try MIDIFileReader.read(
            MIDIFileBuilder.file(format: format, division: division, track + Self.end), channels: channels
        ).performance
    }

    // MARK: - Time

    @Test("running status and strikes of velocity zero are understood, across meta and system messages too")
    func runningStatus() throws {
        let plain = try read([0, 0x90, 60, 80, 48, 60, 0, 0, 64, 90, 96, 64, 0])
        #expect(plain.notes.map(\.pitch) == [Pitch(60), Pitch(64)])
        #expect(plain.notes.map(\.velocity) == [80, 90])
        #expect(plain.notes.map(\.onset) == [0, 0.25])
        #expect(plain.notes.map(\.release) == [0.25, 0.75])
        let broken = try read(
            [
                0, 0x90, 60, 80, 0, 0xFF, 0x01, 1, 65, 48, 60, 0, 0, 0xF0, 3, 0x7E, 0x7F, 0xF7, 0, 64, 90, 0, 0xF8, 0,
                0xF2, 1, 2, 96, 64, 0,
            ])
        #expect(broken.notes == plain.notes)
    }

    @Test("a tempo change in a file of one track acts from its place, and is kept")
    func tempo() throws {
        let read = try read(
            [
                0, 0x90, 60, 80, 96, 0x80, 60, 0, 0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40, 96, 0x90, 62, 80, 96, 0x80, 62,
                0,
            ])
        #expect(read.notes.map(\.onset) == [0, 1.5])
        #expect(abs(read.notes[1].release - 2.5) < 1e-9)
        #expect(read.tempoMap.prefix(2) == [TempoPoint(beat: 0, seconds: 0), TempoPoint(beat: 1, seconds: 0.5)])
        let last = read.tempoMap[2]
        #expect(abs((last.seconds - 0.5) / (last.beat - 1) - 1) < 1e-9)
    }

    @Test("the tempo track of a format 1 file rules the others")
    func tempoTrack() throws {
        let tempo: [UInt8] = [0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40, 96, 0xFF, 0x51, 3, 0x03, 0xD0, 0x90]
        let notes: [UInt8] = [96, 0x90, 60, 80, 96, 0x80, 60, 64]
        let read = try MIDIFileReader.read(
            MIDIFileBuilder.file(format: 1, tempo + Self.end, notes + Self.end)
        ).performance
        #expect(read.notes[0].onset == 1 && abs(read.notes[0].release - 1.25) < 1e-9)
    }

    @Test(
        "ticks of film frames have a fixed length, whatever the tempo",
        arguments: [(0xE8, 24.0), (0xE7, 25), (0xE3, 30_000 / 1001), (0xE2, 30)] as [(UInt8, Double)])
    func smpte(_ byte: UInt8, _ rate: Double) throws {
        // A hundred ticks in a frame; 0x8D 0x08 is 1672 ticks.
        let read = try read(
            [0, 0xFF, 0x51, 3, 1, 0, 0, 0x8D, 0x08, 0x90, 60, 80, 0x8D, 0x08, 0x80, 60, 64], division: [byte, 100])
        #expect(abs(read.notes[0].onset - 16.72 / rate) < 1e-9)
        #expect(abs(read.notes[0].release - 33.44 / rate) < 1e-9)
        #expect(read.tempoMap.isEmpty)
    }

    @Test("the length is that of the longest track, its rest bounded to a minute")
    func length() throws {
        let note: [UInt8] = [0, 0x90, 60, 80, 96, 0x80, 60, 64]
        #expect(try read(note).duration == 0.5)
        let two = MIDIFileBuilder.file(format: 1, note + [0x83, 0, 0xFF, 0x2F, 0], note + Self.end)
        #expect(try MIDIFileReader.read(two).performance.duration == 2.5)
        // Whatever stands behind the end of a track is not music.
        let behind = note + [0x83, 0, 0xFF, 0x2F, 0, 0x83, 0, 0x90, 64, 80] + Self.end
        #expect(try MIDIFileReader.read(MIDIFileBuilder.file(format: 0, behind)).performance.duration == 2.5)
        let never = note + [0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0x2F, 0]
        #expect(try MIDIFileReader.read(MIDIFileBuilder.file(format: 0, never)).performance.duration == 60.5)
    }

    @Test("metres and keys are kept where they stand")
    func signatures() throws {
        let read = try read(
            [
                0, 0xFF, 0x58, 4, 6, 3, 36, 8, 0, 0xFF, 0x59, 2, 0xFA, 1, 0x81, 0x10, 0xFF, 0x58, 4, 2, 1, 24, 8, 0,
                0xFF, 0x59, 2, 7, 0, 0, 0x90, 60, 80, 96, 0x80, 60, 64,
            ])
        #expect(read.timeSignatures == [TimeSignature(beat: 0, 6, over: 8), TimeSignature(beat: 1.5, 2, over: 2)])
        #expect(
            read.keySignatures == [
                KeySignature(beat: 0, fifths: -6, isMinor: true), KeySignature(beat: 1.5, fifths: 7, isMinor: false),
            ])
        #expect(read.key == Key(tonic: 3, isMinor: true))
    }

    @Test("the sequences of a format 2 file follow one another, each with its own tempo, nothing held over")
    func sequences() throws {
        let first: [UInt8] = [
            0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40, 0, 0xB0, 64, 127, 0, 0x90, 60, 80, 96, 0xFF, 0x2F, 0,
        ]
        let second: [UInt8] = [0, 0x90, 62, 80, 96, 0x80, 62, 64] + Self.end
        let read = try MIDIFileReader.read(MIDIFileBuilder.file(format: 2, first, second)).performance
        #expect(read.notes.map(\.onset) == [0, 1])
        #expect(read.notes.map(\.release) == [1, 1.5])
        #expect(read.pedals.map(\.depth) == [.one, .zero] && read.pedals.map(\.time) == [0, 1])
        #expect(read.duration == 1.5)
    }

    // MARK: - Keys

    @Test("a key that never comes up is let go at the end")
    func hanging() throws {
        let read = try read([0, 0x90, 60, 80, 96, 62, 80, 0x83, 0x00, 0x80, 62, 0])
        #expect(read.notes[0].pitch == Pitch(60))
        #expect(abs(read.notes[0].release - 2.5) < 1e-9)
    }

    @Test("release velocities are kept; none, and zero, mean 64")
    func releaseVelocity() throws {
        let read = try read(
            [0, 0x90, 60, 80, 0, 62, 80, 0, 64, 80, 96, 0x80, 60, 100, 0, 62, 0, 0, 0x90, 64, 0])
        #expect(read.notes.map(\.releaseVelocity) == [100, 64, 64])
    }

    @Test("CC 88 is the low half of the next velocity of its channel, up or down")
    func fineVelocity() throws {
        let read = try read(
            [
                0, 0xB0, 88, 64, 0, 0x91, 72, 80, 0, 0x90, 60, 80, 0, 0x90, 62, 80, 48, 0xB0, 88, 32, 0, 0x80, 60, 90,
                0, 0x80, 62, 90, 0, 0x81, 72, 90,
            ])
        #expect(read.notes.map(\.pitch.midi) == [60, 62, 72])
        #expect(read.notes.map(\.velocity) == [80.5, 80, 80])
        #expect(read.notes.map(\.releaseVelocity) == [90.25, 90, 90])
    }

    @Test("one key has one hammer: doublings become one stroke, a restruck key comes up in between")
    func oneHammer() throws {
        let doubled = try read([0, 0x90, 60, 70, 0, 0x91, 60, 90, 96, 0x90, 60, 0, 96, 0x91, 60, 0])
        #expect(doubled.notes.count == 1)
        #expect(doubled.notes[0].velocity == 90 && doubled.notes[0].release == 1)
        // The second voice is short: the first still holds the key.
        let restruck = try read([0, 0x90, 60, 70, 48, 0x91, 60, 90, 48, 0x91, 60, 0, 96, 0x90, 60, 0])
        #expect(restruck.notes.map(\.onset) == [0, 0.25])
        #expect(restruck.notes.map(\.release) == [0.25, 1])
    }

    @Test("CC 120 and 123 let go of the keys of their channel, 120 of its pedals too")
    func notesOff() throws {
        func played(_ controller: UInt8) throws -> Performance {
            try read(
                [
                    0, 0xB0, 64, 127, 0, 0x90, 60, 80, 0, 0x91, 62, 80, 96, 0xB0, controller, 0, 96, 0x80, 60, 64, 0,
                    0x81, 62, 64,
                ])
        }
        for controller in [120, 123, 124, 125, 126, 127] as [UInt8] {
            #expect(try played(controller).notes.map(\.release) == [0.5, 1])
        }
        #expect(try played(123).pedals.map(\.depth) == [.one])
        #expect(try played(120).pedals.map(\.depth) == [.one, .zero])
    }

    // MARK: - Channels

    @Test("only the chosen channels are read, pedals too")
    func channels() throws {
        let track: [UInt8] = [
            0, 0xB0, 64, 127, 0, 0x90, 60, 80, 0, 0x91, 72, 80, 0, 0x92, 76, 80, 96, 0x80, 60, 0, 0, 0x81, 72, 0, 0,
            0x82, 76, 0,
        ]
        #expect(try read(track, channels: [2]).notes.map(\.pitch) == [Pitch(72)])
        #expect(try read(track, channels: [2, 3]).notes.map(\.pitch) == [Pitch(72), Pitch(76)])
        #expect(try read(track, channels: [2, 3]).pedals.isEmpty)
        #expect(try read(track).notes.count == 3)
        let error = #expect(throws: MIDIFileError.self) { try read(track, channels: [7]) }
        #expect(error?.description == "there are no notes on channel 7, only on 1, 2, 3")
    }

    @Test("drums are left out and counted, unless channel 10 is chosen")
    func drums() throws {
        let bytes = MIDIFileBuilder.file(
            format: 0,
            [
                0, 0x90, 60, 80, 0, 0x99, 36, 80, 0, 38, 80, 0, 0xB9, 64, 127, 96, 0x80, 60, 0, 0, 0x89, 36, 0, 0, 38,
                0,
            ] + Self.end)
        let all = try MIDIFileReader.read(bytes)
        #expect(all.performance.notes.count == 1 && all.drumNotes == 2 && all.performance.pedals.isEmpty)
        let drums = try MIDIFileReader.read(bytes, channels: [10])
        #expect(drums.performance.notes.count == 2 && drums.drumNotes == 0)
        let only = MIDIFileBuilder.file(format: 0, [0, 0x99, 36, 80, 96, 36, 0] + Self.end)
        let error = #expect(throws: MIDIFileError.self) { try MIDIFileReader.read(only) }
        #expect(error?.description.contains("channel 10") == true)
    }

    @Test("notes beyond the keyboard are left out and counted")
    func beyond() throws {
        let bytes = MIDIFileBuilder.file(
            format: 0, [0, 0x90, 20, 80, 0, 21, 80, 0, 108, 80, 0, 109, 80, 96, 21, 0] + Self.end)
        let contents = try MIDIFileReader.read(bytes)
        #expect(contents.performance.notes.map(\.pitch.midi) == [21, 108])
        #expect(contents.notesOffTheKeyboard == 2)
    }

    // MARK: - Pedals

    @Test("the deepest pedal of all channels counts, each of the three by itself")
    func pedals() throws {
        let read = try read(
            [
                0, 0x90, 60, 80,
                0, 0xB0, 64, 40, 96, 0xB1, 64, 90, 96, 0xB0, 64, 100, 96, 0xB0, 64, 0, 96, 0xB1, 64, 0,
                0, 0xB0, 66, 127, 0, 0xB1, 67, 64, 96, 0x80, 60, 64,
            ])
        #expect(read.pedals.map(\.pedal) == [.sustain, .sustain, .sustain, .sustain, .sustain, .sostenuto, .unaCorda])
        #expect(read.pedals.map { Int(($0.depth.value * 127).rounded()) } == [40, 90, 100, 90, 0, 127, 64])
        #expect(read.pedals.map(\.time) == [0, 0.5, 1, 1.5, 2, 2, 2])
    }

    @Test("CC 121 brings the pedals of its channel up")
    func reset() throws {
        let read = try read(
            [
                0, 0x90, 60, 80, 0, 0xB0, 64, 127, 0, 66, 127, 0, 67, 127, 0, 0xB1, 64, 50, 96, 0xB0, 121, 0, 96, 0x80,
                60, 64,
            ])
        let after = read.pedals.filter { $0.time == 0.5 }
        #expect(after.map(\.pedal) == [.sustain, .sostenuto, .unaCorda])
        #expect(after.map { Int(($0.depth.value * 127).rounded()) } == [50, 0, 0])
    }

    // MARK: - Wrapping

    @Test("unknown chunks, longer headers and a RIFF around the file are passed over")
    func wrappings() throws {
        let track = [0, 0x90, 60, 80, 96, 0x80, 60, 64] + Self.end
        let plain = MIDIFileBuilder.file(format: 0, track)
        let expected = try MIDIFileReader.read(plain)
        let long =
            MIDIFileBuilder.chunk("MThd", [0, 0, 0, 1, 0, 96, 9, 9]) + MIDIFileBuilder.chunk("XFIH", [1, 2, 3])
            + MIDIFileBuilder.chunk("MTrk", track)
        #expect(try MIDIFileReader.read(long) == expected)
        let riff =
            Array("RIFF".utf8) + [0, 0, 0, 0] + Array("RMIDdisp".utf8) + [3, 0, 0, 0, 1, 2, 3, 0] + Array("data".utf8)
            + [UInt8(plain.count), 0, 0, 0] + plain
        #expect(try MIDIFileReader.read(riff) == expected)
    }

    @Test("titles in UTF-8 and Latin-1 are understood, control characters are not passed on")
    func titles() throws {
        func title(_ bytes: [UInt8]) throws -> String {
            try read([0, 0xFF, 0x03, UInt8(bytes.count)] + bytes + [0, 0x90, 60, 64, 96, 60, 0]).title
        }
        #expect(try title(Array("Träumerei – 海".utf8)) == "Träumerei – 海")
        #expect(try title([0x54, 0x72, 0xE4, 0x75, 0x6D]) == "Träum")
        #expect(try title([0x1B, 0x5B, 0x41, 0x00, 0x0A, 0x42]) == "[A B")
    }

    @Test("the first track alone names the piece")
    func firstTrack() throws {
        let named: [UInt8] = [0, 0xFF, 0x03, 1, 65] + Self.end
        let note: [UInt8] = [0, 0x90, 60, 64, 96, 0x80, 60, 0] + Self.end
        #expect(try MIDIFileReader.read(MIDIFileBuilder.file(format: 1, named, note)).performance.title == "A")
        #expect(try MIDIFileReader.read(MIDIFileBuilder.file(format: 1, note, named)).performance.title == "")
    }
}
