import Documents
import Foundation
import Music
import Testing

struct TextTests {
    @Test func aScoreAsJSONHoldsEveryNote() throws {
        let score = Examples.score()
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(ScoreText.json(of: score).utf8)) as? [String: Any])
        #expect(object["title"] as? String == score.title)
        #expect(object["beatsInBar"] as? Int == 4)
        let notes = try #require(object["notes"] as? [[String: Any]])
        #expect(notes.map { $0["pitch"] as? Int } == score.notes.map(\.pitch.midi))
        #expect(notes.map { $0["onset"] as? String } == score.notes.map(\.onset.description))
        #expect((object["chords"] as? [[String: Any]])?.count == score.chords.count)
    }

    @Test func aPerformanceAsJSONHoldsEveryKeyAndPedal() throws {
        let performance = Examples.performance()
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(PerformanceText.json(of: performance).utf8)) as? [String: Any])
        let notes = try #require(object["notes"] as? [[String: Any]])
        for (written, note) in zip(notes, performance.notes) {
            let onset = try #require(written["onset"] as? Double)
            let velocity = try #require(written["velocity"] as? Double)
            #expect(abs(onset - note.onset) < 1e-6)
            #expect(abs(velocity - Double(note.velocity)) < 1e-3)
        }
        #expect(notes.count == performance.notes.count)
        #expect((object["pedals"] as? [Any])?.count == performance.pedals.count)
        #expect((object["tempoMap"] as? [Any])?.count == performance.tempoMap.count)
    }

    @Test func controlCharactersInATitleAreEscaped() throws {
        var score = Examples.score()
        score.title = "a\u{1}b\n\t\"\\c\u{1F}"
        let object = try JSONSerialization.jsonObject(with: Data(ScoreText.json(of: score).utf8)) as? [String: Any]
        #expect(object?["title"] as? String == score.title)
    }

    @Test func aNoteOffTheBeatIsNamedByBarBeatAndRest() {
        let lines = ScoreText.text(of: Examples.score()).split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("2.2+2/3") && $0.contains("melody") && $0.contains("F5") })
        #expect(lines.contains { $0.hasPrefix("1.3+1/2") && $0.contains("5/2") && $0.hasSuffix("1.5") })
    }

    @Test func theScoreSaysTheKeyOfASectionAndSpellsItsNotesByIt() throws {
        var score = Examples.score()
        score.chords = []
        score.sections[1].key = Key(tonic: 1, isMinor: true)
        let lines = ScoreText.text(of: score).split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("A ") && $0.hasSuffix("D-flat major") })
        #expect(lines.contains { $0.hasPrefix("B' ") && $0.hasSuffix("C-sharp minor") })
        #expect(lines.contains { $0.hasPrefix("1.1 ") && $0.contains("Db2") })
        #expect(lines.contains { $0.hasPrefix("3.1 ") && $0.contains("C#2") })
        let object = try JSONSerialization.jsonObject(with: Data(ScoreText.json(of: score).utf8)) as? [String: Any]
        let sections = try #require(object?["sections"] as? [[String: Any]])
        #expect(sections.map { $0["key"] as? String } == ["D-flat major", "C-sharp minor"])
    }

    @Test func thePerformanceTableIsInTheOrderOfTime() {
        let performance = Examples.performance()
        let rows = PerformanceText.text(of: performance).split(separator: "\n").dropFirst(3)
        let times = rows.compactMap { $0.split(separator: " ").first.flatMap { Double($0) } }
        #expect(times.count == performance.notes.count + performance.pedals.count)
        #expect(times == times.sorted())
    }

    @Test func thePerformanceSpellsItsNotesByTheKeyThatStands() throws {
        var score = Examples.score()
        score.sections[1].key = Key(tonic: 1, isMinor: true)
        let home = score.sections[0].key.written(in: score.key)
        #expect(score.keySignatures.map(\.fifths) == [home.fifths, 4])
        #expect(score.keySignatures.map(\.beat) == [0, score.sections[1].onset.value])
        var performance = Examples.performance()
        let strokes = [0.5, 4.5].map { NoteEvent(onset: $0, release: $0 + 0.2, pitch: Pitch(61), velocity: 60) }
        performance.notes = strokes
        performance.tempoMap = (0...8).map { TempoPoint(beat: Double($0), seconds: Double($0)) }
        performance.keySignatures = [
            KeySignature(beat: 0, fifths: -5, isMinor: false), KeySignature(beat: 4, fifths: 4, isMinor: true),
        ]
        let names = PerformanceText.text(of: performance).split(separator: "\n").filter { !$0.contains("pedal") }
        #expect(names.contains { $0.contains("0.500  Db4") } && names.contains { $0.contains("4.500  C#4") })
    }
}
