import CAudioSupport
import Glibc
import Synchronization

/// Plays a source on a device until it ends, through xruns, suspends and lost servers.
///
/// One thread renders a block and writes it: nothing lies between synthesis and device. Time is counted in frames that
/// the device accepted; while it is away the music waits, and comes back with a fade of 10 ms.
package struct LivePlayer: ~Copyable {
    package enum End: Hashable, Sendable {
        /// The source ended and all of it was played.
        case finished
        /// Someone asked to stop.
        case stopped
    }

    private let device: any PCMDevice
    private let clock: any MonotonicClock
    private let control: PlaybackControl
    private let request: PCMRequest
    private let configuration: PCMConfiguration
    private var policy: PlaybackPolicy
    private var left: [Float]
    private var right: [Float]
    private var offset = 0
    private var count = 0
    private var ramp: Ramp
    private var lastAccepted: Int64?
    /// Frames taken since the device was opened: a buffer swallows its own length even when nothing plays it.
    private var acceptedSinceOpen = 0
    private var pace: PaceWatch
    private var hasEnded = false
    /// When the end was asked for first.
    private var stopSince: Int64?

    /// Frames of a block.
    package static let block = 64
    /// Nanoseconds without progress, beyond a period, after which no fade is waited for when the end has been asked for.
    private static let fadePatience: Int64 = 120_000_000

    /// - Parameters:
    ///   - device: already opened.
    ///   - configuration: what opening it gave.
    ///   - latency: what was asked, for opening it again.
    ///   - control: to stop and pause, and to read counters.
    ///   - clock: the system's, but in tests.
    package init(
        device: any PCMDevice, configuration: PCMConfiguration, latency: Double = 0.2, control: PlaybackControl,
        clock: any MonotonicClock = SystemClock()
    ) {
        self.device = device
        self.configuration = configuration
        self.control = control
        self.clock = clock
        request = PCMRequest(sampleRate: configuration.sampleRate, latency: latency, isExact: true)
        policy = PlaybackPolicy(
            periodFrames: configuration.periodFrames, bufferFrames: configuration.bufferFrames, now: clock.nanoseconds)
        left = Array(repeating: 0, count: Self.block)
        // Not a copy of the left one: that would part from it at its first change, and allocate.
        right = Array(repeating: 0, count: Self.block)
        ramp = Ramp(sampleRate: configuration.sampleRate)
        pace = PaceWatch(sampleRate: configuration.sampleRate)
    }

    /// Plays until the source ends or `control` stops it; the device is closed afterwards.
    ///
    /// A device that is away is waited for as long as it takes.
    /// - Throws: the source's own error.
    package mutating func play<Source: AudioSource & ~Copyable>(
        _ source: inout Source
    ) throws(AudioIOError) -> End {
        defer {
            device.close()
            control.state = .ended
        }
        unsafe bp_set_thread_name("bp-audio")
        policy.resume(now: clock.nanoseconds)
        control.state = .playing
        ramp.rise()
        while true {
            if control.stops > 1 || isStuckAtTheEnd { return stopNow() }
            if offset == count {
                if ramp.isDown {
                    if control.stops > 0 {
                        device.drain(seconds: configuration.latency + 0.05)
                        return .stopped
                    }
                    if control.isPaused, pause() == .stopped { return .stopped }
                }
                if hasEnded { break }
                try fill(&source)
                if count == 0 { break }
            }
            guard perform(policy.next(step(), now: clock.nanoseconds)) else { return stopNow() }
        }
        if let halt = pace.end(now: clock.nanoseconds) { note(halt) }
        device.drain(seconds: configuration.latency + 2)
        return .finished
    }

    /// Whether the end has been asked for and the device takes nothing for it.
    private var isStuckAtTheEnd: Bool {
        mutating get {
            guard control.stops > 0 else { return false }
            let now = clock.nanoseconds
            let since = stopSince ?? now
            stopSince = since
            let period = Int64(configuration.periodFrames) * 1_000_000_000 / Int64(configuration.sampleRate)
            return now - max(since, lastAccepted ?? since) > Self.fadePatience + period
        }
    }

    /// Throws away what is queued.
    private func stopNow() -> End {
        device.drop()
        return .stopped
    }

    /// Waits for room and writes what is left of the block.
    private mutating func step() -> PlaybackPolicy.Answer {
        let room = device.wait(milliseconds: control.stops > 0 ? 20 : 100)
        if room < 0 { return .failed(-room) }
        if room == 0 {
            if let last = lastAccepted, clock.nanoseconds - last > 1_000_000_000 { control.state = .waiting }
            return .timedOut
        }
        let space = device.room()
        let taken = device.write(
            left: left.span.extracting(offset..<count), right: right.span.extracting(offset..<count))
        guard taken > 0 else { return taken == 0 ? .accepted(0) : .failed(Int32(clamping: -taken)) }
        RealTimeSection.enter()
        defer { RealTimeSection.leave() }
        offset += min(taken, count - offset)
        noteProgress(taken, space)
        return .accepted(taken)
    }

    private mutating func noteProgress(_ frames: Int, _ space: Int) {
        let now = clock.nanoseconds
        if space >= 0 {
            let position = acceptedSinceOpen - (configuration.bufferFrames - space)
            // Until the first frame has been played the device only fills its buffer.
            if position > 0, let halt = pace.note(position: position, now: now) { note(halt) }
        }
        control.frameCount.add(Int64(frames), ordering: .relaxed)
        acceptedSinceOpen += frames
        if acceptedSinceOpen > configuration.bufferFrames { control.state = .playing }
        if let last = lastAccepted {
            let gap = now - last
            if gap > control.longestGap.load(ordering: .relaxed) { control.longestGap.store(gap, ordering: .relaxed) }
            // Longer than all that can be queued: the device ran dry, whether it says so or not.
            let most = configuration.bufferFrames * 1_000_000_000 / configuration.sampleRate
            if gap > Int64(most) {
                control.stallCount.add(1, ordering: .relaxed)
                pace.restart()
            }
        }
        lastAccepted = now
    }

    /// Counts a time for which the device stood still while there was sound for it.
    private func note(_ halt: Int64) {
        control.stallCount.add(1, ordering: .relaxed)
        if halt > control.longestGap.load(ordering: .relaxed) { control.longestGap.store(halt, ordering: .relaxed) }
    }

    /// Acts until there is something to write again; false when the user stops while the device is away.
    private mutating func perform(_ first: PlaybackPolicy.Action) -> Bool {
        var action = first
        while control.stops < 2 {
            switch action {
            case .write:
                return true
            case .rest(let time):
                clock.sleep(nanoseconds: time)
                return true
            case .recover(let code, let time):
                if time == 0 { control.xrunCount.add(1, ordering: .relaxed) }
                clock.sleep(nanoseconds: time)
                let status = device.recover(from: code)
                comeBack()
                action = policy.next(.recovered(status < 0 ? -status : 0), now: clock.nanoseconds)
            case .reopen(let code, let time):
                control.lostReason.store(code, ordering: .relaxed)
                control.state = .reconnecting
                device.close()
                guard sleep(time) else { return false }
                action = reopen()
            }
        }
        return false
    }

    private mutating func reopen() -> PlaybackPolicy.Action {
        do throws(AudioIOError) {
            _ = try device.open(request)
        } catch {
            return policy.next(.openFailed(error.errno), now: clock.nanoseconds)
        }
        control.reopenCount.add(1, ordering: .relaxed)
        acceptedSinceOpen = 0
        comeBack()
        return policy.next(.opened, now: clock.nanoseconds)
    }

    /// After a gap: the rest of the block and what follows fade in, and the clock of stalls starts anew.
    private mutating func comeBack() {
        lastAccepted = nil
        pace.restart()
        if !ramp.isFalling {
            ramp.rise()
            apply(from: offset)
        }
    }

    /// Sleeps in short pieces; false when the user stops meanwhile.
    private func sleep(_ nanoseconds: Int64) -> Bool {
        var rest = nanoseconds
        while rest > 0 {
            if control.stops > 0 { return false }
            clock.sleep(nanoseconds: min(rest, 20_000_000))
            rest -= 20_000_000
        }
        return true
    }

    /// Releases the device until told to go on.
    private mutating func pause() -> End {
        device.drain(seconds: configuration.latency + 0.2)
        device.close()
        control.state = .paused
        while control.isPaused {
            if control.stops > 0 { return .stopped }
            clock.sleep(nanoseconds: 20_000_000)
        }
        policy.resume(now: clock.nanoseconds)
        lastAccepted = nil
        pace.restart()
        let reopensBefore = control.reopens
        ramp.rise()
        guard perform(reopen()) else { return .stopped }
        // Coming back from a pause is no loss.
        if control.reopens == reopensBefore + 1 { control.reopenCount.subtract(1, ordering: .relaxed) }
        return control.stops > 0 ? .stopped : .finished
    }

    private mutating func fill<Source: AudioSource & ~Copyable>(_ source: inout Source) throws(AudioIOError) {
        if control.stops > 0 || control.isPaused { ramp.fall() } else { ramp.turnUp() }
        RealTimeSection.enter()
        defer { RealTimeSection.leave() }
        count = try Self.pull(&source, &left, &right)
        offset = 0
        hasEnded = count < Self.block
        apply(from: 0)
    }

    private static func pull<Source: AudioSource & ~Copyable>(
        _ source: inout Source, _ left: inout [Float], _ right: inout [Float]
    ) throws(AudioIOError) -> Int {
        var l = left.mutableSpan
        var r = right.mutableSpan
        return try source.read(left: &l, right: &r)
    }

    private mutating func apply(from first: Int) {
        guard ramp.isActive else { return }
        for i in first..<count {
            let gain = ramp.next()
            left[i] *= gain
            right[i] *= gain
        }
    }
}

/// The straight fades at the edges of playing: up in 10 ms, down in 80.
struct Ramp: Hashable, Sendable {
    private let up: Float
    private let down: Float
    private var gain: Float = 1
    private(set) var isFalling = false

    init(sampleRate: Int) {
        up = 1 / (0.01 * Float(sampleRate))
        down = 1 / (0.08 * Float(sampleRate))
    }

    /// Whether it does anything.
    var isActive: Bool { isFalling || gain < 1 }
    /// Whether it has arrived at silence.
    var isDown: Bool { isFalling && gain == 0 }

    mutating func rise() {
        gain = 0
        isFalling = false
    }

    /// Falls from where it is.
    mutating func fall() { isFalling = true }

    /// Rises from where it is.
    mutating func turnUp() { isFalling = false }

    mutating func next() -> Float {
        gain = isFalling ? max(0, gain - down) : min(1, gain + up)
        return gain
    }
}
