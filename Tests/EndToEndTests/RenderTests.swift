import Foundation
import Testing

extension EndToEnd {
    @Suite("Rendering a piece")
    struct RenderTests {
        @Test("a file is as long as asked, and the same command gives the same bytes, with companions or without")
        func sameBytes() throws {
            let scratch = try Scratch()
            let first = try Program.run(
                [
                    "render", "--mood", "tender", "--duration", "12s", "a.wav", "--midi", "a.mid", "--score",
                    "a.musicxml",
                    "--picture", "a.svg", "--roll", "a-roll.svg", "--moment", "a.yaml",
                ], in: scratch.url)
            #expect(first.code == 0, "\(first.error)")
            #expect(first.text.contains("tender") && first.text.contains("a.wav"))
            let second = try Program.run(["render", "--mood", "tender", "--duration", "12s", "b.wav"], in: scratch.url)
            #expect(second.code == 0)
            let bytes = try scratch.data("a.wav")
            #expect(bytes == (try scratch.data("b.wav")))
            #expect(scratch.names == ["a-roll.svg", "a.mid", "a.musicxml", "a.svg", "a.wav", "a.yaml", "b.wav"])
            // 24-bit stereo at 48 kHz: six bytes a frame.
            #expect(abs(Double(bytes.count) / 6 / 48000 - 12) < 0.1)
        }

        @Test(
            "block sizes and threads leave the samples alone",
            arguments: [["--block", "1"], ["--block", "512"], ["--threads", "2"]])
        func sameSamples(_ choice: [String]) throws {
            let scratch = try Scratch()
            let command = ["render", "--mood", "joyful", "--duration", "6s"]
            let plain = try Program.run(command + ["--block", "64", "--threads", "1", "plain.wav"], in: scratch.url)
            let other = try Program.run(command + choice + ["other.wav"], in: scratch.url)
            #expect(plain.code == 0 && other.code == 0, "\(plain.error)\(other.error)")
            #expect(try scratch.data("plain.wav") == scratch.data("other.wav"))
        }

        @Test("the moment file that a render writes makes the same piece again")
        func momentAgain() throws {
            let scratch = try Scratch()
            let first = try Program.run(
                [
                    "render", "--mood", "wonder", "--seed", "salt-lantern-window", "--duration", "8s", "a.wav",
                    "--moment", "a.yaml", "--reroll", "melody", "--reroll", "texture", "--pianist", "3", "--rate",
                    "44100", "--bits", "16", "--loudness", "-18",
                ],
                in: scratch.url)
            #expect(first.code == 0, "\(first.error)")
            let again = try Program.run(["render", "--preset", "a.yaml", "b.wav"], in: scratch.url)
            #expect(again.code == 0, "\(again.error)")
            #expect(first.text.contains("salt-lantern-window") && again.text.contains("salt-lantern-window"))
            #expect(try scratch.data("a.wav") == scratch.data("b.wav"))
            let plain = try Program.run(
                ["render", "--mood", "wonder", "--seed", "salt-lantern-window", "--duration", "8s", "c.wav"],
                in: scratch.url)
            #expect(plain.code == 0 && plain.text.contains("-23.0 LUFS"), "\(plain.text)")
        }

        @Test("another seed is another piece")
        func otherSeed() throws {
            let scratch = try Scratch()
            for (seed, name) in [("1", "a.mid"), ("2", "b.mid")] {
                let outcome = try Program.run(
                    ["render", "--mood", "warm", "--seed", seed, "--duration", "8s", "\(seed).wav", "--midi", name],
                    in: scratch.url)
                #expect(outcome.code == 0, "\(outcome.error)")
            }
            #expect(try scratch.data("a.mid") != scratch.data("b.mid"))
        }

        @Test(
            "every format is written under its name", arguments: ["wav", "flac", "ogg", "opus", "mp3", "aiff", "caf"])
        func formats(_ format: String) throws {
            let scratch = try Scratch()
            let outcome = try Program.run(
                ["render", "--mood", "calm", "--duration", "5s", "out.\(format)"], in: scratch.url)
            #expect(outcome.code == 0, "\(outcome.error)")
            #expect(scratch.names == ["out.\(format)"])
            #expect(try scratch.data("out.\(format)").count > 10_000)
        }

        @Test("'-' streams a whole WAV to standard output, and only that")
        func stream() throws {
            let scratch = try Scratch()
            let outcome = try Program.run(["render", "--mood", "calm", "--duration", "5s", "-"], in: scratch.url)
            #expect(outcome.code == 0, "\(outcome.error)")
            #expect(outcome.output.prefix(4) == Data("RIFF".utf8))
            #expect(outcome.output.count == 44 + 6 * 5 * 48000)
            #expect(scratch.names.isEmpty)
        }

        @Test("Ctrl-C ends a render with 130 and leaves nothing")
        func interrupted() throws {
            let scratch = try Scratch()
            let outcome = try Program.run(
                ["render", "--mood", "stormy", "--duration", "20m", "out.wav"], in: scratch.url, interruptAfter: 1)
            #expect(outcome.code == 130)
            #expect(outcome.errorLines.count == 1, "\(outcome.error)")
            #expect(scratch.names.isEmpty)
        }

        @Test("a terminal as standard output for '-' is refused with 64")
        func terminal() throws {
            let scratch = try Scratch()
            // script(1) gives the program a terminal.
            let outcome = try Program.run(
                ["-qec", "\(Program.path) render --mood warm -", "/dev/null"], in: scratch.url,
                executable: "/usr/bin/script")
            #expect(outcome.code == 64, "\(outcome.text)")
            #expect(outcome.text.contains("terminal"))
        }

        @Test("JSON says what was made")
        func json() throws {
            let scratch = try Scratch()
            let outcome = try Program.run(
                ["render", "--mood", "warm", "--duration", "6s", "out.wav", "--json"], in: scratch.url)
            let object = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
            #expect(object["mood"] as? String == "warm")
            #expect(abs((object["duration"] as? Double ?? 0) - 6) < 0.5)
            let loudness = try #require(object["loudness"] as? Double)
            let peak = try #require(object["truePeak"] as? Double)
            #expect(abs(loudness + 23) < 0.5 || abs(peak + 1) < 0.1)
        }
    }
}
