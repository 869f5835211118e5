import Interpretation
import Moods
import Music
import Testing

/// The same notes by two pianists differ like two people, not like noise: each is more like themselves on another
/// evening than like anybody else.
@Suite struct PeopleTests {
    private static let score = BelievableScore.make()
    private static let mood = Mood(
        valence: 0.6, energy: -0.35, tension: -0.6, intimacy: 0.7, nostalgia: 0.35, openness: 0.55)

    private static func play(_ pianist: UInt64, _ take: UInt64) -> Performance {
        Pianist(mood: mood, seed: Seed(0), pianist: pianist, take: take).perform(score, duration: 124, ringOut: 7)
    }

    private static func velocities(_ performance: Performance) -> [Double] {
        PerformanceStatistics.matched(score, performance).map { Double($0.played.velocity) }
    }

    @Test func `a pianist repeats themselves more closely than others agree with them, in tempo and in loudness`() {
        var (own, others): ([(Double, Double)], [(Double, Double)]) = ([], [])
        for pianist: UInt64 in 1...6 {
            let evening = Self.play(pianist, 0)
            for (other, isSame) in [(Self.play(pianist, 1), true), (Self.play(pianist + 1, 0), false)] {
                let tempo = correlation(
                    PerformanceStatistics(Self.score, evening).logTempo,
                    PerformanceStatistics(Self.score, other).logTempo)
                let loudness = correlation(Self.velocities(evening), Self.velocities(other))
                if isSame { own.append((tempo, loudness)) } else { others.append((tempo, loudness)) }
            }
        }
        let (ownTempo, ownLoudness) = (mean(own.map(\.0)), mean(own.map(\.1)))
        let (tempo, loudness) = (mean(others.map(\.0)), mean(others.map(\.1)))
        print("tempo r: own \(ownTempo), others \(tempo); velocity r: own \(ownLoudness), others \(loudness)")
        #expect(ownTempo > tempo + 0.08 && ownLoudness > loudness + 0.05)
        // People agree on a tempo curve with .64 to .88 (music-fit B.2, music.md 5.0), on loudness with .6 to .9.
        #expect((0.55...0.9).contains(tempo), "\(tempo)")
        #expect((0.6...0.9).contains(loudness), "\(loudness)")
    }

    @Test func `habits tell pianists apart: the nearest other performance is the same pianist's`() {
        let people: [UInt64] = [1, 2, 3, 4, 5, 6, 7, 8]
        var rows: [(who: UInt64, habits: [Double])] = []
        for who in people {
            for take: UInt64 in 0...2 { rows.append((who, Self.habits(Self.play(who, take)))) }
        }
        // In units of what an evening changes.
        let scale = rows[0].habits.indices.map { k in
            let within = people.map { who in
                let own = rows.filter { $0.who == who }.map { $0.habits[k] }
                return deviation(own) * deviation(own)
            }
            return max(1e-9, mean(within).squareRoot())
        }
        let hits = rows.indices.count { i in
            let nearest = rows.indices.filter { $0 != i }.min { a, b in
                Self.distance(rows[i].habits, rows[a].habits, scale)
                    < Self.distance(rows[i].habits, rows[b].habits, scale)
            }
            return nearest.map { rows[$0].who == rows[i].who } ?? false
        }
        let share = Double(hits) / Double(rows.count)
        print("recognised \(share)")
        // By chance 2 of 23.
        #expect(share >= 0.75)
    }

    private static func distance(_ a: [Double], _ b: [Double], _ scale: [Double]) -> Double {
        zip(zip(a, b), scale).reduce(0) { $0 + (($1.0.0 - $1.0.1) / $1.1) * (($1.0.0 - $1.0.1) / $1.1) }
    }

    /// What a listener might know somebody by.
    private static func habits(_ performance: Performance) -> [Double] {
        let s = PerformanceStatistics(score, performance)
        let pairs = PerformanceStatistics.matched(score, performance)
        func hold(_ roles: Set<VoiceRole>) -> Double {
            percentile(
                pairs.filter { roles.contains($0.written.role) }.map {
                    ($0.played.release - $0.played.onset) / $0.written.length.value
                }, 0.5)
        }
        let presses = performance.pedals.filter { $0.pedal == .sustain && $0.depth.value > 0.75 }
        return [
            deviation(s.logTempo), deviation(s.velocities), mean(s.melodyOverChord), mean(s.leads), mean(s.spreads),
            hold([.melody]), hold([.figure]), hold([.bass]), mean(presses.map { Double($0.depth.value) }),
        ]
    }
}
