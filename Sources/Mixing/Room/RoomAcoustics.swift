import Music

/// The acoustics of a place, as numbers: what `Room` is built from.
package struct RoomAcoustics: Hashable, Sendable {
    /// T60 of the low (110 Hz), middle (1.4 kHz) and high (9.2 kHz) bands, seconds.
    var low: Double
    var middle: Double
    var high: Double
    /// Energy of all reverberation in each channel for an impulse in both, dB re that impulse, at 0.5 m.
    var level: Double
    /// Share of that energy in the early reflections.
    var earlyShare: Double
    /// Seconds before the first reflection.
    var preDelay: Double
    /// Size: scales the delays of reflections and lines; 1 is 9-33 ms and 23-97 ms.
    var size: Double
    /// Upper edge of the reverberation, Hz: air and soft walls.
    var edge: Double

    /// The places.
    ///
    /// `near` is the room of the fit to recorded pianos (piano-fit 2.7: T60 1.3 s times 1.3, 1.1, 1, 0.8, 0.5 in five
    /// bands, -16 dB, 7 ms); `room` a living room and `hall` a small hall after piano-physics 3.7; `beach` has the
    /// ground and the house behind, and no more.
    init(_ kind: RoomSettings.Kind) {
        switch kind {
        case .near:
            self.init(
                low: 1.69, middle: 1.3, high: 0.65, level: -16, earlyShare: 0.2, preDelay: 0.007, size: 1, edge: 14_000)
        case .room:
            self.init(
                low: 1.15, middle: 0.9, high: 0.45, level: -12, earlyShare: 0.3, preDelay: 0.008, size: 0.85,
                edge: 12_000)
        case .hall:
            self.init(
                low: 2.0, middle: 1.65, high: 0.75, level: -9, earlyShare: 0.18, preDelay: 0.02, size: 1.35,
                edge: 11_000)
        case .beach:
            self.init(
                low: 0.4, middle: 0.3, high: 0.2, level: -26, earlyShare: 0.75, preDelay: 0.004, size: 0.4,
                edge: 9_000)
        }
    }

    /// The same place with a T60 of so many seconds at middle frequencies, 0.2...6, the other bands in proportion.
    func lasting(_ seconds: Double?) -> RoomAcoustics {
        guard let seconds else { return self }
        let factor = max(0.2, min(6, seconds)) / middle
        var acoustics = self
        acoustics.low *= factor
        acoustics.middle *= factor
        acoustics.high *= factor
        return acoustics
    }

    private init(
        low: Double, middle: Double, high: Double, level: Double, earlyShare: Double, preDelay: Double, size: Double,
        edge: Double
    ) {
        self.low = low
        self.middle = middle
        self.high = high
        self.level = level
        self.earlyShare = earlyShare
        self.preDelay = preDelay
        self.size = size
        self.edge = edge
    }
}
