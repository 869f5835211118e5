import BeachPianoKit
import Music
import Testing

@Suite("Played rhythm as it is read")
struct WrittenGridTests {
    @Test("of the notes of 48 pieces, as played, all but a few are found on the sixteenth on which they are written")
    func found() {
        var (right, all) = (0, 0)
        for (_, piece) in MusicTableTests.pieces {
            let read = WrittenGrid.notes(piece.performance)
            var places: [Double: [Int: Beat]] = [:]
            for (played, note) in zip(piece.performance.notes, read) {
                places[played.onset, default: [:]][played.pitch.midi] = note.onset
            }
            for note in PerformanceMeasures(piece.score, piece.performance).notes {
                guard let onset = places[note.played.onset]?[note.played.pitch.midi] else { continue }
                all += 1
                if (onset * 4).value.rounded() == (note.written.onset * 4).value.rounded() { right += 1 }
            }
        }
        print("GRID \(right) of \(all)")
        #expect(all > 10_000 && Double(right) >= 0.97 * Double(all), "\(right) of \(all)")
    }
}
