import BeachPianoKit
import Moods
import Music
import Testing

@Suite("The waves under a piece") struct SeaCueTests {
    private static func piece(_ words: String, _ mood: String? = nil) throws -> Piece {
        let console = Console(level: .quiet, environment: Environment(variables: [:]))
        var source = Source()
        source.words = words
        source.mood = mood
        source.sea = "swell"
        source.duration = "2m30s"
        return try Studio(console: console, cancellation: Cancellation()).piece(source)
    }

    @Test(
        "are high where the phrases are loud",
        arguments: [
            "on the beach with you, last light", "a stormy sea, and we were afraid", "joy by the ocean, dancing",
        ])
    func heights(_ words: String) throws {
        let piece = try Self.piece(words)
        let sea = try #require(piece.sea)
        #expect(sea.crests.count > 6 && sea.heights.count == sea.crests.count)
        #expect(sea.heights.allSatisfy { (0.35...1.6).contains($0) })
        let mean = sea.heights.reduce(0, +) / Float(sea.heights.count)
        #expect((0.6...1.0).contains(mean), "\(mean)")
        // The melody's loudest note of each wave, counted apart from the product's mean of all voices.
        var pairs: [(height: Float, peak: Float)] = []
        for (i, crest) in sea.crests.enumerated().dropLast() {
            let gap = sea.crests[i + 1] - crest
            let tune = piece.performance.notes.filter {
                $0.role == .melody && $0.onset >= crest - 0.4 * gap && $0.onset < crest + 0.6 * gap
            }
            if let peak = tune.map(\.velocity).max() { pairs.append((sea.heights[i], peak)) }
        }
        let r = correlation(pairs.map(\.height), pairs.map(\.peak))
        print("\(words): \(pairs.count) waves, heights and peaks of the phrases correlate by \(r)")
        #expect(r > 0.6)
    }

    private func correlation(_ x: [Float], _ y: [Float]) -> Float {
        let (a, b) = (x.reduce(0, +) / Float(x.count), y.reduce(0, +) / Float(y.count))
        let products = zip(x, y).reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) }
        let squares = x.reduce(0) { $0 + ($1 - a) * ($1 - a) } * y.reduce(0) { $0 + ($1 - b) * ($1 - b) }
        return products / max(1e-9, squares.squareRoot())
    }
}
