import ArgumentParser
import Glibc

@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure beachpiano beside its peers.",
        subcommands: [Run.self, Blocks.self, Library.self, Scores.self])
}

/// Times whole commands, as users start them.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Time whole commands side by side and print a table for RESULTS.md.",
        discussion: """
            Renderers take turns within each round and are compared by CPU time (user and system, of the finished \
            process), since the machine may be busy. Peers that are not installed are named and left out. On Debian:
              apt-get install fluidsynth fluid-soundfont-gm timgm6mb-soundfont timidity csound
            """)

    @Option(help: "The program to measure.") var program = "../.build/release/beachpiano"
    @Option(help: "Measured rounds, after one that is thrown away.") var rounds = 5
    @Option(help: "Only workloads whose name begins so.") var only = ""
    @Option(help: "Leave out peers that take longer than this many CPU seconds in the first round.") var patience = 60.0

    func run() throws {
        guard rounds > 0 else { throw ValidationError("rounds is \(rounds), not 1 or more") }
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let jobs = try Job.all(program: program, folder: folder).filter { $0.name.hasPrefix(only) }
        guard !jobs.isEmpty else { throw ValidationError("no workload begins with '\(only)'") }
        print(Machine.summary())
        print("Load average before: \(Machine.load()).\n")
        print(ResultTable.head)
        for job in jobs {
            print(try job.measured(rounds: rounds, patience: patience).rows, terminator: "")
            fflush(nil)
        }
        print("\nLoad average after: \(Machine.load()).")
        for missing in Peer.missing { print("Not installed here, so not measured: \(missing).") }
    }
}

/// Prints the workloads as MIDI files, for other renderers.
struct Scores: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write the workloads as MIDI files.")

    @Argument(help: "The folder to write to, which exists.") var folder: String

    func run() throws {
        for workload in Workload.all {
            try writeFile(workload.midiFile(), to: "\(folder)/\(workload.name).mid")
            print("\(workload.name): \(workload.notes.count) notes in \(Int(workload.seconds)) s")
        }
    }
}
