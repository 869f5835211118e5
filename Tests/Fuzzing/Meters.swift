import Glibc

/// What an input costs this process.
enum Meters {
    /// Seconds of work of all threads so far.
    static func work() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Forgets the peak of memory so far.
    static func forgetPeak() {
        let descriptor = unsafe open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = unsafe write(descriptor, "5", 1)
        close(descriptor)
    }

    /// The largest memory that was resident since then, KiB.
    static func peak() -> Int {
        let status = String(decoding: Files.read("/proc/self/status") ?? [], as: UTF8.self)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }

    /// A bound on what this process may map, so that a reader that takes too much harms nothing else.
    static func bound(gibibytes: UInt) {
        var limit = rlimit(rlim_cur: gibibytes << 30, rlim_max: gibibytes << 30)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        limit = rlimit(rlim_cur: 0, rlim_max: 0)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    }
}
