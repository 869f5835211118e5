import Documents
import Foundation
import Music
import Testing

/// Our files in an independent reader, and an independent writer's files in ours; asks for a Python with mido in
/// `BEACHPIANO_PYTHON`.
@Suite("MIDI files held against mido", .enabled(if: Python.path != nil))
struct MidoTests {
    /// What mido finds in a file: each message with its time, and the signatures and tempi with their beats.
    private static let tell = """
        import sys, mido
        file = mido.MidiFile(sys.argv[1])
        time = 0.0
        for m in file:
            time += m.time
            if m.type == 'note_on' and m.velocity > 0: print('note', time, m.note, m.velocity)
            elif m.type in ('note_on', 'note_off'): print('release', time, m.note)
            if m.type == 'control_change' and m.control in (64, 66, 67): print('pedal', time, m.control, m.value)
        ticks = 0
        for m in mido.merge_tracks(file.tracks):
            ticks += m.time
            beat = ticks / file.ticks_per_beat
            if m.type == 'set_tempo': print('tempo', beat, m.tempo)
            if m.type == 'time_signature': print('metre', beat, m.numerator, m.denominator)
            if m.type == 'key_signature': print('key', beat, m.key)
        print('length', time)
        """

    @Test("mido reads the same notes at the same times")
    func ourFile() throws {
        let performance = Examples.performance()
        let lines = try Self.told(MIDIFileWriter.bytes(of: performance))
        let expected = performance.notes.sorted { ($0.pitch, $0.onset) < ($1.pitch, $1.onset) }
        let heard = try Self.notes(lines)
        #expect(heard.count == expected.count)
        for (a, b) in zip(expected, heard) {
            #expect(a.pitch.midi == b.pitch)
            #expect(abs(a.onset - b.time) < 0.001)
            #expect(abs(Int(a.velocity) - b.velocity) <= 1)
        }
        #expect(lines.count { $0[0] == "pedal" } == performance.pedals.count)
        let length = try #require(lines.last.flatMap { Double($0[1]) })
        #expect(abs(length - performance.duration) < 0.001)
    }

    /// Music by chance: four tracks on four channels, tempi, metres and keys that change, pedals, running status.
    private static let write = """
        import sys, random, mido
        rng = random.Random(int(sys.argv[2]))
        division = [96, 120, 480, 960][rng.randrange(4)]
        file = mido.MidiFile(type=1, ticks_per_beat=division)
        conductor = mido.MidiTrack()
        file.tracks.append(conductor)
        conductor.append(mido.MetaMessage('track_name', name='By chance'))
        for i in range(12):
            time = 0 if i == 0 else rng.randrange(1, 9) * division // 2
            conductor.append(mido.MetaMessage('set_tempo', tempo=rng.randrange(200000, 1500000), time=time))
            if i % 3 == 0: conductor.append(mido.MetaMessage(
                'time_signature', numerator=rng.randrange(2, 13), denominator=[2, 4, 8, 16][rng.randrange(4)]))
            if i % 4 == 0: conductor.append(mido.MetaMessage('key_signature', key=rng.choice(['Db', 'F#m', 'C', 'Ebm'])))
        for channel in range(4):
            track = mido.MidiTrack()
            file.tracks.append(track)
            for i in range(60):
                key = 24 + 20 * channel + rng.randrange(20)
                track.append(mido.Message(
                    'note_on', channel=channel, note=key, velocity=rng.randrange(1, 128), time=rng.randrange(division)))
                track.append(mido.Message(
                    'control_change', channel=channel, control=64 if channel == 0 else 7, value=i * 2,
                    time=rng.randrange(division)))
                track.append(mido.Message(
                    'note_on', channel=channel, note=key, velocity=0, time=rng.randrange(1, division)))
        file.save(sys.argv[1])
        """

    @Test("we read what mido writes as mido does, and hand tempo, metre and key on unchanged", arguments: 1...8)
    func theirFile(_ seed: Int) throws {
        let url = Self.temporary()
        defer { try? FileManager.default.removeItem(at: url) }
        _ = try Self.run(["-c", Self.write, url.path, "\(seed)"])
        let bytes = [UInt8](try Data(contentsOf: url))
        let theirs = try Self.told(bytes)
        let read = try MIDIFileReader.read(bytes).performance
        let expected = try Self.notes(theirs)
        let ours = read.notes.sorted { ($0.pitch, $0.onset) < ($1.pitch, $1.onset) }
        #expect(ours.count == expected.count && expected.count == 240)
        for (a, b) in zip(ours, expected) {
            #expect(a.pitch.midi == b.pitch && Int(a.velocity) == b.velocity)
            #expect(abs(a.onset - b.time) < 1e-6)
        }
        let releases = theirs.filter { $0[0] == "release" }.compactMap { Double($0[1]) }.sorted()
        #expect(zip(releases, read.notes.map(\.release).sorted()).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(read.pedals.count == 59)
        let length = try #require(theirs.last.flatMap { Double($0[1]) })
        #expect(abs(length - read.duration) < 1e-6)
        #expect(read.title == "By chance")

        let again = try Self.told(MIDIFileWriter.bytes(of: read))
        for kind in ["tempo", "metre", "key"] {
            let (a, b) = (theirs.filter { $0[0] == kind }, again.filter { $0[0] == kind })
            #expect(a == b && a.count >= 3, "\(kind)")
        }
        for (a, b) in zip(try Self.notes(theirs), try Self.notes(again)) {
            #expect(abs(a.time - b.time) < 0.001 && a.pitch == b.pitch && a.velocity == b.velocity)
        }
    }

    // MARK: - Python

    private static func notes(_ lines: [[String]]) throws -> [(time: Double, pitch: Int, velocity: Int)] {
        try lines.filter { $0[0] == "note" }.map { row in
            (time: try #require(Double(row[1])), pitch: try #require(Int(row[2])), velocity: try #require(Int(row[3])))
        }.sorted { ($0.pitch, $0.time) < ($1.pitch, $1.time) }
    }

    private static func told(_ bytes: [UInt8]) throws -> [[String]] {
        let url = temporary()
        defer { try? FileManager.default.removeItem(at: url) }
        try Data(bytes).write(to: url)
        return try run(["-c", tell, url.path])
    }

    private static func temporary() -> URL {
        FileManager.default.temporaryDirectory.appendingPathComponent("beachpiano-\(UUID().uuidString).mid")
    }

    private static func run(_ arguments: [String]) throws -> [[String]] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Python.path))
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: " ").map(String.init)
        }
    }
}

/// The interpreter to ask.
private enum Python {
    static let path = ProcessInfo.processInfo.environment["BEACHPIANO_PYTHON"]
}
