import AudioIO
import Glibc
import Moods
import Music
import Piano
import Presets
import Synchronization

extension Studio {
    /// Plays live, one piece after another, or one where a length is given.
    public func play(_ source: Source, wishes: PlayWishes) throws(StudioError) {
        var source = source
        let isEndless = source.duration == nil
        // Live music is new every time; the seed is shown, so that it can be had again.
        if source.seed == nil, source.preset == nil { source.isNew = true }
        let resolved = try resolve(source)
        let first = try Piece(resolved)
        let stage = try openStage(wishes, moment: resolved)
        console.message(Self.announcement(first))
        try run(stage, first: first.performance, instrument: resolved) { (index) throws(StudioError) in
            guard isEndless else { return nil }
            var next = resolved
            next.seed = Seed.derived(from: "\(resolved.seed.value) \(index)")
            let piece = try Piece(next)
            console.message(Self.announcement(piece))
            return piece.performance
        }
    }

    /// Plays a MIDI file live.
    public func performLive(_ wishes: PerformWishes) throws(StudioError) {
        var (performance, moment, notices) = try readPerformance(wishes)
        if let text = wishes.output.loudness {
            guard let level = try OutputChoice.loudness(text) else {
                throw StudioError(.usage, "loudness 'off' is for a file: a live piece has a level in LUFS")
            }
            moment.output.loudness = level
        }
        let resolved = ResolvedSource(
            moment: moment, name: "", seed: Seed(0), duration: performance.duration, pianist: nil, rerolls: [:])
        let stage = try openStage(
            PlayWishes(
                device: wishes.device, latencyMilliseconds: wishes.latencyMilliseconds, rate: wishes.output.rate),
            moment: resolved)
        for notice in notices { console.message(notice) }
        console.message(
            "\(performance.title) · \(performance.notes.count) notes · \(clockText(performance.duration))")
        try run(stage, first: performance, instrument: resolved) { (_) throws(StudioError) in nil }
    }

    private static func announcement(_ piece: Piece) -> String {
        "\(piece.source.name) · \(piece.score.key.name) · \(decimal(Double(piece.score.tempo), 0)) bpm · "
            + "\(piece.score.form) · \(clockText(piece.performance.duration)) · seed \(piece.source.seedText)"
    }

    // MARK: - Device

    private struct Stage {
        let device: ALSADevice
        let configuration: PCMConfiguration
        let latency: Double
        let record: (path: String, format: SoundFileFormat, force: Bool)?
    }

    private func openStage(_ wishes: PlayWishes, moment: ResolvedSource) throws(StudioError) -> Stage {
        if let latency = wishes.latencyMilliseconds, !(20...2000).contains(latency) {
            throw StudioError(.usage, "latency is \(latency), outside 20...2000 ms")
        }
        let rate = wishes.rate ?? 48000
        guard OutputChoice.rates.contains(rate) else {
            throw StudioError(.usage, "rate is \(rate), not one of 44100, 48000, 88200, 96000 Hz")
        }
        var record: (path: String, format: SoundFileFormat, force: Bool)?
        if let path = wishes.record {
            record = try studio { () throws(AudioIOError) in
                _ = try Destination(path: path, force: wishes.force)
                // A recording keeps exactly what was heard.
                let bits = path.hasSuffix(".wav") ? "32f" : nil
                let format = try SoundFileFormat(path: path, bits: bits)
                try format.check(sampleRate: rate)
                return (path, format, wishes.force)
            }
        }
        let own = try self.configuration()
        let latency = Double(wishes.latencyMilliseconds ?? own.latency ?? 200) / 1000
        let name = wishes.device ?? environment.variables["BEACHPIANO_DEVICE"] ?? own.device ?? "default"
        let cancellation = cancellation
        let device = ALSADevice(name: name) { cancellation.requested != 0 }
        let configuration = try studio { () throws(AudioIOError) in
            try device.open(PCMRequest(sampleRate: rate, latency: latency))
        }
        console.message(configuration.description)
        return Stage(device: device, configuration: configuration, latency: latency, record: record)
    }

    // MARK: - Playing

    private func run(
        _ stage: Stage, first: Performance, instrument: ResolvedSource,
        next: @escaping @Sendable (Int) throws(StudioError) -> Performance?
    ) throws(StudioError) {
        RenderThread.prepare()
        let rate = stage.configuration.sampleRate
        let tables = TablesCache.tables(instrument.moment.instrument, rate: rate)
        let (settings, room) = (instrument.moment.instrument, instrument.moment.room)
        let target = instrument.moment.output.loudness ?? -23
        @Sendable func sound(_ performance: Performance) -> LiveSound {
            let gain = LoudnessPredictor.gain(performance, instrument: settings, room: room, target: target)
            return LiveSound(performance: performance, tables: tables, room: room, gain: gain)
        }
        let programme = Programme()
        let control = PlaybackControl()
        let ring = stage.record == nil ? nil : FrameRing(capacity: 10 * rate)
        let ended = Flag()
        let failure = Mutex<StudioError?>(nil)
        let failureBox = FailureBox(failure)

        let composing = try Thread {
            RenderThread.prepare()
            var index = 1
            var isDone = false
            while !ended.isSet, !isDone {
                let isWaiting = programme.next.withLock { $0 == nil }
                programme.retired.withLock { $0 = nil }
                if isWaiting {
                    do throws(StudioError) {
                        if let performance = try next(index) {
                            var following: LiveSound? = sound(performance)
                            programme.next.withLock { swap(&$0, &following) }
                            index += 1
                        } else {
                            programme.isLast.store(true, ordering: .releasing)
                            isDone = true
                        }
                    } catch {
                        failureBox.failure.withLock { $0 = error }
                        programme.isLast.store(true, ordering: .releasing)
                        isDone = true
                    }
                } else {
                    usleep(50_000)
                }
            }
        }
        let studio = self
        let name = stage.device.name
        let steering = try Thread { studio.steer(programme, control, ended, PlaybackMonitor(device: name)) }
        var writing: Thread?
        if let ring, let record = stage.record {
            writing = try Thread {
                let problem = Self.write(ring, record, rate: rate)
                if let problem { failureBox.failure.withLock { $0 = $0 ?? problem } }
            }
        }

        var source = ProgrammeSource(first: sound(first), programme: programme, ring: ring, sampleRate: rate)
        var player = LivePlayer(
            device: stage.device, configuration: stage.configuration, latency: stage.latency, control: control)
        // The other threads have been started, and keep the priority that they have.
        console.detail(RealTimeScheduling.request().description)
        var problem: StudioError?
        do throws(AudioIOError) { _ = try player.play(&source) } catch { problem = StudioError(error) }
        ended.set()
        ring?.close()
        steering.join()
        composing.join()
        writing?.join()
        if control.glitches > 0 {
            console.message(
                "\(control.xruns) times the device ran dry, \(control.stalls) times it stalled; longest gap "
                    + "\(decimal(control.longestGapSeconds * 1000, 0)) ms")
        }
        if let problem { throw problem }
        if let failed = failureBox.failure.withLock({ $0 }) { throw failed }
        try cancellation.check()
    }

    /// Drains the ring into the recording.
    private static func write(
        _ ring: FrameRing, _ record: (path: String, format: SoundFileFormat, force: Bool), rate: Int
    ) -> StudioError? {
        do throws(AudioIOError) {
            var sink = try OutputSink(
                path: record.path, format: record.format, sampleRate: rate, frames: nil,
                tags: SoundFileTags(title: "Live", artist: "beachpiano", software: software), force: record.force)
            while !ring.isFinished {
                let (left, right) = ring.take(8192)
                if left.isEmpty { usleep(20_000) } else { try sink.write(left: left.span, right: right.span) }
            }
            try sink.finish()
        } catch { return StudioError(error) }
        if ring.lost > 0 {
            return StudioError(.ioError, "\(record.path): the disk was too slow, \(ring.lost) frames are missing")
        }
        return nil
    }

    /// Keys of a terminal, and the signals: until the end.
    private func steer(
        _ programme: Programme, _ control: PlaybackControl, _ ended: Flag, _ monitor: PlaybackMonitor
    ) {
        let clock = SystemClock()
        var monitor = monitor
        let terminal = environment.standardInputIsTerminal ? RawTerminal() : nil
        defer { terminal?.restore() }
        var isStopping = false
        while !ended.isSet {
            if let line = monitor.line(control.reading, now: clock.nanoseconds) { console.message(line) }
            if cancellation.requested != 0, !isStopping {
                isStopping = true
                control.stop()
            }
            guard let terminal else {
                usleep(30_000)
                continue
            }
            switch terminal.key(waitingMilliseconds: 50) {
            case UInt8(ascii: "+"), UInt8(ascii: "="): programme.changeVolume(decibels: 2)
            case UInt8(ascii: "-"): programme.changeVolume(decibels: -2)
            case UInt8(ascii: " "): control.isPaused.toggle()
            case UInt8(ascii: "n"): programme.isSkipping.store(true, ordering: .relaxed)
            case UInt8(ascii: "q"): control.stop()
            default: break
            }
        }
    }
}

/// A flag that is set once.
private final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
}

/// The first thing that went wrong on another thread.
private final class FailureBox: Sendable {
    let failure: Mutex<StudioError?>
    init(_ failure: consuming sending Mutex<StudioError?>) { self.failure = failure }
}
