import ArgumentParser
import BeachPianoKit

struct Capture: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a moment from words, a photo, a sound, a place and a time.",
        discussion: """
            Prints why the moment is as it is, and keeps it as a small file that 'render --preset' and 'play --preset' take.

            Examples:
              beachpiano capture --words "on the beach with you, last light, small waves"
              beachpiano capture --words "rain on the window" --at 53.3,-6.3 --time 2024-11-03T16:40 rain.yaml
              beachpiano capture --photo dusk.jpg --words "the last evening" dusk.yaml
              beachpiano capture --sound waves.flac --photo dusk.jpg
              beachpiano capture --listen 30s --words "on the beach with you"
              beachpiano capture --at 38.7,-9.42 --time 20:45 --weather "windy" --play
            """)

    @OptionGroup var source: SourceOptions
    @OptionGroup var common: CommonOptions

    @Option(help: "Listen at the microphone for so long, such as 30s.")
    var listen: String?

    @Option(help: "The ALSA device to listen at (default: 'default').")
    var microphone: String?

    @Option(help: "What the moment is called (default: its first words).")
    var title: String?

    @Option(help: "What the place is called; for the journal.")
    var place: String?

    @Flag(name: .long, help: "Play it at once.")
    var play = false

    @Option(help: "The ALSA device to play on (default: 'default').")
    var device: String?

    @Flag(name: .long, help: "Replace an existing file.")
    var force = false

    @Argument(help: "The moment file, or '-' for standard output (default: kept in the data folder).")
    var out: String?

    func validate() throws {
        if listen != nil, source.senses.sound != nil {
            throw ValidationError("--listen and --sound exclude one another")
        }
        if microphone != nil, listen == nil {
            throw ValidationError("--microphone needs --listen, such as --listen 30s")
        }
        if play, out == "-" { throw ValidationError("--play needs the moment in a file, not on standard output") }
    }

    func run() throws {
        let studio = common.studio
        var source = source.source
        source.listening = listen
        source.microphone = microphone
        let report = try studio.capture(
            source, wishes: CaptureWishes(path: out, title: title, place: place, force: force))
        try common.show(report)
        guard play, let file = report.file else { return }
        var kept = Source()
        kept.preset = file
        kept.duration = self.source.duration
        try studio.play(kept, wishes: PlayWishes(device: device))
    }
}
