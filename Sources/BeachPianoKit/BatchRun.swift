import AudioIO
import Glibc
import Moods
import Music
import Synchronization

/// The workers of a batch and what they share.
final class BatchRun: Sendable {
    private struct State {
        var rendered: [String] = []
        var skipped: [String] = []
        var failures: [StudioError] = []
        /// Pieces that another batch is at.
        var busy: [BatchPiece] = []
        var done = 0
        var seconds = 0.0
        /// Seconds of music of the pieces done and under way.
        var progressed = 0.0
    }

    private let studio: Studio
    private let wishes: BatchWishes
    private let pieces: [BatchPiece]
    private let ledger: BatchLedger
    private let locks: BatchLocks
    private let next = Atomic<Int>(0)
    private let holdsBack = Atomic<Bool>(false)
    private let state = Mutex(State())
    /// The end of the run, asked for by a signal or by the clock.
    let cancellation = Cancellation()
    let events = Channel<BatchEvent>(capacity: 1 << 20)

    init(_ pieces: [BatchPiece], _ wishes: BatchWishes, ledger: BatchLedger, locks: BatchLocks, studio: Studio) {
        self.pieces = pieces
        self.wishes = wishes
        self.ledger = ledger
        self.locks = locks
        self.studio = studio
    }

    var result:
        (rendered: [String], skipped: [String], failures: [StudioError], done: Int, seconds: Double, progressed: Double)
    {
        state.withLock { ($0.rendered, $0.skipped, $0.failures, $0.done, $0.seconds, $0.progressed) }
    }

    /// Works until nothing is left: first what is free, then what another batch was at.
    func work() {
        while let piece = take() {
            if !attempt(piece) { state.withLock { $0.busy.append(piece) } }
        }
        while !isEnding, let piece = state.withLock({ $0.busy.popLast() }) {
            while !isEnding, !attempt(piece) { usleep(100_000) }
        }
    }

    private var isEnding: Bool { cancellation.requested != 0 || holdsBack.load(ordering: .relaxed) }

    private func take() -> BatchPiece? {
        guard !isEnding else { return nil }
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        return index < pieces.count ? pieces[index] : nil
    }

    /// Makes a piece, or finds that it is made; false while another batch is at it.
    private func attempt(_ piece: BatchPiece) -> Bool {
        do throws(StudioError) {
            guard let lock = try locks.take(.piece(piece.identity)) else { return false }
            defer { withExtendedLifetime(lock) {} }
            try ledger.refresh()
            let missing = wishes.output.force ? piece.outputs : piece.outputs.filter { !ledger.isDone($0) }
            if missing.isEmpty {
                state.withLock { state in
                    state.skipped += piece.outputs.map(\.file)
                    state.done += 1
                    state.progressed += piece.source.duration
                }
                return true
            }
            let started = monotonicSeconds()
            try make(piece, missing)
            let took = monotonicSeconds() - started
            state.withLock { state in
                let made = missing.map(\.file)
                state.rendered += made
                state.skipped += piece.outputs.map(\.file).filter { !made.contains($0) }
                state.seconds += piece.source.duration
                state.done += 1
            }
            events.send(.finished(files: missing.map(\.file), seconds: piece.source.duration, took: took))
        } catch {
            fail(error)
        }
        return true
    }

    private func fail(_ error: StudioError) {
        // What the end of the run has stopped is no failure of its own.
        if cancellation.requested != 0, error.kind == .interrupted || error.kind == .terminated { return }
        // Where the disk is full or cannot be written, the next piece would fare no better.
        if wishes.failsFast || error.kind == .ioError || error.kind == .cannotCreate {
            holdsBack.store(true, ordering: .relaxed)
        }
        state.withLock { state in
            state.failures.append(error)
            state.done += 1
        }
        events.send(.failed(error))
    }

    // MARK: - A piece

    private func make(_ piece: BatchPiece, _ missing: [BatchOutput]) throws(StudioError) {
        let composed = try Piece(piece.source)
        try cancellation.check()
        // A file that no batch has made is somebody's own.
        let isOurs = wishes.output.force || missing.allSatisfy { ledger.knows($0.file) }
        var companions = CompanionPaths()
        for output in missing {
            guard case .companion(let companion) = output.kind else { continue }
            let path = wishes.destination + "/" + output.file
            switch companion {
            case .midi: companions.midi = path
            case .score: companions.score = path
            case .picture: companions.picture = path
            case .roll: companions.roll = path
            case .moment: companions.moment = path
            }
        }
        let writer = try CompanionWriter(composed, companions, force: isOurs)
        var level: LevelReport?
        var isBegun = false
        for output in missing {
            guard case .sound(let format) = output.kind else { continue }
            let path = wishes.destination + "/" + output.file
            let choice = format.moved(to: path, force: isOurs)
            try choice.checkDestination()
            if !isBegun { try ledger.begin(missing.map(\.file)) }
            isBegun = true
            let sound = SoundJob(
                performance: composed.performance, instrument: piece.source.moment.instrument,
                room: piece.source.moment.room, choice: choice, tags: studio.tags(for: composed),
                cancellation: cancellation, temporaryFolder: studio.temporaryFolder, sea: composed.sea,
                walk: composed.microphoneWalk)
            var last = 0.0
            let share = piece.source.duration / Double(missing.count)
            level = try sound.run { fraction in
                guard fraction - last > 0.02 || fraction == 1 else { return }
                state.withLock { $0.progressed += (fraction - last) * share }
                last = fraction
            }
        }
        if !isBegun { try ledger.begin(missing.map(\.file)) }
        try writer.publish()
        try ledger.add(try missing.map { (output) throws(StudioError) in try entry(output, piece, composed, level) })
    }

    private func entry(_ output: BatchOutput, _ piece: BatchPiece, _ composed: Piece, _ level: LevelReport?)
        throws(StudioError) -> BatchEntry
    {
        let path = wishes.destination + "/" + output.file
        guard let stamp = FileSystem.stamp(path) else {
            throw StudioError(.ioError, "\(path): has gone right after it was written")
        }
        var facts = JSON.null
        if case .sound = output.kind {
            func number(_ value: Double?) -> JSON { value.map { .number($0, places: 2) } ?? .null }
            facts = .object([
                ("title", .string(composed.score.title)), ("preset", .string(piece.label)),
                ("mood", piece.source.moment.moods[0].name.map { .string($0) } ?? .null),
                ("key", .string(composed.score.key.name)), ("tempo", number(Double(composed.score.tempo))),
                ("form", .string(composed.score.form)), ("duration", number(piece.source.duration)),
                ("loudness", number(level?.loudness)), ("truePeak", number(level?.truePeak)),
                ("seed", .string(piece.source.seedText)),
            ])
        }
        return BatchEntry(
            file: output.file, identity: piece.identity, inputs: output.inputs, size: stamp.size,
            modified: stamp.modified, sha256: try FileSystem.digest(ofFile: path), piece: facts)
    }
}
