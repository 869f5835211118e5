import Foundation
import Glibc
import Mixing
import Music
import Piano

/// What the piano costs.
enum CostRows {
    /// The row is meant for a core of its own; machines of continuous integration share theirs, half of one is lost there.
    private static let most = ProcessInfo.processInfo.environment["CI"] == nil ? 0.2 : 0.4

    static let rows: [AcousticRow] = [
        AcousticRow(number: 48, fact: "all 88 keys under the pedal, board and room, on one thread") {
            // Of each block the least of three runs: what lies above it came from other programs.
            var least = run()
            for _ in 0..<2 { least = zip(least, run()).map { min($0, $1) } }
            let block = 64 / Sound.rate
            return [
                .init("share of a core", least.reduce(0, +) / Double(least.count) / block, 0...most),
                .init("longest block, share of its time", (least.max() ?? 0) / block, 0...1),
            ]
        }
    ]

    /// CPU seconds of each block of 4 s: all keys struck at velocity 100 within the first half second, the pedal down.
    private static func run() -> [Double] {
        RenderThread.prepare()
        var engine = PianoEngine(tables: Sound.grand)
        var room = Room(settings: RoomSettings(), sampleRate: Sound.rate)
        engine.schedule(.pedal(.sustain, 1))
        for step in 0..<11 {
            for key in 0..<8 { engine.schedule(.strike(21 + step + 11 * key, 100, at: 0.01 + 0.05 * Double(step))) }
        }
        var (left, right) = ([Float](repeating: 0, count: 64), [Float](repeating: 0, count: 64))
        return (0..<3000).map { _ in
            var l = left.mutableSpan
            var r = right.mutableSpan
            let start = threadSeconds()
            engine.render(left: &l, right: &r)
            room.process(left: &l, right: &r)
            return threadSeconds() - start
        }
    }

    private static func threadSeconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
}
