import AudioIO
import Composition
import Documents
import Moods
import Music

extension Studio {
    /// Renders the endless piece of a source to a file, as long as its duration says, as nobody steered it.
    ///
    /// The notes are those that `play` plays for the same seed; one gain serves the whole. Of the companions only the MIDI
    /// file can be had.
    public func renderEndless(
        _ source: Source, to path: String, output: OutputWishes = OutputWishes(), midi: String? = nil,
        progress: (Double) -> Void = { _ in }
    ) throws(StudioError) -> RenderReport {
        let resolved = try resolve(source)
        let choice = try OutputChoice(path: path, wishes: output, moment: resolved.moment, environment: environment)
        try choice.checkDestination()
        let started = monotonicSeconds()
        let maker = PassageMaker(source: resolved, target: choice.loudness ?? -23)
        let performance = EndlessPerformance.make(maker, seconds: resolved.duration)
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
            cancellation: cancellation, temporaryFolder: temporaryFolder, sea: SeaCue(resolved))
        let level = try sound.run(progress: progress)
        if let companion { try studio { () throws(AudioIOError) in try companion.publish() } }
        return RenderReport(
            title: performance.title, mood: resolved.name, key: nil, tempo: nil, form: "endless",
            duration: level.duration, loudness: level.loudness, truePeak: level.truePeak, gain: level.gain,
            seed: resolved.seedText, file: path, companions: midi.map { [$0] } ?? [],
            speed: level.duration / max(1e-3, monotonicSeconds() - started), reasons: resolved.moment.why)
    }
}
