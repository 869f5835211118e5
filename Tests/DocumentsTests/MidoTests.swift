import Documents
import Foundation
import Music
import Testing

/// An independent reader's view of our files; asks for a Python with mido in `BEACHPIANO_PYTHON`.
struct MidoTests {
    private static let python = ProcessInfo.processInfo.environment["BEACHPIANO_PYTHON"]

    @Test(.enabled(if: python != nil)) func midoReadsTheSameNotesAtTheSameTimes() throws {
        let performance = Examples.performance()
        let name = "beachpiano-\(ProcessInfo.processInfo.processIdentifier).mid"
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try Data(MIDIFileWriter.bytes(of: performance)).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let script = """
            import sys, mido
            time = 0.0
            for m in mido.MidiFile(sys.argv[1]):
                time += m.time
                if m.type == 'note_on' and m.velocity > 0: print('note', time, m.note, m.velocity)
                if m.type == 'control_change' and m.control in (64, 67): print('pedal', time, m.control, m.value)
            """
        let lines = try run([try #require(Self.python), "-c", script, url.path])
        let notes = lines.filter { $0.first == "note" }
        let expected = performance.notes.sorted { ($0.pitch, $0.onset) < ($1.pitch, $1.onset) }
        let heard = try notes.map { row in
            (time: try #require(Double(row[1])), pitch: try #require(Int(row[2])), velocity: try #require(Int(row[3])))
        }.sorted { ($0.pitch, $0.time) < ($1.pitch, $1.time) }
        #expect(heard.count == expected.count)
        for (a, b) in zip(expected, heard) {
            #expect(a.pitch.midi == b.pitch)
            #expect(abs(a.onset - b.time) < 0.001)
            #expect(abs(Int(a.velocity) - b.velocity) <= 1)
        }
        #expect(lines.count { $0.first == "pedal" } == performance.pedals.count)
    }

    private func run(_ command: [String]) throws -> [[String]] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
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
