import AudioIO
import Testing

@Suite("Pace watch")
struct PaceWatchTests {
    /// Notes a device that plays in bursts of 2048 frames, looked at every 10 ms; `still` are (second, length) of its halts.
    private static func found(
        seconds: Double, rate: Double = 48_000, still: [(Double, Double)] = [], late: (Double) -> Bool = { _ in false }
    ) -> [Double] {
        var watch = PaceWatch(sampleRate: 48_000)
        var found: [Double] = []
        for step in 0..<Int(seconds * 100) {
            let time = Double(step) / 100
            if late(time) { continue }
            let halted = still.reduce(0) { $0 + max(0, min(time - $1.0, $1.1)) }
            let position = Int((time - halted) * rate) / 2048 * 2048
            if let gap = watch.note(position: position, now: Int64(time * 1e9)) { found.append(Double(gap) * 1e-9) }
        }
        return found
    }

    @Test("bursts, a clock that is off and a thread that comes late are no halts")
    func none() {
        #expect(Self.found(seconds: 60).isEmpty)
        #expect(
            Self.found(seconds: 600, rate: 48_000 * 0.999).isEmpty && Self.found(seconds: 600, rate: 48_048).isEmpty)
        #expect(Self.found(seconds: 60, late: { $0.truncatingRemainder(dividingBy: 1) < 0.3 }).isEmpty)
    }

    @Test("each halt of a burst or more is found once, with its length")
    func halts() {
        let found = Self.found(seconds: 30, still: [(3.1, 0.043), (9.77, 0.043), (20, 0.15)])
        #expect(found.count == 3)
        for (a, b) in zip(found, [0.043, 0.043, 0.15]) { #expect(abs(a - b) < 0.02) }
    }

    @Test("a halt of 21 ms after a second in which the thread always came 12 ms late is found too")
    func afterLateness() {
        var watch = PaceWatch(sampleRate: 48_000)
        var found: [Double] = []
        for step in 0..<1200 {
            let time = Double(step) / 100
            let away = (5..<6).contains(time) ? 0.012 : max(0, min(time - 6.01, 0.0213))
            if let gap = watch.note(position: Int((time - away) * 48_000), now: Int64(time * 1e9)) {
                found.append(Double(gap) * 1e-9)
            }
        }
        #expect(found.count == 1 && found.allSatisfy { abs($0 - 0.0213) < 0.005 }, "\(found)")
    }

    @Test("a halt in the last seconds is told of at the end")
    func end() {
        for (seconds, halt) in [(9.8, 8.3), (9.6, 7.5), (9.99, 8.9)] {
            var watch = PaceWatch(sampleRate: 48_000)
            var told = 0
            for step in 0..<Int(seconds * 100) {
                let time = Double(step) / 100
                let position = Int((time - max(0, min(time - halt, 0.043))) * 48_000) / 2048 * 2048
                if watch.note(position: position, now: Int64(time * 1e9)) != nil { told += 1 }
            }
            if watch.end(now: Int64(seconds * 1e9)) != nil { told += 1 }
            #expect(told == 1, "a halt at \(halt) s of \(seconds)")
        }
    }

    @Test("a device that begins anew has not stood still")
    func restart() {
        var watch = PaceWatch(sampleRate: 48_000)
        for step in 0..<200 { _ = watch.note(position: step * 480, now: Int64(step) * 10_000_000) }
        watch.restart()
        let found = (0..<200).compactMap {
            watch.note(position: 96_000 + $0 * 480, now: Int64($0) * 10_000_000 + 9_000_000_000)
        }
        #expect(found.isEmpty)
    }
}
