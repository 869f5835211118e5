import Composition
import Interpretation
import Moods
import Music
import Piano

/// The passages of a session joined to one stream of events: what sounds, where it can be left, and what to ask for then.
///
/// A conductor moves it with the clock, a file is made without one: the same passages at the same frames give the same
/// events.
struct PassageStream: Sendable {
    /// The passage that sounds.
    struct Running: Sendable {
        var passage: Passage
        /// Frame of its second 0.
        var base: Int
    }

    /// Frames in a second.
    let rate: Double
    private var queue: LiveQueue
    private(set) var running: Running?
    /// How the listener wants the left pedal, whatever the passages do with it.
    private(set) var unaCorda: UnaCorda

    init(rate: Double, unaCorda: UnaCorda) {
        self.rate = rate
        self.unaCorda = unaCorda
        queue = LiveQueue(rate: rate)
    }

    /// Frames from the beginning of a performance to its first written beat.
    var leadIn: Int { Int(Conductor.leadIn * rate) }

    /// Where what follows the running passage begins by itself.
    var seam: Int? {
        running.map { $0.base + Int(($0.passage.length * rate).rounded()) }
    }

    /// Takes the first event before a frame.
    mutating func pop(before frame: Int) -> EngineEvent? { queue.pop(before: frame) }

    /// Puts a passage in the place of everything struck from a seam on.
    ///
    /// - Parameters:
    ///   - passage: what comes.
    ///   - base: frame of its second 0; no event before it is left to be taken.
    ///   - seam: where what sounded is left.
    mutating func begin(_ passage: Passage, base: Int, seam: Int) {
        queue.join(passage.performance, base: base, seam: max(base, seam), frontier: base)
        running = Running(passage: passage, base: base)
        if unaCorda != .auto { usePedal(from: base) }
    }

    /// Uses the left pedal as the listener wants it from a frame on.
    mutating func use(_ wish: UnaCorda, from frame: Int) {
        unaCorda = wish
        usePedal(from: frame)
    }

    private mutating func usePedal(from frame: Int) {
        switch unaCorda {
        case .on: queue.replace(.unaCorda, from: frame, by: [(frame, .one)])
        case .off: queue.replace(.unaCorda, from: frame, by: [(frame, .zero)])
        // Music without an end has no climax of its own.
        case .auto, .outsideClimax:
            guard let running else { return }
            let own = running.passage.performance.pedals.filter { $0.pedal == .unaCorda }.map {
                (frame: running.base + Int(($0.time * rate).rounded()), depth: $0.depth)
            }
            let now = own.last { $0.frame <= frame }?.depth ?? .zero
            queue.replace(.unaCorda, from: frame, by: [(frame, now)] + own.filter { $0.frame > frame })
        }
    }

    /// What to ask of the composer.
    ///
    /// - Parameters:
    ///   - turn: nil for what follows by itself.
    ///   - seam: the frame at which the running passage is to be left.
    ///   - serial: number of the order.
    ///   - length: seconds of the whole where it ends with a cadence.
    /// - Returns: nil where nothing can follow.
    func order(_ turn: Turn?, at seam: Int, serial: Int = 0, length: Double?) -> PassageOrder? {
        guard let running, let form = running.passage.form, !running.passage.isLast else { return nil }
        let time = Double(seam - leadIn) / rate
        let place = Double(seam - running.base) / rate
        return PassageOrder(
            serial: serial, form: form, turn: turn, time: time, remaining: length.map { $0 - time },
            before: turn?.mood == nil ? nil : Departure(running.passage, at: place))
    }
}

/// What a bridge starts from.
struct Departure: Sendable {
    /// What is heard in the two bars before, at the very beginning of a passage in those after.
    var state: BridgeState
    var key: Key
    var mood: Mood

    /// What is left a number of seconds after the start of a passage; nil where nothing is struck there.
    init?(_ passage: Passage, at time: Double) {
        let (before, after) = (passage.time(of: -2, barsFrom: time), passage.time(of: 2, barsFrom: time))
        guard
            let state = BridgeState(passage.performance, in: min(before, time)..<time)
                ?? BridgeState(passage.performance, in: time..<max(after, time)),
            let key = passage.piece?.score.key ?? passage.following.first?.piece?.score.key,
            let mood = passage.mood(at: time)
        else { return nil }
        self.state = state
        self.key = key
        self.mood = mood
    }
}
