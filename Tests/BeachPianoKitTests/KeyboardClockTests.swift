import BeachPianoKit
import Music
import Testing

@Suite("Keyboard clock")
struct KeyboardClockTests {
    /// Frames rendered at a time by a device that asks for a burst every 5 ms, with a clock of its own.
    private static func rendered(at seconds: Double, rate: Double) -> Int {
        Int(seconds * 200) * 240 * Int(rate) / 48_000
    }

    @Test("keys between two bursts of sound keep their distance within a millisecond", arguments: [44_100.0, 48_000])
    func bursts(rate: Double) {
        var clock = KeyboardClock(rate: rate)
        var random = RandomStream(seed: 3)
        var time = 1.0
        var errors: [Double] = []
        for key in 0..<2000 {
            time += Double(random.uniform(0.01, 0.5))
            let frame = clock.frame(sounding: Self.rendered(at: time, rate: rate), now: Int64(time * 1e9))
            if key >= 100 { errors.append(Double(frame) / rate - time) }
        }
        let mean = errors.reduce(0, +) / Double(errors.count)
        // A burst is 5 ms: its middle is the best guess, and what remains is its scatter.
        #expect(abs(mean + 0.0025) < 0.001, "\(mean)")
        #expect(errors.allSatisfy { abs($0 - mean) < 0.001 })
    }

    @Test("a device whose clock is 500 ppm off is followed, and a pause is none of the sound's time")
    func drift() {
        var clock = KeyboardClock(rate: 48_000)
        for key in 0..<10_000 {
            let time = 1 + 0.2 * Double(key)
            let frame = clock.frame(sounding: Int(time * 48_000 * 1.0005), now: Int64(time * 1e9))
            #expect(abs(Double(frame) / 48_000 - time * 1.0005) < 0.003)
        }
        let before = clock.frame(sounding: 100_000_000, now: 3_000_000_000_000)
        let after = clock.frame(sounding: 100_004_800, now: 3_060_000_000_000)
        #expect(after - before == 4800)
    }

    @Test("no key comes before the one that was played before it")
    func order() {
        var clock = KeyboardClock(rate: 48_000)
        let first = clock.frame(sounding: 48_000, now: 1_000_000_000)
        #expect(clock.frame(sounding: 40_000, now: 1_000_000_001) >= first)
    }
}
