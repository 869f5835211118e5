import ArgumentParser
import BeachPianoKit

/// How the sound is written.
struct OutputOptions: ParsableArguments {
    @Option(help: "Format, where the extension does not say it: wav, flac, ogg, opus, mp3, aiff, caf.")
    var format: String?

    @Option(help: "Bits: 16, 24 or 32f (default 24 where the format has them).")
    var bits: String?

    @Option(help: "Sample rate in Hz: 44100, 48000, 88200 or 96000 (default 48000).")
    var rate: Int?

    @Option(parsing: .unconditional, help: "Loudness in LUFS, or 'off' for the instrument's own level (default -23).")
    var loudness: String?

    @Flag(name: .long, help: "Replace an existing file.")
    var force = false

    @Option(help: .hidden)
    var threads: Int?

    @Option(help: .hidden)
    var block: Int?

    var output: OutputWishes {
        OutputWishes(
            format: format, bits: bits, rate: rate, loudness: loudness, force: force, threads: threads, block: block)
    }
}
