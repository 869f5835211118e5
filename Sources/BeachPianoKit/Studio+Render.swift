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
        let started = monotonicSeconds()
        var piece = try composing { () throws(StudioError) in try Piece(resolved) }
        piece.output = choice.said(output, environment)
        let writer = try CompanionWriter(piece, companions, force: output.force)
        let sound = SoundJob(
            performance: piece.performance, instrument: resolved.moment.instrument, room: resolved.moment.room,
            choice: choice, tags: tags(for: piece), cancellation: cancellation, temporaryFolder: temporaryFolder)
        let level = try sound.run(progress: progress)
        try writer.publish()
        return RenderReport(
            title: piece.score.title, mood: resolved.name, key: piece.score.key.name,
            tempo: Double(piece.score.tempo), form: piece.score.form, duration: level.duration,
            loudness: level.loudness, truePeak: level.truePeak, gain: level.gain,
            seed: resolved.seedText, file: path, companions: writer.paths,
            speed: level.duration / max(1e-3, monotonicSeconds() - started),
            reasons: resolved.moment.why + piece.plan.reasons)
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
