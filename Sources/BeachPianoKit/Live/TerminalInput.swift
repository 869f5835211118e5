import Glibc

/// A key of a terminal.
package enum TerminalKey: Hashable, Sendable {
    case up, down, left, right
    case character(Character)
}

/// What comes in on standard input: single keys from a terminal, lines from anything else.
///
/// A terminal is used only by a process in its foreground: one in the background would be stopped for asking.
final class TerminalInput {
    enum Kind { case keys, lines }

    let kind: Kind
    private var saved = termios()
    private var pending: [UInt8] = []
    private var isOver = false

    private static let escape: UInt8 = 27
    /// The longest line.
    private static let limit = 4096

    /// Prepares standard input.
    ///
    /// - Parameter isTerminal: whether it is one.
    init(isTerminal: Bool) {
        guard isTerminal else {
            kind = .lines
            return
        }
        kind = .keys
        guard tcgetpgrp(0) == getpgrp(), unsafe tcgetattr(0, &saved) == 0 else {
            isOver = true
            return
        }
        var raw = saved
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        unsafe tcsetattr(0, TCSANOW, &raw)
        isRaw = true
    }

    private var isRaw = false

    /// Gives the terminal back as it was.
    func restore() {
        if isRaw { unsafe tcsetattr(0, TCSANOW, &saved) }
        isRaw = false
    }

    /// The keys that come within a time.
    func keys(waitingMilliseconds time: Int32) -> [TerminalKey] {
        fill(time)
        var keys: [TerminalKey] = []
        while let byte = pending.first {
            pending.removeFirst()
            guard byte == Self.escape else {
                keys.append(.character(Character(Unicode.Scalar(byte))))
                continue
            }
            // An arrow is ESC [ A or ESC O A; anything else after ESC is no key of ours.
            guard pending.count >= 2, pending[0] == UInt8(ascii: "[") || pending[0] == UInt8(ascii: "O") else {
                pending.removeAll()
                break
            }
            switch pending[1] {
            case UInt8(ascii: "A"): keys.append(.up)
            case UInt8(ascii: "B"): keys.append(.down)
            case UInt8(ascii: "C"): keys.append(.right)
            case UInt8(ascii: "D"): keys.append(.left)
            default: break
            }
            pending.removeFirst(2)
        }
        return keys
    }

    /// The whole lines that come within a time; a last one without an end counts when the input is over.
    func lines(waitingMilliseconds time: Int32) -> [String] {
        fill(time)
        var lines: [String] = []
        while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(String(decoding: pending[..<end], as: UTF8.self))
            pending.removeFirst(end + 1)
        }
        if isOver, !pending.isEmpty {
            lines.append(String(decoding: pending, as: UTF8.self))
            pending.removeAll()
        }
        return lines
    }

    private func fill(_ time: Int32) {
        guard !isOver else {
            usleep(UInt32(time) * 1000)
            return
        }
        var request = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&request, 1, time) > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(0, $0.baseAddress, $0.count) }
        if count > 0 {
            pending += bytes[..<count]
            if pending.count > Self.limit, kind == .lines, !pending.contains(UInt8(ascii: "\n")) { pending.removeAll() }
        } else if count == 0 || errno != EINTR && errno != EAGAIN {
            isOver = true
        }
    }
}
