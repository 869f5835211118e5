import Interpretation
import Moods
import Music
import Testing

/// How a pianist follows the course that a score carries.
@Suite("Mood drift")
struct MoodDriftTests {
    private let mood = Mood(valence: 0.3, energy: 0, tension: 0, intimacy: 0.2, nostalgia: 0.2, openness: 0.4)

    /// A course that quickens by 2 % and swells by .018 a bar, and the same piece without one.
    private func performances() -> (still: Performance, moving: Performance, course: [BarCourse]) {
        var score = BelievableScore.make()
        let pianist = Pianist(mood: mood, seed: Seed(5), freedom: 0)
        let duration = Double(score.beats) * 60 / 70 + 5
        let still = pianist.perform(score, duration: duration, ringOut: 4)
        let step = Exact.log2(1.02)
        let course = (0..<score.bars).map { bar in
            BarCourse(tempo: step * (Float(bar) - 15.5), level: 0.018 * (Float(bar) - 15.5))
        }
        score.course = course
        for i in score.sections.indices {
            let bars = course[8 * i..<8 * i + 8]
            score.sections[i].level += bars.reduce(0) { $0 + $1.level } / 8
        }
        return (still, pianist.perform(score, duration: duration, ringOut: 4), course)
    }

    /// Seconds of each bar.
    private func bars(_ performance: Performance) -> [Double] {
        let starts = performance.tempoMap.filter { $0.beat.truncatingRemainder(dividingBy: 4) == 0 }.map(\.seconds)
        return zip(starts, starts.dropFirst()).map { $1 - $0 }
    }

    @Test(
        "each bar is faster than without the course by what the course says, and no bar by more than 2.5 % than the last"
    )
    func tempo() {
        let (still, moving, course) = performances()
        let ratios = zip(bars(still), bars(moving)).map { Exact.log2(Float($0 / $1)) }
        #expect(ratios.count == 32)
        let offset = ratios[10] - course[10].tempo
        for bar in 1..<31 {
            #expect(abs(ratios[bar] - course[bar].tempo - offset) < 0.012, "\(bar): \(ratios[bar])")
            #expect(abs(ratios[bar] - ratios[bar - 1]) <= Exact.log2(BridgeState.Slew.tempo))
        }
        #expect(moving.tempoMap.last == still.tempoMap.last)
    }

    /// How much louder one performance is than the other, dB, bar for bar.
    private func louder(_ performance: Performance, than other: Performance) -> [Float] {
        func sorted(_ notes: [NoteEvent]) -> [NoteEvent] {
            notes.sorted { ($0.pitch, $0.onset) < ($1.pitch, $1.onset) }
        }
        let changes = zip(sorted(other.notes), sorted(performance.notes)).map { a, b in
            (
                beat: performance.tempoMap.last { $0.seconds <= b.onset }?.beat ?? 0,
                change: 40 * Exact.log(b.velocity / a.velocity) / Exact.log(10)
            )
        }
        return (0..<31).map { bar in
            let own = changes.filter { $0.beat >= Double(4 * bar) && $0.beat < Double(4 * bar + 4) }.map(\.change)
            return own.reduce(0, +) / Float(max(1, own.count))
        }
    }

    @Test("the course swells bar by bar, no bar by more than 2 dB, where sections alone would step")
    func loudness() {
        let (still, moving, course) = performances()
        var stepping = BelievableScore.make()
        for i in stepping.sections.indices {
            stepping.sections[i].level += course[8 * i..<8 * i + 8].reduce(0) { $0 + $1.level } / 8
        }
        let duration = Double(stepping.beats) * 60 / 70 + 5
        let sections = Pianist(mood: mood, seed: Seed(5), freedom: 0).perform(stepping, duration: duration, ringOut: 4)
        let (line, steps) = (louder(moving, than: still), louder(sections, than: still))
        /// The steps into the second, third and fourth section.
        func joints(_ levels: [Float]) -> Float { [8, 16, 24].reduce(0) { $0 + levels[$1] - levels[$1 - 1] } / 3 }
        print("MOOD DRIFT at joints", joints(line), "dB, by sections alone", joints(steps))
        #expect(line[30] - line[0] > 3)
        #expect(zip(line, line.dropFirst()).allSatisfy { abs($1 - $0) < 2 })
        #expect(joints(line) < joints(steps) / 2)
    }
}
