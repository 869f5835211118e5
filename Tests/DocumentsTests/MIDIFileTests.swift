import Documents
import Music
import Testing

@Suite("MIDI files of our own")
struct MIDIFileTests {
    @Test("what is written is read back")
    func readBack() throws {
        let written = Examples.performance()
        let read = try MIDIFileReader.read(MIDIFileWriter.bytes(of: written)).performance
        #expect(read.title == written.title)
        #expect(read.notes.count == written.notes.count)
        // Ticks may order notes anew that lie within one of each other: compare by key.
        func byKey(_ notes: [NoteEvent]) -> [NoteEvent] { notes.sorted { ($0.pitch, $0.onset) < ($1.pitch, $1.onset) } }
        for (a, b) in zip(byKey(written.notes), byKey(read.notes)) {
            #expect(a.pitch == b.pitch)
            #expect(abs(b.onset - a.onset) < 0.001)
            #expect(abs(a.velocity - b.velocity) <= 1.0 / 128)
        }
        #expect(abs(read.duration - written.duration) < 0.001)
        for pedal in Pedal.allCases {
            let (a, b) = (Self.movements(pedal, written), Self.movements(pedal, read))
            #expect(a.count == b.count)
            for (x, y) in zip(a, b) {
                #expect(abs(x.time - y.time) < 0.001)
                #expect(abs(x.depth.value - y.depth.value) <= 1.0 / 127)
            }
        }
        #expect(!Self.movements(.sustain, read).isEmpty && !Self.movements(.unaCorda, read).isEmpty)
    }

    /// The events that change something.
    private static func movements(_ pedal: Pedal, _ performance: Performance) -> [PedalEvent] {
        var depth = UnitInterval.zero
        return performance.pedals.filter { $0.pedal == pedal }.filter { event in
            defer { depth = event.depth }
            return event.depth != depth
        }
    }

    @Test("tempo map, metre, key, releases and pedals go through a second file byte for byte")
    func secondFile() throws {
        var performance = Examples.performance()
        performance.timeSignatures.append(TimeSignature(beat: 8, 6, over: 8))
        performance.keySignatures.append(KeySignature(beat: 8, fifths: -7, isMinor: false))
        for i in performance.notes.indices {
            performance.notes[i].role = nil
            performance.notes[i].releaseVelocity = Float(20 + i)
        }
        let first = try MIDIFileReader.read(MIDIFileWriter.bytes(of: performance)).performance
        let bytes = MIDIFileWriter.bytes(of: first)
        let second = try MIDIFileReader.read(bytes).performance
        #expect(second == first)
        #expect(MIDIFileWriter.bytes(of: second) == bytes)
        // A bar for the lead-in, then a point for each beat, and one after the end.
        #expect(first.tempoMap.count >= 17)
        #expect(first.timeSignatures.map { [$0.numerator, $0.denominator] } == [[4, 4], [6, 8]])
        #expect(first.keySignatures.map(\.fifths) == [-5, -7])
        #expect(first.key == Key(tonic: 1, isMinor: false) && first.metre == Metre(beats: 4))
        #expect(Set(first.notes.map(\.releaseVelocity)).count > 10)
    }

    @Test("releases are read back where no key is struck twice at once")
    func releases() throws {
        let notes = (0..<40).map { i in
            NoteEvent(
                onset: Double(i) * 0.21, release: Double(i) * 0.21 + 0.37, pitch: Pitch(40 + i), velocity: 64,
                releaseVelocity: Float(1 + 3 * i))
        }
        let written = Performance(title: "", notes: notes, pedals: [], duration: 12)
        let read = try MIDIFileReader.read(MIDIFileWriter.bytes(of: written)).performance
        for (a, b) in zip(notes, read.notes) {
            #expect(abs(a.release - b.release) < 0.001)
            #expect(a.releaseVelocity == b.releaseVelocity)
        }
    }

    /// One note without a tempo map: 120 quarters a minute, 960 ticks each, so a second is 1920 ticks (0x8F 0x00).
    @Test("a small file has exactly these bytes")
    func bytes() {
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
}
