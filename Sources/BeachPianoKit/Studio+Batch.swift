import AudioIO
import Glibc
import Music
import Presets

extension Studio {
    /// Seconds that pieces under way have to stop, before the batch ends without them.
    private static let grace = 0.6

    /// Renders every piece of a folder or work list that is not there yet.
    ///
    /// What is there, unchanged and made from the same inputs, is skipped; a broken piece is reported while the rest is
    /// rendered. Several batches may work in one folder.
    /// - Parameters:
    ///   - wishes: what to render, and how.
    ///   - handler: is told what happens, on the calling thread.
    /// - Returns: what was done, and what was not; the failures of single pieces are in it.
    /// - Throws: what keeps the batch from beginning.
    public func batch(_ wishes: BatchWishes, _ handler: (BatchEvent) -> Void) throws(StudioError) -> BatchReport {
        let jobs = wishes.jobs ?? environment.processorCount
        guard (1...256).contains(jobs) else { throw StudioError(.usage, "jobs is \(jobs), outside 1...256") }
        if let minutes = wishes.maxMinutes, !(minutes > 0 && minutes <= 1e6) {
            throw StudioError(.usage, "max-minutes is \(minutes), not a number of minutes")
        }
        let started = monotonicSeconds()
        let plan = try workList(wishes)
        let shard = try wishes.shard.map { (text) throws(StudioError) in try Shard(text, environment: environment) }
        try FileSystem.makeFolder(wishes.destination)
        let locks = BatchLocks(folder: wishes.destination)
        guard let folderLock = try locks.take(.folder(exclusive: false)) else {
            throw StudioError(.tryAgain, "\(wishes.destination): its manifests are being merged, try again later")
        }
        defer { withExtendedLifetime(folderLock) {} }
        PartFile.removeLeftovers(in: wishes.destination)
        let ledger = try BatchLedger(
            folder: wishes.destination, ownName: (shard ?? .whole).manifestName)
        var skipped: [String] = []
        var pending: [BatchPiece] = []
        for piece in plan.pieces {
            let isDone = !wishes.output.force && piece.outputs.allSatisfy { ledger.isDone($0) }
            if isDone { skipped += piece.outputs.map(\.file) } else { pending.append(piece) }
        }
        let music = pending.reduce(0) { $0 + $1.source.duration }
        handler(
            .started(pieces: plan.pieces.count, skipped: plan.pieces.count - pending.count, seconds: music))
        for failure in plan.failures { handler(.failed(failure)) }
        if let remark = roomRemark(pending, wishes.destination) { handler(.note(remark)) }

        let run = BatchRun(pending, wishes, ledger: ledger, locks: locks, studio: self)
        var stop: StudioError?
        if !pending.isEmpty, !(wishes.failsFast && !plan.failures.isEmpty) {
            stop = try oversee(run, threads: min(jobs, pending.count), pending.count, music, wishes, handler)
        }
        let result = run.result
        var failures = plan.failures + result.failures.sorted { $0.message < $1.message }
        let left = pending.count - result.done
        if var stop {
            if stop.kind == .tryAgain { stop.message += ": \(left) pieces are left, the same command goes on" }
            if stop.kind != .tryAgain || left > 0 { failures.append(stop) }
        }
        var catalogue: String?
        if wishes.makesCatalogue, cancellation.requested == 0, !failures.contains(where: { $0.kind == .ioError }) {
            do throws(StudioError) { catalogue = try self.catalogue(wishes, ledger, locks) } catch {
                failures.append(error)
            }
        }
        return BatchReport(
            rendered: result.rendered.sorted(), skipped: (skipped + result.skipped).sorted(), left: left,
            catalogue: catalogue, failures: failures, seconds: result.seconds, elapsed: monotonicSeconds() - started)
    }

    /// Runs the workers and tells what happens.
    /// - Returns: why they were stopped, if they were.
    private func oversee(
        _ run: BatchRun, threads count: Int, _ pieces: Int, _ music: Double, _ wishes: BatchWishes,
        _ handler: (BatchEvent) -> Void
    ) throws(StudioError) -> StudioError? {
        let started = monotonicSeconds()
        let ended = Channel<Int>(capacity: count)
        var threads: [Thread] = []
        for index in 0..<count {
            do throws(StudioError) {
                threads.append(
                    try Thread {
                        run.work()
                        ended.send(index)
                    })
            } catch {
                // Fewer do as well.
                if threads.isEmpty { throw error }
                break
            }
        }
        var stop: StudioError?
        var stopped = 0.0
        var running = threads.count
        while running > 0 {
            while let event = run.events.receive(waiting: 0) { handler(event) }
            if ended.receive(waiting: 0.05) != nil { running -= 1 }
            let now = monotonicSeconds()
            let result = run.result
            let rate = Double(result.done) / max(1e-3, now - started) * 60
            handler(
                .progress(
                    fraction: music > 0 ? min(1, result.progressed / music) : 1, done: result.done, pieces: pieces,
                    failed: result.failures.count, rate: rate))
            if stop == nil {
                stop = reason(to: run, started, wishes)
                stopped = now
            } else if now - stopped > Self.grace, running > 0 {
                // A piece that is being composed does not look at the flag: it has nothing on the disk yet.
                removeOwnPartFiles(in: wishes.destination)
                return stop
            }
        }
        for thread in threads { thread.join() }
        while let event = run.events.receive(waiting: 0) { handler(event) }
        return stop
    }

    /// Writes the page of all pieces, those of other batches in the folder too: whoever ends last shows everything.
    private func catalogue(_ wishes: BatchWishes, _ ledger: BatchLedger, _ locks: BatchLocks) throws(StudioError)
        -> String
    {
        while true {
            try cancellation.check()
            guard let lock = try locks.take(.catalogue) else {
                usleep(50_000)
                continue
            }
            defer { withExtendedLifetime(lock) {} }
            try ledger.refresh()
            let there = ledger.entries.filter { FileSystem.kind(wishes.destination + "/" + $0.file) == .file }
            return try writeCatalogue(there, in: wishes.destination, force: wishes.output.force)
        }
    }

    /// Why the run has to end now; asks it to.
    private func reason(to run: BatchRun, _ started: Double, _ wishes: BatchWishes) -> StudioError? {
        do throws(StudioError) { try cancellation.check() } catch {
            run.cancellation.request(cancellation.requested)
            return error
        }
        guard let minutes = wishes.maxMinutes, monotonicSeconds() - started >= minutes * 60 else { return nil }
        run.cancellation.request(SIGALRM)
        return StudioError(.tryAgain, "stopped after \(decimal(minutes, 2)) minutes")
    }

    private func removeOwnPartFiles(in folder: String) {
        for name in (try? FileSystem.list(folder)) ?? [] where name.hasPrefix(".") && name.hasSuffix(".part") {
            let process = name.dropLast(5).split(separator: ".").last?.split(separator: "-").first
            if process.map(String.init) == "\(getpid())" { _ = unsafe unlink(folder + "/" + name) }
        }
    }

    /// What to say where the pieces may not fit on the disk.
    private func roomRemark(_ pieces: [BatchPiece], _ folder: String) -> String? {
        let needed = pieces.reduce(0) { $0 + $1.estimate }
        guard !pieces.isEmpty,
            let place = try? studio({ () throws(AudioIOError) in
                try Destination(path: folder + "/" + pieces[0].outputs[0].file, force: true)
            }), let free = place.freeBytes, free < needed
        else { return nil }
        return "\(folder) may become too small: up to \(sizeText(needed)) are needed, "
            + "\(Destination.sizeText(free, roundedUp: false)) are free"
    }
}

/// Bytes in MB or GB, rounded up.
func sizeText(_ bytes: Int) -> String { Destination.sizeText(Int64(bytes), roundedUp: true) }
