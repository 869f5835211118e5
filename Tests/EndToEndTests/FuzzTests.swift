import Foundation
import Testing

extension EndToEnd {
    /// The short form of what `swift run -c release beachpiano-fuzz all --minutes 10` does.
    @Suite("Damaged input for the readers of what comes from outside")
    struct FuzzTests {
        private static let program = URL(fileURLWithPath: Program.path).deletingLastPathComponent()
            .appendingPathComponent("beachpiano-fuzz").path
        private static let found = Program.repository.appendingPathComponent("Tests/Fuzzing/Found")

        private static func fuzz(_ arguments: [String], _ scratch: Scratch) throws -> Program.Outcome {
            try Program.run(arguments, in: scratch.url, executable: program)
        }

        @Test(
            "no crash, no second of work, no 256 MiB, no promise broken",
            arguments: [("words", 700), ("photo", 1000), ("sound", 220), ("journal", 700)])
        func damaged(_ reader: String, _ inputs: Int) throws {
            let scratch = try Scratch()
            let outcome = try Self.fuzz([reader, "--seed", "1", "--inputs", "\(inputs)"], scratch)
            print(outcome.text)
            #expect(outcome.code == 0 && outcome.text.contains("\(inputs) inputs"), "\(outcome.text)\(outcome.error)")
        }

        @Test("what was found once is taken well now", arguments: ["photo"])
        func again(_ reader: String) throws {
            let scratch = try Scratch()
            let folder = Self.found.appendingPathComponent(reader)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(!names.isEmpty)
            let outcome = try Self.fuzz([reader] + names.map { folder.appendingPathComponent($0).path }, scratch)
            #expect(outcome.code == 0 && outcome.text.contains("\(names.count) inputs"), "\(outcome.text)")
        }

        @Test("a crash, a slow reader, a large one and a broken promise are all found, and kept")
        func canary() throws {
            let scratch = try Scratch()
            let outcome = try Self.fuzz(["canary", "--seed", "1", "--inputs", "5"], scratch)
            #expect(outcome.code == 1 && outcome.text.contains("4 findings"), "\(outcome.text)")
            let kept = try FileManager.default.contentsOfDirectory(atPath: scratch.path("fuzz-findings"))
            for fault in ["crash", "slow", "large", "broken"] {
                let name = try #require(kept.first { $0.hasPrefix("canary-\(fault)-1-") })
                let again = try Self.fuzz(["canary", scratch.path("fuzz-findings/\(name)")], scratch)
                #expect(again.code == 1 && again.text.contains("canary: \(fault)"), "\(again.text)")
            }
        }
    }
}
