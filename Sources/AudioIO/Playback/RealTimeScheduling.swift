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

    /// Asks for the calling thread: SCHED_FIFO 20, memory locked as it is touched, denormals flushed, a name.
    package static func request() -> RealTimeScheduling {
        unsafe bp_set_thread_name("bp-audio")
        bp_flush_denormals()
        var parameters = sched_param()
        parameters.sched_priority = priority
        let scheduling = unsafe pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters)
        // Present and future pages, locked when they are first touched (MCL_ONFAULT is 4).
        let locking = mlockall(Int32(MCL_CURRENT) | Int32(MCL_FUTURE) | 4) == 0 ? 0 : errno
        return RealTimeScheduling(scheduling: scheduling, locking: locking)
    }

    package var description: String {
        let first =
            scheduling == 0
            ? "real-time priority \(Self.priority)" : "normal priority (\(AudioIOError.message(scheduling)))"
        return first + (locking == 0 ? ", memory locked" : ", memory not locked (\(AudioIOError.message(locking)))")
    }
}
