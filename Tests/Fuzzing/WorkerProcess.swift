import Glibc

/// A worker: this program again, with a pipe from its descriptor 3.
final class WorkerProcess {
    private let number: pid_t
    private let pipe: Int32
    private let errors: String
    private var buffer: [UInt8] = []
    private(set) var hasEnded = false

    init(_ arguments: [String], errors: String) {
        self.errors = errors
        // A trace of a trap takes a second; replay with SWIFT_BACKTRACE=enable=yes to see one.
        // Without the other the allocator keeps what one input has freed, and the next would be blamed for it.
        unsafe setenv("SWIFT_BACKTRACE", "enable=no", 0)
        unsafe setenv("MALLOC_MMAP_THRESHOLD_", "131072", 1)
        var ends: [Int32] = [0, 0]
        guard unsafe Glibc.pipe(&ends) == 0 else { fatalError("no pipe") }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 3)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var texts = unsafe (["beachpiano-fuzz"] + arguments).map { unsafe strdup($0) } + [nil]
        var child: pid_t = 0
        guard unsafe posix_spawn(&child, "/proc/self/exe", &actions, nil, &texts, environ) == 0 else {
            fatalError("no worker can be started")
        }
        unsafe texts.forEach { unsafe free($0) }
        unsafe posix_spawn_file_actions_destroy(&actions)
        close(ends[1])
        _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
        number = child
        pipe = ends[0]
    }

    deinit { close(pipe) }

    /// The next line; nil at the end, and where none comes for so many seconds.
    func line(within seconds: Int32) -> String? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                defer { buffer.removeSubrange(...end) }
                return String(decoding: buffer[..<end], as: UTF8.self)
            }
            var descriptor = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&descriptor, 1, seconds * 1000) > 0 else { return nil }
            var chunk = [UInt8](repeating: 0, count: 1 << 14)
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(pipe, $0.baseAddress, $0.count) }
            guard count > 0 else {
                hasEnded = true
                return nil
            }
            buffer += chunk[..<count]
        }
    }

    func kill() {
        Glibc.kill(number, SIGKILL)
        _ = wait()
    }

    /// How it ended, such as `signal 4`.
    func wait() -> String {
        var status: Int32 = 0
        unsafe waitpid(number, &status, 0)
        return status & 0x7F == 0 ? "exit \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
    }

    /// What it said last, such as the reason of a trap.
    var lastWords: String {
        let text = String(decoding: Files.read(errors) ?? [], as: UTF8.self)
        let lines = text.split(separator: "\n").map(String.init)
        return lines.first { $0.contains("Fatal error") || $0.contains("rror:") } ?? lines.last ?? "it said nothing"
    }
}
