import AudioIO
import BeachPianoKit
import Composition
import Moods
import Music
import Testing

@Suite("Live commands")
struct LiveCommandTests {
    @Test("lines are read, whatever their case and spaces")
    func lines() throws {
        let table: [(String, LiveCommand?)] = [
            ("mood stormy", .mood("stormy")), ("  Mood   Stormy \r", .mood("stormy")),
            ("valence 0.4", .set(.valence, 0.4)),
            ("energy -1", .set(.energy, -1)), ("openness 1", .set(.openness, 1)), ("keep", .keep), ("next", .next),
            ("theme", .theme), ("pause", .pause), ("resume", .resume), ("volume -3", .volume(-3)),
            ("una-corda on", .unaCorda(.on)), ("room hall", .room(.hall)), ("sea off", .sea(.off)), ("help", .help),
            ("status", .status), ("quit", .quit), ("", nil), ("# a remark", nil),
        ]
        for (line, command) in table { #expect(try LiveCommand.parse(line) == command, "\(line)") }
    }

    @Test("a wrong line says what would be right")
    func wrong() {
        let table = [
            ("mood stromy", "did you mean 'stormy'"), ("valence 2", "valence is '2', not a number in -1...1"),
            ("nostalgia -0.5", "0...1"), ("volume", "takes a value: volume -3"), ("volume 9", "-40...6"),
            ("volume nan", "-40...6"),
            ("kepe", "did you mean 'keep'"), ("xyzzy", "'help' lists them"), ("room bath", "near, room, hall or beach"),
            ("sea deep", "off, calm, swell or stormy"), ("sea", "takes a value: sea off|calm|swell|stormy"),
            ("keep it", "no value"), ("valence 0.1 0.2", "one value"), ("una-corda soft", "on, off or auto"),
            ("mood", "takes a value: mood NAME"), ("valence", "takes a value: valence 0.4"),
        ]
        for (line, message) in table {
            #expect {
                try LiveCommand.parse(line)
            } throws: { error in
                (error as? StudioError)?.message.contains(message) == true
            }
        }
    }

    @Test("keys mean what the screen says")
    func keys() {
        #expect(LiveCommand(key: .up) == .move(.energy, 0.1) && LiveCommand(key: .left) == .move(.valence, -0.1))
        #expect(LiveCommand(key: .character("T")) == .move(.tension, -0.1))
        #expect(LiveCommand(key: .character("k")) == .keep && LiveCommand(key: .character("q")) == .quit)
        #expect(LiveCommand(key: .character("-")) == .louder(-2) && LiveCommand(key: .character("x")) == nil)
    }

    @Test("a time of day is waited for, over midnight if need be")
    func timeOfDay() throws {
        #expect(TimeOfDay.parse("23:00") == 82_800 && TimeOfDay.parse("7:30") == 27_000)
        for bad in ["24:00", "7", "7:5", "7:60", "-1:00", "07:30:00", "", "a:bc", "７:30"] {
            #expect(TimeOfDay.parse(bad) == nil, "\(bad)")
        }
        #expect(TimeOfDay.wait(from: 80_000, until: 82_800) == 2800)
        #expect(TimeOfDay.wait(from: 82_800, until: 82_800) == 86_400)
        #expect(TimeOfDay.wait(from: 82_801, until: 27_000) == 30_599)
    }
}

@Suite("Live view")
struct LiveViewTests {
    @Test("the screen shows what sounds, and fits the terminal")
    func lines() {
        var status = LiveStatus()
        status.title = "Warm"
        status.action = .recall
        status.theme = 2
        status.section = "B"
        status.key = "D-flat major"
        status.chord = "IV"
        status.mood = Mood(valence: 1, energy: 1, tension: 0, intimacy: 0, nostalgia: 0, openness: 0)
        status.target = Mood(valence: -1, energy: -1, tension: 0, intimacy: 0, nostalgia: 0.5, openness: 0)
        status.elapsed = 754
        status.untilNext = 23
        let view = LiveView(
            status: status, reading: .init(state: .playing, xruns: 3, longestGap: 0), level: -12, volume: -3)
        let lines = view.lines(width: 200)
        let text = lines.joined(separator: "\n")
        for part in [
            "Warm", "12:34", "B · recall", "D-flat major", "IV", "in 0:23", "-3 dB", "glitches 3", "nostalgia +0.5",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        // Bright and driven is the upper right corner, dark and still the lower left one.
        #expect(lines[2].contains(" ●│") && lines[10].contains("│○ "))
        #expect(lines.count == 15 && view.lines(width: 40).allSatisfy { $0.count <= 40 })
        #expect(text.filter { $0 == "▮" }.count == 15)
        // A window of eight rows has what sounds, not half of the pad.
        let few = view.lines(width: 80, rows: 7)
        #expect(few.count == 7 && few[0].hasPrefix("Warm") && few.contains { $0.contains("glitches 3") })
        #expect(few.contains { $0.hasPrefix("mood ") } && !few.contains { $0.contains("│") })
    }
}
