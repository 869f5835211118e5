import BeachPianoKit
import Composition
import Documents
import Foundation
import Moods
import Music
import Testing

/// Scores in an independent reader: asks for a Python with music21 in `BEACHPIANO_MUSIC21`.
@Suite("Scores held against music21", .enabled(if: ScoreReader.python != nil))
struct ScoreReaderTests {
    @Test("24 pieces are read with the same notes, every bar full, keys, slurs and pedal in place")
    func scores() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("beachpiano-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var plans: [String: Plan] = [:]
        var scores: [String: Score] = [:]
        for mood in MusicTableTests.moods {
            let piece = try MusicTableTests.piece(mood, seed: 3, duration: "60s")
            let score = piece.score
            (plans[mood], scores[mood]) = (piece.plan, score)
            try Data(MusicXML.text(of: score).utf8).write(to: folder.appendingPathComponent("\(mood).musicxml"))
        }
        let read = try ScoreReader.read(folder)
        #expect(read.count == scores.count && read.count == 24)
        var changed = 0
        for (mood, score) in scores {
            let heard = try #require(read[mood])
            // A key that two voices share is one stroke, written in both.
            let written = Set(score.notes.map { "\(Int(($0.onset.value * 12).rounded())) \($0.pitch.midi)" })
            #expect(heard.notes == written, "\(mood): \(heard.notes.symmetricDifference(written).prefix(4))")
            #expect(heard.unfilledBars == 0, "\(mood)")
            #expect(heard.bars == 2 * score.bars, "\(mood)")
            let keys = try #require(plans[mood].map(Self.keys))
            #expect(heard.keys == keys, "\(mood)")
            changed += keys.count > 2 ? 1 : 0
            #expect(heard.slurs > score.sections.count && heard.pedals > 0, "\(mood)")
        }
        // The pieces say nothing about changes of key unless some of them have one.
        #expect(changed > 2)
    }

    /// Where a plan's key is signed, on both staves: bar, signature, tonic and mode.
    ///
    /// The same signs are not written again.
    private static func keys(_ plan: Plan) -> Set<String> {
        var out: Set<String> = []
        var (bar, before) = (1, Int?.none)
        for section in plan.sections {
            let key = plan.key(of: section)
            let written = key.written(in: plan.key)
            if written.fifths != before {
                for staff in 1...2 {
                    out.insert("\(staff) \(bar) \(written.fifths) \(key.tonic) \(key.isMinor ? "minor" : "major")")
                }
            }
            before = written.fifths
            bar += section.bars
        }
        return out
    }
}

enum ScoreReader {
    struct Reading {
        /// Twelfths of a beat and MIDI number of every struck note.
        var notes: Set<String> = []
        /// Staff, bar, signature, tonic and mode of every key that is written.
        var keys: Set<String> = []
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
            for staff, part in enumerate(score.parts, 1):
                for key in part.recurse().getElementsByClass('KeySignature'):
                    print('key', staff, key.measureNumber, key.sharps, key.tonic.pitchClass, key.mode)
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
            case "key": pieces[name]?.keys.insert(words.dropFirst().joined(separator: " "))
            case "slurs": pieces[name]?.slurs = Int(words[1]) ?? 0
            case "pedals": pieces[name]?.pedals = Int(words[1]) ?? 0
            default: break
            }
        }
        return pieces
    }
}
