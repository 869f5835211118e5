import BeachPianoTestSupport
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

        @Test("on the beach with her: words, photo, sound, place and time make the worked example")
        func workedExample() throws {
            let scratch = try Scratch()
            try WAVFile.bytes(TestSound.surf(period: 8.6, seed: 1)).write(
                to: URL(fileURLWithPath: scratch.path("surf.wav")))
            try PNGFile.dusk().write(to: URL(fileURLWithPath: scratch.path("dusk.png")))
            let arguments = [
                "capture", "--words", "on the beach with you, last light", "--photo", "dusk.png", "--sound", "surf.wav",
                "--at", "38.7,-9.42", "--time", "2024-06-21T20:45+01:00", "--duration", "2m35s",
            ]
            let outcome = try Program.run(arguments + ["--json", "beach.yaml"], in: scratch.url)
            #expect(outcome.code == 0 && outcome.error.isEmpty, "\(outcome.error)")
            print(outcome.text)
            let moment = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
            let mood = try #require(moment["mood"] as? [String: Double])
            let wanted = [
                "valence": 0.58, "energy": -0.36, "tension": -0.55, "intimacy": 0.78, "nostalgia": 0.42,
                "openness": 0.55,
            ]
            for (axis, value) in wanted {
                #expect(abs((mood[axis] ?? 9) - value) < 0.095, "\(axis) is \(mood[axis] ?? 9), not \(value)")
            }
            let why = try #require(moment["why"] as? [String])
            for beginning in [
                "words 'beach' ->", "words 'last light' ->", "words, you and I ->", "photo, warm tones ->", "photo, 5",
                "sound, waves of the sea ->", "sun 3 degrees above the horizon, setting: golden hour -> intimacy +",
            ] {
                #expect(why.contains { $0.hasPrefix(beginning) }, "\(beginning): \(why)")
            }
            #expect(why.contains { $0.hasPrefix("sound, ") && $0.hasSuffix("-> nine beats in 3/4 for each wave") })
            #expect(moment["metre"] as? String == "3/4")
            let swell = try #require(moment["swell"] as? Double)
            #expect(abs(swell / 8.6 - 1) < 0.05 && abs((moment["tempo"] as? Double ?? 0) * swell / 60 - 9) < 0.01)

            // The form that the example has: three bars of intro, phrases of six, two waves each, seven sections. A moment
            // implies no form, and its seed draws between an intro and a theme that is heard twice at once: both are
            // asked for.
            let line = ["plan", "--preset", "beach.yaml", "--form", "rounded", "--seed", "2", "--json"]
            let form = try Program.run(line, in: scratch.url)
            let plan = try #require(try JSONSerialization.jsonObject(with: form.output) as? [String: Any])
            let sections = try #require(plan["sections"] as? [[String: Any]])
            let bars = sections.compactMap { $0["bars"] as? Int }
            print(sections.map { "\($0["letter"] ?? "")\($0["bars"] ?? "")" }.joined(separator: " "))
            #expect(sections.compactMap { $0["letter"] as? String }.joined() == "iAABACBAo")
            #expect(bars.first == 3 && bars.dropFirst().dropLast().allSatisfy { $0 == 6 }, "\(bars)")
            #expect((50...55).contains(bars.reduce(0, +)))
        }

        @Test("a sound without waves says so, and the mood keeps its clock; a long one is heard in part")
        func sounds() throws {
            let scratch = try Scratch()
            func write(_ name: String, _ data: Data) throws {
                try data.write(to: URL(fileURLWithPath: scratch.path(name)))
            }
            try write("noise.wav", WAVFile.bytes(TestSound.pinkNoise(seconds: 40, seed: 2)))
            let noise = try Program.run(["capture", "--sound", "noise.wav", "noise.yaml"], in: scratch.url)
            #expect(noise.code == 0 && noise.errorLines.count == 1 && noise.error.contains("no waves in it"))
            #expect(noise.text.contains("sound, no waves in it -> the mood keeps its own clock"), "\(noise.text)")
            let text = String(decoding: try scratch.data("noise.yaml"), as: UTF8.self)
            #expect(!text.contains("tempo") && !text.contains("swell"), "\(text)")
            // Half of a file that says it is whole, and the beginning of one.
            let surf = WAVFile.bytes(TestSound.surf(period: 7, seconds: 80, seed: 2))
            try write("half.wav", surf.prefix(surf.count / 2))
            let half = try Program.run(["capture", "--sound", "half.wav", "-"], in: scratch.url)
            #expect(half.code == 0 && half.text.contains("swell: "), "\(half.error)")
            try write("head.wav", surf.prefix(44))
            let head = try Program.run(["capture", "--sound", "head.wav", "-"], in: scratch.url)
            #expect(head.code == 65 && head.errorLines.count == 1 && head.error.contains("head.wav"), "\(head.error)")
            // An hour of mono at 16 kHz, mostly a hole in the disk.
            let hour = 3600 * 16_000
            try write("hour.wav", WAVFile.header(frames: hour, rate: 16_000))
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.path("hour.wav")))
            try handle.truncate(atOffset: UInt64(44 + 2 * hour))
            try handle.close()
            let started = Date()
            let long = try Program.run(["capture", "--sound", "hour.wav", "-"], in: scratch.url)
            #expect(long.code == 0 && long.error.contains("its first 2m are listened to"), "\(long.error)")
            #expect(Date().timeIntervalSince(started) < 5)
        }

        @Test("listening at a microphone, which is a file here")
        func microphone() throws {
            let scratch = try Scratch()
            // The null device takes what it is asked for, 48 kHz in stereo as Float: 32,000 frames last two thirds of a second.
            let surf = TestSound.surf(period: 8.6, seconds: 95, seed: 1)
            var raw = Data()
            for sample in surf.samples {
                for _ in 0..<2 {
                    for k in 0..<4 { raw.append(UInt8(truncatingIfNeeded: sample.bitPattern >> (8 * UInt32(k)))) }
                }
            }
            try raw.write(to: URL(fileURLWithPath: scratch.path("surf.raw")))
            try scratch.write(
                "asound.conf",
                """
                pcm.null { type null }
                pcm.shore { type file slave.pcm "null" file "/dev/null" infile "\(scratch.path("surf.raw"))" format "raw" }
                """)
            let outcome = try Program.run(
                ["capture", "--listen", "1m", "--microphone", "shore", "-"], in: scratch.url,
                environment: ["ALSA_CONFIG_PATH": scratch.path("asound.conf")])
            #expect(outcome.code == 0 && outcome.error.contains("listening at shore for 1m"), "\(outcome.error)")
            #expect(outcome.text.contains("swell: 5."), "\(outcome.text)")
        }
    }
}
