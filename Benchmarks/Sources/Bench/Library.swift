import ArgumentParser
import Glibc

/// Times a library of pieces with one job and with two, beside a loop that only computes.
struct Library: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Time a batch with one and two jobs beside a pure loop on one and two threads.",
        discussion: """
            What two jobs gain is held against what two threads gain that share nothing, measured in turn in the same \
            round, since two cores of a busy or virtual machine are seldom worth two. Where the load changes within a \
            round, --parts makes the turns shorter; each part ends with a job that waits for the other, so that a quiet \
            machine does better with one.
            """)

    @Option(help: "The program to measure.") var program = "../.build/release/beachpiano"
    @Option(help: "The folder of presets, of which the first are taken.") var presets = "../Presets"
    @Option(help: "How many presets.") var count = 24
    @Option(help: "How many seeds of each.") var seeds = 4
    @Option(help: "Length of each piece.") var duration = "20s"
    @Option(help: "Parts of a round, by --shard.") var parts = 1
    @Option(help: "Measured rounds.") var rounds = 3

    func run() throws {
        guard canUse(program, X_OK) else {
            throw BenchError(
                description: "\(program): no program; swift build -c release --product beachpiano makes it")
        }
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let source = "\(folder.path)/Presets"
        let take = "mkdir \"$1\" && for f in $(ls \"$0\"/*.yaml | head -n $2); do cp \"$f\" \"$1\"; done"
        guard try measure(["sh", "-c", take, presets, source, "\(count)"]).status == 0 else {
            throw BenchError(description: "\(presets): no presets")
        }
        print(Machine.summary())
        print("\(count) presets x \(seeds) seeds of \(duration) as FLAC with MIDI and postcard.\n")
        print("| round | 1 job, s | 2 jobs, s | gain | loop: gain | share of it | CPU s | memory MB | load |")
        print("|---|---|---|---|---|---|---|---|---|")
        var shares: [Double] = []
        for round in 1...rounds {
            var (one, two) = ([Usage](), [Usage]())
            var loops: [(one: Double, two: Double)] = [(Self.loop(threads: 1), Self.loop(threads: 2))]
            for part in 0..<parts {
                one.append(try batch(source, jobs: 1, part, folder))
                loops.append((Self.loop(threads: 1), Self.loop(threads: 2)))
                two.append(try batch(source, jobs: 2, part, folder))
                loops.append((Self.loop(threads: 1), Self.loop(threads: 2)))
            }
            for jobs in 1...2 { try check(jobs, folder) }
            func sum(_ value: KeyPath<Usage, Double>, _ all: [Usage]) -> Double {
                all.reduce(0) { $0 + $1[keyPath: value] }
            }
            let gain = sum(\.wall, one) / sum(\.wall, two)
            // Two threads do twice the work.
            let possible = 2 * loops.map(\.one).reduce(0, +) / loops.map(\.two).reduce(0, +)
            shares.append(gain / possible)
            let memory = (one + two).map(\.memory).max() ?? 0
            print(
                "| \(round) | \(text(sum(\.wall, one))) | \(text(sum(\.wall, two))) | \(text(gain)) | \(text(possible)) "
                    + "| \(text(gain / possible)) | \(text(sum(\.cpu, one))), \(text(sum(\.cpu, two))) "
                    + "| \(text(memory)) | \(Machine.load()) |")
            fflush(nil)
        }
        print("\nShare of the loop's gain, median: \(text(shares.median)).")
    }

    private func batch(_ source: String, jobs: Int, _ part: Int, _ folder: TemporaryFolder) throws -> Usage {
        let out = "\(folder.path)/\(jobs)"
        if part == 0 { _ = try measure(["rm", "-r", "-f", out]) }
        let usage = try measure(
            [program, "batch", source, "--out", out, "--seeds", "\(seeds)", "--duration", duration, "--format", "flac"]
                + ["--midi", "--picture", "--jobs", "\(jobs)", "--shard", "\(part)/\(parts)", "--quiet"])
        guard usage.status == 0 else { throw BenchError(description: "\(program): the batch has failed") }
        return usage
    }

    /// Counts what was made, and reads it against its checksums.
    private func check(_ jobs: Int, _ folder: TemporaryFolder) throws {
        let out = "\(folder.path)/\(jobs)"
        let all = "test $(ls \"$0\" | grep -c '\\.\\(flac\\|mid\\|svg\\)$') = \(3 * count * seeds)"
        guard try measure(["sh", "-c", all, out]).status == 0,
            try measure([program, "batch", "--verify", out]).status == 0
        else { throw BenchError(description: "\(program): the batch with \(jobs) jobs is not complete") }
    }

    /// Seconds that so many threads take, each with the whole work of one.
    private static func loop(threads count: Int) -> Double {
        let start = seconds(CLOCK_MONOTONIC)
        let threads = (0..<count).map { _ in
            var thread = pthread_t()
            unsafe pthread_create(
                &thread, nil,
                { _ in
                    // A logistic map: nothing to fetch, nothing to foresee.
                    var x = 0.3
                    for _ in 0..<500_000_000 { x = 3.99 * x * (1 - x) }
                    return unsafe x > 1 ? UnsafeMutableRawPointer(bitPattern: 1) : nil
                }, nil)
            return thread
        }
        for thread in threads { pthread_join(thread, nil) }
        return seconds(CLOCK_MONOTONIC) - start
    }
}
