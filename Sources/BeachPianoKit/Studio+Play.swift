import AudioIO
import Composition
import Mixing
import Moods
import Music
import Piano
import Presets
import Synchronization

extension Studio {
    /// Plays live: an endless piece that its listener steers, or one piece where a length is given.
    public func play(_ source: Source, wishes: PlayWishes) throws(StudioError) {
        var source = source
        let isEndless = source.duration == nil
        // Live music is new every time, unless a moment names its seed; it is shown, so that it can be had again.
        source.prefersFresh = true
        let limits = try sessionLimits(wishes, isEndless: isEndless)
        let resolved = try resolve(source)
        let maker = PassageMaker(source: resolved, target: resolved.moment.output.loudness ?? -23)
        let stage = try beginStage(wishes)
        let building = try Building(resolved.moment.instrument, rate: stage.rate)
        let first: Passage
        if isEndless {
            first = maker.opening(limits.fade > 0 ? nil : limits.length)
        } else {
            first = maker.passage(try Piece(resolved))
        }
        // The room is worked out while the instrument is.
        let level = Room.level(
            resolved.moment.room, nearness: resolved.moment.instrument.nearness, sampleRate: Double(stage.rate))
        building.wait()
        try run(stage, maker: maker, first: first, limits: limits, level: level, isJSON: wishes.isJSON) {
            rate, outcome in
            Rerun.line(
                source, resolved, rate: rate, limits: isEndless ? outcome.limits : nil, script: outcome.script)
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
            moment: moment, name: "", seed: Seed(0), duration: performance.duration)
        let maker = PassageMaker(source: resolved, target: moment.output.loudness ?? -23)
        let stage = try beginStage(
            PlayWishes(
                device: wishes.device, latencyMilliseconds: wishes.latencyMilliseconds, rate: wishes.output.rate))
        for notice in notices { console.message(notice) }
        var passage = maker.alone(performance)
        passage.fade = wishes.isExpressive ? nil : performance.closing
        try run(stage, maker: maker, first: passage, limits: SessionLimits()) { _, _ in nil }
    }

    // MARK: - Wishes

    private func sessionLimits(_ wishes: PlayWishes, isEndless: Bool) throws(StudioError) -> SessionLimits {
        func seconds(_ name: String, _ text: String) throws(StudioError) -> Double {
            guard let seconds = DurationText.parse(text) else {
                throw StudioError(.usage, "\(name) is '\(text)', not a length up to 24h such as 45m")
            }
            return seconds
        }
        var limits = SessionLimits()
        if let text = wishes.length { limits.length = try seconds("for", text) }
        if let text = wishes.until {
            guard wishes.length == nil else { throw StudioError(.usage, "--for and --until exclude one another") }
            guard let time = TimeOfDay.parse(text) else {
                throw StudioError(.usage, "until is '\(text)', not a time of day such as 23:00")
            }
            limits.length = Double(TimeOfDay.wait(from: TimeOfDay.now(), until: time))
            limits.isTimeOfDay = true
        }
        if let text = wishes.fade {
            guard let length = limits.length else {
                throw StudioError(.usage, "--fade needs --for or --until: it fades before that end")
            }
            limits.fade = try seconds("fade", text)
            guard limits.fade <= length else {
                throw StudioError(.usage, "fade is \(text), longer than the whole, \(clockText(length))")
            }
        }
        if let length = limits.length {
            guard isEndless else {
                throw StudioError(.usage, "--duration makes one piece, --for and --until end an endless one: take one")
            }
            guard limits.fade > 0 || length >= Self.durations.lowerBound else {
                throw StudioError(.usage, "for is \(decimal(length, 1)) s, shorter than 3 s")
            }
        }
        return limits
    }

    // MARK: - Playing

    /// Milliseconds that the last messages wait for a reader.
    private static let lastWord: Int32 = 300

    private func run(
        _ stage: Stage, maker: PassageMaker, first: Passage, limits: SessionLimits, level: Room.Level? = nil,
        isJSON: Bool = false,
        again: (Int, LiveSession.Outcome) -> String?
    ) throws(StudioError) {
        let configuration = try finish(stage)
        RenderThread.prepare()
        let rate = configuration.sampleRate
        let moment = maker.source.moment
        let tables = TablesCache.tables(moment.instrument, rate: rate)
        let control = stage.control
        let steering = Steering(
            console: console, cancellation: cancellation, control: control, device: stage.device.name,
            server: configuration.server, isJSON: isJSON)
        let level = rate == stage.rate ? level : nil
        let sea = SeaCue(live: maker.source).sea(rate: Double(rate))
        let session = LiveSession(
            link: LiveLink(tables: tables, room: moment.room, level: level, sea: sea), rate: rate, maker: maker,
            limits: limits,
            isTranscribed: stage.midi != nil, keeper: Keeper(folder: environment.dataFolder.map { $0 + "/moments" }),
            tell: { steering.tell($0) }, refuse: { steering.refuse($0) }, kept: { steering.tellKept($0, $1) },
            answer: { steering.answer($0, volume: $1) })
        let failure = Failure()
        let recorder = try Recorder(stage, rate: rate, failure) { steering.tell($0) }

        // The first notes are there before anything can ask for them. The sound waits for what the conductor commits: both are
        // as urgent.
        let prepared = Conductor(session, first: first)
        let conducting = try Thread(isUrgent: true) {
            RenderThread.prepare()
            var conductor = prepared
            conductor.run()
        }
        let composing = try Thread { session.compose() }
        let listening = try Thread { steering.run(session) }
        var source = LiveSource(
            session.link, tables: tables, room: moment.room, level: level, sea: sea, recording: recorder.ring)
        var player = LivePlayer(
            device: stage.device, configuration: configuration, latency: stage.latency, control: control)
        var end = LivePlayer.End.stopped
        do throws(AudioIOError) { end = try player.play(&source) } catch { failure.set(StudioError(error)) }
        session.ended.set()
        session.orders.close()
        for thread in [conducting, composing, listening] { thread.join() }
        recorder.finish()
        var outcome = session.outcome.withLock { $0 }
        if end == .stopped { outcome.script.add(.stop, at: session.link.frame) }
        if let midi = stage.midi {
            let heard = Transcript(
                events: outcome.transcript, frames: session.link.frame, rate: rate,
                title: first.performance.title)
            failure.set(heard.write(to: midi))
        }
        if let line = control.glitchLine { steering.tell(line) }
        if let line = again(rate, outcome) { steering.tell(line) }
        steering.flush(waitingMilliseconds: Self.lastWord)
        session.keeper.finish(session, cancellation) { steering.flush() }
        steering.flush(waitingMilliseconds: Self.lastWord)
        if let problem = failure.first { throw problem }
        try cancellation.check()
    }
}

/// An instrument that is worked out on a thread of its own, for `TablesCache`.
private struct Building {
    private let thread: Thread

    init(_ settings: InstrumentSettings, rate: Int) throws(StudioError) {
        thread = try Thread(isUrgent: true) {
            RenderThread.prepare()
            _ = TablesCache.tables(settings, rate: rate)
        }
    }

    func wait() { thread.join() }
}
