import Foundation
import Testing

extension EndToEnd {
    @Suite("The catalogue of a batch")
    struct CatalogueTests {
        private static func page(_ folder: String, _ scratch: Scratch) throws -> String {
            try String(decoding: scratch.data("\(folder)/index.html"), as: UTF8.self)
        }

        private static let hasBrowser = FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium")

        /// `BEACHPIANO_SCREENSHOTS=FOLDER` keeps pictures of the page at desktop and phone size.
        @Test(
            "of the shipped presets opens in a browser without a word, asks nothing of the network, and plays on a click",
            .enabled(if: hasBrowser))
        func browser() throws {
            let scratch = try Scratch()
            let presets = Program.repository.appendingPathComponent("Presets").path
            let batch = try Program.run(
                ["batch", presets, "--out", "renders", "--duration", "\(LongForm.count(20, short: 4))s"]
                    + ["--formats", "flac", "--catalog"], in: scratch.url)
            #expect(batch.code == 0 && batch.text.contains("renders/index.html"), "\(batch.error)")
            // Names that a URL would take for something else.
            try scratch.write("odd.csv", "preset,name\nwarm,\"a b#c?d%41&e: \"\"ü\"\"\"\ngrief,1:2\n")
            let odd = try Program.run(
                ["batch", "odd.csv", "--out", "renders", "--duration", "4s", "--formats", "mp3,wav", "--catalog"],
                in: scratch.url)
            #expect(odd.code == 0, "\(odd.error)")
            let screenshots = ProcessInfo.processInfo.environment["BEACHPIANO_SCREENSHOTS"]
            let check = try Program.run(
                [Program.repository.appendingPathComponent(".ci/check-catalogue").path, "renders"]
                    + (screenshots.map { [$0] } ?? []), in: scratch.url, executable: "/usr/bin/python3")
            #expect(check.code == 0 && check.text.hasPrefix("28 pieces"), "\(check.text)\(check.error)")
            print("The catalogue in Chromium: \(check.text)")
        }

        @Test("is the same whether shards were merged or one batch made everything")
        func merged() throws {
            let scratch = try BatchTests.scratch(BatchTests.three)
            let options = ["--seeds", "2", "--formats", "flac,wav", "--midi"]
            #expect(try BatchTests.batch("--catalog", options: options, in: scratch, out: "whole").code == 0)
            let whole = try Self.page("whole", scratch)
            #expect(whole.components(separatedBy: "<article>").count == 7)
            for shard in 0..<3 {
                let part = try BatchTests.batch(
                    "--catalog", "--shard", "\(shard)/3", options: options, in: scratch)
                #expect(part.code == 0, "\(part.error)")
            }
            #expect(try Self.page("renders", scratch) == whole)
            try FileManager.default.removeItem(atPath: scratch.path("renders/index.html"))
            let merge = try Program.run(["batch", "--merge", "renders", "--catalog"], in: scratch.url)
            #expect(merge.code == 0 && merge.text.contains("24 files"), "\(merge.text)\(merge.error)")
            #expect(try Self.page("renders", scratch) == whole)
        }

        @Test("shows titles as they are, and leaves a page of somebody else's alone unless --force")
        func hostile() throws {
            let scratch = try BatchTests.scratch([
                "a.yaml": "title: \"<script>alert('1')</script> & \\\"more\\\"\"\nmood: warm\n"
            ])
            try FileManager.default.createDirectory(
                atPath: scratch.path("renders"), withIntermediateDirectories: true)
            try scratch.write("renders/index.html", "<h1>mine</h1>")
            let refused = try BatchTests.batch("--catalog", in: scratch)
            #expect(refused.code == 73 && refused.error.contains("index.html"), "\(refused.error)")
            #expect(try Self.page("renders", scratch) == "<h1>mine</h1>")
            #expect(FileManager.default.fileExists(atPath: scratch.path("renders/a.wav")))
            #expect(try BatchTests.batch("--catalog", "--force", in: scratch).code == 0)
            let page = try Self.page("renders", scratch)
            #expect(page.contains("&lt;script&gt;alert(&apos;1&apos;)") && !page.contains("<script"))
            // Its own page it writes again.
            #expect(try BatchTests.batch("--catalog", in: scratch).code == 0)
        }
    }
}
