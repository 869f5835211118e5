import Foundation
import Testing

extension EndToEnd {
    @Suite("A batch")
    struct BatchTests {
        /// A folder with presets of these names and texts.
        static func scratch(_ presets: [String: String]) throws -> Scratch {
            let scratch = try Scratch()
            try FileManager.default.createDirectory(atPath: scratch.path("Presets"), withIntermediateDirectories: true)
            for (name, text) in presets { try scratch.write("Presets/\(name)", text) }
            return scratch
        }

        static let three = ["a.yaml": "mood: warm\n", "b.yaml": "mood: stormy\n", "c.yaml": "mood: serene\n"]

        /// Names and bytes of all files of a folder but its manifests and locks.
        static func files(_ folder: String, in scratch: Scratch) throws -> [String: Data] {
            var files: [String: Data] = [:]
            for name in try FileManager.default.contentsOfDirectory(atPath: scratch.path(folder))
            where !name.hasPrefix("manifest") && name != ".beachpiano.lock" {
                files[name] = try scratch.data("\(folder)/\(name)")
            }
            return files
        }

        static func batch(
            _ arguments: String..., options: [String] = [], in scratch: Scratch, out: String = "renders"
        ) throws -> Program.Outcome {
            try Program.run(
                ["batch", "Presets", "--out", out, "--duration", "5s", "--jobs", "2"] + arguments + options,
                in: scratch.url)
        }

        @Test("renders the good presets, names the broken ones, and does nothing the second time")
        func resume() throws {
            let scratch = try Self.scratch(
                Self.three.merging(["broken.yaml": "mood: {nostalgia: 7}\n"]) { $1 })
            #expect(unsafe mkfifo(scratch.path("Presets/pipe.yaml"), 0o600) == 0)
            try FileManager.default.createSymbolicLink(
                atPath: scratch.path("Presets/loop.yaml"), withDestinationPath: "loop.yaml")
            let first = try Self.batch("--midi", "--moment", in: scratch)
            #expect(first.code == 65 && first.errorLines.count == 3, "\(first.error)")
            for name in ["broken.yaml:1", "pipe.yaml", "loop.yaml"] { #expect(first.error.contains(name)) }
            let made = try Self.files("renders", in: scratch)
            let endings = ["wav", "mid", "yaml"]
            #expect(made.keys.sorted() == ["a", "b", "c"].flatMap { n in endings.map { "\(n).\($0)" } }.sorted())
            let second = try Self.batch("--midi", "--moment", in: scratch)
            #expect(second.code == 65 && second.text.contains("0 rendered · 9 already there"), "\(second.text)")

            // What is missing or has another size is made again; a copy with another time is not.
            try FileManager.default.removeItem(atPath: scratch.path("renders/a.mid"))
            try scratch.write("renders/b.wav", "cut short")
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 4_000_000_000)],
                ofItemAtPath: scratch.path("renders/c.wav"))
            let third = try Self.batch("--midi", "--moment", in: scratch)
            #expect(third.text.contains("2 rendered · 7 already there"), "\(third.text)")
            #expect(try Self.files("renders", in: scratch) == made)

            // Another input makes its own files anew.
            try scratch.write("Presets/a.yaml", "mood: tender\n")
            let fourth = try Self.batch("--midi", "--moment", in: scratch)
            #expect(fourth.text.contains("3 rendered · 6 already there"), "\(fourth.text)")
        }

        @Test("its checksums are what sha256sum says, and a changed file is found")
        func verify() throws {
            let scratch = try Self.scratch(Self.three)
            #expect(try Self.batch(in: scratch).code == 0)
            let verified = try Program.run(["batch", "--verify", "renders"], in: scratch.url)
            #expect(verified.code == 0 && verified.text.split(separator: "\n").count == 3, "\(verified.error)")
            try scratch.write("renders/sums", verified.text)
            let sums = try Program.run(
                ["-c", "--strict", "sums"], in: scratch.url.appendingPathComponent("renders"),
                executable: "/usr/bin/sha256sum")
            #expect(sums.code == 0, "\(sums.error)")
            var bytes = try scratch.data("renders/b.wav")
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: scratch.url.appendingPathComponent("renders/b.wav"))
            let changed = try Program.run(["batch", "--verify", "renders"], in: scratch.url)
            #expect(changed.code == 65 && changed.errorLines.count == 1 && changed.error.contains("b.wav"))
        }

        @Test("shards of any number make together what one batch makes", arguments: [1, 2, 3, 7, 20])
        func shards(_ count: Int) throws {
            let scratch = try Self.scratch(Self.three)
            #expect(try Self.batch("--seeds", "2", "--format", "flac", in: scratch, out: "whole").code == 0)
            for index in 0..<count {
                let part = try Self.batch(
                    "--seeds", "2", "--format", "flac", "--shard", "\(index)/\(count)", in: scratch)
                #expect(part.code == 0, "\(part.error)")
            }
            #expect(try Self.files("renders", in: scratch) == Self.files("whole", in: scratch))
            let merged = try Program.run(["batch", "--merge", "renders"], in: scratch.url)
            #expect(merged.code == 0 && merged.text.contains("6 files"), "\(merged.text)\(merged.error)")
            let manifests = try FileManager.default.contentsOfDirectory(atPath: scratch.path("renders")).filter {
                $0.hasPrefix("manifest")
            }
            #expect(manifests == ["manifest.jsonl"])
            let again = try Self.batch("--seeds", "2", "--format", "flac", in: scratch)
            #expect(again.text.contains("0 rendered · 6 already there"), "\(again.text)")
        }

        @Test("another preset moves no piece, and the list says what would be made")
        func list() throws {
            let scratch = try Self.scratch(Self.three)
            func identities() throws -> Set<String> {
                let outcome = try Self.batch("--seeds", "3", "--formats", "wav,mp3", "--list", "--json", in: scratch)
                #expect(outcome.code == 0, "\(outcome.error)")
                let object = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
                let pieces = object?["pieces"] as? [[String: Any]] ?? []
                #expect(pieces.allSatisfy { ($0["files"] as? [String])?.count == 2 })
                return Set(pieces.compactMap { $0["id"] as? String })
            }
            let before = try identities()
            #expect(before.count == 9)
            try scratch.write("Presets/0.yaml", "mood: grief\n")
            #expect(try identities().isSuperset(of: before))
            #expect(!FileManager.default.fileExists(atPath: scratch.path("renders")))
        }

        @Test("a work list gives each row its own; a wrong row is named and the rest rendered")
        func workList() throws {
            let scratch = try Self.scratch(Self.three)
            try scratch.write(
                "game.csv",
                "preset,mood,seed,format,name\nPresets/a.yaml,,7,flac,boss\n,stormy,,wav,{mood} {seed}\n"
                    + "warm,,,,../../x\nPresets/gone.yaml,,,,\nwarm,saad,,,\n,warm,,,boss\nwarm,,7,flac,boss\n")
            let outcome = try Program.run(
                ["batch", "game.csv", "--out", "renders", "--duration", "5s"], in: scratch.url)
            #expect(outcome.code == 65, "\(outcome.error)")
            for place in ["game.csv:4", "game.csv:5", "game.csv:6", "game.csv:8"] {
                #expect(outcome.error.contains(place), "\(outcome.error)")
            }
            let files = try Self.files("renders", in: scratch).keys
            #expect(files.contains("boss.flac") && files.contains("boss.wav") && files.count == 3, "\(files)")
            #expect(files.contains { $0.hasPrefix("stormy ") })
        }

        @Test("the sea of a batch is the preset's own, the row's, or that of --sea")
        func sea() throws {
            let scratch = try Self.scratch(["a.yaml": "mood: warm\nscene: {sea: swell}\n", "b.yaml": "mood: warm\n"])
            #expect(try Self.batch("--moment", in: scratch, out: "own").code == 0)
            #expect(try Self.batch("--moment", "--sea", "off", in: scratch, out: "none").code == 0)
            #expect(try Self.batch("--moment", "--sea", "calm", in: scratch, out: "calm").code == 0)
            func text(_ path: String) throws -> String { String(decoding: try scratch.data(path), as: UTF8.self) }
            #expect(try text("own/a.yaml").contains("sea: swell") && !text("own/b.yaml").contains("sea:"))
            #expect(try text("calm/a.yaml").contains("sea: calm") && text("calm/b.yaml").contains("sea: calm"))
            // What is heard, too.
            #expect(try scratch.data("own/a.wav") != scratch.data("none/a.wav"))
            #expect(try scratch.data("own/b.wav") == scratch.data("none/b.wav"))
            #expect(try scratch.data("calm/b.wav") != scratch.data("none/b.wav"))
            try scratch.write("list.csv", "preset,sea\nPresets/b.yaml,calm\nPresets/a.yaml,off\n")
            let rows = try Program.run(["batch", "list.csv", "--out", "rows", "--duration", "5s"], in: scratch.url)
            #expect(rows.code == 0, "\(rows.error)")
            #expect(try scratch.data("rows/b.wav") == scratch.data("calm/b.wav"))
            #expect(try scratch.data("rows/a.wav") == scratch.data("none/a.wav"))
            let wrong = try Self.batch("--sea", "clam", in: scratch, out: "wrong")
            #expect(wrong.code == 64 && wrong.errorLines.count == 1 && wrong.error.contains("did you mean 'calm'"))
        }

        @Test("a file of somebody else is left alone unless --force")
        func foreign() throws {
            let scratch = try Self.scratch(["a.yaml": "mood: warm\n"])
            try FileManager.default.createDirectory(
                atPath: scratch.path("renders"), withIntermediateDirectories: true)
            try scratch.write("renders/a.wav", "precious")
            let refused = try Self.batch(in: scratch)
            #expect(refused.code == 73 && refused.error.contains("--force"), "\(refused.error)")
            #expect(try scratch.data("renders/a.wav") == Data("precious".utf8))
            #expect(try Self.batch("--force", in: scratch).code == 0)
        }

        @Test("eight batches at once in one folder make each file once")
        func together() async throws {
            let scratch = try Self.scratch(Self.three)
            let folder = scratch.url
            let seeds = LongForm.count(8, short: 2)
            let outcomes = try await withThrowingTaskGroup(of: Program.Outcome.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try Program.run(
                            [
                                "batch", "Presets", "--out", "renders", "--duration", "5s", "--seeds", "\(seeds)",
                                "--midi", "--catalog", "--json",
                            ], in: folder)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            var rendered: [String] = []
            for outcome in outcomes {
                #expect(outcome.code == 0, "\(outcome.error)")
                let object = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
                rendered += object?["rendered"] as? [String] ?? []
            }
            let expected = ["a", "b", "c"].flatMap { name in
                (1...seeds).flatMap { seed in ["wav", "mid", "svg"].map { "\(name)-\(seed).\($0)" } }
            }
            #expect(rendered.sorted() == expected.sorted())
            let verified = try Program.run(["batch", "--verify", "renders"], in: scratch.url)
            #expect(verified.code == 0 && verified.text.split(separator: "\n").count == expected.count)
            // Whoever ends last shows everything.
            let page = try String(decoding: scratch.data("renders/index.html"), as: UTF8.self)
            #expect(page.components(separatedBy: "<article>").count == 3 * seeds + 1)
            print("8 batches at once: \(rendered.count) files for \(expected.count), each once; all verify")
        }

        @Test(
            "ended from outside, it ends within a second, leaves nothing unfinished, and goes on later",
            arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
        func interrupted(_ signal: Int32, _ code: Int32) throws {
            let scratch = try Self.scratch(Self.three)
            let started = Date()
            let outcome = try Program.run(
                ["batch", "Presets", "--out", "renders", "--duration", "10m", "--progress", "json"], in: scratch.url,
                interruptAfter: 1, by: signal)
            #expect(outcome.code == code, "\(outcome.error)")
            #expect(Date().timeIntervalSince(started) < 2.5)
            let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("renders"))
            #expect(!names.contains { $0.hasSuffix(".part") }, "\(names)")
            for line in outcome.errorLines {
                #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) is [String: Any], "\(line)")
            }
            #expect(try Self.batch(in: scratch).code == 0)
        }

        @Test("what surroundings and configuration change is rendered again, and only once")
        func surroundings() throws {
            let scratch = try Self.scratch(["a.yaml": "mood: warm\n"])
            let call = ["batch", "Presets", "--out", "renders", "--duration", "3s"]
            var sounds: Set<Data> = []
            for variables in [
                [:], ["BEACHPIANO_PIANO": "felt"], ["BEACHPIANO_ROOM": "hall"], ["BEACHPIANO_BITS": "16"],
                ["BEACHPIANO_KEY": "A minor"], ["BEACHPIANO_LOUDNESS": "-30"],
                ["XDG_CONFIG_HOME": scratch.path("config")],
            ] {
                if variables["XDG_CONFIG_HOME"] != nil {
                    try FileManager.default.createDirectory(
                        atPath: scratch.path("config/beachpiano"), withIntermediateDirectories: true)
                    try scratch.write("config/beachpiano/config.yaml", "piano: {instrument: upright}\n")
                }
                let first = try Program.run(call, in: scratch.url, environment: variables)
                #expect(first.text.hasPrefix("1 rendered"), "\(variables): \(first.text)\(first.error)")
                let second = try Program.run(call, in: scratch.url, environment: variables)
                #expect(second.text.hasPrefix("0 rendered"), "\(variables): \(second.text)\(second.error)")
                sounds.insert(try scratch.data("renders/a.wav"))
            }
            #expect(sounds.count == 7)
        }

        @Test("a time limit ends it with 75")
        func timeLimit() throws {
            let scratch = try Self.scratch(Self.three)
            let limited = try Program.run(
                ["batch", "Presets", "--out", "renders", "--duration", "10m", "--max-minutes", "0.01"],
                in: scratch.url)
            #expect(limited.code == 75 && limited.error.contains("3 pieces are left"), "\(limited.error)")
        }
    }
}
