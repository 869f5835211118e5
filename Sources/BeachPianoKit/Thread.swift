import Glibc

/// A joinable system thread.
final class Thread: Sendable {
    private let handle: pthread_t

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts `body` at once, on a stack of the system's usual size.
    ///
    /// - Parameters:
    ///   - isUrgent: whether it shares the priority of the calling thread, which may be that of sound; else it has the
    ///     usual one.
    ///   - body: what it does.
    /// - Throws: `.tryAgain` where the system has no thread left.
    init(isUrgent: Bool = false, _ body: @escaping @Sendable () -> Void) throws(StudioError) {
        let box = unsafe Unmanaged.passRetained(Body(body))
        var handle: pthread_t = 0
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        if !isUrgent {
            var usual = sched_param()
            unsafe pthread_attr_setinheritsched(&attributes, Int32(PTHREAD_EXPLICIT_SCHED))
            unsafe pthread_attr_setschedpolicy(&attributes, SCHED_OTHER)
            unsafe pthread_attr_setschedparam(&attributes, &usual)
        }
        let failed = unsafe pthread_create(
            &handle, &attributes,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                }
                return nil
            }, box.toOpaque())
        if failed != 0 {
            unsafe box.release()
            throw StudioError(.tryAgain, "no thread can be started: \(unsafe String(cString: strerror(failed)))")
        }
        self.handle = handle
    }

    /// Waits for the end of the body.
    func join() { _ = pthread_join(handle, nil) }
}

/// A bounded first-in first-out queue between two threads.
@safe final class Channel<Element: Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var elements: [Element] = []
    private var isClosed = false
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(changed, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(changed)
        unsafe pthread_mutex_destroy(mutex)
        unsafe changed.deallocate()
        unsafe mutex.deallocate()
    }

    /// Waits for room, then appends; false once the channel is closed.
    @discardableResult
    func send(_ element: Element) -> Bool {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while elements.count >= capacity, !isClosed { unsafe pthread_cond_wait(changed, mutex) }
        if isClosed { return false }
        elements.append(element)
        unsafe pthread_cond_broadcast(changed)
        return true
    }

    /// Waits for an element; nil once the channel is closed and empty.
    func receive() -> Element? {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while elements.isEmpty, !isClosed { unsafe pthread_cond_wait(changed, mutex) }
        guard !elements.isEmpty else { return nil }
        let first = elements.removeFirst()
        unsafe pthread_cond_broadcast(changed)
        return first
    }

    /// Waits at most so many seconds for an element.
    func receive(waiting seconds: Double) -> Element? {
        var deadline = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &deadline)
        let nanoseconds = deadline.tv_nsec + Int(seconds * 1e9)
        deadline.tv_sec += nanoseconds / 1_000_000_000
        deadline.tv_nsec = nanoseconds % 1_000_000_000
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while elements.isEmpty, !isClosed {
            if unsafe pthread_cond_timedwait(changed, mutex, &deadline) == ETIMEDOUT { return nil }
        }
        guard !elements.isEmpty else { return nil }
        let first = elements.removeFirst()
        unsafe pthread_cond_broadcast(changed)
        return first
    }

    /// No more elements: what is in the queue can still be received.
    func close() {
        unsafe pthread_mutex_lock(mutex)
        isClosed = true
        unsafe pthread_cond_broadcast(changed)
        unsafe pthread_mutex_unlock(mutex)
    }
}
