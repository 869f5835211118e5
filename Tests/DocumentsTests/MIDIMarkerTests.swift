import Documents
import Testing

@Suite("Markers of MIDI files")
struct MIDIMarkerTests {
    @Test("markers and cue points are told in seconds through the tempo map")
    func markers() throws {
        let track: [UInt8] =
            [0, 0xFF, 0x06, 1, 0x41, 0, 0x90, 60, 64, 96, 0x80, 60, 0]
            // A quarter of half a second has passed; the next one lasts a second.
            + [0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40, 96, 0xFF, 0x07, 1, 0x42] + MIDIFileBuilder.endOfTrack
        let contents = try MIDIFileReader.read(MIDIFileBuilder.file(format: 0, track))
        #expect(contents.markers == [0, 1.5])
    }
}
