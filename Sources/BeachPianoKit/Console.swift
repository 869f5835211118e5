import Glibc
import Presets
import Synchronization

/// Results to standard output, messages to standard error; nothing else writes there.
public struct Console: Sendable {
    public enum Level: Int, Sendable { case quiet, normal, verbose }

    public var level: Level
    public var environment: Environment

    public init(level: Level = .normal, environment: Environment) {
        self.level = level
        self.environment = environment
    }

    /// A result, with a newline, to standard output.
    public func result(_ text: String) throws(StudioError) {
        try Self.write(text + "\n", to: 1)
    }

    /// A message for the user, to standard error.
    public func message(_ text: String) {
        if level != .quiet { try? Self.write(text + "\n", to: 2) }
    }

    /// Whether a line can be written without waiting: a reader that does not read must not stop a session.
    func takes(_ descriptor: Int32, waitingMilliseconds time: Int32 = 0) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return unsafe poll(&request, 1, time) > 0
    }

    /// A message that only `--verbose` shows.
    public func detail(_ text: String) {
        if level == .verbose { try? Self.write(text + "\n", to: 2) }
    }

    /// The one line that says what is wrong; shown even when quiet.
    ///
    /// Names of files and what stands in them may hold anything: a terminal gets no control characters from there.
    public func error(_ text: String) {
        try? Self.write("beachpiano: " + PlainText.escaped(text) + "\n", to: 2)
    }

    /// Raw text to standard error, for the progress bar.
    func draw(_ text: String) { try? Self.write(text, to: 2) }

    private static func write(_ text: String, to descriptor: Int32) throws(StudioError) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw StudioError(.ioError, "standard output cannot be written: \(lastSystemError())")
            }
            bytes = bytes.dropFirst(count)
        }
    }
}

/// A bar with the time left, drawn only on a terminal, at most ten times a second, and erased at the end.
public final class ProgressBar: Sendable {
    private struct State {
        var lastDrawn = -1.0
        var isVisible = false
    }

    private let console: Console
    private let label: String
    private let started: Double
    private let state = Mutex(State())

    public init(_ label: String, console: Console) {
        self.console = console
        self.label = label
        started = monotonicSeconds()
    }

    /// Shows how far the work is, 0...1.
    public func update(_ fraction: Double, note: String = "") {
        guard console.level != .quiet, console.environment.allowsProgressBar else { return }
        let now = monotonicSeconds()
        state.withLock { state in
            guard now - state.lastDrawn >= 0.1 else { return }
            state.lastDrawn = now
            state.isVisible = true
            let cells = 30
            let full = min(cells, max(0, Int(fraction * Double(cells))))
            let bar = String(repeating: "━", count: full) + String(repeating: "─", count: cells - full)
            let left = fraction > 0.02 ? (now - started) / fraction * (1 - fraction) : -1
            let time = left >= 0 ? "  \(clockText(left)) left" : ""
            console.draw("\r\u{1B}[K\(label) \(bar) \(Int(fraction * 100)) %\(time)\(note.isEmpty ? "" : "  " + note)")
        }
    }

    /// Erases the bar.
    public func finish() {
        state.withLock { state in
            if state.isVisible { console.draw("\r\u{1B}[K") }
            state.isVisible = false
        }
    }
}

/// Seconds as `m:ss` or `h:mm:ss`.
public func clockText(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    let tail = rest < 10 ? "0\(rest)" : "\(rest)"
    return hours > 0 ? "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(tail)" : "\(minutes):\(tail)"
}

/// The monotonic clock, seconds.
public func monotonicSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// A number with so many decimals and a dot, whatever the locale.
public func decimal(_ value: Double, _ places: Int) -> String {
    guard value.isFinite else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let whole = Int((abs(value) * scale).rounded())
    let sign = value < 0 && whole > 0 ? "-" : ""
    if places == 0 { return sign + "\(whole)" }
    let unit = Int(scale)
    let fraction = String(whole % unit)
    return sign + "\(whole / unit)." + String(repeating: "0", count: places - fraction.count) + fraction
}

extension Console {
    /// An error as one JSON object on standard error, shown even when quiet.
    public func errorObject(_ object: JSON) { event(object) }

    /// An event of `--progress json`, a line of its own on standard error, shown even when quiet.
    public func event(_ object: JSON) { draw(object.text + "\n") }
}
