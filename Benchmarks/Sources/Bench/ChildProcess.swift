import Glibc

/// What a finished process has used.
struct Usage {
    /// User and system time, s.
    var cpu: Double
    /// s.
    var wall: Double
    /// Largest resident set, MB.
    ///
    /// The kernel counts this program's own few MB in, as the child starts as its copy.
    var memory: Double
    /// 0 where it went well.
    var status: Int32
}

struct BenchError: Error, CustomStringConvertible {
    var description: String
}

/// Runs a command to its end, its output thrown away.
func measure(_ command: [String]) throws -> Usage {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for descriptor: Int32 in 1...2 {
        unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }

    let start = seconds(CLOCK_MONOTONIC)
    var pid: pid_t = 0
    let failure = unsafe posix_spawnp(&pid, command[0], &actions, nil, &arguments, environ)
    guard failure == 0 else { throw BenchError(description: "\(command[0]): cannot start (error \(failure))") }
    var status: Int32 = 0
    var usage = rusage()
    while unsafe wait4(pid, &status, 0, &usage) < 0 {
        guard errno == EINTR else { throw BenchError(description: "\(command[0]): lost (error \(errno))") }
    }
    func time(_ t: timeval) -> Double { Double(t.tv_sec) + 1e-6 * Double(t.tv_usec) }
    return Usage(
        cpu: time(usage.ru_utime) + time(usage.ru_stime), wall: seconds(CLOCK_MONOTONIC) - start,
        memory: Double(usage.ru_maxrss) / 1024, status: status)
}

/// A clock in seconds.
func seconds(_ clock: clockid_t) -> Double {
    var t = timespec()
    unsafe clock_gettime(clock, &t)
    return Double(t.tv_sec) + 1e-9 * Double(t.tv_nsec)
}

/// Whether a program is on the path.
func installed(_ name: String) -> Bool {
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? ""
    return path.split(separator: ":").contains { canUse("\($0)/\(name)", X_OK) }
}

/// Whether a file is there and may be read or executed.
func canUse(_ path: String, _ mode: Int32 = R_OK) -> Bool { unsafe access(path, mode) == 0 }
