import Foundation
import Testing

extension EndToEnd {
    @Suite("hello")
    struct HelloTests {
        private static let folder = ".local/share/beachpiano/profile"

        private static func mode(_ path: String) throws -> Int {
            try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
        }

        /// Answers on a pseudo-terminal, as somebody would who types.
        private static func converse(_ answers: [String], _ scratch: Scratch, _ option: String = "") throws
            -> Program.Outcome
        {
            try Program.run(
                ["-qec", "\(Program.path) hello \(option)", "/dev/null"], in: scratch.url,
                executable: "/usr/bin/script",
                input: answers.enumerated().map { (after: $0.offset == 0 ? 0.5 : 0.05, line: $0.element) })
        }

        @Test("answers on a terminal become a profile that three moods carry, a preset does not, and --forget ends")
        func conversation() throws {
            let scratch = try Scratch()
            let before = try Program.run(["score", "--preset", "warm"], in: scratch.url)
            let answers = [
                "felt", "the pier at low tide", "the sea comes back, it always does", "9", "1", "", "3", "high",
            ]
            let talk = try Self.converse(answers, scratch)
            #expect(talk.code == 0 && talk.text.contains("7. ") && !talk.text.contains("8. "), "\(talk.text)")
            #expect(talk.text.contains("profile: your motif"), "\(talk.text)")
            #expect(try Self.mode(scratch.path(Self.folder)) == 0o700)
            #expect(try Self.mode(scratch.path(Self.folder + "/profile.yaml")) == 0o600)
            for mood in ["warm", "stormy", "lonely"] {
                let own = try Program.run(["plan", "--mood", mood, "--why"], in: scratch.url)
                #expect(own.text.contains("profile: your motif") && own.text.contains("profile: your piano -> felt:"))
                let plain = try Program.run(["plan", "--mood", mood, "--why", "--no-profile"], in: scratch.url)
                #expect(plain.code == 0 && !plain.text.contains("profile:"))
            }
            for mood in ["warm", "stormy", "lonely"] {
                let line = ["render", "--mood", mood, "--duration", "5s", "--why", "--force", "a.wav"]
                let own = try Program.run(line, in: scratch.url)
                #expect(own.code == 0 && own.error.contains("profile: your motif"), "\(own.error)")
                let sound = try scratch.data("a.wav")
                let plain = try Program.run(line + ["--no-profile"], in: scratch.url)
                #expect(try plain.code == 0 && !plain.error.contains("profile:") && scratch.data("a.wav") != sound)
            }
            #expect(try Program.run(["score", "--preset", "warm"], in: scratch.url).output == before.output)
            let shown = try Program.run(["hello", "--show"], in: scratch.url)
            #expect(shown.text.contains("voice: felt") && shown.text.contains("register: high"), "\(shown.text)")
            #expect(try Program.run(["capture", "--mood", "warm", "--title", "Ours"], in: scratch.url).code == 0)
            let forgotten = try Program.run(["hello", "--forget"], in: scratch.url)
            #expect(
                forgotten.code == 0 && forgotten.error.contains("a kept moment carries a motif"), "\(forgotten.error)")
            #expect(!FileManager.default.fileExists(atPath: scratch.path(Self.folder)))
            #expect(try Program.run(["hello", "--show"], in: scratch.url).code == 66)
        }

        @Test("without a terminal, with nonsense, or with nothing said it is one clear line")
        func refusals() throws {
            let scratch = try Scratch()
            #expect(try Program.run(["hello"], in: scratch.url).code == 64)
            try scratch.write("bad.yaml", "voice: harpsichord\n")
            let bad = try Program.run(["hello", "--answers", "bad.yaml"], in: scratch.url)
            #expect(bad.code == 65 && bad.error.contains("bad.yaml:1:8") && bad.errorLines.count == 1, "\(bad.error)")
            try scratch.write("empty.yaml", "")
            #expect(try Program.run(["hello", "--answers", "empty.yaml"], in: scratch.url).code == 64)
            #expect(try Self.converse([], scratch, "--edit").code == 66)
        }

        @Test("all may be skipped; --edit keeps with Enter and takes back with a minus, until nothing is left")
        func editing() throws {
            let scratch = try Scratch()
            let skipped = try Self.converse(["", "", "", "", "", "", ""], scratch)
            #expect(!skipped.text.contains("in place of"))
            #expect(skipped.code == 0 && !FileManager.default.fileExists(atPath: scratch.path(Self.folder)))
            #expect(try Self.converse(["felt", "the pier", "", "", "", "", ""], scratch).code == 0)
            #expect(try Self.converse(["-", "", "", "", "", "", "high"], scratch, "--edit").code == 0)
            let shown = try Program.run(["hello", "--show"], in: scratch.url).text
            #expect(shown.contains("the pier") && shown.contains("high") && !shown.contains("voice:"), "\(shown)")
            // Without --edit it is a new conversation.
            let anew = try Self.converse(["grand", "", "", "", "", "", ""], scratch)
            #expect(anew.code == 0 && anew.text.contains("in place of what was there"))
            #expect(try !Program.run(["hello", "--show"], in: scratch.url).text.contains("the pier"))
            #expect(try Self.converse(["-", "-", "-", "-", "-", "-", "-"], scratch, "--edit").code == 0)
            #expect(!FileManager.default.fileExists(atPath: scratch.path(Self.folder)))
        }

        @Test("a damaged profile says how to go on without it; one that was opened is closed again")
        func damaged() throws {
            let scratch = try Scratch()
            #expect(try Self.converse(["felt", "", "", "", "", "", ""], scratch).code == 0)
            let file = scratch.path(Self.folder + "/profile.yaml")
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
            #expect(try Program.run(["hello", "--show"], in: scratch.url).code == 0)
            #expect(try Self.mode(file) == 0o600)
            try scratch.write(Self.folder + "/profile.yaml", "voice: [")
            let outcome = try Program.run(["plan", "--mood", "warm"], in: scratch.url)
            #expect(outcome.code == 65 && outcome.error.contains("--no-profile") && outcome.errorLines.count == 1)
            #expect(try Program.run(["plan", "--mood", "warm", "--no-profile"], in: scratch.url).code == 0)
            #expect(try Self.converse(["grand", "", "", "", "", "", ""], scratch).code == 0)
        }
    }
}
