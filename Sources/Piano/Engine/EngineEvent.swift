public import Music

/// What a hand, a foot or a file tells the piano, at an absolute frame.
public struct EngineEvent: Hashable, Sendable {
    public enum Action: Hashable, Sendable {
        /// A key starts on its way down and will strike after `lead` frames: the finger is heard, the damper leaves the
        /// string. Without it all this begins with the blow, as under a live keyboard.
        case approach(pitch: Pitch, velocity: Float, lead: Int)
        /// The hammer of a key that goes down meets its strings; velocity 1...127 with fractions.
        case strike(pitch: Pitch, velocity: Float)
        /// A key goes down too slowly for its hammer: its strings are open and silent.
        case press(pitch: Pitch)
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

extension EngineEvent.Action {
    /// What a key does that goes down with a velocity: it strikes, or is pressed too slowly for that.
    public static func down(_ pitch: Pitch, velocity: Float) -> EngineEvent.Action {
        velocity < NoteEvent.slowestBlow ? .press(pitch: pitch) : .strike(pitch: pitch, velocity: velocity)
    }
}

extension Performance {
    /// Seconds from the finger on the key to the blow (piano-physics 2.12: 20 to 30 ms).
    public static let approach = 0.025

    /// The performance as events at a sample rate, sorted by frame.
    ///
    /// At one frame releases come first, then keys on their way down, then pedals, then strikes and silent presses, then
    /// the sostenuto pedal, which catches the keys that go down with it. A key starts on its way down before its blow,
    /// where it is up by then; one that is pressed silently is down at its onset.
    public func events(sampleRate: Double) -> [EngineEvent] {
        func frame(_ seconds: Double) -> Int { max(0, Int((seconds * sampleRate).rounded())) }
        var events: [(frame: Int, rank: Int, action: EngineEvent.Action)] = []
        events.reserveCapacity(3 * notes.count + pedals.count)
        var lastUp: [Pitch: Int] = [:]
        for note in notes {
            let (blow, up) = (frame(note.onset), max(frame(note.release), frame(note.onset) + 1))
            let start = max(frame(note.onset - Self.approach), lastUp[note.pitch] ?? 0)
            if start < blow, !note.isSilent {
                let lead = blow - start
                events.append((start, 1, .approach(pitch: note.pitch, velocity: note.velocity, lead: lead)))
            }
            lastUp[note.pitch] = max(lastUp[note.pitch] ?? 0, up)
            events.append((blow, 3, .down(note.pitch, velocity: note.velocity)))
            events.append((up, 0, .release(pitch: note.pitch, velocity: note.releaseVelocity)))
        }
        for pedal in pedals {
            let rank = pedal.pedal == .sostenuto ? 4 : 2
            events.append((frame(pedal.time), rank, .pedal(pedal.pedal, depth: pedal.depth)))
        }
        // A stable order: equal places keep the order of the performance.
        return events.enumerated().sorted {
            ($0.element.frame, $0.element.rank, $0.offset) < ($1.element.frame, $1.element.rank, $1.offset)
        }.map { EngineEvent(frame: $0.element.frame, action: $0.element.action) }
    }
}
