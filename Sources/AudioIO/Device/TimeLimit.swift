import CAudioSupport
import Glibc
import Synchronization

/// Runs what may block for ever on a thread of its own and waits for it a limited time.
///
/// A sound server that is stuck blocks `snd_pcm_open` and even `snd_pcm_close` (ecosystem 2.4).
enum TimeLimit {
    fileprivate enum Progress<Value: Sendable>: Sendable {
        case running
        case done(Value)
        case abandoned
    }

    fileprivate final class Job<Value: Sendable>: Sendable {
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
            if signal >= 0 { close(signal) }
        }

        /// The value where there is one that nobody took; one that comes later is an orphan.
        func abandon() -> Value? {
            progress.withLock { progress in
                defer { progress = .abandoned }
                if case .done(let value) = progress { return value }
                return nil
            }
        }
    }

    private class AnyJob {
        let run: @Sendable () -> Void
        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// What has been begun and is still to be waited for; given up where nobody waits.
    struct Pending<Value: Sendable>: ~Copyable {
        private let job: Job<Value>
        /// Readable once the job is done; -1 where it was done before.
        private let ready: Int32
        private let end: Int64

        fileprivate init(job: Job<Value>, ready: Int32, end: Int64) {
            self.job = job
            self.ready = ready
            self.end = end
        }

        deinit {
            if ready >= 0 { close(ready) }
            if let late = job.abandon() { job.orphan(late) }
        }

        /// Waits until the limit that was set at the beginning.
        /// - Parameter isCancelled: asked every 50 ms.
        /// - Returns: the value of the body, nil when the time is over or `isCancelled` says so.
        consuming func wait(isCancelled: @Sendable () -> Bool = { false }) -> Value? {
            let clock = SystemClock()
            while ready >= 0 {
                let left = (end - clock.nanoseconds) / 1_000_000
                if left <= 0 || isCancelled() { break }
                var request = pollfd(fd: ready, events: Int16(POLLIN), revents: 0)
                if unsafe poll(&request, 1, Int32(min(50, left + 1))) > 0 { break }
            }
            return job.abandon()
        }
    }

    /// Begins `body` on a thread with the priority of this one.
    /// - Parameters:
    ///   - seconds: how long to wait, from now on.
    ///   - body: what may block.
    ///   - orphan: takes a value that came too late or that nobody waited for, on any thread.
    /// - Returns: what is waited for later on.
    static func begin<Value: Sendable>(
        seconds: Double, body: @escaping @Sendable () -> Value, orphan: @escaping @Sendable (Value) -> Void = { _ in }
    ) -> Pending<Value> {
        let end = SystemClock().nanoseconds + Int64(seconds * 1e9)
        var ends: [Int32] = [0, 0]
        // Without a descriptor left there is no waiting: do it here.
        guard unsafe pipe(&ends) == 0 else {
            let job = Job(signal: -1, body: body, orphan: orphan)
            job.run()
            return Pending(job: job, ready: -1, end: end)
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
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
        if status == 0 {
            pthread_detach(thread)
        } else {
            unsafe context.release()
            job.run()
        }
        return Pending(job: job, ready: ends[0], end: end)
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
        begin(seconds: seconds, body: body, orphan: orphan).wait(isCancelled: isCancelled)
    }
}
