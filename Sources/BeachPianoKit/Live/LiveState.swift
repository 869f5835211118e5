import DSP
package import Mixing
package import Music
package import Piano

/// The sound of a whole session: one piano, the rooms that it is carried to, a gain that glides, the sea under it, a
/// closing fade, and a limiter that should never act.
///
/// A function of its events: the same events from the same state give the same samples. All of it is plain memory, so
/// that it can be remembered and gone on from.
package struct LiveState: ~Copyable, Sendable {
    private var engine: PianoEngine
    private var rooms: Rooms
    private var limiter: SafetyLimiter
    private var sea: Seas?
    private var gain: Float = 0
    private var goal: Float = 0
    private var step: Float = 0
    private var fade: Fade?
    /// The frame after the last one.
    private(set) var end = Int.max
    /// Frames that the engine has rendered: ahead of what has left the limiter, which looks ahead.
    private var position = 0
    /// Events taken since the beginning.
    package private(set) var consumed = 0
    /// Frames given away.
    package var frame: Int { max(0, position - limiter.latency) }

    /// All events before this frame must be there for a call of so many frames.
    package func horizon(_ count: Int) -> Int {
        position + count + 2 * ModeKernel.block + (position == 0 ? limiter.latency : 0)
    }

    /// A piano at rest in a silent room; without `sea` there will never be one.
    ///
    /// - Parameters:
    ///   - tables: of the instrument.
    ///   - settings: where it stands at first.
    ///   - level: of that room, where it has been worked out.
    ///   - sea: that sounds, and those that may come.
    package init(
        tables: InstrumentTables, room settings: RoomSettings, level: Room.Level? = nil, sea: Seas? = nil
    ) {
        self.sea = sea
        engine = PianoEngine(tables: tables)
        engine.own()
        rooms = Rooms(
            settings: settings, nearness: tables.settings.nearness, level: level, sampleRate: tables.sampleRate)
        limiter = SafetyLimiter(sampleRate: tables.sampleRate)
    }

    /// Becomes what `other` is, without allocating; both were made from the same settings.
    package mutating func copy(_ other: borrowing LiveState) {
        engine.copy(other.engine)
        rooms.copy(other.rooms)
        limiter.copy(other.limiter)
        if let theirs = other.sea { sea?.copy(theirs) }
        (gain, goal, step) = (other.gain, other.goal, other.step)
        (fade, end) = (other.fade, other.end)
        (position, consumed) = (other.position, other.consumed)
    }

    /// Takes the events of the next `count` frames; stops after a mark and answers its section, to be called again.
    package mutating func take(_ count: Int, from feed: some LiveEventFeed) -> Int? {
        let limit = horizon(count)
        while let event = feed.first, event.frame < limit {
            if case .piano(let event) = event {
                guard engine.freeEvents > 0 else { return nil }
                engine.schedule(event)
            }
            feed.removeFirst()
            consumed += 1
            switch event {
            case .piano: break
            case .gain(_, let factor, let frames):
                goal = factor
                step = (factor - gain) / Float(max(1, frames))
                if frames == 0 { gain = factor }
            case .fade(let frame, let frames): fade = Fade(.fadeOut, start: Int64(frame), length: Int64(frames))
            case .room(_, let move): rooms.move(move)
            case .sea(_, let state): sea?.change(to: state)
            case .mark(_, let section): return section
            case .end(let frame): end = frame
            }
        }
        return nil
    }

    /// Fills both spans with the next frames, whose events have been taken; allocates nothing.
    ///
    /// - Returns: How many of them belong to the sound: fewer than asked for at its end.
    package mutating func render(_ left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>) -> Int {
        if position == 0 { fillLimiter() }
        let first = frame
        process(&left, &right)
        return max(0, min(left.count, end - first))
    }

    /// Puts as many frames into the limiter as it holds back, so that nothing comes late.
    private mutating func fillLimiter() {
        var left = InlineArray<1, Float>(repeating: 0)
        var right = left
        for _ in 0..<limiter.latency {
            var l = left.mutableSpan
            var r = right.mutableSpan
            process(&l, &r)
        }
    }

    private mutating func process(_ left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>) {
        engine.render(left: &left, right: &right)
        rooms.process(left: &left, right: &right)
        for i in left.indices {
            if gain != goal {
                gain += step
                if (step > 0) == (gain >= goal) { gain = goal }
            }
            left[i] *= gain
            right[i] *= gain
        }
        sea?.add(to: &left, &right)
        if let fade {
            // Twice, as a file's closing fade.
            fade.process(left: &left, right: &right, at: Int64(position))
            fade.process(left: &left, right: &right, at: Int64(position))
        }
        limiter.process(left: &left, right: &right)
        position += left.count
    }
}
