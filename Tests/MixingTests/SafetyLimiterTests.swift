import CAllocationCounter
import Glibc
import Mixing
import Music
import Testing

@Suite("Safety limiter and fades")
struct SafetyLimiterTests {
    private static func limit(_ input: [Float], blocks: Int = 64) -> (output: [Float], limited: Int64, latency: Int) {
        var limiter = SafetyLimiter(sampleRate: 48_000)
        var output: [Float] = []
        while output.count < input.count {
            let count = min(blocks, input.count - output.count)
            var left = Array(input[output.count..<output.count + count])
            var right = left.map { -$0 }
            var l = left.mutableSpan
            var r = right.mutableSpan
            limiter.process(left: &l, right: &r)
            #expect(left == right.map { -$0 })
            output += left
        }
        return (output, limiter.limitedFrames, limiter.latency)
    }

    private static func truePeak(_ samples: [Float]) -> Float {
        var meter = LoudnessMeter(sampleRate: 48_000)
        meter.add(left: samples.span, right: samples.span)
        return meter.measurement().truePeak ?? -.infinity
    }

    @Test("what stays below the ceiling passes to the bit, only later")
    func transparent() {
        let input = (0..<20_000).map { 0.7 * sinf(0.05 * Float($0)) }
        let (output, limited, latency) = Self.limit(input)
        #expect(limited == 0)
        #expect(Array(output[latency...]) == Array(input[..<(input.count - latency)]))
        #expect(latency <= 480)
    }

    @Test("nothing leaves above -1 dBTP, however sudden or high the peaks")
    func ceiling() {
        var source = RandomStream(seed: 9)
        let inputs: [[Float]] = [
            (0..<48_000).map { 3 * sinf(0.02 * Float($0)) },
            (0..<48_000).map { i in i % 5000 == 0 ? 8 : 0.01 },
            (0..<48_000).map { i in source.normal() * (i / 6000 % 2 == 0 ? 0.1 : 1) },
            // A quarter of the sample rate, sampled beside its peaks: the samples are 3 dB below the true peak.
            (0..<48_000).map { i in 0.99 * sinf(.pi / 2 * Float(i) + .pi / 4) },
        ]
        for input in inputs {
            let (output, limited, _) = Self.limit(input)
            #expect(limited > 0)
            #expect(Self.truePeak(output) <= -0.8, "\(Self.truePeak(output))")
            #expect(output.allSatisfy { abs($0) <= 0.8913 })
        }
    }

    @Test("a peak is approached and left without a step: the gain moves at most 2 % a frame")
    func smooth() {
        let input = (0..<60_000).map { i in i == 12_000 ? Float(4) : 0.5 }
        let (output, _, _) = Self.limit(input)
        for i in 1_000..<(output.count - 1) where output[i] <= 0.5 && output[i + 1] <= 0.5 {
            #expect(abs(output[i + 1] - output[i]) < 0.01)
        }
        #expect(output[59_000] > 0.499)
    }

    @Test("blocks of any size give the same")
    func blocks() {
        let input = (0..<9000).map { 2 * sinf(0.003 * Float($0) * Float($0 % 100)) }
        #expect(Self.limit(input, blocks: 1).output == Self.limit(input, blocks: 9000).output)
    }

    @Test("limiting allocates nothing")
    func allocations() {
        var limiter = SafetyLimiter(sampleRate: 48_000)
        var left = [Float](repeating: 1.4, count: 64)
        var right = left
        func turn(_ count: Int) {
            for _ in 0..<count {
                var l = left.mutableSpan
                var r = right.mutableSpan
                limiter.process(left: &l, right: &r)
                for i in 0..<64 { left[i] = 1.4 }
            }
        }
        turn(2)
        allocation_counter_start()
        turn(200)
        #expect(allocation_counter_stop() == 0)
    }

    @Test("a fade begins at silence, ends at full level and is the same for any block")
    func fade() {
        let fadeIn = Fade(.fadeIn, start: 10, length: 480)
        let fadeOut = Fade(.fadeOut, start: 1000, length: 4800)
        #expect(fadeIn.gain(at: 9) == 0 && fadeIn.gain(at: 490) == 1)
        #expect(fadeOut.gain(at: 999) == 1 && fadeOut.gain(at: 5800) == 0)
        var previous: Float = 1
        for frame in 1000..<5801 {
            let gain = fadeOut.gain(at: Int64(frame))
            #expect(gain <= previous && previous - gain < 0.001)
            previous = gain
        }
        var left = [Float](repeating: 1, count: 100)
        var right = left
        var l = left.mutableSpan
        var r = right.mutableSpan
        fadeIn.process(left: &l, right: &r, at: 50)
        #expect(left == (50..<150).map { fadeIn.gain(at: Int64($0)) })
    }
}
