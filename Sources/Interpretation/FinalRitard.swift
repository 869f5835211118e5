import Music

/// The last slowing, a runner coming to a stop with q = 3 (music.md 5.2).
package enum FinalRitard {
    /// Speed at the end for weight `k`, as pianists on the lyrical scores of music-fit B play it.
    package static func endSpeed(_ k: Float) -> Float { 1 / (1 + 2 * k) }

    /// Beats over which it lasts.
    static func length(_ k: Float, secondsPerBeat: Float) -> Float { max(3, 2.6 * k / secondsPerBeat) }
}

extension Curves {
    /// Slows into the final chord, which then keeps the last tempo.
    mutating func addFinalRitard(_ reading: Reading) {
        let k = reading.weights.finalRitard
        let end = FinalRitard.endSpeed(k)
        let strike = Float(reading.finalStrike.value)
        let length = min(
            max(1, strike / 2), FinalRitard.length(k, secondsPerBeat: reading.secondsPerBeat))
        for i in logDuration.indices {
            let z = (Float(i) / Float(Grid.cells) - (strike - length)) / length
            if z > 0 { logDuration[i] -= Exact.log(Runner.speed(z, end: end)) }
        }
    }
}
