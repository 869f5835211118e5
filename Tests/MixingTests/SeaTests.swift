import BeachPianoTestSupport
import CAllocationCounter
import Mixing
import Music
import Testing

private let states: [SeaSettings.State] = [.calm, .swell, .stormy]

/// So many seconds of a sea, both sides.
private func sound(
    _ settings: SeaSettings, seconds: Double, seed: UInt64 = 1, rate: Double = 24_000
) throws -> (left: [Float], right: [Float]) {
    var sea = try #require(Sea(settings, seed: Seed(seed), sampleRate: rate))
    var left: [Float] = []
    var right: [Float] = []
    for _ in 0..<Int(seconds * rate) {
        let frame = sea.next()
        left.append(frame.x)
        right.append(frame.y)
    }
    return (left, right)
}

private func decibels(_ samples: some Collection<Float>) -> Double { Levels.decibels(Array(samples)) }

@Suite struct SeaTests {
    @Test func `off is no sea`() {
        #expect(Sea(SeaSettings(), seed: Seed(1), sampleRate: 48_000) == nil)
        #expect(SeaUnderPiano(SeaSettings(), crests: [], seed: Seed(1), sampleRate: 48_000) == nil)
    }

    @Test(arguments: states)
    func `crests keep the period in the mean, none is more than 15 percent off, and no two gaps are alike`(
        _ state: SeaSettings.State
    ) {
        for period in [3, 8.6, 20] as [Double] {
            let train = WaveTrain(beats: [], period: period, random: Seed(7).stream(.sea, "crests"))
            let crests = train.crests(until: 7200)
            let gaps = zip(crests, crests.dropFirst()).map { $1 - $0 }
            let mean = gaps.reduce(0, +) / Double(gaps.count)
            let deviation = (gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)).squareRoot()
            print(
                "\(state) \(period) s: mean \(mean), deviation \(deviation / period), \(gaps.min() ?? 0)...\(gaps.max() ?? 0)"
            )
            #expect(abs(mean / period - 1) < 0.02)
            #expect((0.05...0.12).contains(deviation / period))
            #expect(gaps.allSatisfy { $0 > 0.849 * period && $0 < 1.151 * period })
            let inside = gaps.filter { $0 > 0.86 * period && $0 < 1.14 * period }
            // As numbers of Float, one or two in thousands may meet.
            #expect(Set(inside).count > inside.count - 6, "gaps come back")
        }
    }

    @Test func `the composer's beats carry the crests`() {
        let beats = (0..<40).map { 3 + 8.6 * Double($0) }
        let crests = WaveTrain(beats: beats, period: 8.6, random: Seed(3).stream(.sea, "crests")).crests(until: 600)
        for (beat, crest) in zip(beats, crests) { #expect(abs(crest - beat) <= 0.075 * 8.6) }
        let gaps = zip(crests, crests.dropFirst()).map { ($1 - $0) / 8.6 }
        #expect(gaps.allSatisfy { (0.85...1.15).contains($0) }, "\(gaps)")
        #expect(crests.count > 65)
    }

    @Test(arguments: states)
    func `the waves are heard at their crests, at the level that is said`(_ state: SeaSettings.State) throws {
        let settings = SeaSettings(state: state, swell: 10)
        let (left, right) = try sound(settings, seconds: 600, seed: 2)
        let seconds = (0..<600).map { s in
            0.5 * (decibels(left[s * 24_000..<(s + 1) * 24_000]) + decibels(right[s * 24_000..<(s + 1) * 24_000]))
        }
        let sorted = seconds.sorted()
        print("\(state): median \(sorted[300]), 90 % \(sorted[540]), 99 % \(sorted[594]), loudest \(sorted[599])")
        #expect(sorted[594] < 2 && sorted[594] > -5 && sorted[599] < 5)
        // Around the crests it is louder than between them.
        let crests = WaveTrain(beats: [], period: 10, random: Seed(2).stream(.sea, "crests")).crests(until: 590)
        let high = crests.filter { $0 > 1 }.map { seconds[Int($0)] }
        let low = crests.filter { $0 > 1 }.map { seconds[Int($0 + 7)] }
        let difference = (high.reduce(0, +) - low.reduce(0, +)) / Double(high.count)
        print("\(state): crests \(difference) dB above the troughs")
        #expect(difference > 4)
        // Heights differ.
        let mean = high.reduce(0, +) / Double(high.count)
        let spread = (high.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(high.count)).squareRoot()
        #expect(spread > 1.5)
    }

    @Test func `left and right are two shores`() throws {
        let (left, right) = try sound(SeaSettings(state: .swell), seconds: 60)
        let product = zip(left, right).reduce(0.0) { $0 + Double($1.0 * $1.1) }
        let size = left.reduce(0.0) { $0 + Double($1 * $1) } * right.reduce(0.0) { $0 + Double($1 * $1) }
        #expect(abs(product / size.squareRoot()) < 0.1)
        #expect(abs(decibels(left) - decibels(right)) < 3)
    }

    @Test func `two hours go by without a loop`() throws {
        var sea = try #require(Sea(SeaSettings(state: .calm), seed: Seed(11), sampleRate: 8000))
        // Equal stretches would have equal sums; the levels of 20 s on end would be alike.
        var blocks = Set<UInt64>()
        var levels: [Float] = []
        for _ in 0..<7200 {
            var hash: UInt64 = 0
            var power: Float = 0
            for _ in 0..<8000 {
                let frame = sea.next()
                hash = hash &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(frame.x.bitPattern) << 32 | UInt64(frame.y.bitPattern)
                power += (frame * frame).sum()
            }
            blocks.insert(hash)
            levels.append(4.34 * Exact.log(power))
        }
        #expect(blocks.count == 7200)
        var closest: Float = 100
        for start in stride(from: 0, to: 7200 - 20, by: 60) {
            for other in stride(from: start + 20, to: 7200 - 20, by: 1) {
                var distance: Float = 0
                for k in 0..<20 where distance < 20 * closest { distance += abs(levels[start + k] - levels[other + k]) }
                closest = min(closest, distance / 20)
            }
        }
        print("two hours: the most alike stretches of 20 s differ by \(closest) dB in the mean")
        #expect(closest > 0.3)
    }

    @Test func `the same for the same seed, another for another, whatever the blocks, and no memory is taken`() throws {
        let settings = SeaSettings(state: .stormy)
        #expect(try sound(settings, seconds: 5).left == sound(settings, seconds: 5).left)
        #expect(try sound(settings, seconds: 5).left != sound(settings, seconds: 5, seed: 2).left)
        func under(_ block: Int) -> [Float] {
            var sea = Seas(settings, crests: [2, 9], seed: Seed(4), sampleRate: 48_000)
            var left = (0..<96_000).map { Float($0 % 109) / 109 - 0.5 }
            var right = left
            for start in stride(from: 0, to: left.count, by: block) {
                let range = start..<min(96_000, start + block)
                var (a, b) = (Array(left[range]), Array(right[range]))
                do {
                    var l = a.mutableSpan
                    var r = b.mutableSpan
                    sea.add(to: &l, &r)
                }
                left.replaceSubrange(range, with: a)
                right.replaceSubrange(range, with: b)
            }
            return left
        }
        let whole = under(96_000)
        for block in [1, 63, 64, 1000] { #expect(under(block) == whole) }
        var sea = try #require(SeaUnderPiano(settings, crests: [1], seed: Seed(4), sampleRate: 48_000))
        var sum = SIMD2<Float>.zero
        for _ in 0..<1000 { sum += sea.next(under: SIMD2(0.1, 0.1)) }
        allocation_counter_start()
        for _ in 0..<960_000 { sum += sea.next(under: SIMD2(0.1, 0.1)) }
        #expect(allocation_counter_stop() == 0 && sum.x.isFinite)
    }

    @Test func `another sea comes in over three seconds while the first goes, and off leaves the piano alone`() throws {
        var seas = Seas(SeaSettings(state: .calm), seed: Seed(4), sampleRate: 48_000)
        let calm = try #require(SeaUnderPiano(SeaSettings(state: .calm), crests: [], seed: Seed(4), sampleRate: 48_000))
        /// The sea alone under a steady tone, and the first sea by itself under the same.
        func second(_ first: inout SeaUnderPiano) -> (sum: [Float], first: [Float]) {
            var left = [Float](repeating: 0.1, count: 48_000)
            var right = left
            do {
                var l = left.mutableSpan
                var r = right.mutableSpan
                seas.add(to: &l, &r)
            }
            return (left.map { $0 - 0.1 }, (0..<48_000).map { _ in first.next(under: SIMD2(0.1, 0.1)).x })
        }
        func power(_ sound: [Float]) -> Float { sound.reduce(0) { $0 + $1 * $1 } }
        var alone = calm
        for _ in 0..<8 {
            let (sum, first) = second(&alone)
            // What a sum with the tone leaves of it.
            #expect(zip(sum, first).allSatisfy { abs($0 - $1) < 1e-6 })
        }
        seas.change(to: .stormy)
        var largest: Float = 0
        for place in 0..<4 {
            let (sum, first) = second(&alone)
            let other = zip(sum, first).enumerated().map { i, pair in
                pair.0 - pair.1 * max(0, 1 - Float(place * 48_000 + i) / 144_000)
            }
            largest = max(largest, zip(sum, sum.dropFirst()).map { abs($0 - $1) }.max() ?? 0)
            // It listens to the piano for a second before it comes in.
            #expect(place < 2 || power(other) > 0.05 * power(sum))
        }
        #expect(largest < 0.05)
        seas.change(to: .off)
        for _ in 0..<3 { _ = second(&alone) }
        #expect(power(second(&alone).sum) < 1e-6)
    }
}
