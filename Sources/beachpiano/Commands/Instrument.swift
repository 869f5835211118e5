import ArgumentParser
import BeachPianoKit

struct Instrument: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play the piano from a MIDI keyboard, live.",
        discussion: """
            Keys with velocity and release velocity, the three pedals with half positions, and velocities of 14 bits are
            followed on all channels. A key that goes down with a velocity of 1 to 4 is pressed silently: its hammer does not
            reach the strings, which are open and ring along. + and - change the volume, space pauses, q or Ctrl-C ends.

            Examples:
              beachpiano instrument                                     # the first keyboard of the ALSA sequencer
              beachpiano instrument --midi-in 'Digital Piano' --piano felt
              beachpiano instrument --midi-in /dev/snd/midiC1D0 --record evening.flac --midi evening.mid
              mkfifo keys && beachpiano instrument --midi-in ./keys     # raw MIDI bytes from any program
            """)

    @Option(
        name: .customLong("midi-in"),
        help: """
            A port of the ALSA sequencer by name or number, a raw MIDI device or a named pipe by its path, or '-' for
            standard input (default: the first keyboard of the sequencer).
            """)
    var input: String?

    @Option(help: "The piano: grand, upright or felt, with an instrument of its own after a colon, as in felt:7.")
    var piano: String?

    @Option(help: "The room: near, room, hall or beach.")
    var room: String?

    @Option(help: "The playback device: see 'beachpiano doctor'.")
    var device: String?

    @Option(help: "Length of the device's buffer in milliseconds, 20 ... 2000 (default 20).")
    var latency: Int?

    @Option(help: "Also write what is heard to this sound file; the volume keys do not touch it.")
    var record: String?

    @Option(help: "Also write what is played to this MIDI file.")
    var midi: String?

    @Option(help: "Sample rate in Hz (default 48000).")
    var rate: Int?

    @Flag(name: .long, help: "Replace existing recordings.")
    var force = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.studio.instrument(
            InstrumentWishes(
                input: input, piano: piano, room: room,
                playing: PlayWishes(
                    device: device, latencyMilliseconds: latency, record: record, midi: midi, rate: rate, force: force))
        )
    }
}
