import BeachPianoKit
import Testing

@Suite("Windows in print")
struct WindowTextTests {
    @Test("a value outside its window is seen to be outside, however near the bound it lies")
    func near() {
        #expect(WindowText.value(0.9512, beside: 0.74...0.95) == "0.951")
        #expect(WindowText.value(0.95004, beside: 0.74...0.95) == "0.95004")
        #expect(WindowText.value(0.7399, beside: 0.74...0.95) == "0.7399")
        #expect(WindowText.value(0.9497, beside: 0.74...0.95) == "0.95")
        #expect(WindowText.value(0.8, beside: 0.74...0.95) == "0.80")
        // What lies nearer than six digits is printed whole.
        let next = Float(0.95).nextUp
        #expect(WindowText.value(next, beside: 0.74...0.95) == "\(next)")
    }

    @Test("a bound is printed with all of its digits")
    func bounds() {
        #expect(WindowText.bounds(0.735...0.952) == "0.735...0.952")
        #expect(WindowText.bounds(36...72) == "36.00...72.00")
        #expect(WindowText.bounds(0...0.01) == "0.00...0.01")
    }
}
