import Foundation
import Testing

extension EndToEnd {
    @Suite("Moments from the senses")
    struct CaptureTests {
        @Test("capture keeps a moment file with its reasons, which renders as the same piece again")
        func capture() throws {
            let scratch = try Scratch()
            let arguments = [
                "--words", "on the beach with you, last light, small waves", "--at", "38.7,-9.42", "--time",
                "2024-06-21T20:45+01:00", "--duration", "20s",
            ]
            let outcome = try Program.run(["capture"] + arguments, in: scratch.url)
            #expect(outcome.code == 0, "\(outcome.error)")
            let file = ".local/share/beachpiano/moments/on-the-beach-with-you.yaml"
            let text = String(decoding: try scratch.data(file), as: UTF8.self)
            #expect(text.contains("why:") && text.contains("sun ") && text.contains("beats in"), "\(text)")
            #expect(outcome.text.contains("intimacy +.30") && outcome.text.contains(file), "\(outcome.text)")
            let kept = try Program.run(["score", "--preset", "on-the-beach-with-you"], in: scratch.url)
            let fresh = try Program.run(["score"] + arguments, in: scratch.url)
            #expect(kept.code == 0 && kept.output == fresh.output, "\(kept.error)\(fresh.error)")
            let again = try Program.run(["capture"] + arguments, in: scratch.url)
            #expect(again.text.contains("on-the-beach-with-you-2.yaml"), "\(again.text)")
        }

        @Test("other words are another piece, the same words the same")
        func words() throws {
            let scratch = try Scratch()
            func score(_ words: String) throws -> Data {
                let outcome = try Program.run(["score", "--words", words, "--duration", "20s"], in: scratch.url)
                #expect(outcome.code == 0, "\(outcome.error)")
                return outcome.output
            }
            let rain = try score("rain")
            #expect(try rain == score("rain"))
            #expect(try rain != score("rain on the grave"))
        }

        @Test("a storm after a quiet dawn is the fuller half of the piece")
        func course() throws {
            let scratch = try Scratch()
            func tension(_ words: String) throws -> (Double, Double) {
                let outcome = try Program.run(["plan", "--words", words, "--seed", "5", "--json"], in: scratch.url)
                let plan = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
                let bars = try #require(plan["tension"] as? [Double])
                let half = bars.count / 2
                return (bars[..<half].reduce(0, +) / Double(half), bars[half...].reduce(0, +) / Double(half))
            }
            let rising = try tension("a quiet calm dawn, then a furious storm")
            let falling = try tension("a furious storm, then a quiet calm dawn")
            #expect(rising.1 - rising.0 > falling.1 - falling.0 + 0.15, "\(rising) \(falling)")
        }

        @Test("words that nobody knows say so and play; any text can come through standard input")
        func unknown() throws {
            let scratch = try Scratch()
            let outcome = try Program.run(["plan", "--words", "zxcv \u{1F30A}", "--duration", "20s"], in: scratch.url)
            #expect(outcome.code == 0 && outcome.errorLines.count == 1)
            #expect(outcome.error.contains("none of them is known"))
            try Data(repeating: 0xFF, count: 1 << 20).write(to: URL(fileURLWithPath: scratch.path("big.txt")))
            let line = "beachpiano capture --words - m.yaml < big.txt && beachpiano presets check m.yaml"
            let shell = try Program.run(["-c", line], in: scratch.url, executable: "/bin/sh")
            #expect(shell.code == 0, "\(shell.error)")
        }

        @Test("a photo makes a moment, and what is no photo says how to convert it")
        func photo() throws {
            let scratch = try Scratch()
            // A PNG of two by two pixels, orange.
            let png =
                "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGN41mQERAwQCgAvtgZp6lqrrwAAAABJRU5ErkJggg=="
            try #require(Data(base64Encoded: png)).write(to: URL(fileURLWithPath: scratch.path("last-evening.png")))
            let outcome = try Program.run(["capture", "--photo", "last-evening.png", "-"], in: scratch.url)
            #expect(outcome.code == 0, "\(outcome.error)")
            #expect(outcome.text.contains("title: Last evening") && outcome.text.contains("photo, 100 %"))
        }

        @Test("as JSON, and to standard output")
        func json() throws {
            let scratch = try Scratch()
            let outcome = try Program.run(["capture", "--words", "rain", "--json", "rain.yaml"], in: scratch.url)
            let object = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
            #expect(object["why"] is [String] && object["file"] as? String == "rain.yaml")
            let printed = try Program.run(["capture", "--words", "rain", "-"], in: scratch.url)
            #expect(printed.text.hasPrefix("title: Rain\n"), "\(printed.text)")
            #expect(scratch.names == ["rain.yaml"])
        }
    }
}
