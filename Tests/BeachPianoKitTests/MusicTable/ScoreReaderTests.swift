import BeachPianoKit
import Documents
import Foundation
import Moods
import Music
import Testing

/// Scores in an independent reader: asks for a Python with music21 in `BEACHPIANO_MUSIC21`.
@Suite("Scores held against music21", .enabled(if: ScoreReader.python != nil))
struct ScoreReaderTests {
    @Test("24 pieces are read with the same notes, every bar full, slurs and pedal in place")
    func scores() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("beachpiano-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var scores: [String: Score] = [:]
        for mood in MusicTableTests.moods {
            let score = try MusicTableTests.piece(mood, seed: 3, duration: "60s").score
            scores[mood] = score
            try Data(MusicXML.text(of: score).utf8).write(to: folder.appendingPathComponent("\(mood).musicxml"))
        }
        let read = try ScoreReader.read(folder)
        #expect(read.count == scores.count && read.count == 24)
        for (mood, score) in scores {
            let heard = try #require(read[mood])
            // A key that two voices share is one stroke, written in both.
            let written = Set(score.notes.map { "\(Int(($0.onset.value * 12).rounded())) \($0.pitch.midi)" })
            #expect(heard.notes == written, "\(mood): \(heard.notes.symmetricDifference(written).prefix(4))")
            #expect(heard.unfilledBars == 0, "\(mood)")
            #expect(heard.bars == 2 * score.bars, "\(mood)")
            #expect(heard.slurs > score.sections.count && heard.pedals > 0, "\(mood)")
        }
    }
}

enum ScoreReader {
    struct Reading {
        /// Twelfths of a beat and MIDI number of every struck note.
        var notes: Set<String> = []
        /// Measures of both staves, those that are not filled, slurs and pedal marks.
        var bars = 0
        var unfilledBars = 0
        var slurs = 0
        var pedals = 0
    }

    static let python = ProcessInfo.processInfo.environment["BEACHPIANO_MUSIC21"]

    private static let program = """
        import glob, os, re, sys
        import music21
        for path in sorted(glob.glob(sys.argv[1] + '/*.musicxml')):
            name = os.path.basename(path)[:-9]
            score = music21.converter.parse(path, forceSource=True)
            print('piece', name)
            for part in score.parts:
                for measure in part.getElementsByClass('Measure'):
                    full = measure.barDuration.quarterLength
                    voices = list(measure.voices) or [measure]
                    ok = all(abs(sum(n.quarterLength for n in v.notesAndRests) - full) < 1e-6 for v in voices)
                    print('bar', int(ok))
                for element in part.flatten().notes:
                    at = round(float(element.offset) * 12)
                    for note in (element.notes if element.isChord else [element]):
                        if note.tie is None or note.tie.type == 'start': print('note', at, note.pitch.midi)
            print('slurs', len(score.recurse().getElementsByClass('Slur')))
            print('pedals', len(re.findall('<pedal ', open(path).read())))
        """

    static func read(_ folder: URL) throws -> [String: Reading] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(python))
        process.arguments = ["-c", program, folder.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        var pieces: [String: Reading] = [:]
        var name = ""
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            switch words[0] {
            case "piece":
                name = words[1]
                pieces[name] = Reading()
            case "bar":
                pieces[name]?.bars += 1
                if words[1] == "0" { pieces[name]?.unfilledBars += 1 }
            case "note": pieces[name]?.notes.insert("\(words[1]) \(words[2])")
            case "slurs": pieces[name]?.slurs = Int(words[1]) ?? 0
            case "pedals": pieces[name]?.pedals = Int(words[1]) ?? 0
            default: break
            }
        }
        return pieces
    }
}
