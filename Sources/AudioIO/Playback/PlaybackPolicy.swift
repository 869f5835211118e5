import Glibc

/// What to do after each thing that a device may answer: a pure state machine that looks at the time without progress.
///
/// A server that thaws sends a burst of errors within milliseconds, and one that died lets every recovery succeed
/// (reliability 6), so neither errors nor successes are counted, but sound that went through. Nothing that a device answers
/// ends the playing: a server comes back, an interface is plugged in again, and until then it is tried about once a second.
package struct PlaybackPolicy: Hashable, Sendable {
    package enum Answer: Hashable, Sendable {
        /// Frames taken; 0 is no progress.
        case accepted(Int)
        /// The wait ended without room.
        case timedOut
        /// A positive errno from waiting or writing.
        case failed(Int32)
        /// The result of `recover`, 0 or a positive errno.
        case recovered(Int32)
        case opened
        /// The device could not be opened.
        case openFailed(Int32)
    }

    package enum Action: Hashable, Sendable {
        /// Wait for room and write on.
        case write
        /// Sleep so many nanoseconds, then write on.
        case rest(Int64)
        /// Sleep, then recover from this errno.
        case recover(Int32, after: Int64)
        /// Close because of this errno, sleep, open.
        case reopen(Int32, after: Int64)
    }

    /// Nanoseconds that the device may accept nothing before it is opened again.
    package static let stallLimit: Int64 = 2_000_000_000
    /// Nanoseconds of recovering without a period of sound before it is opened again.
    package static let recoveryLimit: Int64 = 500_000_000
    private static let firstBackOff: Int64 = 250_000_000
    /// A device that is back is found within a second, opening included.
    private static let lastBackOff: Int64 = 700_000_000

    private let periodFrames: Int
    private let bufferFrames: Int
    private var lastAccepted: Int64
    private var acceptedSinceOpen = 0
    private var acceptedSinceRecovery = 0
    private var recoveringSince: Int64?
    private var recoveringFrom: Int32 = 0
    private var backOff = PlaybackPolicy.firstBackOff
    private var lastError: Int32 = 0

    /// - Parameters:
    ///   - periodFrames: of the device.
    ///   - bufferFrames: of the device.
    ///   - now: the clock's nanoseconds.
    package init(periodFrames: Int, bufferFrames: Int, now: Int64) {
        self.periodFrames = periodFrames
        self.bufferFrames = bufferFrames
        lastAccepted = now
    }

    /// Forgets the time that passed while nobody tried, as in a pause.
    package mutating func resume(now: Int64) {
        lastAccepted = now
        recoveringSince = nil
        acceptedSinceOpen = 0
        backOff = Self.firstBackOff
    }

    /// The next action.
    package mutating func next(_ answer: Answer, now: Int64) -> Action {
        switch answer {
        case .accepted(let count) where count > 0:
            lastAccepted = now
            acceptedSinceOpen += count
            acceptedSinceRecovery += count
            if acceptedSinceRecovery >= periodFrames { recoveringSince = nil }
            // A new buffer swallows its own length even when nothing plays it.
            if acceptedSinceOpen > bufferFrames {
                backOff = Self.firstBackOff
            }
            return .write

        case .accepted, .timedOut, .failed(EAGAIN), .failed(EINTR):
            if now - lastAccepted > Self.stallLimit { return reopen(EAGAIN) }
            if answer == .timedOut || answer == .failed(EINTR) { return .write }
            return .rest(1_000_000)

        case .failed(let code) where code == EPIPE || code == ESTRPIPE:
            return recover(code, now)

        case .failed(EBADFD) where recoveringSince == nil:
            return recover(EBADFD, now)

        case .failed(let code):
            return reopen(code)

        case .recovered(0):
            acceptedSinceRecovery = 0
            return .write

        case .recovered(EAGAIN):
            if now - (recoveringSince ?? now) > Self.stallLimit { return reopen(recoveringFrom) }
            return .recover(recoveringFrom, after: 100_000_000)

        case .recovered(let code):
            return reopen(code)

        case .opened:
            lastAccepted = now
            acceptedSinceOpen = 0
            recoveringSince = nil
            return .write

        case .openFailed(let code):
            return reopen(lastError == 0 ? code : lastError)
        }
    }

    private mutating func recover(_ code: Int32, _ now: Int64) -> Action {
        recoveringFrom = code
        guard let since = recoveringSince else {
            recoveringSince = now
            return .recover(code, after: 0)
        }
        if now - since > Self.recoveryLimit { return reopen(code) }
        return .recover(code, after: 5_000_000)
    }

    private mutating func reopen(_ code: Int32) -> Action {
        lastError = code
        recoveringSince = nil
        let delay = backOff
        backOff = min(Self.lastBackOff, backOff * 2)
        return .reopen(code, after: delay)
    }
}
