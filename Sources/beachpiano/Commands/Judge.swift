import ArgumentParser
import BeachPianoKit

struct Judge: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a piece's musical measurements beside human windows.",
        discussion: """
            The file must carry its own grid: tempo map and metre. Inside means 'not unlike people's music', not 'good'.

            Example:
              beachpiano judge song.mid
            """)

    @Argument(help: "MIDI files.", completion: .file(extensions: ["mid", "midi"]))
    var files: [String]

    @OptionGroup var common: CommonOptions

    func run() throws { try common.console.result(common.studio.judgeText(files, json: common.json)) }
}
