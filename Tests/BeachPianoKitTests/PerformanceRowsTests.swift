import BeachPianoKit
import Composition
import Interpretation
import Moods
import Music
import Testing

/// `swift test -c release --disable-xctest --filter PerformanceRows` prints how we play beside how pianists play.
@Suite("Performance rows")
struct PerformanceRowsTests {
    static let moods = ["golden-hour", "tender", "nostalgic", "bittersweet", "melancholy"]
    static let pianists: [UInt64] = [1, 2, 3]
    /// Seeds of the pieces: a slope in one piece is uncertain by half its size.
    static let pieces = ["1", "2", "3"]

    /// Share of the performer's rows that each mood by itself is to have inside: nine pieces of one mood say less about a
    /// row than all of them.
    private static let insideEach = 0.8

    private static func pieces(_ mood: String) throws -> [Piece] {
        try pieces.flatMap { seed in
            try pianists.map { pianist in
                var source = Source()
                source.mood = mood
                source.seed = seed
                source.pianist = pianist
                return try MusicTableTests.studio.piece(source)
            }
        }
    }

    @Test("of music-fit B.1, for five lyrical moods over three pianists")
    func rows() throws {
        let columns = try Self.moods.map { mood in
            let measured = try Self.pieces(mood).map {
                (PerformanceMeasures($0.score, $0.performance), PedalMeasures($0.performance))
            }
            return PerformanceRow.all.map { row in mean(measured.map { row.value($0.0, $0.1) }) }
        }
        print("row | pianists | pooled | " + Self.moods.joined(separator: " | "))
        for (i, row) in PerformanceRow.all.enumerated() {
            let pooled = mean(columns.map { column in column[i] })
            let cells = ([pooled] + columns.map { $0[i] }).map { value in
                (row.target.accepts(value) ? "" : "!") + decimal(value, 3)
            }
            print(([row.name, row.target.text] + cells).joined(separator: " | "))
            if !row.isOfTheWriting {
                #expect(row.target.accepts(pooled), "\(row.name): \(pooled), pianists \(row.target.text)")
            }
        }
        for (mood, column) in zip(Self.moods, columns) {
            let own = zip(PerformanceRow.all, column).filter { !$0.0.isOfTheWriting }
            let inside = own.count { $0.0.target.accepts($0.1) }
            print("INSIDE \(mood) | \(inside) of \(own.count)")
            #expect(Double(inside) >= Self.insideEach * Double(own.count), "\(mood)")
        }
    }

    @Test("basses that are written to the hand's next stroke are held through the figure, as pianists hold them")
    func writtenShort() throws {
        let measured = try Self.moods.flatMap { try Self.pieces($0) }.map { piece in
            let score = Self.withShortBasses(piece.score)
            let pianist = Pianist(
                mood: piece.source.moment.mood(over: piece.source.duration), seed: piece.source.seed,
                pianist: piece.source.moment.pianist)
            return PerformanceMeasures(
                score, pianist.perform(score, duration: piece.source.duration, ringOut: piece.plan.ringOut))
        }
        for row in PerformanceRow.all where row.isOfTheWriting {
            let value = mean(measured.map { row.value($0, PedalMeasures($0.performance)) })
            print("WRITTEN SHORT \(row.name) | \(row.target.text) | \(decimal(value, 3))")
            #expect(row.target.accepts(value), "\(row.name): \(value), pianists \(row.target.text)")
        }
    }

    /// The same notes with each bass written until the left hand strikes again, as broken chords are written.
    private static func withShortBasses(_ score: Score) -> Score {
        let strokes = Set(score.notes.filter { $0.role.isLeftHand }.map(\.onset)).sorted()
        var score = score
        for i in score.notes.indices where score.notes[i].role == .bass {
            guard let next = strokes.first(where: { $0 > score.notes[i].onset }) else { continue }
            score.notes[i].length = min(score.notes[i].length, next - score.notes[i].onset)
        }
        return score
    }

    @Test("velocities of all moods stay inside music.md 5.0 at the loud end, also where there is much energy")
    func velocities() throws {
        for mood in NamedMood.all where mood.aliasOf == nil {
            var source = Source()
            source.mood = mood.name
            source.pianist = 1
            let v = try MusicTableTests.studio.piece(source).performance.notes.map { Double($0.velocity) }
            let (low, high) = (percentile(v, 0.05), percentile(v, 0.95))
            print("VEL \(mood.name) | sd \(decimal(deviation(v), 1)) | p5 \(decimal(low, 1)) | p95 \(decimal(high, 1))")
            #expect(high <= 92, "\(mood.name): p95 \(high)")
        }
    }
}
