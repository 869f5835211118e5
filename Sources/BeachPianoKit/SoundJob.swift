import AudioIO
import CAudioSupport
import Mixing
import Music
import Synchronization

/// Turns a performance into a sound file: the engine and the room once into a take that is measured, then gain, fade
/// and dither into the file.
struct SoundJob: Sendable {
    let performance: Performance
    let instrument: InstrumentSettings
    let room: RoomSettings
    let choice: OutputChoice
    let tags: SoundFileTags
    let cancellation: Cancellation
    let temporaryFolder: String

    /// Frames handed from stage to stage; no sample depends on it.
    private static let chunkFrames = 8192
    /// Share of the work that the first pass is, for the progress bar.
    private static let firstPass = 0.9

    var frames: Int { Int((performance.duration * Double(choice.rate)).rounded()) }

    /// Makes the whole file.
    /// - Parameter progress: Called with 0...1.
    func run(progress: (Double) -> Void) throws(StudioError) -> LevelReport {
        bp_flush_denormals()
        try choice.checkRoom(frames: frames)
        return choice.path == "-" ? try stream(progress: progress) : try measured(progress: progress)
    }

    // MARK: - To a file, measured

    private func measured(progress: (Double) -> Void) throws(StudioError) -> LevelReport {
        var stage = try TakeStage(frames: frames, rate: choice.rate, room: room, folder: temporaryFolder)
        var voice = Voice(performance: performance, instrument: instrument, rate: Double(choice.rate))
        if choice.threads == 2 {
            stage = try inTwoThreads(&voice, stage, progress: progress)
        } else {
            var left = [Float](repeating: 0, count: Self.chunkFrames)
            var right = left
            var done = 0
            while done < frames {
                try cancellation.check()
                let count = min(Self.chunkFrames, frames - done)
                voice.render(&left, &right, count: count, block: choice.block)
                try stage.take(&left, &right, count: count, block: choice.block)
                done += count
                progress(Self.firstPass * Double(done) / Double(frames))
            }
        }
        return try write(&stage, progress: progress)
    }

    /// The engine on this thread, the room and the meter on another.
    private func inTwoThreads(_ voice: inout Voice, _ stage: consuming TakeStage, progress: (Double) -> Void)
        throws(StudioError) -> TakeStage
    {
        let box = StageBox(stage)
        let chunks = Channel<(left: [Float], right: [Float])>(capacity: 4)
        let block = choice.block
        let thread = try Thread {
            bp_flush_denormals()
            while var chunk = chunks.receive() {
                let failure = box.stage.withLock { stage -> StudioError? in
                    do throws(StudioError) {
                        let count = chunk.left.count
                        try stage?.take(&chunk.left, &chunk.right, count: count, block: block)
                        return nil
                    } catch { return error }
                }
                if let failure {
                    box.failure.withLock { $0 = failure }
                    chunks.close()
                }
            }
        }
        var stopped: StudioError?
        var done = 0
        while done < frames, stopped == nil {
            do throws(StudioError) { try cancellation.check() } catch { stopped = error }
            let count = min(Self.chunkFrames, frames - done)
            var left = [Float](repeating: 0, count: count)
            var right = left
            voice.render(&left, &right, count: count, block: block)
            if !chunks.send((left, right)) { break }
            done += count
            progress(Self.firstPass * Double(done) / Double(frames))
        }
        chunks.close()
        thread.join()
        if let failure = stopped ?? box.failure.withLock({ $0 }) { throw failure }
        return box.remove()
    }

    /// The second pass: gain, fade, dither, file.
    private func write(_ stage: inout TakeStage, progress: (Double) -> Void) throws(StudioError) -> LevelReport {
        let measured = stage.measured
        let gain = try gain(for: measured)
        var finish = Finish(gain: gain, frames: frames, rate: choice.rate, bits: choice.format.ditherBits, seed: tags)
        var sink = try studio { () throws(AudioIOError) in
            let bytes = try Destination(path: choice.path, force: choice.force).open(force: choice.force)
            return try SoundFileSink(
                bytes, format: choice.format, sampleRate: choice.rate, frames: Int64(frames), tags: tags)
        }
        var left = [Float](repeating: 0, count: Self.chunkFrames)
        var right = left
        var done = 0
        while done < frames {
            try cancellation.check()
            let count = min(Self.chunkFrames, frames - done)
            if count < left.count {
                left.removeLast(left.count - count)
                right.removeLast(right.count - count)
            }
            do {
                var l = left.mutableSpan
                var r = right.mutableSpan
                try stage.store.read(from: done, left: &l, right: &r)
                finish.process(&l, &r)
            }
            try studio { () throws(AudioIOError) in try sink.write(left: left.span, right: right.span) }
            done += count
            progress(Self.firstPass + (1 - Self.firstPass) * Double(done) / Double(frames))
        }
        try cancellation.check()
        try studio { () throws(AudioIOError) in try sink.finish() }
        let decibels = decibels(gain)
        return LevelReport(
            duration: Double(frames) / Double(choice.rate), loudness: measured.loudness + decibels,
            truePeak: measured.truePeak + decibels, gain: decibels)
    }

    /// Gain as a factor: the loudness asked for, unless the true peak would pass -1 dBTP.
    private func gain(for measured: LoudnessMeter.Reading) throws(StudioError) -> Double {
        switch choice.loudness {
        case .lufs(let target): return measured.gain(toward: target)
        case .off:
            if measured.samplePeak > 1, !choice.format.keepsOverFullScale {
                let needed = decibels(measured.samplePeak)
                throw StudioError(
                    .badData,
                    "\(choice.path): the instrument's own level passes full scale by \(decimal(needed, 1)) dB: "
                        + "use --bits 32f, or a gain of -\(decimal(needed + 0.05, 1)) dB through --loudness")
            }
            return 1
        }
    }
}
