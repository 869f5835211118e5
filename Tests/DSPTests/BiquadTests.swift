import BeachPianoTestSupport
import DSP
import Testing

@Suite("Second-order sections")
struct BiquadTests {
    /// Coefficients of a resonance at 1 kHz with Q 5 (Bristow-Johnson's cookbook), a0 divided out.
    static func cookbook() -> (w: Double, alpha: Double) {
        let w = 2 * Double.pi * 1000 / 48000
        return (w, Levels.sine(w) / 10)
    }

    static func allPass() -> Biquad {
        let (w, alpha) = cookbook()
        let (n, c) = (1 / (1 + alpha), Levels.cosine(w))
        return Biquad(b0: (1 - alpha) * n, b1: -2 * c * n, b2: 1, a1: -2 * c * n, a2: (1 - alpha) * n)
    }

    static func lowPass() -> Biquad {
        let (w, alpha) = cookbook()
        let (n, c) = (1 / (1 + alpha), Levels.cosine(w))
        return Biquad(
            b0: (1 - c) / 2 * n, b1: (1 - c) * n, b2: (1 - c) / 2 * n, a1: -2 * c * n, a2: (1 - alpha) * n)
    }

    static func noise(_ count: Int) -> [Float] {
        var state: UInt32 = 1
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return Float(state >> 8) * 0x1p-23 - 1
        }
    }

    @Test("equals the difference equation in Double to 1e-5")
    func differenceEquation() {
        let b = (0.3, -0.2, 0.1)
        let a = (-1.2, 0.5)
        var filter = Biquad(b0: b.0, b1: b.1, b2: b.2, a1: a.0, a2: a.1)
        var (x1, x2, y1, y2) = (0.0, 0.0, 0.0, 0.0)
        for x in Self.noise(2000) {
            let y = b.0 * Double(x) + b.1 * x1 + b.2 * x2 - a.0 * y1 - a.1 * y2
            (x2, x1, y2, y1) = (x1, Double(x), y1, y)
            #expect(abs(Double(filter(x)) - y) < 1e-5)
        }
    }

    @Test("a low-pass lets a constant through and stops the highest frequency")
    func lowPassEnds() {
        var filter = Self.lowPass()
        var y: Float = 0
        for _ in 0..<4000 { y = filter(1) }
        #expect(abs(y - 1) < 1e-5)
        filter.reset()
        for n in 0..<4000 { y = filter(n % 2 == 0 ? 1 : -1) }
        #expect(abs(y) < 1e-5)
    }

    @Test("an all-pass keeps the energy of what goes through")
    func energyKept() {
        var filter = Self.allPass()
        let x = Self.noise(4000) + [Float](repeating: 0, count: 4000)
        let energy = x.reduce(0.0) { $0 + Double($1) * Double($1) }
        let after = x.reduce(0.0) { sum, v in
            let y = Double(filter(v))
            return sum + y * y
        }
        #expect(abs(after / energy - 1) < 1e-5)
    }

    @Test("is linear, and forgets all when reset")
    func linear() {
        var (one, two, both) = (Self.lowPass(), Self.lowPass(), Self.lowPass())
        let x = Self.noise(500)
        let y = Array(Self.noise(1000).suffix(500))
        for (a, b) in zip(x, y) { #expect(abs(one(a) + 0.5 * two(b) - both(a + 0.5 * b)) < 1e-5) }
        #expect(one.energy > 0)
        one.reset()
        #expect(one.energy == 0)
        var fresh = Self.lowPass()
        for a in x { #expect(one(a) == fresh(a)) }
    }

    @Test("what is inside dies away")
    func decay() {
        var filter = Self.lowPass()
        _ = filter(1)
        let start = filter.energy
        for _ in 0..<20000 { _ = filter(0) }
        #expect(start > 0 && filter.energy < 1e-20 * start)
    }
}
