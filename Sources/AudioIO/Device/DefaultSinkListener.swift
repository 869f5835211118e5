import CAudioSupport
import Glibc

/// Hears from PipeWire which sink is the default one, through its own `pw-metadata`, a child process that only speaks when
/// something changes.
///
/// It ends with us, whatever ends us, and with the server; then it is started again after a few seconds. Where the program or
/// the server is not there, nothing is heard.
package final class DefaultSinkListener {
    private static let command = ["pw-metadata", "-m", "0", "default.audio.sink"]
    /// Nanoseconds before it is started, so that nothing waits for it, and again after it ended.
    private static let patience: Int64 = 1_000_000_000
    private static let firstBackOff: Int64 = 3_000_000_000
    private static let lastBackOff: Int64 = 60_000_000_000
    /// Bytes of a line, past which there is no sense in it.
    private static let limit = 16_384

    private var child: pid_t = 0
    private var output: Int32 = -1
    private var pending: [UInt8] = []
    private var nextStart: Int64
    private var backOff = DefaultSinkListener.firstBackOff
    private var isMissing = false

    /// Listens from a second after `now` on, in nanoseconds.
    package init(now: Int64) { nextStart = now + Self.patience }

    deinit { stop() }

    /// What has been said since the last call, without waiting: the names of the sinks that became the default, in order.
    ///
    /// One thread calls it: the child is bound to that one.
    package func poll(now: Int64) -> [String] {
        guard !isMissing else { return [] }
        guard child > 0 else {
            if now >= nextStart { start() }
            return []
        }
        var names: [String] = []
        var bytes = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(output, $0.baseAddress, $0.count) }
            guard count > 0 else {
                if count == 0 || errno != EAGAIN && errno != EINTR { end(now) }
                return names
            }
            for byte in bytes[..<count] {
                if byte == UInt8(ascii: "\n") {
                    if let name = Self.name(in: String(decoding: pending, as: UTF8.self)) { names.append(name) }
                    pending.removeAll(keepingCapacity: true)
                    backOff = Self.firstBackOff
                } else if pending.count < Self.limit {
                    pending.append(byte)
                }
            }
        }
    }

    /// Ends the child.
    package func stop() {
        guard child > 0 else { return }
        kill(child, SIGKILL)
        _ = reap()
    }

    /// The sink that a line names: `update: id:0 key:'default.audio.sink' value:'{"name":"NAME"}' type:…`.
    package static func name(in line: String) -> String? {
        guard line.hasPrefix("update:"), let key = line.firstRange(of: "key:'default.audio.sink'"),
            let field = line[key.upperBound...].firstRange(of: "\"name\"")
        else { return nil }
        let value = line[field.upperBound...].drop { $0 == " " || $0 == ":" }
        guard value.first == "\"" else { return nil }
        let name = value.dropFirst().prefix { $0 != "\"" }
        return name.isEmpty ? nil : String(name)
    }

    private func start() {
        var words = unsafe Self.command.map { unsafe strdup($0) }
        unsafe words.append(nil)
        child = unsafe bp_start_listener(&words, &output)
        for i in unsafe words.indices { unsafe free(words[i]) }
        if child <= 0 { isMissing = true }
    }

    /// The child has ended.
    private func end(_ now: Int64) {
        kill(child, SIGKILL)
        // The shell's code for a program that is not there.
        if reap() == 127 { isMissing = true }
        nextStart = now + backOff
        backOff = min(Self.lastBackOff, backOff * 2)
    }

    /// Waits for the child, which is dead or dying; its exit code, -1 after a signal.
    private func reap() -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
        close(output)
        (child, output) = (0, -1)
        pending.removeAll()
        return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
    }
}
