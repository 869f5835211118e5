import Documents
import Foundation
import Music
import Presets
import Testing

extension EndToEnd {
    @Suite("Playing live")
    struct PlayTests {
        /// ALSA with its `file` plugin as the only device: what is played lands in a file, sample by sample.
        static func alsa(_ scratch: Scratch, format: String = "raw") throws -> [String: String] {
            try scratch.write(
                "asound.conf",
                """
                pcm.null { type null }
                pcm.captured { type file slave.pcm "null" file "\(scratch.path("played.raw"))" format "\(format)" perm 0644 }
                pcm.!default { type plug slave.pcm "captured" }
                ctl.!default { type null }

                """)
            return ["ALSA_CONFIG_PATH": scratch.path("asound.conf")]
        }

        @Test("what ALSA receives equals the engine's own output, sample by sample")
        func exact() throws {
            let scratch = try Scratch()
            let environment = try Self.alsa(scratch)
            let outcome = try Program.run(
                [
                    "play", "--mood", "warm", "--seed", "5", "--duration", "20s", "--device", "captured", "--record",
                    "own.wav",
                ],
                in: scratch.url, environment: environment)
            #expect(outcome.code == 0, "\(outcome.error)")
            #expect(outcome.error.contains("playing to: captured"))
            let played = try scratch.data("played.raw")
            #expect(abs(played.count - 8 * 20 * 48000) <= 8 * 24000)
            // The recording is 32-bit float: its samples follow the header's data chunk.
            let own = try scratch.data("own.wav")
            let samples = try #require(Self.dataChunk(own))
            #expect(samples.count == 8 * 20 * 48000)
            #expect(played.prefix(samples.count) == samples)
            #expect(
                played.dropFirst(samples.count).allSatisfy { $0 == 0 }, "only the silence of the last period may follow"
            )
        }

        @Test("Ctrl-C fades out and ends with 130")
        func interrupted() throws {
            let scratch = try Scratch()
            try scratch.write("asound.conf", "pcm.null { type null }\nctl.!default { type null }\n")
            let outcome = try Program.run(
                ["play", "--mood", "warm", "--device", "null"], in: scratch.url,
                environment: ["ALSA_CONFIG_PATH": scratch.path("asound.conf")], interruptAfter: 1.5)
            #expect(outcome.code == 130, "\(outcome.error)")
        }

        @Test("without a device one line says so, with 69")
        func noDevice() throws {
            let scratch = try Scratch()
            let outcome = try Program.run(
                ["play", "--mood", "warm", "--duration", "5s", "--device", "hw:9"], in: scratch.url)
            #expect(outcome.code == 69)
            #expect(outcome.errorLines.count == 1, "\(outcome.error)")
        }

        @Test(
            "lines on standard input steer: what is kept equals the recording, its sea too, and makes the same notes again",
            arguments: ["off", "calm"])
        func steered(sea: String) throws {
            let scratch = try Scratch()
            let environment = try PacedDevice.configuration(scratch, speed: 5)
            let outcome = try Program.run(
                [
                    "play", "--mood", "serene", "--seed", "9", "--device", "paced", "--record", "own.wav", "--midi",
                    "own.mid", "--sea", sea,
                ],
                in: scratch.url, environment: environment,
                input: [
                    // Ten minutes of music in the long form.
                    (Double(LongForm.count(120, short: 1)), "keep"), (0.1, "mood stormy"), (0.1, "mood stromy"),
                    (1, "status"), (0.1, "volume -10"),
                    (0.1, "una-corda on"), (1, "next"), (1.5, "quit"),
                ])
            #expect(outcome.code == 0, "\(outcome.error)")
            // Whichever theme sounds after ten minutes is carried across.
            let carried = LongForm.isAsked ? "turn, theme" : "turn, theme 1"
            #expect(outcome.text.contains(" -> stormy · \(carried)"), "\(outcome.text)")
            #expect(outcome.error.contains("did you mean 'stormy'"))
            // Who goes on to something else while a bridge sounds is led on to it from there, in the mood that was asked for.
            #expect(outcome.error.components(separatedBy: "bridge to stormy").count == 3)
            #expect(outcome.error.contains("again, as a file: beachpiano render --mood serene"))
            let folder = scratch.url.appendingPathComponent(".local/share/beachpiano/moments")
            let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(kept.count == 3 && kept.allSatisfy { $0.hasPrefix("serene-") })
            let stem = try #require(kept.first { $0.hasSuffix(".yaml") }).dropLast(5)
            let own = try #require(Self.dataChunk(scratch.data("own.wav")))
            let part = try #require(Self.dataChunk(Data(contentsOf: folder.appendingPathComponent(stem + ".wav"))))
            #expect(part.count > 8 * 48_000)
            #expect(own.range(of: part) != nil, "what is kept is a piece of the recording, sample by sample")

            // The line that is printed at the end makes all of it again, steering and all.
            #expect(try Self.areAlike(Self.strikes(scratch.data("own.mid")), Self.rerun(outcome, in: scratch)))

            // In a new process the moment file has the same notes.
            let again = try Program.run(
                [
                    "render", "--preset", folder.appendingPathComponent(stem + ".yaml").path, "--midi", "again.mid",
                    "again.wav",
                ],
                in: scratch.url)
            #expect(again.code == 0, "\(again.error)")
            // The first moment still belongs to the section before, and what follows its end to the next.
            let yaml = try String(contentsOf: folder.appendingPathComponent(stem + ".yaml"), encoding: .utf8)
            #expect(yaml.contains("sea: calm") == (sea == "calm"), "\(yaml)")
            let line = try #require(yaml.split(separator: "\n").first { $0.hasPrefix("duration: ") })
            let section = try #require(DurationText.parse(String(line.dropFirst(10))))
            let length = min(Double(part.count / 8) / 48_000, section - 6)
            func middle(_ notes: [NoteEvent]) -> [NoteEvent] {
                notes.filter { (0.2...length - 0.1).contains($0.onset) }
            }
            let before = try middle(Self.strikes(Data(contentsOf: folder.appendingPathComponent(stem + ".mid"))))
            let after = try middle(Self.strikes(scratch.data("again.mid")))
            #expect(before.count > 10 && Self.areAlike(before, after))
        }

        @Test(
            "--for ends at its time, with a cadence or with a fade",
            arguments: [["--for", "70s"], ["--for", "20s", "--fade", "5s"]])
        func limited(options: [String]) throws {
            let scratch = try Scratch()
            let environment = try Self.alsa(scratch)
            let outcome = try Program.run(
                ["play", "--mood", "lullaby", "--seed", "4", "--device", "captured", "--record", "own.wav"] + options,
                in: scratch.url, environment: environment)
            #expect(outcome.code == 0, "\(outcome.error)")
            let own = try #require(Self.dataChunk(scratch.data("own.wav")))
            let seconds = Double(options[1].dropLast()) ?? 0
            #expect(own.count == Int(seconds) * 48_000 * 8)
            // Silence at the end, not before it.
            let samples = unsafe own.withUnsafeBytes { unsafe Array($0.bindMemory(to: Float.self)) }
            #expect(samples.suffix(2000).allSatisfy { abs($0) < 2e-3 })
            #expect(samples.suffix(48_000 * 2 * 4).prefix(48_000).contains { abs($0) > 1e-3 })
        }

        @Test(
            "wishes that contradict each other are refused in one line",
            arguments: [
                ["--for", "1m", "--until", "23:00"], ["--fade", "10s"], ["--duration", "1m", "--for", "1m"],
                ["--until", "25:00"],
                ["--for", "1m", "--fade", "2m"],
            ])
        func refused(options: [String]) throws {
            let scratch = try Scratch()
            let outcome = try Program.run(["play", "--mood", "warm", "--device", "null"] + options, in: scratch.url)
            #expect(outcome.code == 64 && outcome.errorLines.count == 1, "\(outcome.error)")
        }

        @Test("the endless piece can be had as a file: the notes that are played")
        func endless() throws {
            let scratch = try Scratch()
            let environment = try Self.alsa(scratch)
            let played = try Program.run(
                [
                    "play", "--mood", "hopeful", "--seed", "6", "--device", "captured", "--midi", "played.mid", "--for",
                    "150s",
                ],
                in: scratch.url, environment: environment)
            let rendered = try Program.run(
                [
                    "render", "--mood", "hopeful", "--seed", "6", "--endless", "--duration", "150s", "--midi",
                    "file.mid", "file.wav",
                ],
                in: scratch.url)
            #expect(played.code == 0 && rendered.code == 0, "\(played.error)\(rendered.error)")
            let (heard, written) = try (
                Self.strikes(scratch.data("played.mid")), Self.strikes(scratch.data("file.mid"))
            )
            #expect(heard.count > 100 && Self.areAlike(heard, written))
        }

        /// What the command that a session prints at its end plays.
        private static func rerun(_ outcome: Program.Outcome, in scratch: Scratch) throws -> [NoteEvent] {
            let line = try #require(outcome.errorLines.last { $0.hasPrefix("again, as a file: ") })
            let again = try Program.run(
                ["-c", line.dropFirst("again, as a file: ".count) + " --midi rerun.mid"], in: scratch.url,
                executable: "/bin/sh")
            #expect(again.code == 0, "\(line)\n\(again.error)")
            return try strikes(scratch.data("rerun.mid"))
        }

        @Test("a session that a hand has led everywhere is had again by the line that it prints")
        func led() throws {
            let scratch = try Scratch()
            let environment = try PacedDevice.configuration(scratch, speed: 5)
            let outcome = try Program.run(
                [
                    "play", "--mood", "warm", "--seed", "11", "--device", "paced", "--midi", "own.mid", "--json",
                    "--record", "own.wav",
                ],
                in: scratch.url, environment: environment,
                input: [
                    (1.5, "energy 0.3"), (0.2, "sea swell"), (1.3, "mood stormy"), (0.7, "mood serene"),
                    (0.6, "room hall"),
                    (0.5, "mood joyful"), (0.4, "keep"), (0.1, "next"), (2, "una-corda on"), (0.5, "theme"),
                    (1, "sea off"),
                    (0.5, "status"), (0.5, "help"), (0.1, "room bath"), (0.3, "quit"),
                ])
            #expect(outcome.code == 0, "\(outcome.error)")
            let (own, again) = try (Self.strikes(scratch.data("own.mid")), Self.rerun(outcome, in: scratch))
            #expect(own.count > 60 && Self.areAlike(own, again))
            let answers = outcome.text.split(separator: "\n")
            let objects = answers.compactMap {
                try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
            }
            let status = try #require(objects.first { $0["room"] != nil }, "\(outcome.text)")
            #expect(status["room"] as? String == "hall" && status["sea"] as? String == "off")
            #expect(objects.contains { ($0["kept"] as? String)?.hasSuffix(".yaml") == true && $0["room"] == nil })
            #expect(objects.contains { ($0["refused"] as? String)?.contains("near, room, hall or beach") == true })
            #expect(answers.contains { $0.hasPrefix("room near|room|hall|beach: ") })
            #expect(outcome.error.contains("room is near, room, hall or beach"))
            // Two bridges had been left half-way: the moment is that of the section before them.
            let folder = scratch.url.appendingPathComponent(".local/share/beachpiano/moments")
            let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(kept.count == 3, "\(kept)\n\(outcome.error)")
            let yaml = try String(
                contentsOf: folder.appendingPathComponent(try #require(kept.first { $0.hasSuffix(".yaml") })),
                encoding: .utf8)
            #expect(yaml.contains("room: hall") && yaml.contains("sea: swell"), "\(yaml)")
            // In the other room and by the other sea as well, what is kept is a piece of the recording, sample by sample.
            let sound = folder.appendingPathComponent(try #require(kept.first { $0.hasSuffix(".wav") }))
            let part = try #require(Self.dataChunk(Data(contentsOf: sound)))
            #expect(
                try part.count > 8 * 48_000 && #require(Self.dataChunk(scratch.data("own.wav"))).range(of: part) != nil)
        }

        @Test(
            "a second signal loses no recording: a terminal that closes sends several, and hands are impatient",
            arguments: [SIGHUP, SIGTERM, SIGINT])
        func signals(number: Int32) throws {
            let scratch = try Scratch()
            let environment = try PacedDevice.configuration(scratch)
            let outcome = try Program.run(
                [
                    "play", "--mood", "warm", "--seed", "5", "--device", "paced", "--record", "own.wav", "--midi",
                    "own.mid",
                ],
                in: scratch.url, environment: environment, interruptAfter: 2, by: number, times: 2)
            // SIGHUP ends as SIGTERM does.
            #expect(outcome.code == (number == SIGINT ? 130 : 143), "\(outcome.error)")
            #expect(scratch.names.contains("own.wav") && scratch.names.contains("own.mid"), "\(scratch.names)")
            #expect(!scratch.names.contains { $0.hasSuffix(".part") }, "\(scratch.names)")
            #expect(try Self.strikes(scratch.data("own.mid")).count > 3)
        }

        @Test(
            "a key that is held keeps once or twice, not sixty times; Ctrl-C leaves what is not done yet, and all else is whole"
        )
        func heldKey() throws {
            let scratch = try Scratch()
            let environment = try PacedDevice.configuration(scratch, speed: 5)
            let outcome = try Program.run(
                ["play", "--mood", "warm", "--seed", "5", "--device", "paced", "--midi", "own.mid"],
                in: scratch.url, environment: environment,
                input: [(2, "keep")] + Array(repeating: (0.02, "keep"), count: 59) + [(0.1, "status"), (4, "quit")])
            #expect(outcome.code == 0, "\(outcome.error)")
            let folder = scratch.url.appendingPathComponent(".local/share/beachpiano/moments")
            let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(kept.count % 3 == 0 && (3...12).contains(kept.count), "\(kept)")

            let left = try Program.run(
                ["play", "--mood", "warm", "--seed", "6", "--device", "paced", "--midi", "left.mid"],
                in: scratch.url, environment: environment, interruptAfter: 9, times: 2, apart: 0.7,
                input: [(8.8, "keep")])
            #expect(left.code == 130 && scratch.names.contains("left.mid"), "\(left.error)")
            #expect(left.error.contains("again, as a file: "))
            let after = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(!after.contains { $0.contains(".part") } && after.count % 3 == 0, "\(after)")
        }

        @Test("whoever asks and does not read the answers, or goes away, stops nothing")
        func unread() throws {
            let scratch = try Scratch()
            let environment = try PacedDevice.configuration(scratch)
            for reader in ["sleep 6", "true"] {
                let outcome = try Program.run(
                    [
                        "-c",
                        "(sleep 1; yes status | head -2000; sleep 1; echo quit) | beachpiano play --mood warm --seed 5 "
                            + "--device paced --force --midi own.mid 2>said | \(reader)",
                    ],
                    in: scratch.url, environment: environment, executable: "/bin/sh")
                #expect(outcome.code == 0)
                #expect(try String(data: scratch.data("said"), encoding: .utf8)?.contains("again, as a file") == true)
                #expect(try Self.strikes(scratch.data("own.mid")).count > 2)
            }
        }

        @Test("a session that ends by itself is had again by its line, with its cadence or its fade")
        func endedByItself() throws {
            for options in [["--for", "40s"], ["--for", "30s", "--fade", "8s"]] {
                let scratch = try Scratch()
                let outcome = try Program.run(
                    ["play", "--mood", "hopeful", "--seed", "2", "--device", "captured", "--midi", "own.mid"] + options,
                    in: scratch.url, environment: Self.alsa(scratch))
                let (own, again) = try (Self.strikes(scratch.data("own.mid")), Self.rerun(outcome, in: scratch))
                #expect(own.count > 20 && Self.areAlike(own, again))
            }
        }

        /// The keys struck, by key and time.
        static func strikes(_ midi: Data) throws -> [NoteEvent] {
            let notes = try MIDIFileReader.read([UInt8](midi)).performance.notes
            return notes.sorted { ($0.pitch, $0.onset) < ($1.pitch, $1.onset) }
        }

        /// Whether the same keys are struck at the same times (within a millisecond of a common shift) alike.
        static func areAlike(_ a: [NoteEvent], _ b: [NoteEvent]) -> Bool {
            guard a.count == b.count, let first = a.first, let other = b.first else { return false }
            let shift = other.onset - first.onset
            return zip(a, b).allSatisfy { x, y in
                x.pitch == y.pitch && abs(y.onset - x.onset - shift) < 2e-3 && abs(x.velocity - y.velocity) < 0.6
            }
        }

        static func dataChunk(_ wav: Data) -> Data? {
            var at = 12
            let bytes = [UInt8](wav)
            while at + 8 <= bytes.count {
                let size =
                    Int(bytes[at + 4]) | Int(bytes[at + 5]) << 8 | Int(bytes[at + 6]) << 16 | Int(bytes[at + 7]) << 24
                if bytes[at..<at + 4].elementsEqual("data".utf8) { return wav.subdata(in: at + 8..<at + 8 + size) }
                at += 8 + size + size % 2
            }
            return nil
        }
    }
}
