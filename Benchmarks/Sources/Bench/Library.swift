import ArgumentParser
import Glibc

/// Times a library of pieces with one job and with two, beside a loop that only computes.
struct Library: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Time a batch with one and two jobs beside a pure loop on one and two threads.",
        discussion: """
            What two jobs gain is held against what two threads gain that share nothing, measured before, between and \
            after in the same round, since two cores of a busy or virtual machine are seldom worth two.
            """)

    @Option(help: "The program to measure.") var program = "../.build/release/beachpiano"
    @Option(help: "The folder of presets, of which the first are taken.") var presets = "../Presets"
    @Option(help: "How many presets.") var count = 24
    @Option(help: "How many seeds of each.") var seeds = 4
    @Option(help: "Length of each piece.") var duration = "20s"
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
        print("| round | 1 job, s | 2 jobs, s | gain | loop: gain | share of it | memory MB | load |")
        print("|---|---|---|---|---|---|---|---|")
        var shares: [Double] = []
        for round in 1...rounds {
            var loops: [(one: Double, two: Double)] = [(Self.loop(threads: 1), Self.loop(threads: 2))]
            let one = try batch(source, jobs: 1, folder)
            loops.append((Self.loop(threads: 1), Self.loop(threads: 2)))
            let two = try batch(source, jobs: 2, folder)
            loops.append((Self.loop(threads: 1), Self.loop(threads: 2)))
            let gain = one.wall / two.wall
            // Two threads do twice the work.
            let possible = 2 * loops.map(\.one).reduce(0, +) / loops.map(\.two).reduce(0, +)
            shares.append(gain / possible)
            print(
                "| \(round) | \(text(one.wall)) | \(text(two.wall)) | \(text(gain)) | \(text(possible)) "
                    + "| \(text(gain / possible)) | \(text(max(one.memory, two.memory))) | \(Machine.load()) |")
            fflush(nil)
        }
        print("\nShare of the loop's gain, median: \(text(shares.median)).")
    }

    private func batch(_ source: String, jobs: Int, _ folder: TemporaryFolder) throws -> Usage {
        let out = "\(folder.path)/\(jobs)"
        _ = try measure(["rm", "-r", "-f", out])
        let usage = try measure(
            [program, "batch", source, "--out", out, "--seeds", "\(seeds)", "--duration", duration, "--format", "flac"]
                + ["--midi", "--picture", "--jobs", "\(jobs)", "--quiet"])
        let all = "test $(ls \"$0\" | grep -c '\\.\\(flac\\|mid\\|svg\\)$') = \(3 * count * seeds)"
        guard usage.status == 0, try measure(["sh", "-c", all, out]).status == 0,
            try measure([program, "batch", "--verify", out]).status == 0
        else { throw BenchError(description: "\(program): the batch with \(jobs) jobs is not complete") }
        return usage
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
                    for _ in 0..<1_500_000_000 { x = 3.99 * x * (1 - x) }
                    return x > 1 ? UnsafeMutableRawPointer(bitPattern: 1) : nil
                }, nil)
            return thread
        }
        for thread in threads { unsafe pthread_join(thread, nil) }
        return seconds(CLOCK_MONOTONIC) - start
    }
}
