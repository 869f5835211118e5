import ArgumentParser
import BeachPianoKit

struct Render: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compose, perform and synthesize a piece to a file.",
        discussion: """
            The extension gives the format: wav, flac, ogg, opus, mp3, aiff, caf. '-' streams WAV to standard output.

            Examples:
              beachpiano render --mood warm out.wav
              beachpiano render --preset on-the-beach --duration 3m beach.flac --midi beach.mid
              beachpiano render --mood rain --seed salt-lantern-window --piano felt rain.mp3
              beachpiano render --mood calm - | aplay
            """)

    @OptionGroup var source: SourceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var common: CommonOptions

    @OptionGroup var also: CompanionOptions

    @Option(help: "Also write the moment file that makes the piece again.")
    var moment: String?

    @Flag(name: .long, help: "Also write piano and sea apart: OUT-piano and OUT-sea.")
    var stems = false

    @Flag(name: .long, help: "The endless piece that 'play' plays for this seed, ended after --duration.")
    var endless = false

    @Option(help: "With --endless: fade for so long before the end, in place of the cadence.")
    var fade: String?

    @Option(help: "With --endless: what a listener did, as 'play' prints it at its end.")
    var steered: String?

    @Flag(name: .long, help: "Say why the piece is as it is.")
    var why = false

    func validate() throws {
        if endless, stems { throw ValidationError("--stems and --endless exclude one another") }
        if !endless, fade != nil || steered != nil { throw ValidationError("--fade and --steered need --endless") }
        if endless, [also.score, also.picture, also.roll, moment].contains(where: { $0 != nil }) {
            throw ValidationError("only --midi goes with --endless: there is no score, picture, roll or moment")
        }
    }

    @Argument(help: "The sound file, or '-' for standard output.")
    var out: String

    func run() throws {
        let companions = CompanionPaths(
            midi: also.midi, score: also.score, picture: also.picture, roll: also.roll, moment: moment)
        var wishes = output.output
        wishes.stems = stems
        let console = common.console
        let bar = ProgressBar("rendering", console: console)
        defer { bar.finish() }
        let report =
            endless
            ? try common.studio.renderEndless(
                source.source, to: out, output: wishes, midi: also.midi, fade: fade, steered: steered,
                progress: { bar.update($0) })
            : try common.studio.render(
                source.source, to: out, output: wishes, companions: companions, progress: { bar.update($0) })
        bar.finish()
        if why { for reason in report.reasons { console.message("  " + reason) } }
        if out == "-" {
            console.message(report.line)
        } else if common.json {
            try console.result(report.json.text)
        } else if !common.quiet {
            try console.result(report.line)
        }
    }
}
