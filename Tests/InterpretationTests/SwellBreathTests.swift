import Interpretation
import Moods
import Music
import Testing

@Suite struct SwellBreathTests {
    private let mood = Mood(valence: 0.3, energy: -0.2, tension: -0.2, intimacy: 0.3, nostalgia: 0.2, openness: 0.5)

    /// dB of each note with a breath against the same without one, and where in its wave the note is, 0 at the crest.
    private func changes(_ breath: SwellBreath, freedom: Float) -> [(phase: Float, change: Float)] {
        let score = BelievableScore.make()
        let pianist = Pianist(mood: mood, seed: Seed(5), freedom: freedom)
        let duration = Double(score.beats) * 60 / 70 + 5
        let still = pianist.perform(score, duration: duration, ringOut: 4)
        let breathing = pianist.perform(score, duration: duration, ringOut: 4, breath: breath)
        #expect(still.notes.count == breathing.notes.count)
        // The clock stays, so the notes of each key come in the same order.
        func sorted(_ notes: [NoteEvent]) -> [NoteEvent] {
            notes.sorted { ($0.pitch, $0.onset) < ($1.pitch, $1.onset) }
        }
        return zip(sorted(still.notes), sorted(breathing.notes)).map { a, b in
            let beat = Float(beats(at: a.onset, still.tempoMap))
            let waves = (beat - Float(breath.first)) / Float(breath.beats)
            return (waves - waves.rounded(.down), 40 * (Exact.log(b.velocity / a.velocity) / Exact.log(10)))
        }
    }

    private func beats(at seconds: Double, _ map: [TempoPoint]) -> Double {
        guard let next = map.firstIndex(where: { $0.seconds > seconds }), next > 0 else { return 0 }
        let (a, b) = (map[next - 1], map[next])
        return a.beat + (b.beat - a.beat) * (seconds - a.seconds) / (b.seconds - a.seconds)
    }

    @Test(arguments: [9, 12, 8]) func `the music is loudest on the crests and softest where the wave has gone`(
        _ beats: Int
    ) {
        let changes = changes(SwellBreath(beats: beats, first: 3), freedom: 0)
        func mean(_ range: Range<Float>) -> Float {
            let inside = changes.filter { range.contains($0.phase) }.map(\.change)
            return inside.reduce(0, +) / Float(max(1, inside.count))
        }
        let (crest, gone) = (mean(0..<0.08), mean(0.52..<0.68))
        print("\(beats) beats: crest \(crest), gone \(gone) dB")
        #expect((3...5.2).contains(crest - gone))
        // The hairpin as it is meant explains the change.
        let wanted = changes.map { change -> Float in
            let turn = change.phase < 0.6 ? change.phase / 0.6 : 1 + (change.phase - 0.6) / 0.4
            return Exact.cos(.pi * turn)
        }
        #expect(correlation(wanted, changes.map(\.change)) > 0.8)
    }

    @Test func `a free player's waves are not all as high`() {
        let breath = SwellBreath(beats: 6, first: 0)
        let free = changes(breath, freedom: 1).filter { $0.phase < 0.2 }.map(\.change)
        let strict = changes(breath, freedom: 0).filter { $0.phase < 0.2 }.map(\.change)
        func spread(_ x: [Float]) -> Float {
            let mean = x.reduce(0, +) / Float(x.count)
            return (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(x.count)).squareRoot()
        }
        print("spread of the crests: \(spread(free)) dB, by the rules alone \(spread(strict)) dB")
        #expect(spread(free) > spread(strict) + 0.2)
    }

    private func correlation(_ x: [Float], _ y: [Float]) -> Float {
        let (a, b) = (x.reduce(0, +) / Float(x.count), y.reduce(0, +) / Float(y.count))
        let products = zip(x, y).reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) }
        let squares = x.reduce(0) { $0 + ($1 - a) * ($1 - a) } * y.reduce(0) { $0 + ($1 - b) * ($1 - b) }
        return products / max(1e-9, squares.squareRoot())
    }
}
