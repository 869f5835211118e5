import ArgumentParser
import BeachPianoKit

struct Perform: ParsableCommand, ReportsErrors {
    static let configuration = CommandConfiguration(
        abstract: "Play a Standard MIDI File on the piano, to a file or live.",
        discussion: """
            Sustain with half pedal, sostenuto and una corda are followed; all channels sound.

            Examples:
              beachpiano perform song.mid song.wav
              beachpiano perform song.mid song.flac --piano felt --room hall
              beachpiano perform song.mid
            """)

    @Argument(help: "The MIDI file.")
    var input: String

    @Argument(help: "The sound file, or '-' for standard output; without it the piece is played live.")
    var out: String?

    @Option(help: "The piano: grand, upright or felt, with an instrument of its own after a colon, as in felt:7.")
    var piano: String?

    @Option(help: "The room: near, room, hall or beach.")
    var room: String?

    @Option(help: "Only this MIDI channel, 1 ... 16.")
    var channel: Int?

    @Option(help: "The playback device: see 'beachpiano doctor'.")
    var device: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var common: CommonOptions

    var wantsJSON: Bool { common.json }

    func run() throws {
        let console = common.console
        let bar = ProgressBar("rendering", console: console)
        defer { bar.finish() }
        let wishes = PerformWishes(
            input: input, piano: piano, room: room, channel: channel, device: device, output: output.output)
        guard let out else { return try common.studio.performLive(wishes) }
        let report = try common.studio.perform(wishes, to: out, progress: { bar.update($0) })
        bar.finish()
        if out == "-" {
            console.message(report.line)
        } else if common.json {
            try console.result(report.json.text)
        } else if !common.quiet {
            try console.result(report.line)
        }
    }
}
