import Glibc
import Synchronization

/// A device that follows a script, on a clock of its own: the only way to see an unplugged card or a suspend in a test.
///
/// Without a script it plays in real time by its clock: a write takes what fits into the buffer, a wait lasts until a
/// period is free.
package final class ScriptedDevice: PCMDevice {
    /// What the next writes answer, in order.
    package enum Step: Hashable, Sendable {
        /// So many writes go through.
        case accept(Int)
        /// One write takes at most so many frames.
        case partial(Int)
        /// The wait fails with this errno.
        case fail(Int32)
        /// The wait says there is room, and the write then fails with this errno.
        case failWrite(Int32)
        /// The wait ends without room.
        case timeOut
        /// The clock goes on so many seconds without an error, as when the process was stopped.
        case hang(Double)
        /// As `hang`, but nothing is played meanwhile, as with a server that is late.
        case freeze(Double)
        /// As `fail`, for ever.
        case failForEver(Int32)
    }

    package let name = "scripted"
    package let clock: ScriptedClock
    private var steps: [Step]
    private var recovers: [Int32]
    private var opens: [Int32]
    private let sampleRate: Int
    private let periodFrames: Int
    private let bufferFrames: Int
    private let rewinds: Int
    private var queued = 0.0
    private var lastTime: Int64 = 0
    private var isOpen = false

    /// Samples accepted, but for those that were given back.
    package private(set) var left: [Float] = []
    package private(set) var right: [Float] = []
    /// How often each call was made.
    package private(set) var openCalls = 0
    package private(set) var recoverCalls = 0
    package private(set) var rewindCalls = 0
    package private(set) var drainCalls = 0
    package private(set) var dropCalls = 0
    package private(set) var closeCalls = 0

    /// - Parameters:
    ///   - steps: for waits and writes; afterwards all is well.
    ///   - recovers: results of `recover`, negative errno or 0; afterwards 0.
    ///   - opens: results of the openings after the first, positive errno or 0; afterwards 0.
    ///   - sampleRate: that it negotiates.
    ///   - bufferFrames: of four periods.
    ///   - rewinds: frames that it gives back at most.
    package init(
        _ steps: [Step] = [], recovers: [Int32] = [], opens: [Int32] = [], sampleRate: Int = 48_000,
        bufferFrames: Int = 9600, rewinds: Int = .max
    ) {
        self.steps = steps
        self.recovers = recovers
        self.opens = opens
        self.sampleRate = sampleRate
        self.bufferFrames = bufferFrames
        periodFrames = bufferFrames / 4
        self.rewinds = rewinds
        clock = ScriptedClock()
    }

    package func open(_ request: PCMRequest) throws(AudioIOError) -> PCMConfiguration {
        openCalls += 1
        if openCalls > 1, !opens.isEmpty {
            let code = opens.removeFirst()
            if code != 0 { throw AudioIOError(.noDevice, name, errno: code, "no device") }
        }
        isOpen = true
        queued = 0
        return PCMConfiguration(
            device: name, sampleRate: sampleRate, format: .float32, channels: 2, periodFrames: periodFrames,
            bufferFrames: bufferFrames)
    }

    package func prepare() -> Int32 { isOpen ? 0 : -EBADFD }

    package func wait(milliseconds: Int32) -> Int32 {
        guard isOpen else { return -EBADFD }
        switch steps.first {
        case .fail(let code):
            steps.removeFirst()
            return -code
        case .failForEver(let code):
            return -code
        case .timeOut:
            steps.removeFirst()
            clock.sleep(nanoseconds: Int64(milliseconds) * 1_000_000)
            return 0
        case .hang(let seconds):
            steps.removeFirst()
            clock.sleep(nanoseconds: Int64(seconds * 1e9))
            return wait(milliseconds: milliseconds)
        case .freeze(let seconds):
            steps.removeFirst()
            drainByClock()
            clock.sleep(nanoseconds: Int64(seconds * 1e9))
            lastTime = clock.nanoseconds
            return wait(milliseconds: milliseconds)
        case .accept, .partial, .failWrite, nil:
            drainByClock()
            let excess = queued - Double(bufferFrames - periodFrames)
            if excess > 0 { clock.sleep(nanoseconds: Int64(excess / Double(sampleRate) * 1e9) + 1) }
            return 1
        }
    }

    package func room() -> Int {
        guard isOpen else { return -Int(EBADFD) }
        drainByClock()
        return max(0, bufferFrames - Int(queued))
    }

    package func write(left newLeft: Span<Float>, right newRight: Span<Float>) -> Int {
        guard isOpen else { return -Int(EBADFD) }
        var count = newLeft.count
        switch steps.first {
        case .partial(let most):
            steps.removeFirst()
            count = min(count, most)
        case .failWrite(let code):
            steps.removeFirst()
            return -Int(code)
        case .accept(let times):
            steps[0] = .accept(times - 1)
            if times <= 1 { steps.removeFirst() }
        default: break
        }
        drainByClock()
        for i in 0..<count {
            left.append(newLeft[i])
            right.append(newRight[i])
        }
        queued += Double(count)
        return count
    }

    package func rewind(_ frames: Int) -> Int {
        rewindCalls += 1
        drainByClock()
        let count = min(frames, rewinds, Int(queued))
        left.removeLast(count)
        right.removeLast(count)
        queued -= Double(count)
        return count
    }

    package func recover(from code: Int32) -> Int32 {
        recoverCalls += 1
        queued = 0
        return recovers.isEmpty ? 0 : recovers.removeFirst()
    }

    package func drain(seconds: Double) {
        drainCalls += 1
        drainByClock()
        clock.sleep(nanoseconds: Int64(min(seconds, queued / Double(sampleRate)) * 1e9))
        drainByClock()
    }

    package func drop() { dropCalls += 1 }

    package func close() {
        if isOpen { closeCalls += 1 }
        isOpen = false
    }

    private func drainByClock() {
        let now = clock.nanoseconds
        queued = max(0, queued - Double(now - lastTime) * 1e-9 * Double(sampleRate))
        lastTime = now
    }
}

/// A clock that goes on only when someone sleeps.
package final class ScriptedClock: MonotonicClock {
    private let time = Atomic<Int64>(0)
    package init() {}
    package var nanoseconds: Int64 { time.load(ordering: .relaxed) }
    package func sleep(nanoseconds: Int64) { time.add(max(0, nanoseconds), ordering: .relaxed) }
}
