import AudioIO
import Documents
import Glibc
import Music
import Piano
import Synchronization

/// A keyboard, its player and the piano: bytes become events for the audio thread, keys of the terminal and lines move
/// volume and pause, signals end it.
final class KeyboardSession: Sendable {
    let link: LiveLink
    private let input: any MIDIInput
    private let control: PlaybackControl
    private let cancellation: Cancellation
    private let console: Console
    private let device: String
    private let rate: Int
    let ended = Flag()
    /// Where all that is played is written down, for a MIDI file; nil where none is wanted.
    private let transcript: Mutex<(clock: KeyboardClock, events: [LiveEvent])>?

    /// Milliseconds that the keyboard is waited for, before other things are looked at.
    private static let patience: Int32 = 20
    /// dB from the instrument's own level to one that suits a room beside other programs.
    private static let gain: Float = 8
    /// Seconds that strings and room ring on when the input has ended.
    private static let ringOut = 4.0

    init(
        link: LiveLink, input: any MIDIInput, control: PlaybackControl, cancellation: Cancellation, console: Console,
        device: String, rate: Int, isTranscribed: Bool
    ) {
        self.link = link
        self.input = input
        self.control = control
        self.cancellation = cancellation
        self.console = console
        self.device = device
        self.rate = rate
        transcript = isTranscribed ? Mutex((KeyboardClock(rate: Double(rate)), [])) : nil
        _ = link.events.push(.gain(frame: 0, factor: Exact.pow(10, Self.gain / 20), frames: 0))
        // Nothing is known before it is played: the sound never waits.
        link.events.commit(.max)
    }

    /// What was played until now, at the frames of the sound.
    var played: [LiveEvent] { transcript?.withLock { $0.events } ?? [] }

    /// Plays what comes until the input ends or the piano has ended.
    ///
    /// - Throws: what the keyboard was lost with.
    func play() throws(StudioError) {
        var keyboard = LiveKeyboard()
        defer { finish(&keyboard) }
        while !ended.isSet {
            let bytes: [UInt8]?
            do throws(AudioIOError) { bytes = try input.read(milliseconds: Self.patience) } catch {
                throw StudioError(error)
            }
            guard let bytes else { return }
            if bytes.starts(with: Array("MThd".utf8)) {
                throw StudioError(.badData, "\(input.name) holds a MIDI file: 'beachpiano perform' plays it")
            }
            for event in keyboard.take(bytes) { send(event) }
        }
    }

    /// Lets go and rings out.
    private func finish(_ keyboard: inout LiveKeyboard) {
        for event in keyboard.letGo() { send(event) }
        let frame = link.frame + Int(Self.ringOut * Double(rate))
        let fade = ClosingFade.length(of: frame, rate: Double(rate))
        _ = link.events.push(.fade(frame: frame - fade, frames: fade))
        _ = link.events.push(.end(frame: frame))
    }

    /// To be played with the next block: an event of the past is late, and late ones sound at once.
    private func send(_ event: LiveKeyboard.Event) {
        let action: EngineEvent.Action =
            switch event {
            case .strike(let pitch, let velocity): .down(pitch, velocity: velocity)
            case .release(let pitch, let velocity): .release(pitch: pitch, velocity: velocity)
            case .pedal(let pedal, let depth): .pedal(pedal, depth: depth)
            }
        // While nothing sounds, a stroke would only wait to be struck with all others.
        if case .strike = event, !isHeard { return }
        transcript?.withLock {
            let frame = $0.clock.frame(sounding: link.frame, now: monotonicNanoseconds())
            $0.events.append(.piano(EngineEvent(frame: frame, action: action)))
        }
        while !link.events.push(.piano(EngineEvent(frame: 0, action: action))), !ended.isSet { usleep(1000) }
    }

    /// Whether what is played now is heard soon: not in a pause, and not while the device is away.
    private var isHeard: Bool {
        switch control.state {
        case .starting, .playing: !control.isPaused
        case .waiting, .reconnecting, .paused, .ended: false
        }
    }

    /// Serves the terminal, or lines on standard input where the keyboard is not there, until the piano has ended.
    func steer(listens: Bool) {
        let terminal = listens ? TerminalInput(isTerminal: console.environment.standardInputIsTerminal) : nil
        defer { terminal?.restore() }
        var monitor = PlaybackMonitor(device: device)
        var isStopping = false
        if terminal?.kind == .keys { JobControl.install() }
        while !ended.isSet {
            if let terminal, JobControl.takeStop() {
                JobControl.stopNow(pausing: control) { terminal.restore() }
            }
            if JobControl.takeContinuation() { terminal?.forget() }
            if let line = monitor.line(control.reading, now: monotonicNanoseconds()) { console.message(line) }
            if cancellation.requested != 0, !isStopping {
                isStopping = true
                stop()
            }
            guard let terminal else {
                usleep(30_000)
                continue
            }
            switch terminal.kind {
            case .keys: for key in terminal.keys(waitingMilliseconds: 30) { obey(LiveCommand(key: key)) }
            case .lines:
                for line in terminal.lines(waitingMilliseconds: 30) {
                    do throws(StudioError) { obey(try line.command()) } catch { console.error(error.message) }
                }
            }
        }
    }

    private func stop() {
        link.isStopping = true
        control.stop()
    }

    private func obey(_ command: LiveCommand?) {
        switch command {
        case .pause: control.isPaused = true
        case .resume: control.isPaused = false
        case .togglePause: control.isPaused.toggle()
        case .volume(let decibels): link.volume = decibels
        case .louder(let decibels): link.volume += decibels
        case .quit: stop()
        case nil: break
        default: console.message("here only volume, pause, resume and quit steer: the music is yours")
        }
    }
}
