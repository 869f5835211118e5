import AudioIO
import Mixing
import Music
import Piano
import Synchronization

/// What a sound came to.
struct LevelReport: Sendable {
    /// Seconds of the file.
    var duration: Double
    /// LUFS after the gain; nil for silence or where the reader went away.
    var loudness: Double?
    /// dBTP after the gain.
    var truePeak: Double?
    /// dB applied to the instrument's own level.
    var gain: Double
}

/// Turns a performance into a sound file: the engine, the room and the fade at the end once into a store that is
/// measured, then gain and dither into the file.
struct SoundJob: Sendable {
    let performance: Performance
    let instrument: InstrumentSettings
    let room: RoomSettings
    let choice: OutputChoice
    let tags: SoundFileTags
    let cancellation: Cancellation
    let temporaryFolder: String
    var sea: SeaCue?
    /// When the piano is carried to another room or another sea comes in.
    var scenery: [SteeringScript.Step] = []
    /// The walk of the microphones.
    var walk: MicrophoneWalk?
    /// Seconds of the fade at the end; nil for the usual one.
    var fade: Double?

    /// Frames handed from stage to stage; no sample depends on it.
    private static let chunkFrames = 4096
    /// Share of the work that the first pass is, for the progress bar.
    private static let firstShare = 0.92

    var frames: Int { Int((performance.duration * Double(choice.rate)).rounded()) }

    /// Makes the whole file, calling `progress` with 0...1.
    func run(progress: (Double) -> Void) throws(StudioError) -> LevelReport {
        RenderThread.prepare()
        if choice.path == "-" { return try stream(progress: progress) }
        try choice.checkRoom(frames: frames)
        try checkTemporaryRoom()
        let box = FirstPassBox(
            FirstPass(
                rate: choice.rate, room: room, nearness: instrument.nearness, sea: sea, scenery: scenery, walk: walk,
                frames: frames,
                fade: fade, folder: temporaryFolder))
        if choice.threads == 2 { try inTwoThreads(box, progress) } else { try inOneThread(box, progress) }
        return try secondPass(box, progress)
    }

    /// Refuses a sound that the temporary folder cannot hold; a short one stays in memory.
    private func checkTemporaryRoom() throws(StudioError) {
        let needed = Int64(frames) * 8
        guard frames > FirstPass.memoryFrames,
            let place = try? studio({ () throws(AudioIOError) in
                try Destination(path: temporaryFolder + "/.beachpiano", force: true)
            }), let free = place.freeBytes, free < needed
        else { return }
        throw StudioError(
            .ioError,
            "\(temporaryFolder) needs about \(Destination.sizeText(needed, roundedUp: true)) for the unfinished sound, but "
                + "only \(Destination.sizeText(free, roundedUp: false)) are free: set TMPDIR to a folder with more room"
        )
    }

    // MARK: - First pass

    private func inOneThread(_ box: FirstPassBox, _ progress: (Double) -> Void) throws(StudioError) {
        try voice(progress) { (left, right) throws(StudioError) in
            var (l, r) = (left, right)
            try take(box, &l, &r)
        }
    }

    /// The engine on this thread, the room and the meter on another.
    private func inTwoThreads(_ box: FirstPassBox, _ progress: (Double) -> Void) throws(StudioError) {
        let chunks = Channel<(left: [Float], right: [Float])>(capacity: 4)
        let job = self
        let thread = try Thread {
            RenderThread.prepare()
            while var chunk = chunks.receive() {
                do throws(StudioError) { try job.take(box, &chunk.left, &chunk.right) } catch {
                    box.failure.withLock { $0 = error }
                    chunks.close()
                }
            }
        }
        var stopped: StudioError?
        do throws(StudioError) {
            try voice(progress) { (left, right) throws(StudioError) in
                if !chunks.send((left, right)) { throw StudioError(.ioError, "the second thread has ended") }
            }
        } catch { stopped = error }
        chunks.close()
        thread.join()
        if let failure = box.failure.withLock({ $0 }) ?? stopped { throw failure }
    }

    private func take(_ box: FirstPassBox, _ left: inout [Float], _ right: inout [Float]) throws(StudioError) {
        let failure = box.pass.withLock { pass -> StudioError? in
            do throws(StudioError) {
                try pass.take(&left, &right)
                return nil
            } catch { return error }
        }
        if let failure { throw failure }
    }

    /// The piano chunk by chunk.
    private func voice(_ progress: (Double) -> Void, _ body: ([Float], [Float]) throws(StudioError) -> Void)
        throws(StudioError)
    {
        var voice = Voice(performance: performance, tables: TablesCache.tables(instrument, rate: choice.rate))
        var done = 0
        while done < frames {
            try cancellation.check()
            let count = min(Self.chunkFrames, frames - done)
            var left = [Float](repeating: 0, count: count)
            var right = left
            voice.render(&left, &right, block: choice.block)
            try body(left, right)
            done += count
            progress(Self.firstShare * Double(done) / Double(frames))
        }
    }

    // MARK: - Second pass

    private func secondPass(_ box: FirstPassBox, _ progress: (Double) -> Void) throws(StudioError) -> LevelReport {
        let result = box.pass.withLock { pass -> Result<LevelReport, StudioError> in
            do throws(StudioError) { return .success(try write(&pass, progress)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private func write(_ pass: inout FirstPass, _ progress: (Double) -> Void) throws(StudioError) -> LevelReport {
        let (measured, samplePeak) = try pass.finish()
        if choice.loudness == nil, samplePeak > 1, !choice.format.keepsOverFullScale {
            let needed = decimal(Double(20 * Exact.log(samplePeak) / Exact.log(10)) + 0.05, 1)
            throw StudioError(
                .badData,
                "\(choice.path): the instrument's own level passes full scale; a gain of -\(needed) dB would fit, "
                    + "or use --bits 32f")
        }
        let decision = GainDecision(measured: measured, target: choice.loudness)
        var finish = Finish(decision.factor, choice: choice, seed: UInt64(frames))
        do throws(AudioIOError) {
            var sink = try OutputSink(
                path: choice.path, format: choice.format, sampleRate: choice.rate, frames: Int64(frames), tags: tags,
                force: choice.force)
            var stems: Stems?
            if let sea, sea.hasStems {
                stems = try Stems(choice: choice, frames: frames, tags: tags, factor: decision.factor)
            }
            var left = [Float](repeating: 0, count: Self.chunkFrames)
            var right = left
            var done = 0
            while done < frames {
                if cancellation.requested != 0 { break }
                let count = min(Self.chunkFrames, frames - done)
                if count < left.count {
                    left.removeLast(left.count - count)
                    right.removeLast(right.count - count)
                }
                do {
                    var l = left.mutableSpan
                    var r = right.mutableSpan
                    _ = try pass.store.read(left: &l, right: &r)
                    try stems?.take(&l, &r, from: &pass.seaStore)
                    finish.process(&l, &r)
                }
                try sink.write(left: left.span, right: right.span)
                done += count
                progress(Self.firstShare + (1 - Self.firstShare) * Double(done) / Double(frames))
            }
            if cancellation.requested == 0 {
                try stems?.finish()
                try sink.finish()
            }
        } catch { throw StudioError(error) }
        try cancellation.check()
        return LevelReport(
            duration: Double(frames) / Double(choice.rate), loudness: decision.loudness.map { Double($0) },
            truePeak: decision.truePeak.map { Double($0) }, gain: Double(decision.gain))
    }

    // MARK: - Streaming

    /// To standard output as it is made: the gain is predicted, a limiter guards the peaks.
    private func stream(progress: (Double) -> Void) throws(StudioError) -> LevelReport {
        let gain =
            choice.loudness.map { LoudnessPredictor.gain(performance, instrument: instrument, room: room, target: $0) }
            ?? 0
        var live = LiveSound(
            performance: performance, tables: TablesCache.tables(instrument, rate: choice.rate), room: room, gain: gain,
            sea: sea?.sea(rate: Double(choice.rate)), scenery: scenery, walk: walk, fade: fade)
        var finish = Finish(1, choice: choice, seed: UInt64(frames))
        var meter = LoudnessMeter(sampleRate: choice.rate)
        do throws(AudioIOError) {
            var sink = try OutputSink(
                path: "-", format: choice.format, sampleRate: choice.rate, frames: Int64(frames), tags: tags)
            var left = [Float](repeating: 0, count: Self.chunkFrames)
            var right = left
            var done = 0
            while done < frames {
                if cancellation.requested != 0 { break }
                let count = min(Self.chunkFrames, frames - done)
                if count < left.count {
                    left.removeLast(left.count - count)
                    right.removeLast(right.count - count)
                }
                do {
                    var l = left.mutableSpan
                    var r = right.mutableSpan
                    live.render(&l, &r)
                    finish.process(&l, &r)
                }
                meter.add(left: left.span, right: right.span)
                try sink.write(left: left.span, right: right.span)
                done += count
                progress(Double(done) / Double(frames))
            }
            if cancellation.requested == 0 { try sink.finish() }
        } catch {
            // A reader that has heard enough ends us quietly.
            if error.kind == .readerGone {
                return LevelReport(duration: Double(frames) / Double(choice.rate), gain: Double(gain))
            }
            throw StudioError(error)
        }
        try cancellation.check()
        let measured = meter.measurement()
        return LevelReport(
            duration: Double(frames) / Double(choice.rate), loudness: measured.integrated.map { Double($0) },
            truePeak: measured.truePeak.map { Double($0) }, gain: Double(gain))
    }
}

/// Gain and dither over a whole sound, whatever the size of the blocks.
struct Finish {
    private let factor: Float
    private var dither: DitherTPDF?

    init(_ factor: Float, choice: OutputChoice, seed: UInt64) {
        self.factor = factor
        dither = choice.format.ditherBits.map { DitherTPDF(bits: $0, seed: seed) }
    }

    mutating func process(_ left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>) {
        for i in left.indices {
            left[i] *= factor
            right[i] *= factor
        }
        dither?.process(left: &left, right: &right)
    }
}
