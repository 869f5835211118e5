import Composition
import Moods
import Music
import Testing

/// How fast a mood that changes within the piece may move the music (music.md 4.13).
@Suite("Trajectory slew")
struct TrajectorySlewTests {
    private static let storm = Mood(
        valence: -0.7, energy: 0.9, tension: 0.9, intimacy: -0.4, nostalgia: 0, openness: 0.8)
    private static let sleep = Mood(
        valence: 0.6, energy: -0.9, tension: -0.9, intimacy: 0.9, nostalgia: 0.6, openness: 0)

    /// Courses that jump from one corner of the space to the other, and that go there slowly.
    private static let courses: [[TimedMood]] = [
        [TimedMood(mood: sleep), TimedMood(at: 75, mood: sleep), TimedMood(at: 75.5, mood: storm)],
        [TimedMood(mood: storm), TimedMood(at: 40, mood: storm), TimedMood(at: 41, mood: sleep)],
        [TimedMood(mood: sleep), TimedMood(at: 150, mood: storm)],
        [
            TimedMood(mood: storm), TimedMood(at: 30, mood: sleep), TimedMood(at: 60, mood: storm),
            TimedMood(at: 90, mood: sleep), TimedMood(at: 120, mood: storm),
        ],
    ]

    @Test("no bar moves mood, tempo, density, register or level further from the last one than its limit")
    func limits() throws {
        var greatest: (mood: Float, tempo: Float, density: Float, register: Float, level: Float) = (0, 1, 1, 0, 0)
        for course in Self.courses {
            for seed in TrajectoryTests.seeds {
                let plan = Composer.plan(TrajectoryTests.request(course, seed: seed))
                let bars = try #require(plan.trajectory).bars
                #expect(bars.count == plan.bars)
                for (a, b) in zip(bars, bars.dropFirst()) {
                    for axis in [\Mood.valence, \.energy, \.tension, \.intimacy, \.nostalgia, \.openness] {
                        greatest.mood = max(greatest.mood, abs(a.mood[keyPath: axis] - b.mood[keyPath: axis]))
                    }
                    greatest.tempo = max(greatest.tempo, a.tempo / b.tempo, b.tempo / a.tempo)
                    greatest.density = max(greatest.density, a.density / b.density, b.density / a.density)
                    greatest.register = max(greatest.register, abs(a.register - b.register))
                    greatest.level = max(greatest.level, abs(a.level - b.level))
                }
            }
        }
        print("TRAJECTORY greatest steps: \(greatest)")
        #expect(greatest.mood <= 0.1801)
        #expect(greatest.tempo <= 1.0251)
        #expect(greatest.density <= 1.2501)
        #expect(greatest.register <= 3.001)
        #expect(greatest.level <= 0.1251)
    }

    @Test("what may be reached is reached: the last bars are in the mood that they were given")
    func goals() throws {
        for course in Self.courses.prefix(2) {
            for seed in TrajectoryTests.seeds {
                let plan = Composer.plan(TrajectoryTests.request(course, seed: seed))
                let bars = try #require(plan.trajectory).bars
                let goal = course[course.count - 1].mood
                let last = bars[bars.count - 1].mood
                #expect(abs(last.energy - goal.energy) < 0.01 && abs(last.valence - goal.valence) < 0.01)
            }
        }
    }

    @Test(
        "the accompaniment follows: towards the storm the last third is struck more often than the first, towards sleep less"
    )
    func density() {
        for (course, sign) in [(Self.courses[0], Float(1)), (Self.courses[1], -1)] {
            var right = 0
            for seed in TrajectoryTests.seeds {
                let score = Composer.compose(TrajectoryTests.request(course, seed: seed)).score
                let onsets = Set(score.notes.map(\.onset)).map { Float($0.value) }
                let third = Float(score.beats) / 3
                let first = onsets.filter { $0 < third }.count
                let last = onsets.filter { $0 >= 2 * third }.count
                if sign * Float(last - first) > 0 { right += 1 }
            }
            print("TRAJECTORY density: \(right) of \(TrajectoryTests.seeds.count)")
            #expect(right >= TrajectoryTests.seeds.count * 9 / 10)
        }
    }

    @Test("a key, a tempo or a sea that is asked for holds")
    func wishes() throws {
        for seed in TrajectoryTests.seeds {
            var request = TrajectoryTests.request(TrajectoryTests.Way.darkToBright.course, seed: seed)
            request.music.key = Key(tonic: 2, isMinor: false)
            request.music.tempo = 72
            let plan = Composer.plan(request)
            #expect(plan.key == Key(tonic: 2, isMinor: false))
            #expect(plan.sections.filter { $0.transposition == 0 }.allSatisfy { !$0.isMinor })
            #expect(try #require(plan.trajectory).course.allSatisfy { abs($0.tempo) < 1e-4 })
            #expect(plan.sections.allSatisfy { abs($0.pace - 1) < 1e-4 })
        }
    }
}
