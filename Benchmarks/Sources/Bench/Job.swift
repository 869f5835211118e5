import Glibc

/// One workload and all who do it.
struct Job {
    struct Contestant {
        let name: String
        let command: [String]
        /// The sound that it writes; nil where there is none.
        var wav: String?
    }

    let name: String
    /// Ours first.
    let contestants: [Contestant]
    /// Work before each run that is not measured.
    var prepare: [String]?

    /// The workloads of the product: what people start, and what a piano finds hard.
    static func all(program: String, folder: TemporaryFolder) throws -> [Job] {
        guard canUse(program, X_OK) else {
            throw BenchError(
                description: "\(program): no program; swift build -c release --product beachpiano makes it")
        }
        let peers = try Peer.all(folder: folder)
        let wav = "\(folder.path)/out.wav"
        let ours = "beachpiano"
        var jobs: [Job] = []

        let midi = "\(folder.path)/golden.mid"
        let golden = [program, "render", "--mood", "golden-hour", "--duration", "150s", "--force", "--quiet"]
        guard try measure(golden + ["--midi", midi, wav]).status == 0 else {
            throw BenchError(description: "\(program): cannot render golden-hour")
        }
        jobs.append(
            Job(
                name: "golden-hour, 150 s: composed and rendered",
                contestants: [Contestant(name: ours, command: golden + [wav], wav: wav)]
                    + peers.filter { !$0.onlySparse }.map {
                        Contestant(name: "\($0.name), its notes", command: $0.command(midi, wav), wav: wav)
                    }))
        jobs.append(
            Job(
                name: "composing and performing alone, 150 s",
                contestants: [
                    Contestant(
                        name: ours,
                        command: [program, "performance", "--mood", "golden-hour", "--duration", "150s", "--json"])
                ]))
        for workload in [Workload.threeMinutes, .sparse, .dense, .cluster, .chord, .second] {
            let midi = "\(folder.path)/\(workload.name).mid"
            try writeFile(workload.midiFile(), to: midi)
            let command = [program, "perform", midi, wav, "--force", "--quiet"]
            jobs.append(
                Job(
                    name: "\(workload.name): \(workload.notes.count) notes, \(Int(workload.seconds)) s",
                    contestants: [Contestant(name: ours, command: command, wav: wav)]
                        + peers.filter { !$0.onlySparse || ["sparse", "second"].contains(workload.name) }.map {
                            Contestant(name: $0.name, command: $0.command(midi, wav), wav: wav)
                        }))
        }
        jobs.append(
            Job(name: "start-up: --version", contestants: [Contestant(name: ours, command: [program, "--version"])]))
        let out = "\(folder.path)/batch"
        jobs.append(
            Job(
                name: "batch: the shipped presets, 20 s each, two jobs",
                contestants: [
                    Contestant(
                        name: ours,
                        command: [program, "batch", "../Presets", "--out", out, "--duration", "20s", "--jobs", "2"]
                            + ["--quiet"])
                ], prepare: ["rm", "-r", "-f", out]))
        return jobs
    }

    /// Runs all contestants in turn: one round to warm up, then the measured ones.
    ///
    /// - Parameters:
    ///   - rounds: how many are measured.
    ///   - patience: CPU seconds beyond which a peer is measured in one round alone.
    /// - Returns: the figures, ours first.
    /// - Throws: `BenchError` where a command cannot be started or fails.
    func measured(rounds: Int, patience: Double) throws -> ResultTable {
        var results = contestants.map { ResultTable.Row(name: $0.name) }
        var slow: Set<Int> = []
        for round in 0...rounds {
            for (i, contestant) in contestants.enumerated() where !slow.contains(i) {
                if let prepare { _ = try measure(prepare) }
                if let wav = contestant.wav { _ = unsafe unlink(wav) }
                let usage = try measure(contestant.command)
                guard usage.status == 0 else {
                    throw BenchError(description: "\(contestant.command.joined(separator: " ")): failed")
                }
                if usage.cpu > patience, i > 0 { slow.insert(i) }
                if round > 0 || slow.contains(i) {
                    results[i].add(usage, sound: contestant.wav.map(secondsOfSound) ?? 0)
                }
            }
        }
        return ResultTable(name: name, rows: results)
    }
}
