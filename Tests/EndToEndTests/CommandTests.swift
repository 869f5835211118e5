import Foundation
import Testing

extension EndToEnd {
    @Suite("The commands")
    struct CommandTests {
        @Test("without a command ten lines say what to try first")
        func bare() throws {
            let scratch = try Scratch()
            let outcome = try Program.run([], in: scratch.url)
            #expect(outcome.code == 0)
            #expect(outcome.text.split(separator: "\n").count == 10)
        }

        @Test(
            "help, version and completions go to standard output",
            arguments: [
                ["--help"], ["--version"], ["help", "render"], ["render", "--help"],
                ["--generate-completion-script", "bash"],
            ])
        func help(_ arguments: [String]) throws {
            let scratch = try Scratch()
            let outcome = try Program.run(arguments, in: scratch.url)
            #expect(outcome.code == 0 && outcome.error.isEmpty && !outcome.output.isEmpty, "\(outcome.error)")
        }

        @Test("moods lists every mood and alias with a sentence")
        func moods() throws {
            let scratch = try Scratch()
            let outcome = try Program.run(["moods"], in: scratch.url)
            for name in ["golden-hour", "warm", "rainy-afternoon", "calm", "rain"] {
                #expect(outcome.text.contains(name))
            }
            let json = try Program.run(["moods", "--json"], in: scratch.url)
            #expect((try JSONSerialization.jsonObject(with: json.output)) is [Any])
        }

        @Test(
            "plan, score and performance print text, and JSON on demand", arguments: ["plan", "score", "performance"])
        func intermediates(_ command: String) throws {
            let scratch = try Scratch()
            let text = try Program.run([command, "--mood", "hopeful", "--duration", "30s"], in: scratch.url)
            #expect(text.code == 0 && !text.output.isEmpty, "\(text.error)")
            let json = try Program.run([command, "--mood", "hopeful", "--duration", "30s", "--json"], in: scratch.url)
            #expect((try JSONSerialization.jsonObject(with: json.output)) is [String: Any])
        }

        @Test("presets can be listed, shown, checked and made")
        func presets() throws {
            let scratch = try Scratch()
            let list = try Program.run(["presets", "list"], in: scratch.url)
            #expect(list.text.contains("on-the-beach"))
            let show = try Program.run(["presets", "show", "on-the-beach"], in: scratch.url)
            #expect(show.code == 0)
            let new = try Program.run(
                ["presets", "new", "mine.yaml", "--mood", "warm", "--piano", "felt"], in: scratch.url)
            #expect(new.code == 0, "\(new.error)")
            let check = try Program.run(["presets", "check", "mine.yaml"], in: scratch.url)
            #expect(check.code == 0, "\(check.error)")
        }

        @Test("a performance written as MIDI is played again with the same onsets")
        func perform() throws {
            let scratch = try Scratch()
            let render = try Program.run(
                ["render", "--mood", "warm", "--duration", "8s", "a.wav", "--midi", "a.mid"], in: scratch.url)
            #expect(render.code == 0, "\(render.error)")
            let again = try Program.run(["perform", "a.mid", "b.wav"], in: scratch.url)
            #expect(again.code == 0, "\(again.error)")
            #expect(try scratch.data("b.wav").count > 6 * 48000 * 7)
        }

        @Test("doctor names versions and needs no device")
        func doctor() throws {
            let scratch = try Scratch()
            let outcome = try Program.run(["doctor"], in: scratch.url)
            #expect(outcome.code == 0, "\(outcome.error)")
            #expect(outcome.text.contains("libsndfile") && outcome.text.contains("ALSA"))
        }
    }
}
