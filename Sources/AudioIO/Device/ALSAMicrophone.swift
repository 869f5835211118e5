import CALSA
import Glibc

/// A capture device of ALSA: cards, and PipeWire, PulseAudio and JACK through their plugins.
///
/// Nothing blocks for longer than `patience`: a device that gives no sound is an error.
@safe
package final class ALSAMicrophone {
    package let name: String
    private let isCancelled: @Sendable () -> Bool
    private var handle: OpaquePointer?
    private var decoder = PCMDecoder(format: .float32, channels: 2)
    private var bytes: [UInt8] = []

    /// Seconds for opening, for closing, and until a sound has to come.
    private static let openLimit = 3.0
    private static let closeLimit = 1.0
    private static let patience = 3.0
    /// Frames taken at once.
    private static let chunk = 2048

    /// - Parameters:
    ///   - name: ALSA's name, `default` unless the user said another.
    ///   - isCancelled: asked while waiting.
    package init(name: String = "default", isCancelled: @escaping @Sendable () -> Bool = { false }) {
        self.name = name
        self.isCancelled = isCancelled
    }

    deinit { close() }

    /// Opens and starts.
    /// - Throws: `.noDevice`, `.busy`.
    package func open(sampleRate: Int = 48_000) throws(AudioIOError) -> PCMConfiguration {
        close()
        let device = name
        let answer = TimeLimit.run(seconds: Self.openLimit, isCancelled: isCancelled) {
            ALSANegotiation.open(device, PCMRequest(sampleRate: sampleRate, latency: 0.5), .capture)
        } orphan: { answer in
            if let late = unsafe answer.handle { unsafe snd_pcm_close(late) }
        }
        guard let answer else { throw ALSANegotiation.error(device, -ETIMEDOUT, detail: "", .capture) }
        guard let configuration = answer.configuration, let pcm = unsafe answer.handle else {
            throw ALSANegotiation.error(device, answer.code, detail: answer.detail, .capture)
        }
        unsafe handle = pcm
        decoder = PCMDecoder(format: configuration.format, channels: configuration.channels)
        bytes = Array(repeating: 0, count: Self.chunk * decoder.frameBytes)
        let code = unsafe snd_pcm_start(pcm)
        guard code >= 0 else { throw ALSANegotiation.error(device, code, detail: "", .capture) }
        return configuration
    }

    /// Waits for the next frames.
    /// - Returns: how many came, at most `chunk`; 0 when cancelled.
    /// - Throws: `.deviceLost` where none comes.
    package func read(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>) throws(AudioIOError) -> Int {
        guard let pcm = unsafe handle else { throw lost(-EBADFD) }
        let asked = min(Self.chunk, min(left.count, right.count))
        let clock = SystemClock()
        let end = clock.nanoseconds + Int64(Self.patience * 1e9)
        while clock.nanoseconds < end {
            if isCancelled() { return 0 }
            let got = unsafe bytes.withUnsafeMutableBytes { bytes in
                unsafe snd_pcm_readi(pcm, bytes.baseAddress, snd_pcm_uframes_t(asked))
            }
            if got > 0 {
                decoder.decode(bytes, left: &left, right: &right, count: got)
                return got
            }
            if got == 0 || got == -Int(EAGAIN) {
                unsafe snd_pcm_wait(pcm, 100)
                continue
            }
            // What ran over, or slept, begins again; a gap in the sea does no harm.
            var code = unsafe snd_pcm_recover(pcm, Int32(got), 1)
            if code >= 0 { code = unsafe snd_pcm_start(pcm) }
            if code < 0 { throw lost(code) }
        }
        throw lost(-ETIMEDOUT)
    }

    package func close() {
        guard let pcm = unsafe handle else { return }
        unsafe handle = nil
        let shared = unsafe SharedHandle(pcm)
        _ = TimeLimit.run(seconds: Self.closeLimit) { unsafe snd_pcm_close(shared.pcm) }
    }

    private func lost(_ code: Int32) -> AudioIOError {
        let reason =
            code == -ETIMEDOUT ? "no sound came for \(Int(Self.patience)) seconds" : AudioIOError.message(-code)
        return AudioIOError(
            .deviceLost, name, errno: -code, "the microphone \(name) is silent: \(reason); try another --microphone")
    }
}
