import BeachPianoKit
import Composition
import Glibc
import Moods
import Music
import Testing

@Suite("Steering the mood")
struct MorphTests {
    private static let changes = unsafe getenv("BEACHPIANO_LONG") != nil ? 40 : 12

    /// What is struck in a stretch of time.
    private struct Bar {
        let notes: [NoteEvent]
        let seconds: Double

        init(_ performance: Performance, from start: Double, to end: Double) {
            notes = performance.notes.filter { start - 0.02 <= $0.onset && $0.onset < end - 0.02 }
            seconds = end - start
        }

        var velocity: Float { notes.reduce(0) { $0 + $1.velocity } / Float(max(1, notes.count)) }
        var pitch: Float { notes.reduce(0) { $0 + Float($1.pitch.midi) } / Float(max(1, notes.count)) }
        var attacks: Float {
            var count: Float = 0
            var last = -1.0
            for note in notes.sorted(by: { $0.onset < $1.onset }) where note.onset - last > 0.045 {
                count += 1
                last = note.onset
            }
            return count
        }
    }

    /// Beats per minute in the first two bars of a part.
    private func tempo(_ part: Rehearsal.Part) -> Float {
        let beats = Double(2 * (part.performance.metre?.beats ?? 4))
        let end = part.performance.tempoMap.first { $0.beat >= beats }?.seconds ?? part.length
        return part.performance.tempo(in: 0..<end + 0.01) ?? 72
    }

    @Test("mood changes at any time are heard within two seconds, and nothing steps further than it may in a bar")
    func morph() throws {
        var random = RandomStream(seed: 17)
        let moods = NamedMood.all.filter { $0.aliasOf == nil }
        var commands: [(at: Double, command: LiveCommand)] = []
        var time = 12.0
        for change in 0..<Self.changes {
            // Two in five by the keys of two axes.
            if change % 5 < 3 {
                commands.append((time, .mood(random.pick(moods).name)))
            } else {
                commands.append((time, .set(change % 5 == 3 ? .valence : .energy, random.uniform(-0.9, 0.9))))
            }
            time += Double(random.uniform(6, 70))
        }
        let studio = Studio(
            console: Console(level: .quiet, environment: Environment(variables: [:])), cancellation: Cancellation())
        var source = Source()
        source.mood = "golden-hour"
        source.seed = "3"
        let session = try Rehearsal(studio, source, seconds: time + 60, commands: commands)
        let turns = session.parts.indices.filter { session.parts[$0].key == nil }
        #expect(turns.count >= Self.changes * 3 / 4)
        for (at, _) in commands {
            // Within the answer to another change there is one answer for both.
            let answer = try #require(session.parts.first { $0.key == nil && $0.start > at - 0.5 })
            // Its first beat comes a lead-in later, and the device has a buffer of .2 s to play first.
            #expect(answer.start - at + 0.15 + 0.2 < 2, "changed at \(at), answered at \(answer.start)")
        }
        var steps = 0
        var joints: [(Float, Float)] = []
        var arrivals: [(Int, Float)] = []
        for index in turns {
            let part = session.parts[index]
            let end = index + 1 < session.parts.count ? session.parts[index + 1].start : time
            let beats = part.performance.metre?.beats ?? 4
            let lines = part.performance.tempoMap.filter { $0.beat.truncatingRemainder(dividingBy: Double(beats)) == 0 }
                .map { part.start + $0.seconds }.filter { $0 < end + 0.2 }
            guard lines.count >= 2 else { continue }
            // A late note of the music before and one that rolls up to the music after are not the bridge's.
            let bars = zip(lines, lines.dropFirst()).map {
                Bar(part.performance, from: $0 - part.start, to: $1 - part.start)
            }
            for (a, b) in zip(bars, bars.dropFirst()) {
                let loudness = max(a.velocity / b.velocity, b.velocity / a.velocity)
                // A bar has whole attacks, and tones of its chord, which lie some semitones apart.
                let density = max(
                    (a.attacks - 0.5) / Float(a.seconds) / ((b.attacks + 0.5) / Float(b.seconds)),
                    (b.attacks - 0.5) / Float(b.seconds) / ((a.attacks + 0.5) / Float(a.seconds)))
                let tempo = max(a.seconds / b.seconds, b.seconds / a.seconds)
                #expect(loudness <= BridgeState.Slew.velocity * 1.01)
                #expect(density <= BridgeState.Slew.density * 1.01)
                #expect(abs(a.pitch - b.pitch) <= BridgeState.Slew.register + 1)
                #expect(tempo <= Double(BridgeState.Slew.tempo) * 1.001)
            }
            // At the joints the music's own bars, which differ by more among themselves, meet the bridge.
            let first = Bar(session.heard, from: lines[0] - 2 * bars[0].seconds, to: lines[0])
            let last = bars[bars.count - 1]
            let next = Bar(session.heard, from: end + 0.15, to: end + 0.15 + 2 * last.seconds)
            // A bridge that is left half-way meets another, which is held against what was heard before it in its own turn.
            let isWhole = end > part.start + part.length - 0.3
            for (a, b) in [(first, bars[0])] + (isWhole ? [(last, next)] : [])
            where !a.notes.isEmpty && !b.notes.isEmpty {
                let loudness = max(a.velocity / b.velocity, b.velocity / a.velocity)
                let pitch = abs(a.pitch - b.pitch)
                joints.append((loudness, pitch))
                #expect(
                    loudness <= BridgeState.Slew.velocity * 1.08 && pitch <= BridgeState.Slew.register + 1.25,
                    "\(loudness) times, \(pitch) semitones, bridge of \(bars.count) bars at \(part.start) s")
            }
            steps += bars.count
            // As fast as the limits allow, within a bar: what is farthest away decides.
            guard isWhole, index + 1 < session.parts.count else { continue }
            let goal = Bar(session.heard, from: end + 0.15, to: end + 0.15 + 2 * last.seconds)
            let needed =
                [
                    abs(Exact.log(goal.velocity / first.velocity)) / Exact.log(BridgeState.Slew.velocity),
                    abs(goal.pitch - first.pitch) / BridgeState.Slew.register,
                    abs(Exact.log(tempo(session.parts[index + 1]) * Float(first.seconds) / Float(120 * beats)))
                        / Exact.log(BridgeState.Slew.tempo),
                    abs(Exact.log(goal.attacks / Float(goal.seconds) / (first.attacks / Float(first.seconds))))
                        / Exact.log(BridgeState.Slew.density),
                ].max() ?? 0
            guard !first.notes.isEmpty, !goal.notes.isEmpty else { continue }
            arrivals.append((bars.count, needed))
            #expect(Float(bars.count) <= needed.rounded(.up) + 1, "bridge at \(part.start) s")
        }
        print(
            "MORPH", turns.count, "bridges", steps, "bars, at the joints at most", joints.map(\.0).max() ?? 0,
            "times as loud,",
            joints.map(\.1).max() ?? 0, "semitones; bars of each bridge and those needed:",
            arrivals.map { "\($0.0)/\(Int($0.1.rounded(.up)))" }.joined(separator: " "))
        #expect(steps > turns.count * 2)
    }

    private static let studio = Studio(
        console: Console(level: .quiet, environment: Environment(variables: [:])), cancellation: Cancellation())

    private static func source(_ mood: String, _ seed: String) -> Source {
        var source = Source()
        source.mood = mood
        source.seed = seed
        return source
    }

    @Test("who goes on to something else, or home, while a bridge sounds stays in the mood that it leads to")
    func onTheBridge() throws {
        let stormy = try #require(NamedMood.named("stormy")).mood
        for goal in [LiveCommand.next, .theme] {
            for time in [12.05, 12.3, 14, 20.0] {
                let session = try Rehearsal(
                    Self.studio, Self.source("golden-hour", "3"), seconds: 110,
                    commands: [(12, .mood("stormy")), (time, goal)])
                let later = session.parts.filter { $0.start > 22.5 }
                #expect(!later.isEmpty && later.allSatisfy { $0.mood == stormy }, "\(goal) at \(time)")
                let action = try #require(session.parts.first { $0.start > time && $0.key != nil }).action
                #expect(goal == .theme ? action == .homecoming : action == .new || action == .recall, "at \(time)")
            }
        }
    }

    @Test("a mood that is asked for right after something else is that something else in the mood")
    func otherThenMood() throws {
        let serene = try #require(NamedMood.named("serene")).mood
        let session = try Rehearsal(
            Self.studio, Self.source("joyful", "4"), seconds: 90, commands: [(12, .next), (12.05, .mood("serene"))])
        let arrived = try #require(session.parts.dropFirst().first { $0.key != nil })
        #expect(arrived.mood == serene && (arrived.action == .new || arrived.action == .recall))
    }

    @Test(
        "a steered session is played again from what is written down of it, note by note", arguments: [0.05, 2.5])
    func again(thinking: Double) throws {
        let commands: [(at: Double, command: LiveCommand)] = [
            (5, .unaCorda(.on)), (12, .mood("stormy")), (13.2, .move(.tension, 0.1)), (24, .room(.hall)), (31, .next),
            (52, .move(.valence, -0.3)), (52.2, .move(.energy, 0.2)), (70, .theme), (71, .sea(.calm)),
            (95, .unaCorda(.auto)), (99, .mood("lullaby")), (160, .next),
        ]
        let session = try Rehearsal(
            Self.studio, Self.source("golden-hour", "8"), seconds: 170, commands: commands, thinking: thinking)
        let text = session.script.text(rate: 48_000)
        let again = try session.replayed(SteeringScript(parsing: text, rate: 48_000))
        #expect(again.notes == session.heard.notes && again.notes.count > 300, "\(text)")
        #expect(again.pedals == session.heard.pedals)
        #expect(session.script.steps.count >= 9)
    }

    @Test("a session until a time of day ends at it, however long it was paused")
    func timeOfDay() throws {
        for (length, wanted) in [(6.0, 24.0), (0.3, 30)] {
            let session = try Rehearsal(
                Self.studio, Self.source("warm", "2"), seconds: 30, commands: [], fade: 4, pause: (12, length))
            // The end is told last, at its frame.
            let end = Double(try #require(session.told.last)) / 48_000
            #expect(abs(end - wanted) < 1e-3, "\(end)")
        }
    }

    @Test("the audio thread is told of notes, fade and end in the order of their frames")
    func order() throws {
        let studio = Studio(
            console: Console(level: .quiet, environment: Environment(variables: [:])), cancellation: Cancellation())
        var source = Source()
        source.mood = "joyful"
        for seed in ["3", "4", "5"] {
            source.seed = seed
            let session = try Rehearsal(
                studio, source, seconds: 30, commands: [(8, .mood("stormy"))], fade: 5)
            #expect(zip(session.told, session.told.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(session.told.count > 100 && session.told.last == 30 * 48_000)
        }
    }
}
