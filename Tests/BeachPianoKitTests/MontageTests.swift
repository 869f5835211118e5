import BeachPianoKit
import Composition
import Moods
import Music
import Testing

@Suite("Montage")
struct MontageTests {
    @Test("every motif is found where the table says, and the piece ends in one key", arguments: [2, 4, 6])
    func table(count: Int) throws {
        let home = Home()
        let words = [
            "on the beach with you, last light", "rain on the window, nobody calls", "we danced and laughed all night",
            "the storm came over the pier", "snow, and the house asleep", "the long way home, singing",
        ]
        let names = try words.prefix(count).map { try home.capture($0) }
        let (report, table) = try home.studio.montage(names, wishes: RetellWishes())
        let piece = try home.piece(kept: home.name(of: report))
        #expect(Montage.table(piece.plan) == table && Set(table.map(\.voice)) == Set(names))
        var missed: [String] = []
        for row in table {
            let voice = try #require(report.moment.music.montage.first { $0.name == row.voice })
            let notes = piece.score.notes.filter {
                $0.role == (row.place == .under ? .figure : .melody) && $0.onset >= row.onset && $0.onset < row.end
            }
            let best = MotifSimilarity.best(voice.theme.main, in: notes)
            if best < MotifSimilarity.threshold { missed.append(row.text + " \(best)") }
        }
        let metrics = StructureMetrics(piece.score)
        print(
            "MONTAGE", count, "rows", table.count, "missed", missed, "peak", metrics.lagPeak, "earlier",
            metrics.bestEarlierBlock, "new", metrics.newBlocks)
        #expect(missed.isEmpty, "\(missed)")
        #expect(piece.score.chords.last?.localTonic == piece.score.key.tonic)
        #expect((0.14...0.47).contains(metrics.lagPeak) && (0.35...0.72).contains(metrics.bestEarlierBlock))
        #expect((0.14...0.62).contains(metrics.newBlocks))
    }
}
