import Music
import Testing

@Suite struct SeedTests {
    @Test func `a place always decides alike`() {
        var a = Seed(7).stream(.harmony, "A", "3")
        var b = Seed(7).stream(.harmony, place: ["A", "3"])
        #expect((0..<8).map { _ in a.next() } == (0..<8).map { _ in b.next() })
    }

    @Test func `layers, places and seeds are independent of one another`() {
        var firsts = Set<UInt64>()
        var asked = 0
        for seed: UInt64 in 0..<20 {
            for layer in Seed.Layer.allCases {
                for place in [[], ["a"], ["b"], ["a", "b"], ["ab"], ["", "ab"]] {
                    var stream = Seed(seed).stream(layer, place: place)
                    firsts.insert(stream.next())
                    asked += 1
                }
            }
        }
        #expect(firsts.count == asked)
    }

    @Test func `streams of neighbouring seeds do not run side by side`() {
        var a = Seed(100).stream(.melody)
        var b = Seed(101).stream(.melody)
        let pairs = (0..<4000).map { _ in (a.uniform() - 0.5, b.uniform() - 0.5) }
        let correlation = pairs.reduce(Float(0)) { $0 + $1.0 * $1.1 } / 4000 * 12
        #expect(abs(correlation) < 0.08)
    }
}
