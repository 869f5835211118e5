import Foundation
import Testing

extension EndToEnd {
    @Suite("Engines that a batch runs on")
    struct EnginesTests {
        private static func tool(_ name: String) -> String? {
            ["/usr/bin/", "/usr/sbin/", "/usr/local/bin/"].map { $0 + name }.first {
                FileManager.default.isExecutableFile(atPath: $0)
            }
        }

        private static func scratch() throws -> Scratch {
            let scratch = try Scratch()
            try FileManager.default.createDirectory(atPath: scratch.path("Presets"), withIntermediateDirectories: true)
            for (name, mood) in [("a", "warm"), ("b", "stormy"), ("c", "serene")] {
                try scratch.write("Presets/\(name).yaml", "mood: \(mood)\nduration: 5s\noutput: {format: flac}\n")
            }
            let whole = try Program.run(["batch", "Presets", "--out", "whole"], in: scratch.url)
            #expect(whole.code == 0, "\(whole.error)")
            return scratch
        }

        private static func expectWhole(_ scratch: Scratch) throws {
            for name in ["a.flac", "b.flac", "c.flac"] {
                #expect(try scratch.data("renders/\(name)") == scratch.data("whole/\(name)"), "\(name)")
            }
        }

        @Test(
            "GNU parallel makes a library from shards, and runs the failed ones again",
            .enabled(if: tool("parallel") != nil))
        func parallel() throws {
            let scratch = try Self.scratch()
            let parallel = try #require(Self.tool("parallel"))
            // The first try of one shard fails for want of a folder that can be written.
            try scratch.write("blocked", "")
            let command = "test {} != 1 -o ! -e blocked && beachpiano batch Presets --out renders --jobs 1 --shard {}/3"
            let arguments = ["-j2", "--joblog", "log", "--resume-failed", command, ":::", "0", "1", "2"]
            let first = try Program.run(arguments, in: scratch.url, executable: parallel)
            #expect(first.code == 1, "\(first.error)")
            try FileManager.default.removeItem(atPath: scratch.path("blocked"))
            let second = try Program.run(arguments, in: scratch.url, executable: parallel)
            #expect(second.code == 0, "\(second.error)")
            // What had gone well is not started again.
            let started = try String(decoding: scratch.data("log"), as: UTF8.self).split(separator: "\n").dropFirst()
            #expect(started.count == 4, "\(started)")
            try Self.expectWhole(scratch)
        }

        @Test("make makes a library, and leaves alone what is newer than its preset", .enabled(if: tool("make") != nil))
        func make() throws {
            let scratch = try Self.scratch()
            let make = try #require(Self.tool("make"))
            let rules = Program.repository.appendingPathComponent("Packaging/make/library.mk").path
            let arguments = ["-f", rules, "-j2"]
            let first = try Program.run(arguments, in: scratch.url, executable: make)
            #expect(first.code == 0, "\(first.error)")
            try Self.expectWhole(scratch)
            let second = try Program.run(arguments, in: scratch.url, executable: make)
            #expect(second.code == 0 && !second.text.contains("render"), "\(second.text)")
        }

        @Test("the Slurm script runs the shards of an array")
        func slurmScript() throws {
            let scratch = try Self.scratch()
            let script = Program.repository.appendingPathComponent("Packaging/slurm/beachpiano-batch.sbatch").path
            let array = [
                "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_MAX": "1", "SLURM_ARRAY_TASK_STEP": "1",
                "SLURM_ARRAY_TASK_COUNT": "2",
            ]
            for task in ["0", "1"] {
                let outcome = try Program.run(
                    [script, "Presets", "renders"], in: scratch.url,
                    environment: array.merging(["SLURM_ARRAY_TASK_ID": task]) { $1 }, executable: "/bin/bash")
                #expect(outcome.code == 0, "\(outcome.error)")
            }
            try Self.expectWhole(scratch)
        }

        @Test(
            "Slurm on one node makes a library although a task is killed and another taken off",
            .enabled(if: tool("slurmctld") != nil && tool("munged") != nil && geteuid() == 0))
        func slurm() throws {
            let check = Program.repository.appendingPathComponent(".ci/check-slurm").path
            let outcome = try Program.run(
                [check, Program.path], in: Program.repository, executable: "/bin/bash")
            #expect(outcome.code == 0, "\(outcome.text)\(outcome.error)")
            print(outcome.text)
        }
    }
}
