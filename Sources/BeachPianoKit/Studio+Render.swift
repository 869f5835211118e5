import AudioIO
import Composition
import Moods
import Music

extension Studio {
    /// Composes, performs and synthesizes a piece to a file, or to standard output for `-`.
    ///
    /// The companions appear with the sound or not at all.
    /// `progress` is called with 0...1 while the sound is made.
    public func render(
        _ source: Source, to path: String, output: OutputWishes = OutputWishes(),
        companions: CompanionPaths = CompanionPaths(), progress: (Double) -> Void = { _ in }
    ) throws(StudioError) -> RenderReport {
        let resolved = try resolve(source)
        let choice = try OutputChoice(path: path, wishes: output, moment: resolved.moment, environment: environment)
        try choice.checkDestination()
        let stems = try stems(choice, output, resolved)
        let started = monotonicSeconds()
        var piece = try composing { () throws(StudioError) in try Piece(resolved) }
        piece.output = choice.said(output, environment)
        var sea = piece.sea
        sea?.hasStems = output.stems
        let writer = try CompanionWriter(piece, companions, force: output.force)
        let sound = SoundJob(
            performance: piece.performance, instrument: resolved.moment.instrument, room: resolved.moment.room,
            choice: choice, tags: tags(for: piece), cancellation: cancellation, temporaryFolder: temporaryFolder,
            sea: sea, walk: piece.microphoneWalk)
        let level = try sound.run(progress: progress)
        try writer.publish()
        if let name = resolved.keptName, path != "-" { noteRendered(name, to: path) }
        return RenderReport(
            title: piece.score.title, mood: resolved.name, key: piece.score.key.name,
            tempo: Double(piece.score.tempo), form: piece.score.form, duration: level.duration,
            loudness: level.loudness, truePeak: level.truePeak, gain: level.gain,
            seed: resolved.seedText, file: path, companions: stems + writer.paths,
            speed: level.duration / max(1e-3, monotonicSeconds() - started),
            reasons: resolved.moment.why + piece.plan.reasons)
    }

    /// The files of piano and sea apart, where they are wanted; looks at their places before anything is rendered.
    private func stems(_ choice: OutputChoice, _ output: OutputWishes, _ source: ResolvedSource) throws(StudioError)
        -> [String]
    {
        guard output.stems else { return [] }
        guard choice.path != "-" else { throw StudioError(.usage, "--stems writes files, not standard output") }
        guard source.moment.sea.state != .off else {
            throw StudioError(.usage, "--stems writes piano and sea apart, but there is no sea: say --sea calm")
        }
        let paths = SeaCue.stemPaths(choice.path)
        for path in [paths.piano, paths.sea] { try choice.moved(to: path, force: choice.force).checkDestination() }
        return [paths.piano, paths.sea]
    }

    /// Folder for the temporary sound.
    var temporaryFolder: String {
        let folder = environment.variables["TMPDIR"] ?? "/tmp"
        return FileSystem.kind(folder) == .folder ? folder : "/tmp"
    }

    /// What a sound file says about itself: enough to have the piece again.
    func tags(for piece: Piece) -> SoundFileTags {
        let seed = piece.source.seedText
        let mood = piece.source.moment.moods[0].name ?? "of its own"
        return SoundFileTags(
            title: piece.score.title, artist: "beachpiano", comment: "mood \(mood), seed \(seed)",
            software: Self.software)
    }
}
