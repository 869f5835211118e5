package import Music

/// The end: the last chord rings under the pedal, which then rises slowly.
package enum RingOut {
    /// Seconds of the rise, and between its end and the end of the piece, at most.
    static let longestRise = 3.0
    static let rest = 0.6
    private static let steps = 30

    /// When the pedal begins and ends to rise, in a tail from the last stroke to the end of the performance.
    static func rise(from stroke: Double, to end: Double) -> ClosedRange<Double> {
        let tail = max(0, end - stroke)
        let top = end - min(rest, 0.1 * tail)
        return top - min(longestRise, 0.35 * tail)...top
    }

    /// The last chord's keys are held until shortly before the pedal rises; nothing outlasts that.
    static func hold(
        _ notes: inout [NoteEvent], struckFrom stroke: Double, rise: ClosedRange<Double>, hands: Individuality
    ) {
        var random = hands.stream("ending")
        let latest = max(stroke + 0.1, rise.lowerBound - 0.1)
        let lastOfKey = Dictionary(notes.indices.map { (notes[$0].pitch, $0) }) { max($0, $1) }
        for i in notes.indices {
            let lift = latest - Double(random.uniform(0, 0.25)) * min(1, 0.2 * (latest - stroke))
            if notes[i].onset >= stroke, lastOfKey[notes[i].pitch] == i { notes[i].release = lift }
            notes[i].release = max(notes[i].onset + 0.02, min(notes[i].release, latest))
        }
    }

    /// The slow rise: gently at first, since the upper half of the way does most.
    package static func events(_ rise: ClosedRange<Double>, from depth: UnitInterval) -> [PedalEvent] {
        (1...steps).map { k in
            let part = Double(k) / Double(steps)
            let time = rise.lowerBound + (rise.upperBound - rise.lowerBound) * part
            return PedalEvent(time: time, pedal: .sustain, depth: UnitInterval(depth.value * Float(1 - part)))
        }
    }
}
