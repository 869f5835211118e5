import Composition
import Glibc
import Moods
import Music
import Piano
import Synchronization

/// Leads a live session on a thread of its own: asks for passages, joins them, commits their events to the audio
/// thread, and answers the listener.
///
/// Events are committed a short while ahead of what is rendered; all beyond that can still change.
struct Conductor {
    /// Seconds that are committed ahead, and between two looks at the clock.
    static let commitment = 0.4
    private static let pause: UInt32 = 8_000
    /// Seconds before the first written beat of a performance.
    static let leadIn = 0.15
    /// Seconds from now within which a bar line is waited for when the hand asks for something.
    private static let patience = 1.0
    /// Seconds from an order to its answer that a place to turn leaves time for.
    private static let thinking = 0.12
    /// Seconds that the hand rests before its moves count.
    private static let debounce = 0.4
    /// Seconds of the glide from the gain of a passage to that of the next.
    private static let glide = 3.0

    /// The passage that sounds.
    struct Running {
        var passage: Passage
        /// Frame of its second 0.
        var base: Int
        var section: Int
    }

    private struct Scheduled {
        var passage: Passage
        var base: Int
        var seam: Int
    }

    private let session: LiveSession
    private var queue: LiveQueue
    private var running: Running?
    private var scheduled: Scheduled?
    private var upcoming: Passage?
    private var serial = 0
    /// The order that is out asks for a turn, not for what follows by itself.
    private var isTurning = false
    /// Where the running passage is to be left for what has been ordered, seconds after its start.
    private var turningPoint = 0.0
    private var frontier = 0
    private var sections = 0
    private var hasFaded = false
    private var hasEnded = false
    private var target: Mood?
    private var turnAt: Int64?
    private var unaCorda: UnaCorda
    private(set) var log: LiveLog

    private var rate: Double { Double(session.rate) }

    /// A conductor that begins with `first` at frame 0.
    init(_ session: LiveSession, first: Passage) {
        self.session = session
        queue = LiveQueue(rate: Double(session.rate))
        log = LiveLog(isTranscribed: session.isTranscribed)
        unaCorda = first.piece?.source.moment.unaCorda ?? .auto
        scheduled = Scheduled(passage: first, base: 0, seam: 0)
        advance()
    }

    /// Leads until the session has ended.
    mutating func run() {
        while !session.ended.isSet {
            step(now: monotonicNanoseconds())
            usleep(Self.pause)
        }
        session.transcript.withLock { $0 = log.transcript }
    }

    /// One look at everything.
    mutating func step(now: Int64) {
        receive()
        for command in session.inbox.takeAll() { obey(command, now) }
        if let time = turnAt, now >= time, let target {
            turnAt = nil
            turn(.mood(target))
        }
        advance()
        publish()
    }

    // MARK: - Committing

    /// Commits what lies a short while ahead; the fade and the end of the session stand at their places among the notes.
    private mutating func advance() {
        guard !hasEnded else { return }
        let limit = session.link.frame + Int(Self.commitment * rate)
        if !hasFaded, let closing, limit > closing.lowerBound {
            lead(to: closing.lowerBound)
            hasFaded = true
            send(.fade(frame: closing.lowerBound, frames: closing.count))
        }
        lead(to: min(limit, closing?.upperBound ?? .max))
        if let closing, limit > closing.upperBound { finish(closing.upperBound) }
        session.link.events.commit(frontier)
    }

    /// Sends all that comes before a frame, with the passages that begin until then.
    private mutating func lead(to frame: Int) {
        var limit = max(frontier, frame)
        if scheduled == nil, let running, !running.passage.isLast, let following = upcoming {
            let seam = self.seam(of: running)
            scheduled = Scheduled(passage: following, base: seam - Int(Self.leadIn * rate), seam: seam)
            upcoming = nil
        }
        if let next = scheduled, next.base <= limit {
            scheduled = nil
            begin(next)
        } else if let running, !running.passage.isLast, scheduled == nil {
            // Not composed yet: nothing is committed beyond the place where it is to begin.
            limit = max(frontier, min(limit, seam(of: running) - Int(Self.leadIn * rate)))
        }
        push(before: limit)
    }

    /// The frames of the closing fade: of one that was asked for, or of the last passage, whichever ends first.
    private var closing: Range<Int>? {
        var fades: [Range<Int>] = []
        if let length = session.limits.length, session.limits.fade > 0 {
            let end = Int(length * rate)
            fades.append(max(0, end - Int(session.limits.fade * rate))..<end)
        }
        if let running, running.passage.isLast {
            let length = Int((running.passage.performance.duration * rate).rounded())
            let end = running.base + length
            fades.append(end - ClosingFade.length(of: length, rate: rate)..<end)
        }
        return fades.min { $0.upperBound < $1.upperBound }
    }

    private mutating func finish(_ frame: Int) {
        hasEnded = true
        send(.end(frame: frame))
        frontier = .max
    }

    private mutating func push(before limit: Int) {
        while let event = queue.pop(before: limit) { send(.piano(event)) }
        frontier = max(frontier, limit)
    }

    private func wait() { usleep(1000) }

    private mutating func send(_ event: LiveEvent) {
        while !session.link.events.push(event) {
            if session.ended.isSet { return }
            wait()
        }
        log.add(event)
    }

    private mutating func begin(_ next: Scheduled) {
        let base = max(frontier, next.base)
        push(before: base)
        sections += 1
        log.mark(sections, frame: base, passage: next.passage)
        send(.mark(frame: base, section: sections))
        let glide = next.passage.isBridge ? max(Self.glide, next.passage.length) : Self.glide
        send(.gain(frame: base, factor: next.passage.gain, frames: sections == 1 ? 0 : Int(glide * rate)))
        queue.join(next.passage.performance, base: base, seam: max(base, next.seam), frontier: base)
        running = Running(passage: next.passage, base: base, section: sections)
        upcoming = next.passage.following.first
        isTurning = false
        if turnAt == nil {
            target = next.passage.isBridge ? next.passage.mood : next.passage.form?.mood ?? next.passage.mood
        }
        session.tell(Self.announcement(next.passage))
        if upcoming == nil { order(.follow) }
    }

    private func seam(of running: Running) -> Int { running.base + Int((running.passage.length * rate).rounded()) }

    // MARK: - Orders

    private mutating func order(_ wish: EndlessForm.Wish) {
        guard let running, let form = running.passage.form, !running.passage.isLast else { return }
        serial += 1
        var time = Double(seam(of: running)) / rate - Self.leadIn
        var before: (BridgeState, Key)?
        if wish != .follow {
            turningPoint = seam(of: running, in: Self.thinking)
            time = min(time, Double(running.base) / rate + turningPoint - Self.leadIn)
            if case .mood = wish { before = state(of: running.passage, at: turningPoint) }
        }
        let remaining = session.limits.fade > 0 ? nil : session.limits.length.map { $0 - time }
        session.orders.send(
            PassageOrder(
                serial: serial, form: form, wish: wish, time: time, remaining: remaining, unaCorda: unaCorda,
                before: before))
    }

    /// The first second of a passage that is not committed yet, with room for the lead-in of what follows.
    private func earliest(of running: Running) -> Double {
        Double(frontier - running.base) / rate + Self.leadIn + 0.02
    }

    /// The earliest place to leave what sounds when the answer takes so many seconds, seconds after its start.
    private func seam(of running: Running, in thinking: Double) -> Double {
        let earliest = earliest(of: running) + thinking
        return running.passage.seam(from: max(Self.leadIn, earliest), until: earliest + Self.patience)
    }

    /// What is heard in the two bars before a second of a passage, at its very beginning in those after it, and its key; nil
    /// where nothing is struck.
    private func state(of passage: Passage, at time: Double) -> (BridgeState, Key)? {
        let (before, after) = (passage.time(of: -2, barsFrom: time), passage.time(of: 2, barsFrom: time))
        guard
            let state = BridgeState(passage.performance, in: min(before, time)..<time)
                ?? BridgeState(passage.performance, in: time..<max(after, time))
        else { return nil }
        let key = passage.piece?.score.key ?? passage.following.first?.piece?.score.key
        return key.map { (state, $0) }
    }

    private mutating func turn(_ wish: EndlessForm.Wish) {
        guard let running, running.passage.form != nil else {
            session.tell("this piece is played as it is: leave --duration out to steer the music")
            return
        }
        guard !running.passage.isLast else {
            session.tell("this is the ending")
            return
        }
        isTurning = true
        order(wish)
    }

    private mutating func receive() {
        let answer = session.made.withLock { made in
            defer { made = nil }
            return made
        }
        guard let answer, answer.serial == serial, let running else { return }
        guard isTurning else {
            upcoming = answer.passage
            return
        }
        isTurning = false
        // An answer that came later than it should turns at the next place.
        let isInTime = turningPoint >= earliest(of: running)
        let seam = running.base + Int((isInTime ? turningPoint : self.seam(of: running, in: 0)) * rate)
        scheduled = Scheduled(passage: answer.passage, base: seam - Int(Self.leadIn * rate), seam: seam)
    }

    // MARK: - The listener

    private mutating func obey(_ command: LiveCommand, _ now: Int64) {
        switch command {
        case .mood(let name):
            guard let named = NamedMood.named(name) else { return }
            target = named.mood
            turnAt = now
        case .set(let axis, let value): move(now) { $0.with(axis, value) }
        case .move(let axis, let change): move(now) { $0.with(axis, $0.value(axis) + change) }
        case .next: turn(.other)
        case .theme: turn(.theme)
        case .keep: keep()
        case .unaCorda(let wish): useSoftPedal(wish)
        case .nextUnaCorda: useSoftPedal(unaCorda == .auto ? .on : unaCorda == .on ? .off : .auto)
        case .pause, .resume, .togglePause, .volume, .louder, .status, .quit: break
        }
    }

    private mutating func move(_ now: Int64, _ change: (Mood) -> Mood) {
        guard let mood = target else { return }
        target = change(mood)
        turnAt = now + Int64(Self.debounce * 1e9)
    }

    private mutating func useSoftPedal(_ wish: UnaCorda) {
        unaCorda = wish
        switch wish {
        case .on: queue.set(.unaCorda, .one, at: frontier)
        case .off: queue.set(.unaCorda, .zero, at: frontier)
        case .auto: break
        }
        session.tell("una corda: \(wish.rawValue)")
        // What has been composed ahead was performed with the other wish.
        if scheduled == nil, !isTurning, running?.passage.isBridge == false {
            upcoming = nil
            order(.follow)
        }
    }

    private mutating func keep() {
        session.board.change { $0.kept += 1 }
        session.keeper.keep(log, until: session.link.frame, session: session)
    }

    // MARK: - Telling

    private func publish() {
        guard let running else { return }
        let time = Double(session.link.frame) / rate
        let passage = running.passage
        let (section, chord) = passage.place(at: time - Double(running.base) / rate)
        let next = passage.isLast ? nil : Double(scheduled?.seam ?? seam(of: running)) / rate - time
        session.board.change { status in
            status.title = passage.performance.title
            status.action = passage.action
            status.theme = passage.theme
            status.section =
                passage.isBridge
                ? "bridge" : section.map { $0.letter == "o" ? "close" : $0.letter == "i" ? "opening" : $0.letter } ?? ""
            status.key = passage.piece?.score.key.name ?? ""
            status.chord = chord?.name ?? ""
            status.mood = passage.mood
            status.target = target
            status.elapsed = time
            status.untilNext = next
        }
    }

    private static func announcement(_ passage: Passage) -> String {
        if let mood = passage.mood, passage.isBridge {
            return "bridge to \(LiveStatus.name(of: mood)) · \(clockText(passage.length))"
        }
        guard let piece = passage.piece else {
            let performance = passage.performance
            return "\(performance.title) · \(performance.notes.count) notes · \(clockText(performance.duration))"
        }
        var parts: [String] = []
        if let action = passage.action { parts.append("\(action.rawValue), theme \(passage.theme)") }
        parts.append(piece.source.moment.moods[0].name ?? LiveStatus.name(of: piece.source.moment.mood))
        parts += [
            piece.score.key.name, "\(decimal(Double(piece.score.tempo), 0)) bpm", piece.score.form,
            clockText(passage.length), "seed \(piece.source.seedText)",
        ]
        return parts.joined(separator: " · ")
    }
}

/// The monotonic clock, nanoseconds.
func monotonicNanoseconds() -> Int64 { Int64(monotonicSeconds() * 1e9) }
