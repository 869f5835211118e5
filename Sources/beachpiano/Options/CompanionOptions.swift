import ArgumentParser

/// What can be written of a piece beside its sound.
struct CompanionOptions: ParsableArguments {
    @Option(help: "Also write the performance as a MIDI file.")
    var midi: String?

    @Option(help: "Also write the score as MusicXML.")
    var score: String?

    @Option(help: "Also draw a postcard of the piece as SVG.")
    var picture: String?

    @Option(help: "Also draw a piano roll as SVG.")
    var roll: String?
}
