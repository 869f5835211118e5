import Documents
import Music
import Testing

@Suite("Odd MIDI files")
struct MIDIFileLimitTests {
    /// A file with the given track bodies, 96 ticks in a quarter.
    static func file(_ tracks: [[UInt8]]) -> [UInt8] {
        var out = Array("MThd".utf8) + [0, 0, 0, 6, 0, 1, 0, UInt8(tracks.count), 0, 96]
        for track in tracks {
            let body = track + [0, 0xFF, 0x2F, 0]
            let count = body.count
            out += Array("MTrk".utf8)
            out += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
            out += body
        }
        return out
    }

    @Test("200,000 strikes of one key, then their releases, are read in a moment")
    func manyOpenNotes() throws {
        var track: [UInt8] = []
        for _ in 0..<200_000 { track += [0, 0x90, 60, 64] }
        track.append(contentsOf: [96, 0x80, 60, 0])
        for _ in 1..<200_000 { track += [0, 0x80, 60, 0] }
        let bytes = Self.file([track])
        let started = ContinuousClock.now
        let performance = try MIDIFileReader.performance(bytes)
        #expect(performance.notes.count == 200_000)
        #expect(ContinuousClock.now - started < .seconds(2))
    }

    @Test("the first track alone names the piece")
    func title() throws {
        let named: [UInt8] = [0, 0xFF, 0x03, 1, 65]
        let note: [UInt8] = [0, 0x90, 60, 64, 96, 0x80, 60, 0]
        #expect(try MIDIFileReader.performance(Self.file([named, note])).title == "A")
        #expect(try MIDIFileReader.performance(Self.file([note, named])).title == "")
    }
}
