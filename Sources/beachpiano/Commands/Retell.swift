import ArgumentParser
import BeachPianoKit

struct Retell: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hear a kept moment again, in another mood or after years.",
        discussion: """
            The same motif and form come back; what a memory does to them is printed and kept with the new moment.

            Examples:
              beachpiano retell last-light --years 10
              beachpiano retell last-light --mood stormy
              beachpiano retell on-the-beach --mood lonely lonely-beach.yaml
            """)

    @Argument(help: "A kept moment, a preset or a moment file.")
    var moment: String

    @Argument(help: "The moment file, or '-' for standard output (default: kept in the journal).")
    var out: String?

    @Option(help: "The mood that it is heard in: see 'beachpiano moods'.")
    var mood: String?

    @Option(parsing: .unconditional, help: "How many years ago it was, 0 ... 120: the mood drifts by itself.")
    var years: Float?

    @Option(help: "What the retelling is called.")
    var title: String?

    @Flag(name: .long, help: "Replace an existing file.")
    var force = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let report = try common.studio.retell(
            moment, wishes: RetellWishes(mood: mood, years: years, path: out, title: title, force: force))
        try common.show(report)
    }
}
