import BeachPianoKit
import Moods
import Music
import Testing

@Suite("What a listener did")
struct SteeringScriptTests {
    private static func script() -> SteeringScript {
        let odd = Mood(valence: 0.1, energy: -0.7, tension: 1.0 / 3, intimacy: 0, nostalgia: 0.25, openness: 1)
        var script = SteeringScript()
        script.add(.turn(Turn(.mood, mood: NamedMood.named("stormy")?.mood), planned: 696_001), at: 696_001)
        script.add(.turn(Turn(.other), planned: 3_816_000), at: 3_852_001)
        script.add(.turn(Turn(.theme, mood: odd), planned: 5_000_000), at: 5_000_000)
        script.add(.unaCorda(.on), at: 5_000_384)
        script.add(.room(.hall), at: 5_000_768)
        script.add(.sea(.calm), at: 6_000_000)
        script.add(.stop, at: 6_100_003)
        return script
    }

    @Test("is one line that reads back to the frame, at every rate", arguments: [44_100.0, 48_000, 88_200, 96_000])
    func text(rate: Double) throws {
        let script = Self.script()
        let text = script.text(rate: rate)
        #expect(try SteeringScript(parsing: text, rate: rate) == script, "\(text)")
        #expect(script.end == 6_100_003)
        if rate == 48_000 {
            #expect(
                text
                    == "14.500021 mood stormy; 80.250021@79.5 next; 104.166667 theme in 0.1 -0.7 0.33333334 0.0 0.25 1.0; "
                    + "104.174667 una-corda on; 104.182667 room hall; 125 sea calm; 127.083396 stop")
        }
        #expect(!text.contains("'") && !text.contains("\""))
    }

    @Test("a step that is none is refused with its words")
    func wrong() {
        for text in [
            "mood stormy", "5 mood", "5 mood stromy", "5 mood 1 2 3", "-1 next", "5 next to", "x stop", "5 room bath",
            "5",
            "1e9 stop", "5@6@7 next",
        ] {
            #expect {
                try SteeringScript(parsing: "1 next; \(text)", rate: 48_000)
            } throws: { error in
                (error as? StudioError)?.message.contains("steered has '\(text)'") == true
            }
        }
        #expect(throws: Never.self) { try SteeringScript(parsing: " ; 1 next ;", rate: 48_000) }
    }
}
