import Interpretation
import Music
import Testing

@Suite struct IndividualityTests {
    @Test func `autocorrelated noise has unit variance and the correlation that was asked for`() {
        var random = RandomStream(seed: 5)
        let noise = random.autocorrelated(20_000, correlation: 0.4).map { Double($0) }
        #expect(abs(deviation(noise) - 1) < 0.04)
        #expect(abs(correlation(Array(noise.dropLast()), Array(noise.dropFirst())) - 0.4) < 0.04)
    }

    @Test func `the clock's noise is pink: slow swings as strong as quick ones`() {
        var random = RandomStream(seed: 6)
        let noise = random.pink(16_384).map { Double($0) }
        #expect(abs(mean(noise)) < 1e-3 && abs(deviation(noise) - 1) < 1e-3)
        func blocks(_ width: Int) -> Double {
            deviation(stride(from: 0, to: noise.count, by: width).map { mean(Array(noise[$0..<$0 + width])) })
        }
        // White noise would fall to a quarter from block to block, brown noise hardly at all.
        let fall = blocks(64) / blocks(4)
        #expect(fall > 0.4 && fall < 0.9, "\(fall)")
    }

    @Test func `the hand's scatter has heavier tails than a bell`() {
        var random = RandomStream(seed: 7)
        let draws = (0..<20_000).map { _ in Double(random.studentT(degrees: 3)) }
        let beyond = Double(draws.count { abs($0) > 3 }) / 20_000
        // t with 3 degrees of freedom: 5.8 %; a bell: 0.3 %.
        #expect(abs(beyond - 0.058) < 0.01)
        #expect(draws.allSatisfy { abs($0) <= 8 })
    }
}
