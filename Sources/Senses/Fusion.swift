/// What all senses together make of the moment (music.md 3.1).
package enum Fusion {
    /// A quiet moment about which nothing else is known: where only light and weather speak, they speak from here.
    package static let quietMoment = Axes(
        valence: 0.25, energy: -0.2, tension: -0.25, intimacy: 0.3, nostalgia: 0.15, openness: 0.35)

    /// The mean of the impressions by weight and confidence, each axis for itself, then the nudges.
    ///
    /// A nudge moves an axis the less, the nearer it already is to the end that the nudge points to.
    package static func fuse(_ impressions: [Impression], nudges: [Nudge] = []) -> Axes {
        var total = Axes()
        var weights = Axes()
        for impression in impressions {
            let weight = impression.confidence * impression.sense.weight
            total += impression.axes * weight
            weights += weight
        }
        var fused = quietMoment
        for axis in 0..<6 where weights[axis] > 1e-3 { fused[axis] = total[axis] / weights[axis] }
        for nudge in nudges {
            for axis in 0..<6 {
                let step = nudge.axes[axis]
                let room = 1 - max(0, step < 0 ? -fused[axis] : fused[axis])
                fused[axis] += step * min(1, 1.5 * room)
            }
        }
        return fused.clamped
    }

    /// The reasons of all senses, those that count most first.
    package static func reasons(_ impressions: [Impression], nudges: [Nudge] = []) -> [String] {
        impressions.sorted { $0.sense.weight > $1.sense.weight }.flatMap(\.reasons) + nudges.map(\.reason)
    }
}
