import Foundation
import Testing

extension EndToEnd {
    @Suite("A folder of presets")
    struct BatchTests {
        @Test("the good ones are rendered, the broken one is named, and the second run does nothing")
        func batch() throws {
            let scratch = try Scratch()
            let presets = scratch.url.appendingPathComponent("Presets")
            try FileManager.default.createDirectory(at: presets, withIntermediateDirectories: true)
            for (name, text) in [
                ("a.yaml", "mood: warm\n"), ("b.yaml", "mood: stormy\n"), ("c.yaml", "mood: serene\n"),
                ("broken.yaml", "mood: {nostalgia: 7}\n"),
            ] {
                try Data(text.utf8).write(to: presets.appendingPathComponent(name))
            }
            let command = ["batch", "Presets", "--out", "renders", "--jobs", "2", "--duration", "6s"]
            let first = try Program.run(command, in: scratch.url)
            #expect(first.code == 65, "\(first.error)")
            #expect(first.errorLines.count == 1 && first.error.contains("broken.yaml:1"), "\(first.error)")
            let renders = scratch.url.appendingPathComponent("renders").path
            let files = try FileManager.default.contentsOfDirectory(atPath: renders).filter { $0.hasSuffix(".wav") }
            #expect(files.sorted() == ["a.wav", "b.wav", "c.wav"])
            let before =
                try FileManager.default.attributesOfItem(atPath: renders + "/a.wav")[.modificationDate] as? Date
            let started = Date()
            let second = try Program.run(command, in: scratch.url)
            #expect(Date().timeIntervalSince(started) < 2)
            #expect(second.code == 65)
            let after = try FileManager.default.attributesOfItem(atPath: renders + "/a.wav")[.modificationDate] as? Date
            #expect(before == after)
        }

        @Test("every seed of a preset is a file of its own")
        func seeds() throws {
            let scratch = try Scratch()
            let presets = scratch.url.appendingPathComponent("Presets")
            try FileManager.default.createDirectory(at: presets, withIntermediateDirectories: true)
            try Data("mood: tender\n".utf8).write(to: presets.appendingPathComponent("a.yaml"))
            let outcome = try Program.run(
                ["batch", "Presets", "--out", "renders", "--seeds", "3", "--duration", "5s", "--format", "flac"],
                in: scratch.url)
            #expect(outcome.code == 0, "\(outcome.error)")
            let files = try FileManager.default.contentsOfDirectory(
                atPath: scratch.url.appendingPathComponent("renders").path
            ).filter { $0.hasSuffix(".flac") }
            #expect(files.sorted() == ["a-1.flac", "a-2.flac", "a-3.flac"])
        }
    }
}
