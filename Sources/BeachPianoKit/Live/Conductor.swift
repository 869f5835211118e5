import Composition
import Glibc
import Mixing
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
    private static let patience = 0.8
    /// Seconds from an order to its answer that a place to turn leaves time for.
    private static let thinking = 0.12
    /// Seconds that the hand rests before its moves count.
    private static let debounce = 0.25
    /// Seconds by which the music may be behind the clock before its end is moved, and that are left to it at least.
    private static let (lateness, shortestRest) = (0.5, 2.0)
    /// Seconds of the glide from the gain of a passage to that of the next.
    private static let glide = 3.0

    private struct Scheduled {
        var passage: Passage
        /// Frame of its second 0, some time before its first written beat.
        var base: Int
        /// What the listener asked for, and the frame at which it was to begin.
        var turn: (turn: Turn, planned: Int)?
    }

    private let session: LiveSession
    private var stream: PassageStream
    private var scheduled: Scheduled?
    private var upcoming: Passage?
    private var serial = 0
    /// What has been ordered, and the frame at which the running passage is to be left for it; nil where what follows by
    /// itself has been.
    private var ordered: (turn: Turn, seam: Int)?
    private var frontier = 0
    private var sections = 0
    private var hasFaded = false
    private var hasEnded = false
    private var target: Mood?
    private var turnAt: Int64?
    private var scene: Scene
    private var limits: SessionLimits
    /// Seconds by which the music is behind the clock, since it began to sound.
    private var lag: Double?
    private(set) var log: LiveLog
    /// What the listener did.
    private(set) var script = SteeringScript()
    /// Passages begun, bridges as well, and the frame at which the last of them did.
    private(set) var begun = (count: 0, frame: 0)

    /// The passage that sounds.
    var running: Passage? { stream.running?.passage }

    private var rate: Double { Double(session.rate) }

    /// A conductor that begins with `first` at frame 0.
    init(_ session: LiveSession, first: Passage) {
        self.session = session
        let moment = session.maker.source.moment
        scene = Scene(moment)
        limits = session.limits
        stream = PassageStream(rate: Double(session.rate), unaCorda: first.form == nil ? .auto : moment.unaCorda)
        log = LiveLog(isTranscribed: session.isTranscribed)
        scheduled = Scheduled(passage: first, base: 0)
        advance()
    }

    /// Leads until the session has ended.
    mutating func run() {
        while !session.ended.isSet {
            step(now: monotonicNanoseconds())
            usleep(Self.pause)
        }
        session.outcome.withLock {
            $0 = LiveSession.Outcome(transcript: log.transcript, script: script, limits: limits)
        }
    }

    /// One look at everything.
    mutating func step(now: Int64) {
        receive()
        if limits.isTimeOfDay { keepTime(now) }
        for command in session.inbox.takeAll() { obey(command, now) }
        if let time = turnAt, now >= time, let target {
            turnAt = nil
            turn(.mood, to: target)
        }
        advance()
        publish()
    }

    /// Takes what a pause or a lost device has taken off the length, so that the end comes at its time of day.
    private mutating func keepTime(_ now: Int64) {
        let time = Double(session.link.frame) / rate
        guard time > 0, let length = limits.length else { return }
        let behind = Double(now) * 1e-9 - time
        guard let before = lag else {
            lag = behind
            return
        }
        // The device's buffer fills and empties by some tenths.
        guard behind - before > Self.lateness, !hasFaded, running?.isLast == false else { return }
        lag = behind
        limits.length = max(time + limits.fade + Self.shortestRest, length - (behind - before))
        // What follows was composed for more time than there is.
        guard limits.fade == 0, ordered == nil, scheduled?.turn == nil, running?.isBridge == false else { return }
        (scheduled, upcoming) = (nil, nil)
        order(nil)
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
        if scheduled == nil, let running, !running.isLast, let following = upcoming, let seam = stream.seam {
            scheduled = Scheduled(passage: following, base: seam - stream.leadIn)
            upcoming = nil
        }
        if let next = scheduled, next.base <= limit {
            scheduled = nil
            begin(next)
        } else if let running, !running.isLast, scheduled == nil, let seam = stream.seam {
            // Not composed yet: nothing is committed beyond the place where it is to begin.
            limit = max(frontier, min(limit, seam - stream.leadIn))
        }
        push(before: limit)
    }

    /// The frames of the closing fade: of one that was asked for, or of the last passage, whichever ends first.
    private var closing: Range<Int>? {
        var fades: [Range<Int>] = []
        if let length = limits.length, limits.fade > 0 {
            let end = Int(length * rate)
            fades.append(max(0, end - Int(limits.fade * rate))..<end)
        }
        if let running = stream.running, running.passage.isLast {
            let length = Int((running.passage.performance.duration * rate).rounded())
            let end = running.base + length
            let fade = ClosingFade.length(of: length, rate: rate, seconds: running.passage.fade)
            fades.append(end - fade..<end)
        }
        return fades.min { $0.upperBound < $1.upperBound }
    }

    private mutating func finish(_ frame: Int) {
        hasEnded = true
        send(.end(frame: frame))
        frontier = .max
    }

    private mutating func push(before limit: Int) {
        while let event = stream.pop(before: limit) { send(.piano(event)) }
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
        let passage = next.passage
        if !passage.isBridge {
            sections += 1
            log.mark(sections, frame: base, passage: passage)
            send(.mark(frame: base, section: sections))
        }
        let glide = passage.isBridge ? max(Self.glide, passage.length) : Self.glide
        send(
            .gain(
                frame: base, factor: passage.gain * scene.factor, frames: begun.count == 0 ? 0 : Int(glide * rate)))
        let arrives = stream.running?.passage.isBridge ?? false
        let seam = begun.count == 0 ? base : base + stream.leadIn
        stream.begin(passage, base: base, seam: seam)
        begun = (begun.count + 1, base)
        if let (turn, planned) = next.turn { script.add(.turn(turn, planned: planned), at: seam) }
        upcoming = passage.following.first
        let waiting = ordered?.turn
        ordered = nil
        if turnAt == nil, waiting == nil { target = passage.form?.mood ?? passage.mood }
        session.tell((arrives && !passage.isBridge ? "arrived: " : "") + Self.announcement(passage))
        // Who asked for a turn that was not there in time is answered from here.
        if waiting != nil { order(waiting) } else if upcoming == nil { order(nil) }
    }

    // MARK: - Orders

    /// Asks for what follows by itself, or for what is turned to.
    private mutating func order(_ turn: Turn?) {
        guard var seam = stream.seam else { return }
        if turn != nil, let running = stream.running { seam = min(seam, self.seam(of: running, in: Self.thinking)) }
        let length = limits.fade > 0 ? nil : limits.length
        guard let order = stream.order(turn, at: seam, serial: serial + 1, length: length) else { return }
        serial += 1
        ordered = turn.map { ($0, seam) }
        session.orders.send(order)
    }

    /// The frame of the earliest place to leave what sounds when the answer takes so many seconds: one that is not committed
    /// yet, with room for the lead-in of what follows.
    private func seam(of running: PassageStream.Running, in thinking: Double) -> Int {
        let earliest = Double(frontier - running.base) / rate + Self.leadIn + 0.02 + thinking
        let place = running.passage.seam(from: max(Self.leadIn, earliest), until: earliest + Self.patience)
        return running.base + Int(place * rate)
    }

    /// Goes on to something else, leading to `mood` where that is another than the piece's own.
    private mutating func turn(_ goal: Turn.Goal, to mood: Mood?) {
        guard let running, let form = running.form else {
            session.refuse("this piece is played as it is: leave --duration out to steer the music")
            return
        }
        guard !running.isLast else {
            session.refuse("this is the ending")
            return
        }
        var turn = Turn(goal)
        // What has been asked for and was not heard yet stands, in the mood that is asked for now.
        if goal == .mood, let before = ordered?.turn ?? scheduled?.turn?.turn { turn.goal = before.goal }
        if goal == .mood || running.isBridge || mood != form.mood { turn.mood = mood }
        turnAt = nil
        order(turn)
    }

    private mutating func receive() {
        let answer = session.made.withLock { made in
            defer { made = nil }
            return made
        }
        guard let answer, answer.serial == serial, let running = stream.running else { return }
        guard let (turn, planned) = ordered else {
            upcoming = answer.passage
            return
        }
        ordered = nil
        // An answer that came later than it should turns at the next place.
        let isInTime = planned - stream.leadIn > frontier
        let seam = isInTime ? planned : min(stream.seam ?? planned, self.seam(of: running, in: 0))
        scheduled = Scheduled(passage: answer.passage, base: seam - stream.leadIn, turn: (turn, planned))
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
        case .next: turn(.other, to: target)
        case .theme: turn(.theme, to: target)
        case .keep: keep()
        case .unaCorda(let wish): useSoftPedal(wish)
        case .nextUnaCorda: useSoftPedal(stream.unaCorda.next)
        case .room(let kind): carry(to: kind)
        case .nextRoom: carry(to: scene.room.kind.next)
        case .sea(let state): change(to: state)
        case .nextSea: change(to: scene.sea.state.next)
        case .status:
            publish()
            session.answer(session.board.now, session.link.volume)
        case .pause, .resume, .togglePause, .volume, .louder, .help, .quit: break
        }
    }

    private mutating func move(_ now: Int64, _ change: (Mood) -> Mood) {
        guard let mood = target else { return }
        target = change(mood)
        turnAt = now + Int64(Self.debounce * 1e9)
    }

    private mutating func useSoftPedal(_ wish: UnaCorda) {
        stream.use(wish, from: frontier)
        script.add(.unaCorda(wish), at: frontier)
        session.tell("una corda: \(wish.rawValue)")
    }

    private mutating func carry(to kind: RoomSettings.Kind) {
        let move = Rooms.Move(to: kind, scene.room, nearness: scene.nearness, sampleRate: rate)
        let before = scene.factor
        scene.room.kind = kind
        send(.room(frame: frontier, to: move))
        // As loud as it was.
        if let running, scene.factor != before {
            send(.gain(frame: frontier, factor: running.gain * scene.factor, frames: Int(Rooms.crossingTime * rate)))
        }
        script.add(.room(kind), at: frontier)
        session.tell("room: \(kind.rawValue)")
    }

    private mutating func change(to state: SeaSettings.State) {
        scene.sea = scene.ownSea.changed(to: state)
        send(.sea(frame: frontier, to: state))
        script.add(.sea(state), at: frontier)
        session.tell("sea: \(state.rawValue)")
    }

    private mutating func keep() {
        session.keeper.keep(log, scene, stream.unaCorda, until: session.link.frame, session: session)
    }

    // MARK: - Telling

    private func publish() {
        guard let running = stream.running, let seam = stream.seam else { return }
        let time = Double(session.link.frame) / rate
        let passage = running.passage
        let place = time - Double(running.base) / rate
        let (section, chord) = passage.place(at: place)
        let next = passage.isLast ? nil : Double(scheduled.map { $0.base + stream.leadIn } ?? seam) / rate - time
        session.board.change { status in
            status.title = passage.performance.title
            status.action = passage.action
            status.theme = passage.theme
            status.motif = passage.motif
            status.room = scene.room.kind
            status.sea = scene.sea.state
            status.section =
                passage.isBridge
                ? "bridge" : section.map { $0.letter == "o" ? "close" : $0.letter == "i" ? "opening" : $0.letter } ?? ""
            status.key = passage.piece?.score.key.name ?? ""
            status.chord = chord?.name ?? ""
            status.mood = passage.mood(at: place)
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
            let notes = PerformanceReport.notes(performance.notes.count)
            return "\(performance.title) · \(notes) · \(clockText(performance.duration))"
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
