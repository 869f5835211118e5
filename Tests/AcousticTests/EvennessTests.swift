import BeachPianoTestSupport
import Testing

/// What no median of a register shows: a single key that is dead, or rings on.
@Suite("No key stands out")
struct EvennessTests {
    @Test(
        "no dead note: a key falls 20 dB in half to twice the time that its neighbours take",
        arguments: [Float(40), 75, 110])
    func ringing(_ velocity: Float) {
        let times = (21...108).map { DecayRows.fall($0, velocity) }
        let ratios = times.indices.map { i in
            let neighbours = [i - 2, i - 1, i + 1, i + 2].filter(times.indices.contains).map { times[$0] }
            return times[i] / Middle.median(neighbours)
        }
        let (least, most) = (ratios.min() ?? 0, ratios.max() ?? 0)
        let keys = [least, most].map { 21 + (ratios.firstIndex(of: $0) ?? 0) }
        print("ringing at velocity \(velocity): key \(keys[0]) \(least), key \(keys[1]) \(most) of its neighbours")
        for (i, ratio) in ratios.enumerated() {
            #expect((0.5...2).contains(ratio), "key \(i + 21) at velocity \(velocity): \(times[i]) s")
        }
    }
}
