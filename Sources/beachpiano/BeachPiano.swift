import ArgumentParser
import BeachPianoKit
import Glibc

/// Arguments, messages and exit codes; all else lives in `BeachPianoKit`.
@main
struct BeachPiano: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "beachpiano",
        abstract: "Composes, performs and synthesizes solo piano for a mood, without samples or network.",
        version: Studio.version,
        subcommands: [
            Render.self, Play.self, Hello.self, Capture.self, MomentsCommand.self, Retell.self,
            MontageCommand.self, Batch.self, Perform.self, Instrument.self, PlanCommand.self, ScoreCommand.self,
            PerformanceCommand.self, Judge.self, PresetsCommand.self, MoodsCommand.self, Doctor.self,
        ])

    func run() throws {
        print(
            """
            Try one of these first:
              beachpiano render --mood warm out.wav          a piece of two and a half minutes, as a file
              beachpiano play --mood warm                    the same live, endlessly, steered by keys
              beachpiano capture --words "last light" --play  a moment of your own, kept and played
              beachpiano presets list                        ready-made moments
              beachpiano batch Presets/ --out renders/       a folder of presets, all at once
              beachpiano perform song.mid song.flac          any MIDI file on the piano
              beachpiano instrument                          the piano under a MIDI keyboard
              beachpiano doctor                              devices and versions
              beachpiano help render                         all options, with examples
            """)
    }

    static func main() {
        Cancellation.installSignalHandlers()
        // Wrong arguments are told in the same form, before any command could say so.
        let json = CommandLine.arguments.dropFirst().contains("--json")
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let error as StudioError {
            finish(error, json: json)
        } catch let code as ExitCode {
            // Everything has been said already.
            Glibc.exit(code.rawValue)
        } catch {
            let code = exitCode(for: error)
            if code == .success {
                print(fullMessage(for: error))
                Glibc.exit(0)
            }
            // The library's message has a usage text below its first line: one line is enough.
            let line =
                message(for: error).split(separator: "\n").first.map(String.init) ?? "the arguments are not understood"
            finish(StudioError(.usage, line), json: json)
        }
    }

    /// Says what is wrong in one line and ends with its code.
    private static func finish(_ error: StudioError, json: Bool) -> Never {
        let console = Console(environment: .current())
        if json {
            let object = JSON.object([
                ("error", .string(error.message)), ("code", .integer(Int(error.exitCode))),
            ])
            console.errorObject(object)
        } else if error.kind == .interrupted || error.kind == .terminated {
            console.message("beachpiano: \(error.message)")
        } else {
            console.error(error.message)
        }
        Glibc.exit(error.exitCode)
    }
}
