import CAudioSupport
import Glibc
import Synchronization

/// Plays a source on a device until it ends, through xruns, suspends and lost servers.
///
/// One thread renders a block and writes it: nothing lies between synthesis and device. Time is counted in frames that
/// the device accepted; while it is away the music waits, and comes back with a fade of 10 ms.
///
/// What is to end or to pause soon is taken back from the device, as far as it is not nearly heard already, and written again
/// under a fade: with a buffer of two seconds the sound would go on for as long otherwise.
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
    private var configuration: PCMConfiguration
    private var policy: PlaybackPolicy
    private var left: [Float]
    private var right: [Float]
    private var offset = 0
    private var count = 0
    private var ramp: Ramp
    private var history: FrameHistory
    /// Whether the device was asked to give back what is queued, for the end or the pause that is asked for now.
    private var hasTakenBack = false
    /// Whether it gave something back since it was opened.
    private var hasRewound = false
    /// Whether what is queued was looked at for the end.
    private var hasMeasured = false
    private var lastAccepted: Int64?
    /// Frames taken since the device began anew: a buffer swallows its own length even when nothing plays it.
    private var acceptedSinceStart = 0
    /// Whether any of them had been played when it took the last ones.
    private var isSounding = false
    /// When the device was found with nothing left to play.
    private var emptySince: Int64?
    private var pace: PaceWatch
    private var hasEnded = false
    /// When the source ended.
    private var endSince: Int64?
    /// When the end was asked for first.
    private var stopSince: Int64?

    /// Frames of a block.
    package static let block = 64
    /// Nanoseconds without progress, beyond a period, after which no fade is waited for when the end has been asked for; and
    /// the most of both.
    private static let fadePatience: Int64 = 120_000_000
    private static let mostPatience: Int64 = 300_000_000
    /// Nanoseconds from the wish to end within which the device must have played what it has, where much of that was taken back
    /// and where nothing was: past that its server is stuck.
    private static let endLimits: (rewound: Int64, plain: Int64) = (300_000_000, 420_000_000)
    /// Seconds of what is queued that stay with the device when the rest is taken back: more than a server takes at a time.
    private static let lead = 0.04
    /// Seconds of queued sound for which a fade behind it is waited for.
    private static let longestTail = 0.25
    /// Seconds of queued sound that are left to the device's own draining, which nothing can interrupt.
    private static let shortestTail = 0.1

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
        history = FrameHistory(capacity: configuration.bufferFrames + Self.block)
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
            if takeBack() == .tooLong { return stopNow() }
            if offset == count {
                if ramp.isDown {
                    if control.stops > 0 { return try endFaded(&source) }
                    if control.isPaused, pause() == .stopped { return .stopped }
                }
                if hasEnded, !history.isBehind {
                    let since = endSince ?? clock.nanoseconds
                    endSince = since
                    if control.stops == 0, isPlayingOut(since: since) {
                        clock.sleep(nanoseconds: 10_000_000)
                        continue
                    }
                    break
                }
                try fill(&source)
                if count == 0 { continue }
            }
            guard perform(policy.next(step(), now: clock.nanoseconds)) else { return stopNow() }
        }
        if let halt = pace.end(now: clock.nanoseconds) { note(halt) }
        if control.stops > 0 { return try endFaded(&source) }
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
            let patience = min(Self.mostPatience, Self.fadePatience + period)
            return now - max(since, lastAccepted ?? since) > patience
        }
    }

    // MARK: - Ending and pausing

    private enum Queue { case short, tooLong }

    /// Frames that the device holds; nil where it does not tell.
    private var queued: Int? {
        let room = device.room()
        return room < 0 ? nil : max(0, configuration.bufferFrames - room)
    }

    private func frames(_ seconds: Double) -> Int { Int(seconds * Double(configuration.sampleRate)) }

    /// Once for each end or pause that is asked for: takes back from the device what is not nearly heard, to be written again
    /// under the fade.
    ///
    /// - Returns: Whether what stays queued is too long for an end with a fade behind it.
    private mutating func takeBack() -> Queue {
        guard control.stops > 0 || control.isPaused else {
            hasTakenBack = false
            return .short
        }
        guard !hasTakenBack || control.stops > 0 && !hasMeasured, var queued else { return .short }
        // A fade that has begun goes on: what is queued behind it has its gains already.
        if !hasTakenBack, !ramp.isActive {
            let most = min(queued - frames(Self.lead), history.reach(from: offset), acceptedSinceStart)
            let taken = most > 0 ? device.rewind(most) : 0
            if taken > 0 {
                history.goBack(taken, from: offset)
                (offset, count) = (0, 0)
                queued -= taken
                acceptedSinceStart -= taken
                control.frameCount.subtract(Int64(taken), ordering: .relaxed)
                hasRewound = true
            }
        }
        hasTakenBack = true
        guard control.stops > 0 else { return .short }
        hasMeasured = true
        return queued > frames(Self.longestTail + (ramp.isFalling ? Ramp.fall : 0)) ? .tooLong : .short
    }

    /// Whether so much is queued that its end is waited for here, where the user can still stop it.
    private func isPlayingOut(since: Int64) -> Bool {
        // What has not begun to play begins with the draining.
        guard let queued, queued > frames(Self.shortestTail), acceptedSinceStart > queued else { return false }
        return Double(clock.nanoseconds - since) * 1e-9 < configuration.latency + 2
    }

    /// Plays what is left after the fade.
    ///
    /// Where frames were taken back, the source had rendered more than is heard: it is read for as long as its own fade takes,
    /// so that a recording of it ends in silence as well.
    private mutating func endFaded<Source: AudioSource & ~Copyable>(
        _ source: inout Source
    ) throws(AudioIOError) -> End {
        if hasRewound, !hasEnded {
            for _ in 0...frames(Ramp.fall) / Self.block where try Self.pull(&source, &left, &right) < Self.block {
                break
            }
        }
        let limit = hasRewound ? Self.endLimits.rewound : Self.endLimits.plain
        let rest = limit - (clock.nanoseconds - (stopSince ?? clock.nanoseconds))
        device.drain(seconds: max(0.05, Double(rest) * 1e-9))
        return .stopped
    }

    /// Throws away what is queued.
    private func stopNow() -> End {
        device.drop()
        return .stopped
    }

    /// Waits for room and writes what is left of the block.
    private mutating func step() -> PlaybackPolicy.Answer {
        let room = device.wait(milliseconds: control.stops > 0 ? 20 : 50)
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
        if isSounding, space >= configuration.bufferFrames { emptySince = now }
        // Until the first frame has been played the device only fills its buffer, and begins when it likes.
        if isSounding, let last = lastAccepted { note(gap: now - last) }
        if space >= 0 {
            let position = acceptedSinceStart - (configuration.bufferFrames - space)
            if position > 0 {
                isSounding = true
                if let halt = pace.note(position: position, now: now) { note(halt) }
            }
        }
        control.frameCount.add(Int64(frames), ordering: .relaxed)
        acceptedSinceStart += frames
        if acceptedSinceStart > configuration.bufferFrames { control.state = .playing }
        lastAccepted = now
    }

    /// Notes the time between two acceptances.
    private mutating func note(gap: Int64) {
        if gap > control.longestGap.load(ordering: .relaxed) { control.longestGap.store(gap, ordering: .relaxed) }
        // Longer than all that can be queued: sound was missing, whether the device says so or not.
        let most = configuration.bufferFrames * 1_000_000_000 / configuration.sampleRate
        guard gap > Int64(most) else { return }
        count(interruption: clock.nanoseconds)
        pace.restart()
    }

    /// Notes a time for which the device was behind while there was sound for it.
    private mutating func note(_ halt: Int64) {
        count(interruption: clock.nanoseconds)
        if halt > control.longestGap.load(ordering: .relaxed) { control.longestGap.store(halt, ordering: .relaxed) }
    }

    /// Counts an interruption that the device does not tell of: it had nothing left to play, or did not play what it had.
    private mutating func count(interruption now: Int64) {
        // What the pace tells is up to two seconds old.
        if let emptySince, now - emptySince < 3_000_000_000 {
            control.xrunCount.add(1, ordering: .relaxed)
        } else {
            control.stallCount.add(1, ordering: .relaxed)
        }
        emptySince = nil
    }

    // MARK: - Acting

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
                // A suspended device may stay so: nobody who ends waits for it.
                if control.stops > 0, time >= 100_000_000 { return false }
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
            configuration = try device.open(request)
        } catch {
            return policy.next(.openFailed(error.errno), now: clock.nanoseconds)
        }
        control.reopenCount.add(1, ordering: .relaxed)
        comeBack()
        return policy.next(.opened, now: clock.nanoseconds)
    }

    /// After a gap: the rest of the block and what follows fade in, and the clock of stalls starts anew.
    private mutating func comeBack() {
        beginAnew()
        if !ramp.isFalling {
            ramp.rise()
            apply(from: offset)
        }
    }

    /// The device has nothing of ours, and begins to play when it likes.
    private mutating func beginAnew() {
        acceptedSinceStart = 0
        isSounding = false
        emptySince = nil
        lastAccepted = nil
        pace.restart()
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
        let since = clock.nanoseconds
        while isPlayingOut(since: since) {
            if control.stops > 0 { return stopNow() }
            clock.sleep(nanoseconds: 10_000_000)
        }
        device.drain(seconds: configuration.latency + 0.2)
        device.close()
        control.state = .paused
        while control.isPaused {
            if control.stops > 0 { return .stopped }
            clock.sleep(nanoseconds: 20_000_000)
        }
        policy.resume(now: clock.nanoseconds)
        hasRewound = false
        beginAnew()
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
        offset = 0
        if history.isBehind {
            count = history.again(&left, &right)
        } else {
            count = try Self.pull(&source, &left, &right)
            hasEnded = count < Self.block
            history.begin(count: count)
        }
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
        if ramp.isActive {
            for i in first..<count {
                let gain = ramp.next()
                left[i] *= gain
                right[i] *= gain
            }
        }
        history.keep(left, right, from: first)
    }
}
