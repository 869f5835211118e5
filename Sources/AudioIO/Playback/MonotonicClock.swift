import Glibc

/// A clock that only rises, and sleep on it; a fake one in the tests.
package protocol MonotonicClock: AnyObject, Sendable {
    /// Since some moment in the past.
    var nanoseconds: Int64 { get }
    func sleep(nanoseconds: Int64)
}

/// The system's CLOCK_MONOTONIC.
package final class SystemClock: MonotonicClock {
    package init() {}

    package var nanoseconds: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    package func sleep(nanoseconds: Int64) {
        guard nanoseconds > 0 else { return }
        var time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        unsafe nanosleep(&time, nil)
    }
}
