/// A bar between two moods: its notes, how fast and how loud.
public struct BridgeBar: Hashable, Sendable {
    /// From the start of the bar.
    public var notes: [ScoreNote]
    public var chord: ScoreChord
    public var beats: Int
    public var state: BridgeState

    public init(notes: [ScoreNote], chord: ScoreChord, beats: Int, state: BridgeState) {
        self.notes = notes
        self.chord = chord
        self.beats = beats
        self.state = state
    }

    /// Seconds of the bar.
    public var seconds: Double { Double(beats) * 60 / Double(state.tempo) }
}

/// What is heard to change from bar to bar.
public struct BridgeState: Hashable, Sendable {
    /// Quarter notes per minute.
    public var tempo: Float
    /// Mean MIDI velocity.
    public var velocity: Float
    /// Attacks per second, both hands together.
    public var density: Float
    /// Mean pitch, a MIDI number.
    public var register: Float

    public init(tempo: Float, velocity: Float, density: Float, register: Float) {
        self.tempo = tempo
        self.velocity = velocity
        self.density = density
        self.register = register
    }

    /// The most that each may change from one bar to the next (music.md 4.13).
    public enum Slew {
        public static let tempo: Float = 1.025
        /// 2 dB, of which a velocity has 40 log10.
        public static let velocity: Float = 1.122
        public static let density: Float = 1.25
        public static let register: Float = 3
    }

    /// One bar further on the way to `goal`, each as fast as it may.
    public func moved(toward goal: BridgeState) -> BridgeState {
        func scaled(_ from: Float, _ to: Float, _ factor: Float) -> Float {
            max(from / factor, min(from * factor, to))
        }
        return BridgeState(
            tempo: scaled(tempo, goal.tempo, Slew.tempo), velocity: scaled(velocity, goal.velocity, Slew.velocity),
            density: scaled(density, goal.density, Slew.density),
            register: max(register - Slew.register, min(register + Slew.register, goal.register)))
    }

    /// What a performance sounds like in a stretch of time; nil where nothing is struck.
    ///
    /// - Parameters:
    ///   - performance: with its tempo map.
    ///   - range: seconds.
    public init?(_ performance: Performance, in range: Range<Double>) {
        let notes = performance.notes.filter { range.contains($0.onset) }
        guard !notes.isEmpty else { return nil }
        var attacks = 0
        var last = -1.0
        for note in notes.sorted(by: { $0.onset < $1.onset }) where note.onset - last > Self.together {
            attacks += 1
            last = note.onset
        }
        let count = Float(notes.count)
        let seconds = Float(range.upperBound - range.lowerBound)
        self.init(
            tempo: performance.tempo(in: range) ?? 72,
            velocity: notes.reduce(0) { $0 + $1.velocity } / count, density: Float(attacks) / max(0.1, seconds),
            register: notes.reduce(0) { $0 + Float($1.pitch.midi) } / count)
    }

    /// Seconds within which strokes are one attack.
    private static let together = 0.045
}

extension Performance {
    /// Quarter notes per minute in a stretch of seconds, by the tempo map; nil without one.
    public func tempo(in range: Range<Double>) -> Float? {
        let points = tempoMap.filter { range.contains($0.seconds) }
        guard let first = points.first, let last = points.last, last.seconds - first.seconds > 0.2 else { return nil }
        return Float((last.beat - first.beat) * 60 / (last.seconds - first.seconds))
    }
}
