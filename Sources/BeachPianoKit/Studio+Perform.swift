import AudioIO
import Documents
import Interpretation
import Moods
import Music
import Presets

extension Studio {
    /// Plays a MIDI file on the piano, to a sound file or to standard output, and writes its MIDI file where asked.
    ///
    /// - Parameters:
    ///   - wishes: the file and the piano.
    ///   - path: the sound file, or `-`.
    ///   - progress: called with 0...1 while the sound is made.
    /// - Returns: what was made.
    /// - Throws: what was wrong with the wishes, the file or the destination.
    public func perform(_ wishes: PerformWishes, to path: String, progress: (Double) -> Void = { _ in })
        throws(StudioError) -> RenderReport
    {
        let (performance, moment, notices) = try readPerformance(wishes)
        let choice = try OutputChoice(path: path, wishes: wishes.output, moment: moment, environment: environment)
        try choice.checkDestination()
        let writer = try CompanionWriter(
            midi: wishes.midi, of: performance, beside: path, force: wishes.output.force)
        for notice in notices { console.message(notice) }
        let started = monotonicSeconds()
        let sound = SoundJob(
            performance: performance, instrument: moment.instrument, room: moment.room, choice: choice,
            tags: SoundFileTags(title: performance.title, software: Self.software), cancellation: cancellation,
            temporaryFolder: temporaryFolder, fade: wishes.isExpressive ? nil : performance.closing)
        let level = try sound.run(progress: progress)
        try writer.publish()
        return RenderReport(
            title: performance.title, mood: nil, key: nil, tempo: nil, form: nil, duration: level.duration,
            loudness: level.loudness, truePeak: level.truePeak, gain: level.gain, seed: nil, file: path,
            companions: writer.paths, speed: level.duration / max(1e-3, monotonicSeconds() - started),
            reasons: notices)
    }

    /// Writes the performance of a MIDI file as the piano plays it, without sound.
    ///
    /// - Parameters:
    ///   - wishes: the file to read.
    ///   - path: the MIDI file to write.
    /// - Returns: what was written.
    /// - Throws: what was wrong with the wishes, the file or the destination.
    public func writePerformance(_ wishes: PerformWishes, to path: String) throws(StudioError) -> PerformanceReport {
        let (performance, _, notices) = try readPerformance(wishes)
        let writer = try CompanionWriter(midi: path, of: performance, force: wishes.output.force)
        for notice in notices { console.message(notice) }
        try writer.publish()
        return PerformanceReport(
            title: performance.title, notes: performance.notes.count, pedals: performance.pedals.count,
            duration: performance.duration, file: path)
    }

    /// Reads a MIDI file and the instrument that it is to be played on, with a line on what is left out.
    ///
    /// - Parameter wishes: the file and the piano.
    /// - Returns: the performance up to its last sound, the instrument and its room, the lines.
    /// - Throws: what was wrong with the wishes or the file.
    func readPerformance(_ wishes: PerformWishes) throws(StudioError) -> (Performance, Moment, [String]) {
        let channels = try wishes.channels.map { (text) throws(StudioError) in try Self.channels(text) }
        let moment = try plainMoment(piano: wishes.piano, room: wishes.room)
        let bytes = try FileSystem.read(wishes.input, limit: 64 << 20)
        let contents: MIDIFileContents
        do throws(MIDIFileError) { contents = try MIDIFileReader.read(bytes, channels: channels) } catch {
            throw StudioError(.badData, "\(wishes.input): \(error.description)")
        }
        var performance =
            wishes.isExpressive
            ? ExpressiveReading.perform(contents.performance, hints: .init(markers: contents.markers))
            : contents.performance.rungOut(in: moment.room)
        if performance.title.isEmpty { performance.title = Self.stem(wishes.input) }
        return (performance, moment, Self.notices(contents))
    }

    /// One line for each kind of note that does not sound.
    private static func notices(_ contents: MIDIFileContents) -> [String] {
        var lines: [String] = []
        if contents.drumNotes > 0 {
            let notes = PerformanceReport.notes(contents.drumNotes)
            lines.append("left out: \(notes) of drums on channel 10 (--channel 10 plays them)")
        }
        if contents.notesOffTheKeyboard > 0 {
            let notes = PerformanceReport.notes(contents.notesOffTheKeyboard)
            lines.append("left out: \(notes) beyond the 88 keys of the piano")
        }
        return lines
    }

    /// The channels of a list such as `1,3`.
    private static func channels(_ text: String) throws(StudioError) -> Set<Int> {
        var channels: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let channel = Int(part), (1...16).contains(channel) else {
                throw StudioError(.usage, "channel is '\(part)', not a number from 1 to 16")
            }
            channels.insert(channel)
        }
        return channels
    }

    /// The name of a file without its folder and extension.
    private static func stem(_ path: String) -> String {
        let name = path.split(separator: "/").last ?? Substring(path)
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return String(name) }
        return String(name[..<dot])
    }
}
