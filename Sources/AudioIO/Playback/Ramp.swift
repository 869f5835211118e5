/// The straight fades at the edges of playing: up in 10 ms, down in 80.
struct Ramp: Hashable, Sendable {
    /// Seconds.
    static let fall = 0.08

    private let up: Float
    private let down: Float
    private var gain: Float = 1
    private(set) var isFalling = false

    init(sampleRate: Int) {
        up = 1 / (0.01 * Float(sampleRate))
        down = 1 / (Float(Self.fall) * Float(sampleRate))
    }

    /// Whether it does anything.
    var isActive: Bool { isFalling || gain < 1 }
    /// Whether it has arrived at silence.
    var isDown: Bool { isFalling && gain == 0 }

    mutating func rise() {
        gain = 0
        isFalling = false
    }

    /// Falls from where it is.
    mutating func fall() { isFalling = true }

    /// Rises from where it is.
    mutating func turnUp() { isFalling = false }

    mutating func next() -> Float {
        gain = isFalling ? max(0, gain - down) : min(1, gain + up)
        return gain
    }
}
