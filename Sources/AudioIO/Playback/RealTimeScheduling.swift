import CAudioSupport
import Glibc

/// Asks for what keeps an audio thread punctual, and tells what was granted; it plays without.
package struct RealTimeScheduling: Hashable, Sendable, CustomStringConvertible {
    /// errno of the request for SCHED_FIFO, 0 when granted.
    package let scheduling: Int32
    /// errno of the request to lock memory, 0 when granted.
    package let locking: Int32

    /// Below PipeWire's own threads (88), above everything ordinary.
    package static let priority: Int32 = 20

    /// Asks for the calling thread: SCHED_FIFO 20, or short slices where that is not granted; memory locked as it is touched.
    ///
    /// Threads that it starts inherit both unless they are told otherwise: a server's client library starts one that has to
    /// answer in every cycle.
    package static func request() -> RealTimeScheduling {
        var parameters = sched_param()
        parameters.sched_priority = priority
        let scheduling = unsafe pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters)
        if scheduling != 0 { bp_ask_for_short_slices() }
        // Locked when first touched (MCL_ONFAULT is 4).
        var flags = Int32(MCL_CURRENT) | 4
        // Under a limit, an allocation that passes it later would fail: then only what there is now.
        if hasUnlimitedLocking { flags |= Int32(MCL_FUTURE) }
        let locking = mlockall(flags) == 0 ? 0 : errno
        return RealTimeScheduling(scheduling: scheduling, locking: locking)
    }

    private static var hasUnlimitedLocking: Bool {
        if geteuid() == 0 { return true }
        var limit = rlimit()
        return unsafe getrlimit(__rlimit_resource_t(8), &limit) == 0 && limit.rlim_cur == rlim_t.max
    }

    package var description: String {
        let first =
            scheduling == 0
            ? "real-time priority \(Self.priority)" : "normal priority (\(AudioIOError.message(scheduling)))"
        return first + (locking == 0 ? ", memory locked" : ", memory not locked (\(AudioIOError.message(locking)))")
    }
}
