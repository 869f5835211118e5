import AudioIO
import Composition
import Documents
import Moods
import Music
import Presets

extension Studio {
    /// Renders the endless piece of a source to a file, as long as its duration says, or as a listener ended it.
    ///
    /// The notes are those that `play` plays for the same seed and the same steering; one gain serves the whole. Of the
    /// companions only the MIDI file can be had.
    ///
    /// - Parameters:
    ///   - source: what is played; its duration may be left out where `steered` ends it.
    ///   - path: of the sound file.
    ///   - output: how it is written.
    ///   - midi: of a MIDI file.
    ///   - fade: how long it fades before its end, in place of a cadence, such as `60s`.
    ///   - steered: what a listener did, as `play` prints it.
    ///   - progress: called with 0...1.
    /// - Returns: what was made.
    /// - Throws: what is wrong with the wishes, or with the file.
    public func renderEndless(
        _ source: Source, to path: String, output: OutputWishes = OutputWishes(), midi: String? = nil,
        fade: String? = nil, steered: String? = nil, progress: (Double) -> Void = { _ in }
    ) throws(StudioError) -> RenderReport {
        let resolved = try resolve(source)
        let choice = try OutputChoice(path: path, wishes: output, moment: resolved.moment, environment: environment)
        try choice.checkDestination()
        let started = monotonicSeconds()
        let maker = PassageMaker(source: resolved, target: choice.loudness ?? -23)
        let rate = Double(choice.rate)
        let script = try steered.map { text throws(StudioError) in try SteeringScript(parsing: text, rate: rate) }
        let limits = try endlessLimits(source, resolved, fade: fade, script: script)
        let piece = try EndlessPerformance(
            maker, limits: limits, script: script ?? SteeringScript(), rate: rate)
        let performance = piece.performance
        var companion: FileByteSink?
        if let midi {
            companion = try studio { () throws(AudioIOError) in
                let sink = try FileByteSink(path: midi, force: output.force)
                try sink.write(contentsOf: MIDIFileWriter.bytes(of: performance))
                try sink.sync()
                return sink
            }
        }
        let sound = SoundJob(
            performance: performance, instrument: resolved.moment.instrument, room: resolved.moment.room,
            choice: choice,
            tags: SoundFileTags(title: performance.title, artist: "beachpiano", software: Self.software),
            cancellation: cancellation, temporaryFolder: temporaryFolder,
            sea: piece.scenery.isEmpty ? SeaCue(resolved) : SeaCue(live: resolved), scenery: piece.scenery,
            fade: script?.end != nil ? Self.stopFade : limits.fade > 0 ? limits.fade : nil)
        let level = try sound.run(progress: progress)
        if let companion { try studio { () throws(AudioIOError) in try companion.publish() } }
        return RenderReport(
            title: performance.title, mood: resolved.name, key: nil, tempo: nil, form: "endless",
            duration: level.duration, loudness: level.loudness, truePeak: level.truePeak, gain: level.gain,
            seed: resolved.seedText, file: path, companions: midi.map { [$0] } ?? [],
            speed: level.duration / max(1e-3, monotonicSeconds() - started), reasons: resolved.moment.why)
    }

    /// Seconds in which a session fades that its listener ends.
    private static let stopFade = 0.08

    private func endlessLimits(
        _ source: Source, _ resolved: ResolvedSource, fade: String?, script: SteeringScript?
    ) throws(StudioError) -> SessionLimits {
        var limits = SessionLimits()
        if source.duration != nil || script?.end == nil { limits.length = resolved.duration }
        guard let fade else { return limits }
        guard let length = limits.length else {
            throw StudioError(.usage, "--fade needs --duration: it fades before that end")
        }
        guard let seconds = DurationText.parse(fade), seconds <= length else {
            throw StudioError(.usage, "fade is '\(fade)', not a length up to the duration, \(clockText(length))")
        }
        limits.fade = seconds
        return limits
    }
}
