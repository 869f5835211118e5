import Synchronization

/// What other threads say to a playing thread, and what they may read of it, without locks.
package final class PlaybackControl: Sendable {
    package enum State: Int, Hashable, Sendable {
        case starting, playing
        /// The device accepts nothing: is the server stuck?
        case waiting
        /// The device is closed and being opened again.
        case reconnecting
        case paused, ended
    }

    private let stopLevel = Atomic<Int>(0)
    private let pauseFlag = Atomic<Bool>(false)
    private let stateValue = Atomic<Int>(0)
    let frameCount = Atomic<Int64>(0)
    let xrunCount = Atomic<Int>(0)
    let stallCount = Atomic<Int>(0)
    let reopenCount = Atomic<Int>(0)
    let longestGap = Atomic<Int64>(0)
    let lostReason = Atomic<Int32>(0)

    package init() {}

    /// Ends with a short fade, safe in a signal handler; the second call ends at once.
    package func stop() { stopLevel.add(1, ordering: .relaxed) }

    /// Whether the end has been asked for.
    package var isStopping: Bool { stops > 0 }

    var stops: Int { stopLevel.load(ordering: .relaxed) }

    /// Fades, releases the device and waits; false goes on.
    package var isPaused: Bool {
        get { pauseFlag.load(ordering: .relaxed) }
        set { pauseFlag.store(newValue, ordering: .relaxed) }
    }

    package internal(set) var state: State {
        get { State(rawValue: stateValue.load(ordering: .relaxed)) ?? .starting }
        set { stateValue.store(newValue.rawValue, ordering: .relaxed) }
    }

    /// Frames that the device accepted.
    package var frames: Int64 { frameCount.load(ordering: .relaxed) }
    /// Times the device ran dry or was suspended: it said so, or was found with nothing left to play.
    package var xruns: Int { xrunCount.load(ordering: .relaxed) }
    /// Times the device stood still by the clock, with sound to play.
    package var stalls: Int { stallCount.load(ordering: .relaxed) }
    /// Times the device was lost and opened again.
    package var reopens: Int { reopenCount.load(ordering: .relaxed) }
    /// All interruptions that could be heard.
    package var glitches: Int { xruns + stalls }
    /// The errno for which the device was last closed and opened again, 0 when that never happened.
    package var reason: Int32 { lostReason.load(ordering: .relaxed) }
    /// The longest time without progress while playing, seconds.
    package var longestGapSeconds: Double { Double(longestGap.load(ordering: .relaxed)) * 1e-9 }
}
