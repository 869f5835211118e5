import Music
import Piano
import Testing

@Suite("Hammer and string in the engine: measured / target")
struct ContactTests {
    /// Force of the hammer on the strings in N, frame by frame.
    static func force(_ key: Int, _ velocity: Float, frames: Int = 2400) -> [Float] {
        RenderThread.prepare()
        var engine = PianoEngine(tables: Sound.grand)
        engine.schedule(.strike(key, velocity))
        var force: [Float] = []
        var (left, right) = ([Float](repeating: 0, count: 64), [Float](repeating: 0, count: 64))
        while force.count < frames {
            var l = left.mutableSpan
            var r = right.mutableSpan
            engine.render(left: &l, right: &r)
            force += engine.contactForce
        }
        return force
    }

    /// Time from first to last touch, ms: the force above 1 % of its peak, as measured on grands (piano-fit 3.9).
    static func duration(_ force: [Float]) -> Double {
        let floor = 0.01 * (force.max() ?? 0)
        guard let first = force.firstIndex(where: { $0 > floor }), let last = force.lastIndex(where: { $0 > floor })
        else { return 0 }
        return Double(last + 1 - first) / 48
    }

    /// The velocity of MIDI that brings a hammer to a speed in m/s.
    static func velocity(_ speed: Float) -> Float {
        var (low, high): (Float, Float) = (0, 140)
        while high - low > 1e-3 {
            let middle = (low + high) / 2
            if hammerSpeed(velocity: middle) < speed { low = middle } else { high = middle }
        }
        return low
    }

    @Test(
        "T5: the hammer stays on the string as long as on recorded grands",
        arguments: [(36, 2.7...2.7), (60, 1.65...1.65), (96, 0.5...1.0)])
    func contact(_ key: Int, _ target: ClosedRange<Double>) {
        let milliseconds = Self.duration(Self.force(key, Self.velocity(4)))
        print("T5 contact of key \(key) at 4 m/s: \(milliseconds) ms, target \(target) +-40 %")
        #expect((0.6 * target.lowerBound...1.4 * target.upperBound).contains(milliseconds))
    }
}
