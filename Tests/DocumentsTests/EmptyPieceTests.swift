import Documents
import Foundation
import Music
import Testing

struct EmptyPieceTests {
    @Test func aPieceWithoutNotesIsStillADocument() throws {
        let score = Score(
            title: "", key: Key(tonic: 9, isMinor: true), metre: Metre(beats: 3), tempo: 60, form: "", bars: 0,
            sections: [], phrases: [], chords: [], cadences: [], notes: [], motif: [])
        let performance = Performance(title: "", notes: [], pedals: [], duration: 0)
        #expect(try XMLNode.parse(MusicXML.text(of: score)).all("measure").count == 1)
        #expect(try XMLNode.parse(PianoRoll.svg(of: performance, score: score)).name == "svg")
        #expect(
            try XMLNode.parse(Postcard.svg(of: score, mood: Examples.mood, name: "", seed: "")).name == "svg")
        for json in [ScoreText.json(of: score), PerformanceText.json(of: performance)] {
            #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) is [String: Any])
        }
    }
}
