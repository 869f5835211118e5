import Foundation
import Testing

extension EndToEnd {
    @Suite("The journal")
    struct MomentsTests {
        private static let folder = ".local/share/beachpiano/moments"

        /// Two moments, kept one after the other.
        private static func journal() throws -> Scratch {
            let scratch = try Scratch()
            for arguments in [
                ["--words", "last light, small waves", "--place", "Cascais"], ["--words", "rain on the roof"],
            ] {
                let outcome = try Program.run(["capture", "--duration", "8s"] + arguments, in: scratch.url)
                #expect(outcome.code == 0, "\(outcome.error)")
            }
            return scratch
        }

        private static func moments(_ arguments: [String], _ scratch: Scratch) throws -> Program.Outcome {
            try Program.run(["moments"] + arguments, in: scratch.url)
        }

        @Test("capture keeps date, place and words; list, search and show find them")
        func list() throws {
            let scratch = try Self.journal()
            let list = try Self.moments([], scratch)
            #expect(list.code == 0 && list.text.split(separator: "\n").count == 2, "\(list.text)\(list.error)")
            let objects = try #require(
                try JSONSerialization.jsonObject(with: Self.moments(["list", "--json"], scratch).output)
                    as? [[String: Any]])
            #expect(Set(objects.compactMap { $0["name"] as? String }) == ["last-light", "rain-on-the-roof"])
            #expect(objects.allSatisfy { ($0["date"] as? String)?.count == 25 && $0["mood"] is String })
            let found = try Self.moments(["search", "CASCAIS", "light"], scratch)
            #expect(found.text.hasPrefix("last-light ") && found.text.split(separator: "\n").count == 1)
            #expect(try Self.moments(["search", "cascais", "roof"], scratch).text == "nothing found\n")
            #expect(try Self.moments(["show", "Last light"], scratch).text.contains("place: Cascais"))
        }

        @Test("a moment renders by name, the journal knows the file, and its owner's comment stays")
        func render() throws {
            let scratch = try Self.journal()
            let path = scratch.path(Self.folder + "/last-light.yaml")
            let before = "# mine\n" + (try String(contentsOfFile: path, encoding: .utf8))
            try Data(before.utf8).write(to: URL(fileURLWithPath: path))
            let outcome = try Self.moments(["render", "last-light", "a.wav"], scratch)
            #expect(outcome.code == 0, "\(outcome.error)")
            let after = try String(contentsOfFile: path, encoding: .utf8)
            #expect(after.hasPrefix(before) && after.dropFirst(before.count).hasPrefix("rendered: "), "\(after)")
            #expect(after.contains("/a.wav"))
            let again = try Program.run(["render", "--kept", "last-light", "b.wav"], in: scratch.url)
            #expect(try again.code == 0 && scratch.data("a.wav") == scratch.data("b.wav"))
            // Without a source it is the last one kept.
            let last = try Program.run(["score", "--json"], in: scratch.url)
            let roof = try Program.run(["score", "--kept", "rain-on-the-roof", "--json"], in: scratch.url)
            #expect(last.code == 0 && last.output == roof.output)
        }

        @Test("a pipe in the journal, or as a photo, is not waited for; a name is one line")
        func pipes() throws {
            let scratch = try Self.journal()
            let pipe = scratch.path(Self.folder + "/pipe.yaml")
            #expect(unsafe mkfifo(pipe, 0o600) == 0)
            #expect(try Self.moments([], scratch).code == 0)
            #expect(try Program.run(["plan"], in: scratch.url).code == 0)
            let photo = try Program.run(["capture", "--photo", pipe, "-"], in: scratch.url)
            #expect(photo.code == 65 && photo.error.contains("is a pipe") && photo.errorLines.count == 1)
            for title in ["", "  ", "a\nb", String(repeating: "a", count: 201)] {
                let outcome = try Program.run(["capture", "--words", "sea", "--title", title, "-"], in: scratch.url)
                #expect(outcome.code == 64 && outcome.errorLines.count == 1, "\(outcome.error)")
            }
            let json = try Program.run(["capture", "--words", "sea", "--json", "-"], in: scratch.url)
            #expect(try JSONSerialization.jsonObject(with: json.output) is [String: Any])
        }

        @Test(
            "a name is the title's letters without their marks",
            arguments: [
                ("Café à la mer", "cafe-a-la-mer"), ("Übergröße", "ubergrosse"), ("Łódź, Ærø", "lodz-aero"),
                ("海辺", "moment"),
            ])
        func names(title: String, name: String) throws {
            let scratch = try Scratch()
            #expect(try Program.run(["capture", "--words", "sea", "--title", title], in: scratch.url).code == 0)
            let folder = scratch.path(Self.folder)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [name + ".yaml"])
        }

        @Test("rename, export and forget")
        func change() throws {
            let scratch = try Self.journal()
            let taken = try Self.moments(["rename", "last-light", "Rain on the roof"], scratch)
            #expect(taken.code == 73 && taken.errorLines.count == 1, "\(taken.error)")
            #expect(
                try Program.run(["retell", "last-light", "--mood", "grief", "--title", "Later"], in: scratch.url).code
                    == 0)
            #expect(try Self.moments(["rename", "last-light", "The evening, at last"], scratch).code == 0)
            let later = try Self.moments(["show", "later"], scratch).text
            #expect(later.contains("retold-from: the-evening-at-last"), "\(later)")
            #expect(later.contains("retold from 'the-evening-at-last'") && !later.contains("last-light"), "\(later)")
            #expect(try Self.moments(["forget", "later"], scratch).code == 0)
            #expect(try Self.moments(["show", "last-light"], scratch).code == 64)
            let shown = try Self.moments(["show", "the-evening-at-last"], scratch)
            #expect(shown.text.contains("title: The evening, at last"), "\(shown.text)")
            #expect(try Self.moments(["export", "the-evening-at-last", "e.yaml"], scratch).code == 0)
            let kept = try Program.run(["score", "--kept", "the-evening-at-last"], in: scratch.url)
            let exported = try Program.run(["score", "--preset", "e.yaml"], in: scratch.url)
            #expect(kept.code == 0 && kept.output == exported.output)
            let wrong = try Self.moments(["forget", "rain-on-the-roof", "the-evenink-at-last"], scratch)
            #expect(wrong.code == 64 && wrong.error.contains("did you mean 'the-evening-at-last'"))
            #expect(try Self.moments(["forget", "rain-on-the-roof", "the-evening-at-last"], scratch).code == 0)
            #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path(Self.folder)).isEmpty)
            #expect(scratch.names.filter { !$0.hasPrefix(".") } == ["e.yaml"])
        }

        @Test("a file edited into nonsense is named with its place, and the others are listed")
        func nonsense() throws {
            let scratch = try Self.journal()
            let broken = "title: x\nkept: yesterday\nmood: {valence: 7}\n"
            try scratch.write(Self.folder + "/broken.yaml", broken)
            let list = try Self.moments([], scratch)
            #expect(list.code == 65 && list.text.contains("last-light") && list.text.contains("rain-on-the-roof"))
            #expect(list.error.contains("broken.yaml:2:7: kept: 'yesterday'"), "\(list.error)")
            let shown = try Self.moments(["render", "broken", "a.wav"], scratch)
            #expect(shown.code == 65 && shown.errorLines.count == 1 && shown.error.contains("broken.yaml:2:7"))
            #expect(String(decoding: try scratch.data(Self.folder + "/broken.yaml"), as: UTF8.self) == broken)
        }

        @Test("a journal folder that is a file is one clear line, and nothing is lost")
        func blocked() throws {
            let scratch = try Scratch()
            try FileManager.default.createDirectory(
                atPath: scratch.path(".local/share/beachpiano"), withIntermediateDirectories: true)
            try scratch.write(Self.folder, "mine")
            let outcome = try Program.run(["capture", "--words", "rain"], in: scratch.url)
            #expect(outcome.code == 73 && outcome.errorLines.count == 1, "\(outcome.error)")
            #expect(String(decoding: try scratch.data(Self.folder), as: UTF8.self) == "mine")
        }
    }
}
