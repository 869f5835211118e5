import ArgumentParser
import BeachPianoKit

struct MontageCommand: ParsableCommand, ReportsErrors {
    static let configuration = CommandConfiguration(
        commandName: "montage", abstract: "One piece out of two to six kept moments.",
        discussion: """
            Each motif is stated in its own light, they answer one another in one key and metre, sound together at the climax,
            and the first has the last word. The table says who sounds when.

            Examples:
              beachpiano montage last-light rain-on-the-roof
              beachpiano montage last-light rain-on-the-roof on-the-beach --to summer.yaml
            """)

    @Argument(help: "The moments: kept ones, presets or moment files.")
    var moments: [String]

    @Option(help: "The moment file, or '-' for standard output (default: kept in the journal).")
    var to: String?

    @Option(help: "What it is called.")
    var title: String?

    @Option(parsing: .unconditional, help: "Length of the piece (default: 2m30s).")
    var duration: String?

    @Flag(name: .long, help: "Replace an existing file.")
    var force = false

    @OptionGroup var common: CommonOptions

    var wantsJSON: Bool { common.json }

    func run() throws {
        let wishes = RetellWishes(path: to, title: title, force: force)
        try common.show(common.studio.montage(moments, wishes: wishes, duration: duration).report)
    }
}
