import AudioIO
import Glibc
import Music
import Synchronization

/// The listener's side of a live session, on a thread of its own: keys and the screen on a terminal, lines of text
/// without one, the signals, and what is told.
final class Steering: Sendable {
    private let console: Console
    private let cancellation: Cancellation
    private let control: PlaybackControl
    private let device: String
    /// Whether a program reads the answers.
    private let isJSON: Bool
    private let messages = Mutex<[String]>([])

    /// Seconds between two drawings of the screen.
    private static let interval: Int64 = 125_000_000

    init(console: Console, cancellation: Cancellation, control: PlaybackControl, device: String, isJSON: Bool = false) {
        self.isJSON = isJSON
        self.console = console
        self.cancellation = cancellation
        self.control = control
        self.device = device
    }

    /// Says something, from any thread.
    func tell(_ message: String) { messages.withLock { $0.append(message) } }

    /// Serves the listener until the session has ended.
    func run(_ session: LiveSession) {
        let environment = console.environment
        let input = TerminalInput(isTerminal: environment.standardInputIsTerminal)
        defer { input.restore() }
        let screen =
            input.kind == .keys && environment.allowsProgressBar && console.level != .quiet ? LiveScreen(console) : nil
        var monitor = PlaybackMonitor(device: device)
        var level: Float = -99
        var drawn: Int64 = 0
        var isStopping = false
        while !session.ended.isSet {
            let now = monotonicNanoseconds()
            if let line = monitor.line(control.reading, now: now) { tell(line) }
            if cancellation.requested != 0, !isStopping {
                isStopping = true
                stop(session)
            }
            switch input.kind {
            case .keys:
                for key in input.keys(waitingMilliseconds: 30) {
                    if let command = LiveCommand(key: key) { obey(command, session) }
                }
            case .lines:
                for line in input.lines(waitingMilliseconds: 30) {
                    do throws(StudioError) {
                        if let command = try LiveCommand.parse(line) { obey(command, session) }
                    } catch { refuse(error.message) }
                }
            }
            guard let screen else {
                for message in takeMessages() { console.message(message) }
                continue
            }
            guard now - drawn >= Self.interval else { continue }
            drawn = now
            let peak = session.link.takePeak()
            // A meter falls slowly: some 20 dB in a second.
            level = max(level - 2.5, 20 * Exact.log(max(peak, 1e-5)) / Exact.log(10))
            let view = LiveView(
                status: session.board.now, reading: control.reading, level: level, volume: session.link.volume)
            screen.draw(view, messages: takeMessages(), width: Self.width)
        }
        if let screen {
            screen.finish(messages: takeMessages())
        } else {
            for message in takeMessages() { console.message(message) }
        }
    }

    /// Says what has been told since the steering ended.
    func flush() { for message in takeMessages() { console.message(message) } }

    private func takeMessages() -> [String] {
        messages.withLock { list in
            defer { list = [] }
            return list
        }
    }

    /// What was asked for, on standard output.
    private func answer(_ line: String) { try? console.result(line) }

    /// Says that a command is no command: whoever sent it has to know, however quiet we are.
    private func refuse(_ message: String) { console.error(message) }

    private func stop(_ session: LiveSession) {
        session.link.isStopping = true
        control.stop()
    }

    private func obey(_ command: LiveCommand, _ session: LiveSession) {
        let link = session.link
        switch command {
        case .pause: control.isPaused = true
        case .resume: control.isPaused = false
        case .togglePause: control.isPaused.toggle()
        case .volume(let decibels): link.volume = decibels
        case .louder(let decibels): link.volume += decibels
        case .quit: stop(session)
        case .help:
            for (words, meaning) in LiveCommand.vocabulary { answer("\(words): \(meaning)") }
        case .status:
            let (status, reading) = (session.board.now, control.reading)
            answer(
                isJSON
                    ? status.json(volume: link.volume, reading: reading).text
                    : status.line(volume: link.volume, reading: reading))
        default: session.inbox.put(command)
        }
    }

    /// Columns of the terminal.
    private static var width: Int {
        var size = winsize()
        return unsafe ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }
}
