import Foundation
import Testing

extension EndToEnd {
    @Suite("Montage")
    struct MontageTests {
        private static let folder = ".local/share/beachpiano/moments"

        /// Two moments, kept.
        private static func journal() throws -> Scratch {
            let scratch = try Scratch()
            for words in ["last light, small waves", "rain on the roof"] {
                let outcome = try Program.run(["capture", "--words", words], in: scratch.url)
                #expect(outcome.code == 0, "\(outcome.error)")
            }
            return scratch
        }

        private static func montage(_ arguments: [String], _ scratch: Scratch) throws -> Program.Outcome {
            try Program.run(["montage"] + arguments, in: scratch.url)
        }

        @Test("a montage is kept, its table printed, its companions are those of its render")
        func kept() throws {
            let scratch = try Self.journal()
            let made = try Self.montage(
                ["last-light", "rain-on-the-roof", "--duration", "90s", "--midi", "a.mid", "--picture", "a.svg"],
                scratch)
            #expect(made.code == 0, "\(made.error)")
            let lines = made.text.split(separator: "\n").map(String.init)
            #expect(lines.first?.lowercased() == "last light and rain on the roof", "\(lines)")
            for row in [
                "states   last-light, in ", "asks     ", "answers  ", "leads    ", "under    ", "closes   last-light",
            ] {
                #expect(lines.contains { $0.hasPrefix("  bars ") && $0.contains(row) }, "\(row) \(made.text)")
            }
            #expect(made.text.contains("kept as ") && scratch.names.contains("a.svg"))
            let name = "last-light-and-rain-on-the-roof"
            let rendered = try Program.run(
                ["render", "--kept", name, "b.wav", "--midi", "b.mid", "--why"], in: scratch.url)
            #expect(rendered.code == 0 && rendered.text.contains(" montage "), "\(rendered.error)")
            #expect(rendered.error.contains("states   last-light, in "))
            #expect(try scratch.data("a.mid") == scratch.data("b.mid"))
            let plan = try Program.run(["plan", "--kept", name, "--json"], in: scratch.url)
            let object = try #require(try JSONSerialization.jsonObject(with: plan.output) as? [String: Any])
            #expect((object["montage"] as? [[String: Any]])?.count == lines.count { $0.hasPrefix("  bars ") })
        }

        @Test("--out renders it at once, the journal knows the file; --to - prints the moment")
        func rendered() throws {
            let scratch = try Self.journal()
            let outcome = try Self.montage(
                ["last-light", "rain-on-the-roof", "--duration", "75s", "--out", "m.wav", "--title", "Two", "--json"],
                scratch)
            #expect(outcome.code == 0 && scratch.names.contains("m.wav"), "\(outcome.error)")
            let object = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
            #expect((object["render"] as? [String: Any])?["form"] as? String == "montage")
            let kept = String(decoding: try scratch.data(Self.folder + "/two.yaml"), as: UTF8.self)
            #expect(kept.contains("montage: [") && kept.contains("m.wav"))
            let printed = try Self.montage(["last-light", "rain-on-the-roof", "--to", "-"], scratch)
            #expect(printed.code == 0 && printed.text.contains("montage: ["))
            try scratch.write("again.yaml", printed.text)
            let checked = try Program.run(["presets", "check", "again.yaml"], in: scratch.url)
            #expect(checked.code == 0, "\(checked.error)")
        }

        @Test(
            "one, seven, an unknown, a broken, the same twice and too short: one clear line each, and nothing is kept")
        func bad() throws {
            let scratch = try Self.journal()
            try scratch.write("broken.yaml", "title: x\nmood: {valence: 7}\n")
            try scratch.write(
                "twin.yaml", String(decoding: scratch.data(Self.folder + "/last-light.yaml"), as: UTF8.self))
            let two = ["last-light", "rain-on-the-roof"]
            let cases: [(arguments: [String], code: Int32, says: String)] = [
                (["last-light"], 64, "a montage takes two to six moments, not one"),
                (two + ["warm", "rain", "a", "b", "c"], 64, "a montage takes two to six moments, not 7"),
                (two + ["last-lihgt"], 64, "did you mean 'last-light'"),
                (two + ["nowhere.yaml"], 66, "nowhere.yaml"), (two + ["broken.yaml"], 65, "broken.yaml:2:17"),
                (two + ["last-light"], 64, "'last-light' is there twice"),
                (two + ["twin.yaml"], 64, "'twin.yaml' is the same moment as 'last-light'"),
                (two + ["--duration", "9s"], 64, "a montage of 2 needs about "),
                (two + ["--duration", "soon"], 64, "duration is 'soon'"),
                (two + ["--midi", "nowhere/a.mid"], 73, "nowhere"), (two + ["--out", "a.xyz"], 64, "xyz"),
                (two + ["--to", "-", "--out", "a.wav"], 64, "not on standard output"),
            ]
            let before = scratch.names
            for (arguments, code, says) in cases {
                let outcome = try Self.montage(arguments, scratch)
                #expect(
                    outcome.code == code && outcome.errorLines.count == 1 && outcome.error.contains(says),
                    "\(arguments) \(outcome.code) \(outcome.error)")
            }
            #expect(scratch.names == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path(Self.folder)).count == 2)
            let edited = "mood: warm\nmusic: {montage: ['a; major; 0:48:0 / 0:48:0']}\n"
            try scratch.write("edited.yaml", edited)
            let checked = try Program.run(["presets", "check", "edited.yaml"], in: scratch.url)
            #expect(checked.code == 65 && checked.error.contains("a list of two to six voices"), "\(checked.error)")
        }
    }
}
