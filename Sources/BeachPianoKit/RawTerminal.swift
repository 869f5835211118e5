import Glibc

/// A terminal that gives single keys; Ctrl-C still sends its signal.
final class RawTerminal {
    private var saved = termios()

    init?() {
        guard unsafe tcgetattr(0, &saved) == 0 else { return nil }
        var raw = saved
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        unsafe tcsetattr(0, TCSANOW, &raw)
    }

    /// A key, or nil when none comes in time.
    func key(waitingMilliseconds: Int32) -> UInt8? {
        var request = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&request, 1, waitingMilliseconds) > 0, request.revents & Int16(POLLIN) != 0 else {
            return nil
        }
        var byte: UInt8 = 0
        return unsafe read(0, &byte, 1) == 1 ? byte : nil
    }

    /// Gives the terminal back as it was.
    func restore() { unsafe tcsetattr(0, TCSANOW, &saved) }
}
