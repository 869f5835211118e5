import ArgumentParser
import BeachPianoKit

struct Batch: ParsableCommand, ReportsErrors {
    static let configuration = CommandConfiguration(
        abstract: "Render every preset of a folder.",
        discussion: """
            What is already there and unchanged is skipped; a broken preset is reported while the rest is rendered.

            Examples:
              beachpiano batch Presets/ --out renders/
              beachpiano batch Presets/ --out renders/ --seeds 10 --format flac --jobs 4
            """)

    @Argument(help: "The folder of moment files.")
    var folder: String

    @Option(help: "The folder for the results; made where it is missing.")
    var out: String

    @Option(help: "How many pieces at a time (default: the number of cores).")
    var jobs: Int?

    @Option(help: "How many seeds of each preset; the first is the preset's own (default 1).")
    var seeds = 1

    @Option(help: "Length of every piece (default: the preset's own, else 2m30s).")
    var duration: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var common: CommonOptions

    var wantsJSON: Bool { common.json }

    func run() throws {
        let console = common.console
        let bar = ProgressBar("batch", console: console)
        defer { bar.finish() }
        let wishes = BatchWishes(
            folder: folder, destination: out, jobs: jobs, seeds: seeds, duration: duration, output: output.output)
        let report = try common.studio.batch(wishes) { fraction, note in bar.update(fraction, note: note) }
        bar.finish()
        for failure in report.failures { console.error(failure.message) }
        if common.json {
            try console.result(report.json.text)
        } else if !common.quiet {
            try console.result(report.line)
        }
        if let code = report.exitCode { throw ExitCode(code) }
    }
}
