import BeachPianoTestSupport
import Music
import Piano
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

    /// T18 holds the grand to the same.
    @Test(
        "the keys of the other pianos are even at one velocity: 3 dB rms at most, and 4 dB from key to key",
        arguments: [InstrumentSettings.Kind.upright, .felt], [Float(40), 75, 110])
    func levels(_ kind: InstrumentSettings.Kind, _ velocity: Float) {
        let tables = InstrumentTables.make(settings: InstrumentSettings(kind: kind), sampleRate: Sound.rate)
        let levels = (21...108).map { Sound.note($0, velocity, seconds: 0.4, tables: tables).level(0..<0.4) }
        let steps = zip(levels, levels.dropFirst()).map { abs($0 - $1) }
        let (deviation, most) = (Middle.deviation(levels), steps.max() ?? 0)
        print("\(kind) at velocity \(velocity): \(deviation) dB rms, steps of at most \(most) dB")
        #expect(deviation <= 3 && most <= 4)
    }
}
