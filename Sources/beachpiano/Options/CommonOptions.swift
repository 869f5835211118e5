import ArgumentParser
import BeachPianoKit

/// How much is said, and to whom.
struct CommonOptions: ParsableArguments {
    @Flag(name: .long, help: "Results and errors as JSON.")
    var json = false

    @Flag(name: [.short, .long], help: "Only errors.")
    var quiet = false

    @Flag(name: [.short, .long], help: "More detail.")
    var verbose = false

    func validate() throws {
        if quiet && verbose { throw ValidationError("--quiet and --verbose exclude one another") }
    }

    var console: Console {
        Console(level: quiet ? .quiet : verbose ? .verbose : .normal, environment: .current())
    }

    /// A moment that was made: its reasons and where it is, or its text.
    func show(_ report: CaptureReport) throws {
        if report.file == nil {
            for line in report.lines { console.message(line) }
            let text = report.text.hasSuffix("\n") ? String(report.text.dropLast()) : report.text
            try console.result(json ? report.json.text : text)
        } else if json {
            try console.result(report.json.text)
        } else if !quiet {
            try console.result(report.lines.joined(separator: "\n"))
        }
    }

    var studio: Studio { Studio(console: console, cancellation: .process) }
}
