import AudioIO
import Glibc
import Music
import Presets
import Synchronization

/// The listener's side of a live session, on a thread of its own: keys and the screen on a terminal, lines of text
/// without one, the signals, and what is told.
final class Steering: Sendable {
    private let console: Console
    private let cancellation: Cancellation
    private let control: PlaybackControl
    private let device: String
    private let server: SoundServer?
    private let isJSON: Bool
    private let messages = Mutex<[Message]>([])

    private struct Message: Sendable {
        let text: String
        /// Whether it answers a command that cannot be obeyed: said however quiet we are.
        let isRefusal: Bool
    }

    /// Seconds between two drawings of the screen.
    private static let interval: Int64 = 125_000_000
    /// Messages that wait for a terminal that is not ours now.
    private static let patience = 200

    /// - Parameters:
    ///   - console: where messages go.
    ///   - cancellation: what the signals ask for.
    ///   - control: of the player.
    ///   - device: its name.
    ///   - server: whose is behind it.
    ///   - isJSON: whether a program reads the answers.
    init(
        console: Console, cancellation: Cancellation, control: PlaybackControl, device: String, server: SoundServer?,
        isJSON: Bool = false
    ) {
        self.isJSON = isJSON
        self.console = console
        self.cancellation = cancellation
        self.control = control
        self.device = device
        self.server = server
    }

    /// Says something, from any thread.
    ///
    /// While nothing can be shown, the oldest is forgotten.
    func tell(_ message: String) { add(Message(text: message, isRefusal: false)) }

    /// Says that a command cannot be obeyed, from any thread: whoever sent it has to know, however quiet we are.
    func refuse(_ message: String) {
        add(Message(text: message, isRefusal: true))
        if isJSON { answer(JSON.object([("refused", .string(message))]).text) }
    }

    private func add(_ message: Message) {
        messages.withLock { list in
            if list.count >= Self.patience { list.removeFirst() }
            list.append(message)
        }
    }

    /// Serves the listener until the session has ended.
    func run(_ session: LiveSession) {
        let environment = console.environment
        let input = TerminalInput(isTerminal: environment.standardInputIsTerminal)
        defer { input.restore() }
        let screen =
            input.kind == .keys && environment.allowsProgressBar && console.level != .quiet ? LiveScreen(console) : nil
        if input.kind == .keys { JobControl.install() }
        var monitor = PlaybackMonitor(device: device)
        var sinks = SinkMonitor(device: device)
        // PipeWire stands in for PulseAudio too.
        let listener =
            server == .pipeWire || server == .pulseAudio ? DefaultSinkListener(now: monotonicNanoseconds()) : nil
        defer { listener?.stop() }
        var level: Float = -99
        var drawn: Int64 = 0
        var isStopping = false
        var presses: Int32 = 0
        while !session.ended.isSet {
            let now = monotonicNanoseconds()
            if let line = monitor.line(control.reading, now: now) { tell(line) }
            // Without a device there is nobody to ask.
            if control.state == .playing, let line = sinks.line(listener?.poll(now: now) ?? [], now: now) { tell(line) }
            if cancellation.requested != 0, !isStopping {
                isStopping = true
                presses = cancellation.presses
                stop(session)
            }
            // Who presses Ctrl-C again waits for no fade.
            if isStopping, cancellation.presses > max(1, presses) { control.stop() }
            if JobControl.takeStop() { stopForNow(input, screen) }
            if JobControl.takeContinuation() {
                input.forget()
                screen?.forget()
                drawn = 0
            }
            switch input.kind {
            case .keys:
                for key in input.keys(waitingMilliseconds: 30) {
                    if let command = LiveCommand(key: key) { obey(command, session) }
                }
            case .lines:
                for line in input.lines(waitingMilliseconds: 30) {
                    do throws(StudioError) {
                        if let command = try line.command() { obey(command, session) }
                    } catch { refuse(error.message) }
                }
            }
            guard let screen else {
                flush()
                continue
            }
            // A terminal that was stopped with Ctrl-S takes nothing.
            guard now - drawn >= Self.interval, input.isForeground, console.takes(2) else { continue }
            drawn = now
            let peak = session.link.takePeak()
            // A meter falls slowly: some 20 dB in a second.
            level = max(level - 2.5, 20 * Exact.log(max(peak, 1e-5)) / Exact.log(10))
            let view = LiveView(
                status: session.board.now, reading: control.reading, level: level, volume: session.link.volume)
            screen.draw(view, messages: takeMessages(), size: Self.size)
        }
        if let screen {
            screen.finish(messages: takeMessages(), size: Self.size)
        } else {
            flush()
        }
    }

    /// Says what has been told since it was last looked at, where somebody reads it within a time.
    func flush(waitingMilliseconds time: Int32 = 0) {
        guard console.takes(2, waitingMilliseconds: time) else { return }
        for message in take() { message.isRefusal ? console.error(message.text) : console.message(message.text) }
    }

    /// Tells that something has been kept.
    func tellKept(_ seconds: Double, _ path: String) {
        tell("kept \(clockText(seconds)): \(path)")
        if isJSON {
            answer(JSON.object([("kept", .string(path)), ("seconds", .number(seconds, places: 3))]).text)
        }
    }

    /// Answers what sounds now.
    func answer(_ status: LiveStatus, volume: Float) {
        let reading = control.reading
        answer(
            isJSON ? status.json(volume: volume, reading: reading).text : status.line(volume: volume, reading: reading))
    }

    private func take() -> [Message] {
        messages.withLock { list in
            defer { list = [] }
            return list
        }
    }

    /// As lines above the screen, which is never quiet.
    private func takeMessages() -> [String] { take().map { PlainText.escaped($0.text) } }

    /// What was asked for, on standard output; dropped where nobody reads there.
    func answer(_ line: String) { if console.takes(1) { try? console.result(line) } }

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
        default: session.inbox.put(command)
        }
    }

    /// Stops the process after Ctrl-Z until it is continued: the terminal is as it was meanwhile, and the music pauses.
    private func stopForNow(_ input: TerminalInput, _ screen: LiveScreen?) {
        JobControl.stopNow(pausing: control) {
            screen?.finish(messages: takeMessages(), size: Self.size)
            input.restore()
        }
    }

    /// The terminal's, 80 by 24 where it does not say.
    private static var size: ScreenArea.Size {
        var size = winsize()
        guard unsafe ioctl(2, UInt(TIOCGWINSZ), &size) == 0 else { return ScreenArea.Size(columns: 80, rows: 24) }
        return ScreenArea.Size(
            columns: size.ws_col > 0 ? Int(size.ws_col) : 80, rows: size.ws_row > 0 ? Int(size.ws_row) : 24)
    }
}
