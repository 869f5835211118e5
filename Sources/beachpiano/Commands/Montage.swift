import ArgumentParser
import BeachPianoKit

struct MontageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "montage", abstract: "One piece out of two to six kept moments.",
        discussion: """
            Each motif is stated in its own light; then they answer one another in one key and metre, sound together at the
            climax, and the first has the last word. The table says who sounds when.

            Examples:
              beachpiano montage last-light rain-on-the-roof
              beachpiano montage last-light rain-on-the-roof on-the-beach --to summer.yaml
              beachpiano montage last-light rain-on-the-roof --out summer.flac --midi summer.mid --picture summer.svg
            """)

    @Argument(help: "The moments: kept ones, presets or moment files.")
    var moments: [String]

    @Option(help: "The moment file, or '-' for standard output (default: kept in the journal).")
    var to: String?

    @Option(help: "What it is called (default: the names of its moments).")
    var title: String?

    @Option(
        parsing: .unconditional,
        help: "Length of the piece (default: 2m30s for two moments, 30s more for each further one).")
    var duration: String?

    @Option(help: "Also render it to a sound file.")
    var out: String?

    @OptionGroup var also: CompanionOptions

    @Flag(name: .long, help: "Replace existing files.")
    var force = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if out == "-" { throw ValidationError("--out takes a file: 'beachpiano render --kept NAME -' streams") }
    }

    func run() throws {
        let companions = CompanionPaths(
            midi: also.midi, score: also.score, picture: also.picture, roll: also.roll)
        let wishes = MontageWishes(
            path: to, title: title, duration: duration, sound: out, companions: companions, force: force)
        let console = common.console
        let bar = ProgressBar("rendering", console: console)
        defer { bar.finish() }
        let report = try common.studio.montage(moments, wishes: wishes, progress: { bar.update($0) })
        bar.finish()
        if report.moment.file == nil {
            for line in report.lines { console.message(line) }
            try console.result(
                report.moment.text.hasSuffix("\n") ? String(report.moment.text.dropLast()) : report.moment.text)
        } else if common.json {
            try console.result(report.json.text)
        } else if !common.quiet {
            try console.result(report.lines.joined(separator: "\n"))
        }
    }
}
