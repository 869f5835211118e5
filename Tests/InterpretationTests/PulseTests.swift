import Interpretation
import Moods
import Music
import Testing

@Suite struct PulseTests {
    private static let mood = Mood(
        valence: 0.6, energy: -0.35, tension: -0.6, intimacy: 0.7, nostalgia: 0.35, openness: 0.55)

    @Test func `the tempo map rises, and goes with what is struck inside the beats`() {
        let score = BelievableScore.make()
        var (toMap, toLine, count) = (0.0, 0.0, 0)
        for seed: UInt64 in 1...12 {
            let performance = Pianist(mood: Self.mood, seed: Seed(seed)).perform(score, duration: 124, ringOut: 7)
            let map = performance.tempoMap
            #expect(zip(map, map.dropFirst()).allSatisfy { $0.seconds < $1.seconds && $0.beat < $1.beat })
            for pair in PerformanceStatistics.matched(score, performance)
            where pair.written.onset.denominator == 2 {
                let place = (pair.written.onset * 4).floor
                guard place >= 2, place + 2 < map.count else { continue }
                let line = (map[place - 2].seconds + map[place + 2].seconds) / 2
                toMap += abs(pair.played.onset - map[place].seconds)
                toLine += abs(pair.played.onset - line)
                count += 1
            }
        }
        #expect(count > 500 && toMap < 0.8 * toLine, "\(count) notes: \(toMap) s to the map, \(toLine) s to the line")
    }
}
