import Foundation
import Testing

extension EndToEnd {
    @Suite("The README")
    struct ReadmeTests {
        /// Commands of all shell blocks; the two that install and test are run by `.ci/run` from a clean clone.
        static let commands: [String] = {
            guard
                let text = try? String(
                    contentsOf: Program.repository.appendingPathComponent("README.md"), encoding: .utf8)
            else { return [] }
            var isShell = false
            var found: [String] = []
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                if line.hasPrefix("```") {
                    isShell = line == "```sh"
                } else if isShell, line.hasPrefix("beachpiano ") {
                    let command = line.split(separator: "#")[0].trimmingCharacters(in: .whitespaces)
                    found.append(command)
                }
            }
            return found
        }()

        @Test("has commands in it")
        func hasCommands() { #expect(Self.commands.count >= 10) }

        @Test("every command in it works", arguments: commands)
        func works(_ command: String) throws {
            let scratch = try Scratch()
            let environment = try EndToEnd.PlayTests.alsa(scratch)
            let fixtures = scratch.url.appendingPathComponent("Presets")
            try FileManager.default.createDirectory(at: fixtures, withIntermediateDirectories: true)
            try Data("mood: warm\nduration: 5s\n".utf8).write(to: fixtures.appendingPathComponent("a.yaml"))
            let midi = try Program.run(
                ["render", "--mood", "warm", "--duration", "5s", "song.wav", "--midi", "song.mid"], in: scratch.url)
            #expect(midi.code == 0, "\(midi.error)")
            var line = command
            // Only the length is shortened, and a live piece is given an end, so that the tests stay quick.
            if line.hasPrefix("beachpiano play") && !line.contains("--for")
                || (line.hasPrefix("beachpiano render") && !line.contains("--duration"))
            {
                line += " --duration 6s"
            }
            line = line.replacingOccurrences(of: "--duration 5m", with: "--duration 6s")
            line = line.replacingOccurrences(of: "--for 45m --fade 60s", with: "--for 6s --fade 2s")
            // A keyboard that nobody plays.
            if line == "beachpiano instrument" { line += " --midi-in - < /dev/null" }
            let outcome = try Program.run(
                ["-c", line], in: scratch.url, environment: environment, executable: "/bin/sh")
            #expect(outcome.code == 0, "\(command): \(outcome.error)")
        }
    }
}
