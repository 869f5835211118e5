import Composition
import Music
import Testing

@Suite("The judge")
struct JudgementTests {
    @Test("finds our own pieces like people's music, and a loop and noise not")
    func damage() {
        for (name, seed) in [("golden-hour", UInt64(1)), ("nostalgic", 2), ("joyful", 3)] {
            let score = composed(name, seed: seed).score
            let own = Judgement(notes: score.notes, metre: score.metre)
            print("\(name): \(own.inside) of \(own.rows.count) inside", own.rows.filter { !$0.isInside }.map(\.name))
            #expect(!own.isDamaged)
            #expect(own.inside * 10 >= own.rows.count * 7)

            let bars = Beat(2 * score.metre.beats)
            let loop = (0..<score.bars / 2).flatMap { k in
                score.notes.filter { $0.onset >= bars && $0.onset < bars + bars }.map { note in
                    ScoreNote(
                        onset: note.onset - bars + Beat(k * 2 * score.metre.beats), length: note.length,
                        pitch: note.pitch, role: note.role)
                }
            }
            #expect(Judgement(notes: loop, metre: score.metre).isDamaged)

            var random = Seed(5).stream(.melody, place: ["noise"])
            let noise = score.notes.map { note in
                ScoreNote(onset: note.onset, length: note.length, pitch: Pitch(36 + random.index(48)), role: note.role)
            }
            #expect(Judgement(notes: noise, metre: score.metre).isDamaged)
        }
    }
}
