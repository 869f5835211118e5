import ArgumentParser
import BeachPianoKit

/// How a batch does its work.
struct BatchOptions: ParsableArguments {
    enum Progress: String, ExpressibleByArgument { case bar, json, none }

    @Option(help: "How many pieces at a time (default: the number of cores).")
    var jobs: Int?

    @Option(help: "Only part I of N, counted from 0, such as 0/4; 'auto' asks Slurm's or Kubernetes' variables.")
    var shard: String?

    @Flag(name: .long, help: "Print what would be rendered, with sizes and times to expect.")
    var list = false

    @Flag(name: .long, help: "Read all results again; print their checksums in the form of 'sha256sum -c'.")
    var verify = false

    @Flag(name: .long, help: "Put the manifests of all shards into one.")
    var merge = false

    @Flag(
        name: .long,
        help: "Also write index.html, a page with each piece, its picture and a player; --merge takes it too.")
    var catalog = false

    @Flag(name: .long, help: "Render the rest where a piece fails (the default).")
    var keepGoing = false

    @Flag(name: .long, help: "Begin nothing more where a piece fails.")
    var failFast = false

    @Option(help: "Stop after so many minutes, with exit code 75 where pieces are left.")
    var maxMinutes: Double?

    @Option(help: "bar (on a terminal), json (an event a line, on standard error) or none.")
    var progress = Progress.bar

    @Flag(name: .long, help: "Also write each performance as a MIDI file.")
    var midi = false

    @Flag(name: .long, help: "Also write each score as MusicXML.")
    var score = false

    @Flag(name: .long, help: "Also draw a postcard of each piece as SVG.")
    var picture = false

    @Flag(name: .long, help: "Also draw a piano roll of each piece as SVG.")
    var roll = false

    @Flag(name: .long, help: "Also write the moment file that makes each piece again.")
    var moment = false

    var companions: Set<Companion> {
        let asked: [(Companion, Bool)] = [
            (.midi, midi), (.score, score), (.picture, picture), (.roll, roll), (.moment, moment),
        ]
        return Set(asked.filter(\.1).map(\.0))
    }
}
