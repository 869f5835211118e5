package import Composition
package import Moods
package import Music
import Piano
import Synchronization

/// A live session that nobody hears: the conductor and the composer on a clock that is stepped, for measuring what steering
/// does to the music.
package struct Rehearsal {
    /// A section or a bridge, as it began.
    package struct Part: Sendable {
        /// Seconds of the session at which its performance begins.
        package let start: Double
        /// Seconds until what follows begins, if nobody turns before.
        package let length: Double
        package let performance: Performance
        /// Nil for a bridge.
        package let key: Key?
        package let action: EndlessForm.Action?
        /// Of the endless piece from there on.
        package let mood: Mood?
    }

    package private(set) var parts: [Part] = []
    /// Frames of all that the audio thread was told, in the order in which it was.
    package private(set) var told: [Int] = []
    /// What the listener did.
    package private(set) var script = SteeringScript()
    /// All that would be heard, on one clock.
    package private(set) var heard = Performance(title: "", notes: [], pedals: [], duration: 0)

    private let maker: PassageMaker
    private let seconds: Double

    private static let rate = 48_000
    /// Frames of a step: as often as the conductor looks in a session.
    private static let step = 384

    /// Plays for some seconds.
    ///
    /// - Parameters:
    ///   - studio: whose configuration holds.
    ///   - source: what is played.
    ///   - seconds: how long.
    ///   - commands: what the listener says, and when.
    ///   - fade: seconds of the fade at the end of `seconds`; 0 goes on.
    ///   - pause: when the music stands still, and for how long, where its end is a time of day.
    ///   - thinking: seconds that the composer takes for an answer.
    /// - Throws: what is wrong with the source.
    package init(
        _ studio: Studio, _ source: Source, seconds: Double, commands: [(at: Double, command: LiveCommand)],
        fade: Double = 0, pause: (at: Double, seconds: Double)? = nil, thinking: Double = 0.1
    ) throws(StudioError) {
        let resolved = try studio.resolve(source)
        let maker = PassageMaker(source: resolved, target: -23)
        self.maker = maker
        self.seconds = seconds
        let tables = TablesCache.tables(resolved.moment.instrument, rate: Self.rate)
        let session = LiveSession(
            link: LiveLink(tables: tables, room: resolved.moment.room), rate: Self.rate, maker: maker,
            limits: fade > 0
                ? SessionLimits(length: seconds, fade: fade, isTimeOfDay: pause != nil) : SessionLimits(),
            isTranscribed: true,
            keeper: Keeper(folder: nil), tell: { _ in }, refuse: { _ in }, kept: { _, _ in }, answer: { _, _ in })
        var conductor = Conductor(session, first: maker.opening(nil))
        var waiting = commands[...]
        var asked: (order: PassageOrder, ready: Int)?
        for frame in stride(from: 0, to: Int(seconds * Double(Self.rate)), by: Self.step) {
            session.link.frame = frame
            while let event = session.link.events.first {
                told.append(event.frame)
                session.link.events.removeFirst()
            }
            while let next = waiting.first, Int(next.at * Double(Self.rate)) <= frame {
                session.inbox.put(next.command)
                waiting.removeFirst()
            }
            while let order = session.orders.receive(waiting: 0) {
                asked = (order, frame + Int(thinking * Double(Self.rate)))
            }
            if let (order, ready) = asked, frame >= ready {
                session.made.withLock { $0 = (order.serial, maker.passage(order)) }
                asked = nil
            }
            let time = Double(frame) / Double(Self.rate)
            let lost = pause.map { time >= $0.at ? $0.seconds : 0 } ?? 0
            conductor.step(now: Int64((time + lost) * 1e9))
            if conductor.begun.count > parts.count, let passage = conductor.running {
                parts.append(Part(passage, start: Double(conductor.begun.frame) / Double(Self.rate)))
            }
        }
        script = conductor.script
        heard = LiveTranscript.performance(
            conductor.log.transcript, in: 0..<Int(seconds * Double(Self.rate)), rate: Double(Self.rate), title: "")
    }
}

extension Rehearsal {
    /// The same piece from what a listener did, as a file has it.
    package func replayed(_ script: SteeringScript) throws(StudioError) -> Performance {
        try EndlessPerformance(
            maker, limits: SessionLimits(length: seconds, fade: 1), script: script, rate: Double(Self.rate)
        ).performance
    }
}

extension Rehearsal.Part {
    fileprivate init(_ passage: Passage, start: Double) {
        self.start = start
        length = passage.length
        performance = passage.performance
        key = passage.piece?.score.key
        action = passage.action
        mood = passage.form?.mood
    }
}
