package import Mixing
package import Music
package import Piano
import Synchronization

/// What the conductor tells the audio thread, at absolute frames and in their order.
package enum LiveEvent: Sendable {
    case piano(EngineEvent)
    /// From `frame` on the gain moves to `factor` in a straight line over `frames`.
    case gain(frame: Int, factor: Float, frames: Int)
    /// From `frame` on everything fades to silence over `frames`.
    case fade(frame: Int, frames: Int)
    /// From about `frame` on the piano stands in another room.
    case room(frame: Int, to: Rooms.Move)
    /// From about `frame` on another sea comes in.
    case sea(frame: Int, to: SeaSettings.State)
    /// A section begins: the state is remembered under its number.
    case mark(frame: Int, section: Int)
    /// The last frame has been reached.
    case end(frame: Int)

    package var frame: Int {
        switch self {
        case .piano(let event): event.frame
        case .gain(let frame, _, _), .fade(let frame, _), .room(let frame, _), .sea(let frame, _), .mark(let frame, _),
            .end(let frame):
            frame
        }
    }
}

/// Where a live state takes its events from.
package protocol LiveEventFeed {
    /// The next event, left where it is; nil when none is there.
    var first: LiveEvent? { get }
    /// Takes the first event away.
    func removeFirst()
}

/// Events from the conductor to the audio thread: lock-free, one writer, one reader.
///
/// The conductor commits events up to a frame; the reader renders no further, so that every event comes in time and a
/// session can be rendered again to the same samples.
@safe
package final class LiveEventRing: LiveEventFeed, @unchecked Sendable {
    static let capacity = 1 << 15
    private let storage: UnsafeMutablePointer<LiveEvent>
    private let written = Atomic<Int>(0)
    private let read = Atomic<Int>(0)
    private let committedFrame = Atomic<Int>(0)

    package init() {
        unsafe storage = .allocate(capacity: Self.capacity)
        unsafe storage.initialize(repeating: .end(frame: 0), count: Self.capacity)
    }

    deinit { unsafe storage.deallocate() }

    /// Events pushed since the beginning.
    var count: Int { written.load(ordering: .relaxed) }

    /// All events before this frame are there.
    var committed: Int { committedFrame.load(ordering: .acquiring) }

    /// Adds an event; false when there is no room.
    package func push(_ event: LiveEvent) -> Bool {
        let at = written.load(ordering: .relaxed)
        guard at - read.load(ordering: .acquiring) < Self.capacity else { return false }
        unsafe storage[at % Self.capacity] = event
        written.store(at + 1, ordering: .releasing)
        return true
    }

    /// Lets the reader render up to a frame.
    package func commit(_ frame: Int) { committedFrame.store(frame, ordering: .releasing) }

    package var first: LiveEvent? {
        let at = read.load(ordering: .relaxed)
        guard at < written.load(ordering: .acquiring) else { return nil }
        return unsafe storage[at % Self.capacity]
    }

    package func removeFirst() { read.add(1, ordering: .releasing) }
}

/// Events that were heard, for rendering them again.
package final class LiveEventLog: LiveEventFeed {
    private let events: ArraySlice<LiveEvent>
    private var at: Int

    package init(_ events: ArraySlice<LiveEvent>) {
        self.events = events
        at = events.startIndex
    }

    package var first: LiveEvent? { at < events.endIndex ? events[at] : nil }
    package func removeFirst() { at += 1 }
}
