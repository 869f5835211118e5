import CALSA
import CAudioSupport
import Glibc

/// A playback device of ALSA: cards, and PipeWire, PulseAudio and JACK through their plugins.
///
/// The handle is non-blocking, and what may block in spite of that runs under a time limit.
@safe
package final class ALSADevice: PCMDevice {
    package let name: String
    private let isCancelled: @Sendable () -> Bool
    private var handle: OpaquePointer?
    /// Outside of the object, whose properties are checked for exclusive access at each use.
    private let encoder: UnsafeMutablePointer<PCMEncoder>
    private var canRewind = false
    private var opening: TimeLimit.Pending<ALSANegotiation.Answer>?

    /// Seconds for opening, and for throwing away and closing; past that it goes on by itself.
    private static let openLimit = 3.0
    private static let closeLimit = 0.15

    /// - Parameters:
    ///   - name: ALSA's name, `default` unless the user said another.
    ///   - isCancelled: asked while waiting for a stuck server.
    package init(name: String = "default", isCancelled: @escaping @Sendable () -> Bool = { false }) {
        self.name = name
        self.isCancelled = isCancelled
        unsafe encoder = .allocate(capacity: 1)
        unsafe encoder.initialize(to: PCMEncoder(format: .float32, channels: 2, capacity: 0))
    }

    deinit {
        close()
        unsafe encoder.deinitialize(count: 1)
        unsafe encoder.deallocate()
    }

    /// Begins to open, so that other things can be done meanwhile; `finishOpening` waits for it.
    package func beginOpening(_ request: PCMRequest) {
        close()
        let device = name
        opening = TimeLimit.begin(seconds: Self.openLimit) {
            ALSANegotiation.open(device, request)
        } orphan: { answer in
            if let late = unsafe answer.handle { unsafe snd_pcm_close(late) }
        }
    }

    package func open(_ request: PCMRequest) throws(AudioIOError) -> PCMConfiguration {
        beginOpening(request)
        return try finishOpening()
    }

    /// Waits for what `beginOpening` has begun.
    package func finishOpening() throws(AudioIOError) -> PCMConfiguration {
        let device = name
        guard let pending = opening.take() else { throw ALSANegotiation.error(device, -EBADFD, detail: "") }
        let answer = pending.wait(isCancelled: isCancelled)
        guard let answer else { throw ALSANegotiation.error(device, -ETIMEDOUT, detail: "") }
        guard let configuration = answer.configuration, unsafe answer.handle != nil else {
            throw ALSANegotiation.error(device, answer.code, detail: answer.detail)
        }
        unsafe handle = answer.handle
        canRewind = configuration.server?.leavesQueue ?? true
        unsafe encoder.pointee = PCMEncoder(
            format: configuration.format, channels: configuration.channels, capacity: configuration.bufferFrames)
        return configuration
    }

    package func prepare() -> Int32 {
        guard let pcm = unsafe handle else { return -EBADFD }
        return unsafe snd_pcm_prepare(pcm)
    }

    package func wait(milliseconds: Int32) -> Int32 {
        guard let pcm = unsafe handle else { return -EBADFD }
        return unsafe snd_pcm_wait(pcm, milliseconds)
    }

    package func room() -> Int {
        guard let pcm = unsafe handle else { return -Int(EBADFD) }
        return unsafe snd_pcm_avail_update(pcm)
    }

    package func write(left: Span<Float>, right: Span<Float>) -> Int {
        guard let pcm = unsafe handle else { return -Int(EBADFD) }
        let count = unsafe min(left.count, encoder.pointee.capacity)
        RealTimeSection.enter()
        unsafe encoder.pointee.encode(left: left.extracting(first: count), right: right.extracting(first: count))
        RealTimeSection.leave()
        return unsafe encoder.pointee.withBytes { bytes in
            unsafe snd_pcm_writei(pcm, bytes.baseAddress, snd_pcm_uframes_t(count))
        }
    }

    package func rewind(_ frames: Int) -> Int {
        guard canRewind, let pcm = unsafe handle else { return 0 }
        let most = unsafe snd_pcm_rewindable(pcm)
        guard most > 0 else { return 0 }
        return unsafe max(0, snd_pcm_rewind(pcm, snd_pcm_uframes_t(min(frames, most))))
    }

    package func recover(from code: Int32) -> Int32 {
        guard let pcm = unsafe handle else { return -EBADFD }
        if code == ESTRPIPE {
            let status = unsafe snd_pcm_resume(pcm)
            // The card still sleeps (EAGAIN), is back (0), or cannot resume and starts anew.
            if status == 0 || status == -EAGAIN { return status }
        }
        return unsafe snd_pcm_prepare(pcm)
    }

    package func drain(seconds: Double) {
        guard let pcm = unsafe handle else { return }
        let shared = unsafe SharedHandle(pcm)
        let done = TimeLimit.run(seconds: seconds) {
            unsafe snd_pcm_nonblock(shared.pcm, 0)
            unsafe snd_pcm_drain(shared.pcm)
            return true
        } orphan: { _ in
            unsafe snd_pcm_close(shared.pcm)
        }
        // Past the limit, the other thread still holds the handle and closes it when it can.
        if done == nil { unsafe handle = nil }
    }

    package func drop() {
        guard let pcm = unsafe handle else { return }
        let shared = unsafe SharedHandle(pcm)
        let done = TimeLimit.run(seconds: Self.closeLimit) {
            unsafe snd_pcm_drop(shared.pcm)
        } orphan: { _ in
            unsafe snd_pcm_close(shared.pcm)
        }
        if done == nil { unsafe handle = nil }
    }

    package func close() {
        opening = nil
        guard let pcm = unsafe handle else { return }
        unsafe handle = nil
        let shared = unsafe SharedHandle(pcm)
        _ = TimeLimit.run(seconds: Self.closeLimit) { unsafe snd_pcm_close(shared.pcm) }
    }
}

/// A handle on its way to another thread, while this one leaves it alone.
@safe
struct SharedHandle: @unchecked Sendable {
    let pcm: OpaquePointer
    init(_ pcm: OpaquePointer) { unsafe self.pcm = pcm }
}
