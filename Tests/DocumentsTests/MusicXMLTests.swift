import Documents
import Foundation
import Music
import Testing

struct MusicXMLTests {
    @Test(arguments: [3, 4]) func everyVoiceFillsEveryBarExactly(beats: Int) throws {
        try checkFull(Examples.score(beatsInBar: beats))
    }

    @Test func notesAnywhereOnTheGridFillTheirBars() throws {
        var stream = Seed(11).stream(.melody, "grid")
        for _ in 0..<60 {
            var score = Examples.score()
            score.notes = []
            for role in VoiceRole.allCases {
                for _ in 0..<24 {
                    let onset = Beat(stream.index(16 * 48), 48)
                    let length = Beat(1 + stream.index(150), 48)
                    let pitch = Pitch(30 + stream.index(60))
                    score.notes.append(ScoreNote(onset: onset, length: length, pitch: pitch, role: role))
                }
            }
            try checkFull(score)
        }
    }

    @Test func theTitleSurvivesItsReservedCharacters() throws {
        let root = try XMLNode.parse(MusicXML.text(of: Examples.score()))
        #expect(root.first("work-title")?.text == Examples.score().title)
        #expect(root.name == "score-partwise")
    }

    @Test func everyStruckNoteIsWrittenOnceAndTiesAreClosed() throws {
        let score = Examples.score()
        let notes = try XMLNode.parse(MusicXML.text(of: score)).all("note")
        let struck = notes.filter { note in
            note.first("pitch") != nil && !note.all("tie").contains { $0.attributes["type"] == "stop" }
        }
        #expect(struck.count == score.notes.count)
        #expect(struck.compactMap(\.midi).sorted() == score.notes.map(\.pitch.midi).sorted())
        let ties = notes.flatMap { $0.all("tie") }
        #expect(ties.count { $0.attributes["type"] == "start" } == ties.count { $0.attributes["type"] == "stop" })
    }

    @Test func tripletsAreThreeInTheTimeOfTwo() throws {
        let notes = try XMLNode.parse(MusicXML.text(of: Examples.score())).all("note")
        let triplets = notes.filter { $0.first("time-modification") != nil }
        #expect(triplets.count == 3)
        #expect(triplets.allSatisfy { $0.first("type")?.text == "eighth" && $0.first("duration")?.text == "16" })
    }

    @Test func dFlatMajorIsWrittenInFlats() throws {
        let notes = try XMLNode.parse(MusicXML.text(of: Examples.score())).all("note")
        let alters = notes.compactMap { $0.first("alter")?.text }
        #expect(!alters.isEmpty)
        #expect(alters.allSatisfy { $0 == "-1" })
    }

    @Test func aLeadingToneInMinorIsSharpAndABorrowedSixthInMajorIsFlat() throws {
        var score = Examples.score()
        score.chords = []
        score.sections[0].key = Key(tonic: 9, isMinor: true)
        score.notes = [ScoreNote(onset: 0, length: 1, pitch: Pitch(68), role: .melody)]
        #expect(try XMLNode.parse(MusicXML.text(of: score)).first("step")?.text == "G")
        score.sections[0].key = Key(tonic: 0, isMinor: false)
        #expect(try XMLNode.parse(MusicXML.text(of: score)).first("step")?.text == "A")
    }

    @Test func aSectionInAnotherKeyIsSignedAndSpelledByItAfterADoubleBar() throws {
        var score = Examples.score()
        // The same keys of the piano, from D flat major to C sharp minor and back.
        score.notes = (0..<4).map { ScoreNote(onset: Beat(4 * $0), length: 4, pitch: Pitch(68), role: .melody) }
        score.chords = []
        score.bars = 4
        let keys = [Key(tonic: 1, isMinor: false), Key(tonic: 1, isMinor: true), score.key, score.key]
        score.sections = keys.enumerated().map {
            ScoreSection(letter: "A", variant: $0, onset: Beat(4 * $0), bars: 1, level: 0.5, key: $1)
        }
        let measures = try XMLNode.parse(MusicXML.text(of: score)).all("measure")
        #expect(measures.map { $0.first("fifths")?.text } == ["-5", "4", "-5", nil])
        #expect(measures.map { $0.first("mode")?.text } == ["major", "minor", "major", nil])
        #expect(measures.map { $0.first("step")?.text } == ["A", "G", "A", "A"])
        #expect(measures.allSatisfy { $0.first("accidental") == nil })
        #expect(measures.map { $0.first("bar-style")?.text } == ["light-light", "light-light", nil, "light-heavy"])
    }

    @Test func theLeadingToneOfGSharpMinorIsADoubleSharpAndTheFlatSixthOfGFlatADoubleFlat() throws {
        var score = Examples.score()
        score.chords = []
        for (key, pitch, step, alter, sign) in [
            (Key(tonic: 8, isMinor: true), 67, "F", "2", "double-sharp"),
            (Key(tonic: 6, isMinor: false), 74, "E", "-2", "flat-flat"),
        ] {
            score.sections[0].key = key
            score.notes = [ScoreNote(onset: 0, length: 1, pitch: Pitch(pitch), role: .melody)]
            let root = try XMLNode.parse(MusicXML.text(of: score))
            #expect(root.first("step")?.text == step && root.first("alter")?.text == alter)
            #expect(root.first("accidental")?.text == sign)
        }
    }

    @Test func aDiminishedChordThatLeadsToTheFifthOfAMinorKeyIsSpelledUpwards() throws {
        var score = Examples.score()
        score.sections[0].key = Key(tonic: 9, isMinor: true)
        score.chords = [
            ScoreChord(
                name: "viio/V", onset: 0, length: 4, root: 3, bass: 3, triad: [3, 6, 9], pitchClasses: [3, 6, 9],
                localTonic: 9)
        ]
        score.notes = [51, 54, 57].map { ScoreNote(onset: 0, length: 4, pitch: Pitch($0), role: .figure) }
        let notes = try XMLNode.parse(MusicXML.text(of: score)).all("pitch").prefix(3)
        let names = notes.map { ($0.first("step")?.text ?? "") + ($0.first("alter")?.text ?? "") }
        #expect(names == ["D1", "F1", "A"])
    }

    @Test func theSignatureOfTheRelativeKeyIsNotWrittenAgain() throws {
        var score = Examples.score()
        score.sections[1].key = Key(tonic: 10, isMinor: true)
        let keys = try XMLNode.parse(MusicXML.text(of: score)).all("key")
        #expect(keys.map { $0.first("fifths")?.text } == ["-5"])
        #expect(keys.map { $0.first("mode")?.text } == ["major"])
    }

    private func checkFull(_ score: Score) throws {
        let root = try XMLNode.parse(MusicXML.text(of: score))
        let measures = root.all("measure")
        #expect(measures.count == score.bars)
        let full = score.metre.beats * 48
        for measure in measures {
            var sums: [String: Int] = [:]
            for note in measure.children where note.name == "note" && note.first("chord") == nil {
                let ticks = try #require(note.first("duration").flatMap { Int($0.text) })
                sums[try #require(note.first("voice")?.text), default: 0] += ticks
                if let type = note.first("type")?.text { #expect(shown(type, note) == ticks) }
            }
            #expect(sums.values.allSatisfy { $0 == full }, "\(sums)")
            let staves = Set(measure.all("note").compactMap { $0.first("staff")?.text })
            #expect(staves == ["1", "2"])
        }
    }

    /// The length that head, dot and triplet show.
    private func shown(_ type: String, _ note: XMLNode) -> Int? {
        let types = ["whole", "half", "quarter", "eighth", "16th", "32nd", "64th", "128th"]
        guard let i = types.firstIndex(of: type) else { return nil }
        var length = 192.0 / Double(1 << i)
        if note.first("dot") != nil { length *= 1.5 }
        if note.first("time-modification") != nil { length *= 2 / 3 }
        return Int(length.rounded())
    }
}
