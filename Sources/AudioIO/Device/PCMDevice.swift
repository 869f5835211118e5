/// A device that plays stereo blocks: ALSA, or a script in the tests.
///
/// One thread uses it at a time.
///
/// Results follow ALSA: 0 or a count is success, a negative number is an errno.
package protocol PCMDevice: AnyObject {
    var name: String { get }
    /// Opens and negotiates, within three seconds.
    func open(_ request: PCMRequest) throws(AudioIOError) -> PCMConfiguration
    /// Makes ready after opening or an xrun.
    func prepare() -> Int32
    /// Waits for room: 1 when there is, 0 when the time is over.
    func wait(milliseconds: Int32) -> Int32
    /// Frames that it would take now, or a negative errno.
    func room() -> Int
    /// Takes frames without blocking and answers how many.
    func write(left: Span<Float>, right: Span<Float>) -> Int
    /// Gives back what was written last and is not played yet, at most so many frames, and answers how many: 0 where it cannot.
    func rewind(_ frames: Int) -> Int
    /// Tries to go on after an error; 0 is no proof that anything works (reliability 6).
    func recover(from code: Int32) -> Int32
    /// Plays what is queued, at most so many seconds.
    func drain(seconds: Double)
    /// Throws away what is queued.
    func drop()
    /// Releases the device; harmless when closed.
    func close()
}

/// What we ask of a device.
package struct PCMRequest: Hashable, Sendable {
    /// Hz; the device may choose another unless `isExact`.
    package var sampleRate: Int
    /// Seconds of the whole buffer.
    package var latency: Double
    /// Whether another rate is an error.
    package var isExact: Bool

    package init(sampleRate: Int = 48_000, latency: Double = 0.2, isExact: Bool = false) {
        self.sampleRate = sampleRate
        self.latency = latency
        self.isExact = isExact
    }
}

/// How samples reach a device.
package enum PCMSampleFormat: String, Hashable, Sendable, CaseIterable {
    case float32, int32, int24, int24packed, int16

    /// Bytes of one sample.
    package var bytes: Int {
        switch self {
        case .float32, .int32, .int24: 4
        case .int24packed: 3
        case .int16: 2
        }
    }
}

/// Whose server stands behind a device.
package enum SoundServer: Hashable, Sendable {
    case pipeWire, pulseAudio, jack, another

    /// Whether it reads from the device's buffer only what it plays next.
    ///
    /// PulseAudio's plugin hands all on at once: ALSA lets it go back, but what was handed on is played in spite of that
    /// (measured).
    var leavesQueue: Bool { self == .pipeWire || self == .jack }
}

/// What a device gave.
package struct PCMConfiguration: Hashable, Sendable, CustomStringConvertible {
    package var device: String
    package var sampleRate: Int
    package var format: PCMSampleFormat
    package var channels: Int
    package var periodFrames: Int
    package var bufferFrames: Int
    /// Nil for a card.
    package var server: SoundServer?

    package init(
        device: String, sampleRate: Int, format: PCMSampleFormat, channels: Int, periodFrames: Int, bufferFrames: Int,
        server: SoundServer? = nil
    ) {
        self.device = device
        self.sampleRate = sampleRate
        self.format = format
        self.channels = channels
        self.periodFrames = periodFrames
        self.bufferFrames = bufferFrames
        self.server = server
    }

    /// Seconds of the buffer.
    package var latency: Double { Double(bufferFrames) / Double(sampleRate) }

    package var description: String {
        "playing to: \(device), \(sampleRate) Hz, \(format.rawValue), \(channels) channel\(channels == 1 ? "" : "s"), "
            + "buffer \(Int((latency * 1000).rounded())) ms"
    }
}
