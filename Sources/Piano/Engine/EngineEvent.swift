public import Music

/// What a hand, a foot or a file tells the piano, at an absolute frame.
public struct EngineEvent: Hashable, Sendable {
    public enum Action: Hashable, Sendable {
        /// A key goes down; velocity 1...127 with fractions.
        case strike(pitch: Pitch, velocity: Float)
        /// A key comes up; velocity 1...127, 64 for a finger that just leaves.
        case release(pitch: Pitch, velocity: Float = 64)
        /// A pedal stands at a depth from here on.
        case pedal(Pedal, depth: UnitInterval)
    }

    public var frame: Int
    public var action: Action

    public init(frame: Int, action: Action) {
        self.frame = frame
        self.action = action
    }
}

extension Performance {
    /// The performance as events at a sample rate, sorted by frame.
    ///
    /// At one frame releases come first, then pedals, then strikes, then the sostenuto pedal, which catches the keys
    /// that go down with it.
    public func events(sampleRate: Double) -> [EngineEvent] {
        func frame(_ seconds: Double) -> Int { max(0, Int((seconds * sampleRate).rounded())) }
        var events: [(frame: Int, rank: Int, action: EngineEvent.Action)] = []
        events.reserveCapacity(2 * notes.count + pedals.count)
        for note in notes {
            events.append((frame(note.onset), 2, .strike(pitch: note.pitch, velocity: note.velocity)))
            let release = EngineEvent.Action.release(pitch: note.pitch, velocity: note.releaseVelocity)
            events.append((max(frame(note.release), frame(note.onset) + 1), 0, release))
        }
        for pedal in pedals {
            let rank = pedal.pedal == .sostenuto ? 3 : 1
            events.append((frame(pedal.time), rank, .pedal(pedal.pedal, depth: pedal.depth)))
        }
        // A stable order: equal places keep the order of the performance.
        return events.enumerated().sorted {
            ($0.element.frame, $0.element.rank, $0.offset) < ($1.element.frame, $1.element.rank, $1.offset)
        }.map { EngineEvent(frame: $0.element.frame, action: $0.element.action) }
    }
}
