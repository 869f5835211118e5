/// At which frame of the sound a key is played: the sound is rendered in bursts, so the clock that runs evenly tells where
/// between two of them it came, and the sound keeps that clock right.
package struct KeyboardClock: Sendable {
    private let rate: Double
    /// Frames from the clock to the sound.
    private var offset: Double?
    private var last = 0

    /// Share of the difference that is taken over at each event: bursts average out, a drifting device is followed.
    private static let share = 0.05
    /// Seconds of difference that no burst explains: the sound has stood still.
    private static let longest = 0.05

    package init(rate: Double) { self.rate = rate }

    /// When an event is heard, never before the one before it.
    ///
    /// - Parameters:
    ///   - frame: rendered so far.
    ///   - now: nanoseconds of the monotonic clock.
    /// - Returns: frames since the start of the sound.
    package mutating func frame(sounding frame: Int, now: Int64) -> Int {
        let time = Double(now) * 1e-9 * rate
        let difference = Double(frame) - time
        if let offset, abs(difference - offset) < Self.longest * rate {
            self.offset = offset + Self.share * (difference - offset)
        } else {
            offset = difference
        }
        last = max(last, Int((time + (offset ?? difference)).rounded()))
        return last
    }
}
