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

    var studio: Studio { Studio(console: console, cancellation: .process) }
}
