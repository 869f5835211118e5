import AudioIO
import Moods
import Music
import Presets
import Synchronization

/// One piece of a batch.
private struct BatchJob: Sendable {
    var file: String
    var source: ResolvedSource
    var inputs: String
}

/// What the workers of a batch share.
private struct BatchProgress: Sendable {
    var done = 0
    var rendered: [String] = []
    var failures: [StudioError] = []
    var seconds = 0.0
}

/// The state that the workers share, for as long as one of them lives.
private final class BatchState: Sendable {
    let progress = Mutex(BatchProgress())
    let manifest: Mutex<BatchManifest>

    init(_ manifest: sending BatchManifest) { self.manifest = Mutex(manifest) }
}

extension Studio {
    /// Renders every preset of a folder, each seed of it to a file of its own.
    ///
    /// What is already there, unchanged and made from the same inputs is skipped; a broken preset is reported while the
    /// rest is rendered.
    public func batch(_ wishes: BatchWishes, progress: (Double, String) -> Void) throws(StudioError) -> BatchReport {
        let workers = wishes.jobs ?? environment.processorCount
        guard (1...256).contains(workers) else { throw StudioError(.usage, "jobs is \(workers), outside 1...256") }
        guard (1...10_000).contains(wishes.seeds) else {
            throw StudioError(.usage, "seeds is \(wishes.seeds), outside 1...10000")
        }
        let started = monotonicSeconds()
        var failures: [StudioError] = []
        let jobs = try workList(wishes, failures: &failures)
        try FileSystem.makeFolder(wishes.destination)
        let state = BatchState(try BatchManifest(folder: wishes.destination))
        var skipped: [String] = []
        var pending: [BatchJob] = []
        for job in jobs {
            let isDone =
                !wishes.output.force
                && state.manifest.withLock { $0.isDone(job.file, inputs: job.inputs, folder: wishes.destination) }
            if isDone { skipped.append(job.file) } else { pending.append(job) }
        }

        let queue = Channel<BatchJob>(capacity: max(1, pending.count))
        for job in pending { queue.send(job) }
        queue.close()
        let finished = Channel<Int>(capacity: workers)
        var threads: [Thread] = []
        let studio = self
        for worker in 0..<min(workers, max(1, pending.count)) {
            let thread = try Thread {
                while let job = queue.receive(), studio.cancellation.requested == 0 {
                    studio.run(job, wishes, state)
                }
                finished.send(worker)
            }
            threads.append(thread)
        }
        var isRunning = threads.count
        while isRunning > 0 {
            if finished.receive(waiting: 0.1) != nil { isRunning -= 1 }
            let (done, failed) = state.progress.withLock { ($0.done, $0.failures.count) }
            progress(
                pending.isEmpty ? 1 : Double(done) / Double(pending.count),
                "\(done) of \(pending.count)\(failed > 0 ? ", \(failed) failed" : "")")
        }
        for thread in threads { thread.join() }
        let result = state.progress.withLock { $0 }
        failures += result.failures.sorted { $0.message < $1.message }
        if cancellation.requested != 0, !failures.contains(where: { $0.kind == .interrupted || $0.kind == .terminated })
        {
            do { try cancellation.check() } catch { failures.append(error) }
        }
        return BatchReport(
            rendered: result.rendered.sorted(), skipped: skipped, failures: failures, seconds: result.seconds,
            elapsed: monotonicSeconds() - started)
    }

    /// All files of a batch in order, with the digest of what makes each.
    private func workList(_ wishes: BatchWishes, failures: inout [StudioError]) throws(StudioError) -> [BatchJob] {
        let names = try FileSystem.list(wishes.folder).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        guard !names.isEmpty else {
            throw StudioError(.notFound, "\(wishes.folder): there is no moment file (*.yaml) in it")
        }
        var jobs: [BatchJob] = []
        for name in names {
            let path = wishes.folder + "/" + name
            // Pipes and devices among the presets must not block.
            guard FileSystem.kind(path) == .file else { continue }
            do {
                let bytes = try FileSystem.read(path, limit: 1 << 20)
                var source = Source()
                source.preset = path
                source.duration = wishes.duration
                let resolved = try resolve(source)
                let stem = String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)])
                let ending = wishes.output.format ?? resolved.moment.output.format ?? "wav"
                let choice = try OutputChoice(
                    path: "\(wishes.destination)/\(stem).\(fileExtension(ending))", wishes: wishes.output,
                    moment: resolved.moment, environment: environment)
                for index in 0..<wishes.seeds {
                    var one = resolved
                    if index > 0 { one.seed = Seed.derived(from: "\(resolved.seed.value)/\(index)") }
                    let file = wishes.seeds == 1 ? stem : "\(stem)-\(index + 1)"
                    let recipe =
                        "\(Self.version)\n\(one.seed.value)\n\(one.duration)\n\(choice.format)\n\(choice.rate)\n"
                        + "\(choice.loudness.map { "\($0)" } ?? "off")\n"
                    jobs.append(
                        BatchJob(
                            file: "\(file).\(choice.format.container.rawValue)", source: one,
                            inputs: FileSystem.digest(Array(recipe.utf8) + bytes)))
                }
            } catch {
                failures.append(
                    error.kind == .usage && wishes.duration != nil ? error : StudioError(.badData, error.message))
            }
        }
        return jobs
    }

    private func fileExtension(_ format: String) -> String {
        String(format.prefix { $0.isLetter })
    }

    private func run(_ job: BatchJob, _ wishes: BatchWishes, _ state: BatchState) {
        do throws(StudioError) {
            let path = wishes.destination + "/" + job.file
            var output = wishes.output
            // A file that is there but not as the manifest knows it is out of date.
            output.force = true
            output.threads = 1
            let choice = try OutputChoice(
                path: path, wishes: output, moment: job.source.moment, environment: environment)
            try choice.checkDestination()
            let piece = try Piece(job.source)
            let sound = SoundJob(
                performance: piece.performance, instrument: job.source.moment.instrument,
                room: job.source.moment.room, choice: choice, tags: tags(for: piece), cancellation: cancellation,
                temporaryFolder: temporaryFolder)
            let level = try sound.run { _ in }
            guard let stamp = FileSystem.stamp(path) else {
                throw StudioError(.ioError, "\(path): has gone right after it was written")
            }
            let entry = BatchManifest.Entry(
                file: job.file, inputs: job.inputs, size: stamp.size, modified: stamp.modified,
                sha256: try FileSystem.digest(ofFile: path))
            let failed = state.manifest.withLock { manifest -> StudioError? in
                do throws(StudioError) {
                    try manifest.add(entry)
                    return nil
                } catch { return error }
            }
            if let failed { throw failed }
            state.progress.withLock {
                $0.rendered.append(job.file)
                $0.seconds += level.duration
                $0.done += 1
            }
        } catch {
            state.progress.withLock {
                $0.failures.append(error)
                $0.done += 1
            }
        }
    }
}
