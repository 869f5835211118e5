import ArgumentParser
import BeachPianoKit

struct Play: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play live, endlessly and steered as it plays, or one piece with --duration.",
        discussion: """
            On a terminal: the arrows move valence and energy, t i g o tension, intimacy, nostalgia and openness (T I G O
            the other way), n goes on to something else, b brings the first theme back, u changes the left pedal, r the
            room and s the sea, k keeps what was just heard, + and - change the volume, space pauses, q or Ctrl-C fades
            out and ends.

            Without a terminal it reads the same from standard input, a line each: 'mood stormy', 'valence 0.4', 'next',
            'theme', 'keep', 'pause', 'resume', 'volume -3', 'una-corda on', 'room hall', 'sea calm', 'status', 'help',
            'quit'; with --json 'status' answers with an object.

            Examples:
              beachpiano play --mood warm
              beachpiano play --mood lullaby --for 45m --fade 60s
              beachpiano play --preset rainy-afternoon --duration 5m
              beachpiano play --mood serene --device pipewire --record evening.flac --midi evening.mid
            """)

    @OptionGroup var source: SourceOptions
    @OptionGroup var common: CommonOptions

    @Option(help: "The playback device: see 'beachpiano doctor'.")
    var device: String?

    @Option(help: "Length of the device's buffer in milliseconds, 20 ... 2000 (default 200).")
    var latency: Int?

    @Option(name: .customLong("for"), help: "End after this time, with a cadence: 45m.")
    var length: String?

    @Option(help: "End at this time of day: 23:00.")
    var until: String?

    @Option(help: "Fade for so long before the end, in place of the cadence: 60s.")
    var fade: String?

    @Option(help: "Also write what is heard to this sound file; the volume keys do not touch it.")
    var record: String?

    @Option(help: "Also write what is heard to this MIDI file.")
    var midi: String?

    @Option(help: "Sample rate in Hz (default 48000).")
    var rate: Int?

    @Flag(name: .long, help: "Replace existing recordings.")
    var force = false

    func run() throws {
        let wishes = PlayWishes(
            device: device, latencyMilliseconds: latency, record: record, midi: midi, rate: rate, force: force,
            length: length, until: until, fade: fade, isJSON: common.json)
        try common.studio.play(source.source, wishes: wishes)
    }
}
