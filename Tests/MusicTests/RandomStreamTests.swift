import Music
import Testing

@Suite struct RandomStreamTests {
    @Test func `splitmix64 gives the published numbers`() {
        // The reference implementation's first outputs from state 0 (Vigna, splitmix64.c).
        var mixer = SplitMix64(state: 0)
        #expect(mixer.next() == 0xE220_A839_7B1D_CDAF)
        #expect(mixer.next() == 0x6E78_9E6A_A1B9_65F4)
        #expect(mixer.next() == 0x06C4_5D18_8009_454F)
    }

    @Test func `uniform numbers fill the unit interval evenly`() {
        var random = RandomStream(seed: 1)
        var bins = [Int](repeating: 0, count: 10)
        for _ in 0..<20_000 {
            let x = random.uniform()
            #expect(x >= 0 && x < 1)
            bins[Int(x * 10)] += 1
        }
        // Within five standard deviations of 2000.
        #expect(bins.allSatisfy { abs($0 - 2000) < 215 })
    }

    @Test func `normal numbers have mean 0, variance 1 and the tails of a bell`() {
        var random = RandomStream(seed: 2)
        let x = (0..<40_000).map { _ in Double(random.normal()) }
        let mean = x.reduce(0, +) / 40_000
        let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40_000
        #expect(abs(mean) < 0.025 && abs(variance - 1) < 0.035)
        let beyond = Double(x.count { abs($0) > 2 }) / 40_000
        #expect(abs(beyond - 0.0455) < 0.006)
    }

    @Test func `weights are shares, zero means never, all zero means any`() {
        var random = RandomStream(seed: 3)
        var count = [0, 0, 0]
        for _ in 0..<9000 { count[random.weighted([1, 0, 2])] += 1 }
        #expect(count[1] == 0)
        #expect(abs(count[2] - 6000) < 250)
        let any = Set((0..<200).map { _ in random.weighted([0, 0, 0]) })
        #expect(any == [0, 1, 2])
    }

    @Test func `an index is always inside and every place is reached`() {
        var random = RandomStream(seed: 4)
        let seen = Set((0..<500).map { _ in random.index(7) })
        #expect(seen == Set(0..<7))
        #expect(["a", "b"].contains(random.pick(["a", "b"])))
        #expect(!random.chance(0) && random.chance(1.1))
    }
}
