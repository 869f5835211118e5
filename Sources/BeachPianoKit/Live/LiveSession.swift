import Composition
import Music
import Synchronization

/// All that the threads of a live session share.
final class LiveSession: Sendable {
    let link: LiveLink
    let rate: Int
    let maker: PassageMaker
    let limits: SessionLimits
    let inbox = Inbox()
    let board = StatusBoard()
    let orders = Channel<PassageOrder>(capacity: 64)
    let made = Mutex<(serial: Int, passage: Passage)?>(nil)
    let ended = Flag()
    /// Whether all that is heard is written down, for a MIDI file.
    let isTranscribed: Bool
    let outcome = Mutex(Outcome())
    /// Where to put what the listener keeps.
    let keeper: Keeper
    /// What the user is told.
    let tell: @Sendable (String) -> Void
    /// The same where a command cannot be obeyed.
    let refuse: @Sendable (String) -> Void
    /// Where what was kept is told of: seconds and path.
    let kept: @Sendable (Double, String) -> Void
    /// Where a question for the status is answered.
    let answer: @Sendable (LiveStatus, Float) -> Void

    /// What is known when it has ended.
    struct Outcome: Sendable {
        /// Piano events from the start, where they are written down.
        var transcript: [LiveEvent] = []
        /// What the listener did.
        var script = SteeringScript()
        /// When it was to end, pauses taken off.
        var limits = SessionLimits()
    }

    init(
        link: LiveLink, rate: Int, maker: PassageMaker, limits: SessionLimits, isTranscribed: Bool, keeper: Keeper,
        tell: @escaping @Sendable (String) -> Void, refuse: @escaping @Sendable (String) -> Void,
        kept: @escaping @Sendable (Double, String) -> Void, answer: @escaping @Sendable (LiveStatus, Float) -> Void
    ) {
        self.kept = kept
        self.answer = answer
        self.refuse = refuse
        self.link = link
        self.rate = rate
        self.maker = maker
        self.limits = limits
        self.isTranscribed = isTranscribed
        self.keeper = keeper
        self.tell = tell
    }

    /// The composing thread: answers orders, the newest first of all.
    func compose() {
        link.snapshots.prepare()
        while var order = orders.receive() {
            while let newer = orders.receive(waiting: 0) { order = newer }
            let passage = maker.passage(order)
            made.withLock { $0 = (order.serial, passage) }
        }
    }
}

/// When an endless session ends.
struct SessionLimits: Hashable, Sendable {
    /// Seconds; nil for never.
    var length: Double?
    /// Seconds of the fade before it; 0 ends with a cadence.
    var fade = 0.0
    /// Whether it is a time of day: what a pause takes is then taken from the length.
    var isTimeOfDay = false
}

/// A flag that is set once.
final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
}
