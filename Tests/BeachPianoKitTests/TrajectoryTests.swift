import BeachPianoKit
import Moods
import Music
import Testing

/// What is heard of a mood that changes within the piece.
@Suite("Trajectory as heard")
struct TrajectoryTests {
    private static let seeds = 1...24
    private static let dark = Mood(
        valence: -0.8, energy: -0.2, tension: 0.2, intimacy: 0.3, nostalgia: 0.3, openness: 0.3)
    private static let bright = Mood(
        valence: 0.8, energy: -0.2, tension: -0.2, intimacy: 0.3, nostalgia: 0.1, openness: 0.3)
    private static let still = Mood(
        valence: 0.2, energy: -0.8, tension: -0.3, intimacy: 0.5, nostalgia: 0.3, openness: 0.3)
    private static let driven = Mood(
        valence: 0.2, energy: 0.8, tension: 0.2, intimacy: 0, nostalgia: 0.3, openness: 0.3)

    /// Valence and arousal of the last third less those of the first, by the probe.
    private static func change(from: Mood, to: Mood, seed: Int) throws -> (valence: Double, arousal: Double) {
        var source = Source()
        source.seed = String(seed)
        source.duration = "150s"
        var resolved = try MusicTableTests.studio.resolve(source)
        resolved.moment.moods = [TimedMood(mood: from), TimedMood(at: 140, mood: to)]
        let performance = try Piece(resolved).performance
        let end = performance.notes.map(\.onset).max() ?? 0
        func probe(_ range: ClosedRange<Double>) -> MoodProbe {
            var part = performance
            part.notes = performance.notes.filter { range.contains($0.onset) }
            return MoodProbe(part)
        }
        let (first, last) = (probe(0...end / 3), probe(2 * end / 3...end))
        return (last.valence - first.valence, last.arousal - first.arousal)
    }

    @Test("from dark to bright the probe hears the last third brighter than the first, from bright to dark darker")
    func valence() throws {
        let up = try Self.seeds.map { try Self.change(from: Self.dark, to: Self.bright, seed: $0).valence }
        let down = try Self.seeds.map { try Self.change(from: Self.bright, to: Self.dark, seed: $0).valence }
        let (risen, fallen) = (up.filter { $0 > 0 }.count, down.filter { $0 < 0 }.count)
        print("TRAJECTORY valence up \(risen) of \(up.count), by \(mean(up)); down \(fallen), by \(mean(down))")
        #expect(risen >= Self.seeds.count * 9 / 10)
        #expect(fallen >= Self.seeds.count * 9 / 10)
    }

    @Test("from still to driven it hears the last third more driven, the other way round stiller")
    func energy() throws {
        let up = try Self.seeds.map { try Self.change(from: Self.still, to: Self.driven, seed: $0).arousal }
        let down = try Self.seeds.map { try Self.change(from: Self.driven, to: Self.still, seed: $0).arousal }
        let (risen, fallen) = (up.filter { $0 > 0 }.count, down.filter { $0 < 0 }.count)
        print("TRAJECTORY arousal up \(risen) of \(up.count), by \(mean(up)); down \(fallen), by \(mean(down))")
        #expect(risen >= Self.seeds.count * 9 / 10)
        #expect(fallen >= Self.seeds.count * 9 / 10)
    }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
