import Glibc

/// A key of a terminal.
package enum TerminalKey: Hashable, Sendable {
    case up, down, left, right
    case character(Character)
}

/// What comes in on standard input: single keys from a terminal, lines from anything else.
///
/// A terminal is used only by a process in its foreground: one in the background would be stopped for asking, or take what is
/// meant for the shell.
final class TerminalInput {
    enum Kind { case keys, lines }

    let kind: Kind
    /// The terminal as it was before us.
    private var saved: termios?
    private var isRaw = false
    private var pending: [UInt8] = []
    private var lineBuffer = CommandLines()
    private var isOver = false

    private static let escape: UInt8 = 27

    /// Prepares standard input.
    ///
    /// - Parameter isTerminal: whether it is one.
    init(isTerminal: Bool) {
        kind = isTerminal ? .keys : .lines
        if isTerminal { take() }
    }

    /// Whether the terminal is ours now.
    var isForeground: Bool { kind == .lines || tcgetpgrp(0) == getpgrp() }

    /// Lets single keys through, where the terminal is ours.
    private func take() {
        guard isForeground else { return }
        if saved == nil {
            var found = termios()
            guard unsafe tcgetattr(0, &found) == 0 else {
                isOver = true
                return
            }
            saved = found
        }
        guard var raw = saved else { return }
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        unsafe tcsetattr(0, TCSANOW, &raw)
        isRaw = true
    }

    /// Gives the terminal back as it was.
    func restore() {
        if isRaw, isForeground, var saved { unsafe tcsetattr(0, TCSANOW, &saved) }
        isRaw = false
    }

    /// Someone else may have changed the terminal: what it was set to counts no more.
    func forget() { isRaw = false }

    /// The keys that come within a time.
    func keys(waitingMilliseconds time: Int32) -> [TerminalKey] {
        guard isForeground else {
            isRaw = false
            usleep(UInt32(time) * 1000)
            return []
        }
        if !isRaw { take() }
        pending += read(time)
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
    func lines(waitingMilliseconds time: Int32) -> [CommandLines.Line] {
        let lines = lineBuffer.add(read(time))
        return isOver ? lines + lineBuffer.end() : lines
    }

    private func read(_ time: Int32) -> ArraySlice<UInt8> {
        guard !isOver else {
            usleep(UInt32(time) * 1000)
            return []
        }
        var request = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&request, 1, time) > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(0, $0.baseAddress, $0.count) }
        if count > 0 { return bytes[..<count] }
        // A process that has just been put into the background may not read, for the time being.
        if count == 0 || errno != EINTR && errno != EAGAIN && isForeground { isOver = true }
        return []
    }
}
