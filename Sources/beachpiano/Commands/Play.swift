import ArgumentParser
import BeachPianoKit

struct Play: ParsableCommand, ReportsErrors {
    static let configuration = CommandConfiguration(
        abstract: "Play live, one piece after another, or one with --duration.",
        discussion: """
            On a terminal: + and - change the volume, space pauses, n goes to the next piece, q or Ctrl-C fades out and
            ends.

            Examples:
              beachpiano play --mood warm
              beachpiano play --preset rainy-afternoon --duration 5m
              beachpiano play --mood serene --device pipewire --record evening.flac
            """)

    @OptionGroup var source: SourceOptions
    @OptionGroup var common: CommonOptions

    @Option(help: "The playback device: see 'beachpiano doctor'.")
    var device: String?

    @Option(help: "Length of the device's buffer in milliseconds, 20 ... 2000 (default 200).")
    var latency: Int?

    @Option(help: "Also write what is heard to this sound file.")
    var record: String?

    @Option(help: "Sample rate in Hz (default 48000).")
    var rate: Int?

    @Flag(name: .long, help: "Replace an existing recording.")
    var force = false

    var wantsJSON: Bool { common.json }

    func run() throws {
        let wishes = PlayWishes(device: device, latencyMilliseconds: latency, record: record, rate: rate, force: force)
        try common.studio.play(source.source, wishes: wishes)
    }
}
