import Mixing
import Music
import Testing

@Suite("Dither")
struct DitherTPDFTests {
    private static func dither(_ value: Float, count: Int, bits: Int, blocks: Int, seed: UInt64 = 5) -> [[Float]] {
        var dither = DitherTPDF(bits: bits, seed: seed)
        var result: [[Float]] = [[], []]
        while result[0].count < count {
            var left = [Float](repeating: value, count: min(blocks, count - result[0].count))
            var right = left
            var l = left.mutableSpan
            var r = right.mutableSpan
            dither.process(left: &l, right: &r)
            result[0] += left
            result[1] += right
        }
        return result
    }

    @Test("a level of a third of a step survives in the mean", arguments: [16, 24])
    func mean(bits: Int) {
        let step = 1 / Float(1 << (bits - 1))
        for channel in Self.dither(step / 3, count: 100_000, bits: bits, blocks: 64) {
            let mean = channel.reduce(0.0) { $0 + Double($1 / step) } / 100_000
            #expect(abs(mean - 1.0 / 3) < 0.01)
        }
    }

    @Test("the error's power is a quarter of a squared step for any level, and never more than a step and a half")
    func power() {
        let step: Float = 1 / 32768
        for level: Float in [0, 0.25, 0.5, 0.77] {
            let errors = Self.dither(level * step, count: 100_000, bits: 16, blocks: 100)[0].map { $0 / step - level }
            let power = errors.reduce(0.0) { $0 + Double($1 * $1) } / 100_000
            #expect(abs(power - 0.25) < 0.01)
            #expect(errors.allSatisfy { abs($0) <= 1.5 })
        }
    }

    @Test("every sample lands on the grid and inside the range, at full scale as well")
    func grid() {
        for value: Float in [-1, -0.3, 0.9999999, 1, 1.5, -2] {
            for sample in Self.dither(value, count: 500, bits: 24, blocks: 500)[0] {
                let steps = sample * 0x1p23
                #expect(steps == steps.rounded() && sample >= -1 && sample < 1)
            }
        }
    }

    @Test("the noise is the same whatever the blocks, differs between channels, and follows the seed")
    func repeatable() {
        let first = Self.dither(0, count: 5000, bits: 16, blocks: 5000)
        #expect(first == Self.dither(0, count: 5000, bits: 16, blocks: 1))
        #expect(first == Self.dither(0, count: 5000, bits: 16, blocks: 77))
        #expect(first[0] != first[1])
        #expect(first != Self.dither(0, count: 5000, bits: 16, blocks: 5000, seed: 6))
    }
}
