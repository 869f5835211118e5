import AudioIO
import Presets

/// An open device, and the files that what is heard goes to.
struct Stage {
    /// A sound file for what is heard.
    struct Record: Sendable {
        let path: String
        let format: SoundFileFormat
        let force: Bool
    }

    let device: ALSADevice
    let configuration: PCMConfiguration
    let latency: Double
    let record: Record?
    let midi: FileByteSink?
}

extension Studio {
    /// Opens the device and looks at the files, and says what is played to.
    func openStage(_ wishes: PlayWishes) throws(StudioError) -> Stage {
        if let latency = wishes.latencyMilliseconds, !(20...2000).contains(latency) {
            throw StudioError(.usage, "latency is \(latency), outside 20...2000 ms")
        }
        let rate = wishes.rate ?? 48000
        guard OutputChoice.rates.contains(rate) else {
            throw StudioError(.usage, "rate is \(rate), not one of 44100, 48000, 88200, 96000 Hz")
        }
        var record: Stage.Record?
        if let path = wishes.record {
            guard path != wishes.midi else { throw StudioError(.usage, "\(path) is named for two outputs") }
            record = try studio { () throws(AudioIOError) in
                _ = try Destination(path: path, force: wishes.force)
                // A recording keeps exactly what was heard.
                let bits = path.hasSuffix(".wav") ? "32f" : nil
                let format = try SoundFileFormat(path: path, bits: bits)
                try format.check(sampleRate: rate)
                return Stage.Record(path: path, format: format, force: wishes.force)
            }
        }
        var midi: FileByteSink?
        if let path = wishes.midi {
            midi = try studio { () throws(AudioIOError) in try FileByteSink(path: path, force: wishes.force) }
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
        return Stage(device: device, configuration: configuration, latency: latency, record: record, midi: midi)
    }
}

extension PlaybackControl {
    /// A line on the gaps that were heard; nil where there were none.
    var glitchLine: String? {
        guard glitches > 0 else { return nil }
        return "\(xruns) times the device ran dry, \(stalls) times it stalled; longest gap "
            + "\(decimal(longestGapSeconds * 1000, 0)) ms"
    }
}
