import ArgumentParser
import BeachPianoKit

struct Perform: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play a Standard MIDI File on the piano, to a file or live.",
        discussion: """
            Sustain with half pedal, sostenuto and una corda are followed, and velocities of 14 bits. Velocities of 1 to 4 press
            a key silently: its hammer does not reach the strings, which are open until the note ends and ring along. All
            channels sound but the drums on channel 10. With --midi and no sound file the performance is written and nothing
            sounds.

            Examples:
              beachpiano perform song.mid song.wav
              beachpiano perform song.mid song.flac --piano felt --room hall
              beachpiano perform song.mid
              beachpiano perform song.mid hands.wav --channel 1,2 --midi hands.mid
              beachpiano perform score.mid out.wav --expressive
            """)

    @Argument(help: "The MIDI file.")
    var input: String

    @Argument(help: "The sound file, or '-' for standard output; without it the piece is played live.")
    var out: String?

    @Option(help: "The piano: grand, upright or felt, with an instrument of its own after a colon, as in felt:7.")
    var piano: String?

    @Option(help: "The room: near, room, hall or beach.")
    var room: String?

    @Option(help: "Only these MIDI channels, such as 1 or 1,2 (default: all but 10, the drums).")
    var channel: String?

    @Option(help: "Also write the performance as a MIDI file, with its tempo map, metre and key.")
    var midi: String?

    @Flag(help: "Play a flat score as a pianist would: beat, key, voices and phrases are read from its notes.")
    var expressive = false

    @Option(help: "The playback device: see 'beachpiano doctor'.")
    var device: String?

    @Option(help: "Length of the device's buffer in milliseconds, 20 ... 2000 (default 200).")
    var latency: Int?

    @OptionGroup var output: OutputOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let console = common.console
        let wishes = PerformWishes(
            input: input, piano: piano, room: room, channels: channel, device: device, latencyMilliseconds: latency,
            midi: midi, isExpressive: expressive, output: output.output)
        guard let out else {
            guard let midi else { return try common.studio.performLive(wishes) }
            let report = try common.studio.writePerformance(wishes, to: midi)
            return try show(report.line, report.json)
        }
        let bar = ProgressBar("rendering", console: console)
        defer { bar.finish() }
        let report = try common.studio.perform(wishes, to: out, progress: { bar.update($0) })
        bar.finish()
        if out == "-" { console.message(report.line) } else { try show(report.line, report.json) }
    }

    private func show(_ line: String, _ json: JSON) throws {
        if common.json {
            try common.console.result(json.text)
        } else if !common.quiet {
            try common.console.result(line)
        }
    }
}
