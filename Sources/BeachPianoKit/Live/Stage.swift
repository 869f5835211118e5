import AudioIO
import Glibc
import Presets

/// A device that is open or being opened, and the files that what is heard goes to.
struct Stage {
    let device: ALSADevice
    let control: PlaybackControl
    let scheduling: RealTimeScheduling
    /// Hz, as it was asked for.
    let rate: Int
    let latency: Double
    let record: Recording?
    let midi: FileByteSink?
}

extension Studio {
    /// Looks at the files and begins to open the device, which takes about as long as composing: `finish` waits for it.
    ///
    /// The calling thread has the priority of sound from here on.
    func beginStage(_ wishes: PlayWishes) throws(StudioError) -> Stage {
        if let latency = wishes.latencyMilliseconds, !(20...2000).contains(latency) {
            throw StudioError(.usage, "latency is \(latency), outside 20...2000 ms")
        }
        let rate = wishes.rate ?? 48000
        guard OutputChoice.rates.contains(rate) else {
            throw StudioError(.usage, "rate is \(rate), not one of 44100, 48000, 88200, 96000 Hz")
        }
        var record: Recording?
        if let path = wishes.record {
            guard path != wishes.midi else { throw StudioError(.usage, "\(path) is named for two outputs") }
            record = try studio { () throws(AudioIOError) in
                _ = try Destination(path: path, force: wishes.force)
                // A recording keeps exactly what was heard.
                let bits = path.hasSuffix(".wav") ? "32f" : nil
                let format = try SoundFileFormat(path: path, bits: bits)
                try format.check(sampleRate: rate)
                return Recording(path: path, format: format, force: wishes.force)
            }
        }
        var midi: FileByteSink?
        if let path = wishes.midi {
            midi = try studio { () throws(AudioIOError) in try FileByteSink(path: path, force: wishes.force) }
        }
        // A reader of what we say that goes away ends neither the music nor its files; Ctrl-C finishes them.
        signal(SIGPIPE, SIG_IGN)
        cancellation.endsGently = true
        let own = try self.configuration()
        let latency = Double(wishes.latencyMilliseconds ?? own.latency ?? 200) / 1000
        let name = wishes.device ?? environment.variables["BEACHPIANO_DEVICE"] ?? own.device ?? "default"
        let cancellation = cancellation
        let control = PlaybackControl()
        let device = ALSADevice(name: name) { cancellation.requested != 0 || control.isStopping }
        let scheduling = RealTimeScheduling.request()
        device.beginOpening(PCMRequest(sampleRate: rate, latency: latency))
        return Stage(
            device: device, control: control, scheduling: scheduling, rate: rate, latency: latency, record: record,
            midi: midi)
    }

    /// Waits for the device and says what is played to.
    func finish(_ stage: Stage) throws(StudioError) -> PCMConfiguration {
        let configuration: PCMConfiguration
        do throws(AudioIOError) { configuration = try stage.device.finishOpening() } catch {
            // Whoever does not want to wait for a stuck server ends, and has nothing to be told about it.
            try cancellation.check()
            throw StudioError(error)
        }
        // Nor is a first note waited for.
        if cancellation.requested != 0 { stage.device.close() }
        try cancellation.check()
        console.message(configuration.description)
        console.detail(stage.scheduling.description)
        return configuration
    }
}

extension PlaybackControl {
    /// A line on the gaps that were heard; nil where there were none.
    var glitchLine: String? { reading.summary }
}
