import BeachPianoTestSupport
import Foundation
import Music
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

        @Test("two moments that differ only in their microphones differ: near has the bass, far has the room")
        func microphones() throws {
            let scratch = try Scratch()
            func sound(_ distance: String, _ reverb: String = "", piano: String = "grand") throws -> [Float] {
                try scratch.write(
                    "m.yaml",
                    """
                    mood: [{at: 0s, name: warm}]
                    seed: 5
                    duration: 6s
                    piano: {instrument: \(piano)}
                    scene: {room: near, microphones: \(distance)\(reverb)}

                    """)
                let outcome = try Program.run(
                    ["render", "--preset", "m.yaml", "m.wav", "--loudness", "off", "--bits", "32f", "--force"],
                    in: scratch.url)
                #expect(outcome.code == 0, "\(outcome.error)")
                return Self.floats(try #require(PlayTests.dataChunk(try scratch.data("m.wav"))))
            }
            func bass(_ sound: [Float]) -> Double {
                let spectrum = Spectrum(sound, padding: 1)
                return spectrum.band(30..<150) - spectrum.band(700..<1400)
            }
            for piano in ["grand", "felt"] {
                let levels = try ["0.2m", "0.5m", "1m"].map { bass(try sound($0, ", reverb: -17dB", piano: piano)) }
                print("\(piano) at 0.2, 0.5 and 1 m: below 150 Hz re 700 to 1400 Hz \(levels) dB")
                #expect(levels[0] > levels[1] + 2 && levels[1] > levels[2] + 1)
            }
            // Where the mood's own reverberation is heard, it grows with the distance: the end is all room.
            let (near, far) = (try sound("0.3m"), try sound("3m"))
            func tail(_ sound: [Float]) -> Double {
                Levels.decibels(Array(sound.suffix(24_000).prefix(12_000))) - Levels.decibels(sound)
            }
            print("the end at 0.3 m: \(tail(near)) dB re all, at 3 m: \(tail(far)) dB")
            #expect(tail(far) > tail(near) + 3)
        }

        /// Every other of the 32-bit floats: the left channel.
        private static func floats(_ data: Data) -> [Float] {
            let bytes = [UInt8](data)
            return stride(from: 0, to: bytes.count - 7, by: 8).map { at in
                Float(
                    bitPattern: UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
                        | UInt32(bytes[at + 3]) << 24)
            }
        }

        @Test("our own pianist strikes every key that it presses", arguments: ["lullaby", "grief", "lonely"])
        func noSilentNotes(_ mood: String) throws {
            let scratch = try Scratch()
            for seed in 1...4 {
                let outcome = try Program.run(
                    ["performance", "--mood", mood, "--seed", "\(seed)", "--duration", "3m", "--json"],
                    in: scratch.url)
                #expect(outcome.code == 0, "\(outcome.error)")
                let object = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
                let notes = try #require(object["notes"] as? [[String: Any]])
                let softest = notes.compactMap { $0["velocity"] as? Double }.min() ?? 0
                #expect(!notes.isEmpty && softest >= Double(NoteEvent.slowestBlow), "\(softest)")
            }
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
