import AudioIO
import Presets
import Senses

extension Studio {
    /// How long a microphone is listened to, seconds.
    private static let listeningTimes = 5.0...SoundEar.longest
    /// Frames handed to the ear at once.
    private static let earful = 8192
    /// Seconds below which there is nothing to be made of a sound.
    private static let shortestSound = 1.0

    /// Listens to a sound file, or at the microphone.
    func readSound(_ source: Source, into perception: inout Perception) throws(StudioError) {
        if let path = source.sound {
            let heard = try listen(toFile: path)
            take(heard, into: &perception)
            perception.inputs.append(try FileSystem.digest(ofStart: path))
            if perception.title == nil { perception.title = Self.title(ofFile: path) }
        } else if let text = source.listening {
            guard let seconds = DurationText.parse(text), Self.listeningTimes.contains(seconds) else {
                throw StudioError(.usage, "listen is '\(text)', not a length from 5s to 5m such as 30s")
            }
            let (heard, fingerprint) = try listen(seconds: seconds, at: source.microphone)
            take(heard, into: &perception)
            perception.inputs.append("\(fingerprint)")
            if perception.title == nil { perception.title = "What was to be heard" }
        }
    }

    /// The impression, and its waves as the moment's clock; a sound without waves says so.
    private func take(_ heard: SoundImpression, into perception: inout Perception) {
        var impression = heard.impression
        if let swell = heard.swell {
            let likeness = Int((swell.strength * 100).rounded())
            let few = swell.isTentative ? ", too few to be sure" : ""
            perception.swell = (
                (swell.period * 100).rounded() / 100,
                "sound, \(swell.waves) waves of \(decimal(swell.period, 1)) s, alike to \(likeness) %\(few)"
            )
        } else {
            let clock = perception.swell == nil ? "the mood keeps its own clock" : "the words keep their clock"
            let found =
                heard.hasUnclearWaves
                ? "its waves are too few or too uneven to tell their period" : "there are no waves in it"
            console.message("sound: \(found), so \(clock)")
            let reason = heard.hasUnclearWaves ? "waves too few or too uneven to tell their period" : "no waves in it"
            impression.reasons.append("sound, \(reason) -> \(clock)")
        }
        perception.impressions.append(impression)
    }

    // MARK: - File

    private func listen(toFile path: String) throws(StudioError) -> SoundImpression {
        switch FileSystem.kind(path) {
        case .missing: throw StudioError(.notFound, "\(path): there is no such file")
        case .folder: throw StudioError(.badData, "\(path): is a folder, not a sound file")
        case .pipe, .other:
            throw StudioError(.badData, "\(path): is no file on a disk: give a sound file, such as waves.wav")
        case .file: break
        }
        let file = try studio { () throws(AudioIOError) in try SoundFileSource(path: path) }
        return try listen(to: file, path)
    }

    private func listen(to file: consuming SoundFileSource, _ path: String) throws(StudioError) -> SoundImpression {
        var ear = try Self.ear(sampleRate: file.sampleRate, channels: file.channels, path)
        var left = [Float](repeating: 0, count: Self.earful)
        var right = left
        while !ear.isFull {
            try cancellation.check()
            let count = try studio { () throws(AudioIOError) in
                var l = left.mutableSpan
                var r = right.mutableSpan
                return try file.read(left: &l, right: &r)
            }
            if count == 0 { break }
            try Self.hear(left.span.extracting(first: count), right.span.extracting(first: count), by: &ear, path)
        }
        guard ear.seconds >= Self.shortestSound else {
            throw StudioError(
                .badData, "\(path): holds \(decimal(ear.seconds, 2)) s of sound: give a recording of half a minute")
        }
        if ear.isFull, Double(file.frames) > ear.seconds * Double(file.sampleRate) {
            let heard = DurationText.text(ear.seconds.rounded())
            console.message("\(path): its first \(heard) are listened to")
        }
        return ear.impression()
    }

    private static func ear(sampleRate: Int, channels: Int? = nil, _ name: String) throws(StudioError) -> SoundEar {
        do throws(SenseError) { return try SoundEar(sampleRate: sampleRate, channels: channels) } catch {
            throw StudioError(.badData, "\(name): \(error)")
        }
    }

    private static func hear(_ left: Span<Float>, _ right: Span<Float>, by ear: inout SoundEar, _ name: String)
        throws(StudioError)
    {
        do throws(SenseError) { try ear.listen(left: left, right: right) } catch {
            throw StudioError(.badData, "\(name): \(error)")
        }
    }

    // MARK: - Microphone

    private func listen(seconds: Double, at name: String?) throws(StudioError) -> (SoundImpression, UInt64) {
        let cancellation = cancellation
        let device = name ?? environment.variables["BEACHPIANO_MICROPHONE"] ?? "default"
        let microphone = ALSAMicrophone(name: device) { cancellation.requested != 0 }
        let configuration = try studio { () throws(AudioIOError) in try microphone.open() }
        console.message("listening at \(device) for \(DurationText.text(seconds))")
        var ear = try Self.ear(sampleRate: configuration.sampleRate, device)
        var left = [Float](repeating: 0, count: Self.earful)
        var right = left
        while ear.seconds < seconds {
            let count = try studio { () throws(AudioIOError) in
                var l = left.mutableSpan
                var r = right.mutableSpan
                return try microphone.read(left: &l, right: &r)
            }
            try cancellation.check()
            try Self.hear(left.span.extracting(first: count), right.span.extracting(first: count), by: &ear, device)
        }
        microphone.close()
        let fingerprint = ear.fingerprint
        return (ear.impression(), fingerprint)
    }
}
