import CAudioSupport
import Glibc
import Synchronization

/// Runs what may block for ever on a thread of its own and waits for it a limited time.
///
/// A sound server that is stuck blocks `snd_pcm_open` and even `snd_pcm_close` (ecosystem 2.4).
enum TimeLimit {
    private enum Progress<Value: Sendable>: Sendable {
        case running
        case done(Value)
        case abandoned
    }

    private final class Job<Value: Sendable>: Sendable {
        let progress = Mutex(Progress<Value>.running)
        let body: @Sendable () -> Value
        let orphan: @Sendable (Value) -> Void
        /// Closed by the thread at its end, which wakes the waiting side.
        let signal: Int32

        init(signal: Int32, body: @escaping @Sendable () -> Value, orphan: @escaping @Sendable (Value) -> Void) {
            self.signal = signal
            self.body = body
            self.orphan = orphan
        }

        func run() {
            let value = body()
            let isOrphan = progress.withLock { progress in
                if case .abandoned = progress { return true }
                progress = .done(value)
                return false
            }
            if isOrphan { orphan(value) }
            close(signal)
        }
    }

    private class AnyJob {
        let run: @Sendable () -> Void
        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs `body` with a limit.
    /// - Parameters:
    ///   - seconds: how long to wait.
    ///   - isCancelled: asked every 50 ms.
    ///   - body: what may block.
    ///   - orphan: takes a value that came too late, on the other thread.
    /// - Returns: the value of `body`, nil when the time is over or `isCancelled` says so.
    static func run<Value: Sendable>(
        seconds: Double, isCancelled: @Sendable () -> Bool = { false }, body: @escaping @Sendable () -> Value,
        orphan: @escaping @Sendable (Value) -> Void = { _ in }
    ) -> Value? {
        var ends: [Int32] = [0, 0]
        // Without a descriptor left there is no waiting: do it here.
        guard unsafe pipe(&ends) == 0 else { return body() }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        let job = Job(signal: ends[1], body: body, orphan: orphan)
        var thread = pthread_t()
        let context = unsafe Unmanaged.passRetained(AnyJob { job.run() })
        let status = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe bp_set_thread_name("bp-device")
                unsafe Unmanaged<AnyJob>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard status == 0 else {
            unsafe context.release()
            close(ends[1])
            return body()
        }
        pthread_detach(thread)

        let clock = SystemClock()
        let end = clock.nanoseconds + Int64(seconds * 1e9)
        while true {
            let left = (end - clock.nanoseconds) / 1_000_000
            if left <= 0 || isCancelled() { break }
            var request = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
            if unsafe poll(&request, 1, Int32(min(50, left + 1))) > 0 { break }
        }
        return job.progress.withLock { progress in
            if case .done(let value) = progress { return value }
            progress = .abandoned
            return nil
        }
    }
}
