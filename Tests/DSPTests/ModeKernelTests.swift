import BeachPianoTestSupport
import DSP
import Testing

@Suite("Modes")
struct ModeKernelTests {
    static func mode(hz: Float, t60: Float) -> Mode8 {
        var mode = Mode8()
        let decay = Float(Levels.power(10, Double(-3 / (t60 * 48000))))
        let w = 2 * Float.pi * hz / 48000
        mode.rotationRe[0] = decay * Float(Levels.cosine(Double(w)))
        mode.rotationIm[0] = decay * Float(Levels.sine(Double(w)))
        mode.im[0] = 1
        return mode
    }

    static func ring(_ modes: inout [Mode8]) -> [Float] {
        var lanes = [SIMD8<Float>](repeating: .zero, count: ModeKernel.block)
        let count = modes.count
        unsafe modes.withUnsafeMutableBufferPointer { modes in
            unsafe lanes.withUnsafeMutableBufferPointer { lanes in
                guard let modes = modes.baseAddress, let lanes = lanes.baseAddress else { return }
                unsafe ModeKernel.ring(modes, count: count, sum: lanes)
            }
        }
        return lanes.map { $0.sum() }
    }

    @Test("a mode falls by 60 dB in its T60")
    func decay() {
        var modes = [Self.mode(hz: 440, t60: 1)]
        for _ in 0..<750 { _ = Self.ring(&modes) }
        let level = Double((modes[0].re[0] * modes[0].re[0] + modes[0].im[0] * modes[0].im[0]).squareRoot())
        #expect(abs(Levels.decibels([Float(level)]) + 60) < 0.1)
    }

    @Test("eight abreast equals one by one", arguments: [1, 2, 3, 5])
    func scalar(_ groups: Int) {
        var modes = (0..<groups).map { g in
            var mode = Mode8()
            for lane in 0..<8 {
                let one = Self.mode(hz: Float(100 + 37 * (8 * g + lane)), t60: 0.5 + 0.1 * Float(lane))
                mode.rotationRe[lane] = one.rotationRe[0]
                mode.rotationIm[lane] = one.rotationIm[0]
                mode.im[lane] = 1 / Float(lane + 1)
            }
            return mode
        }
        var scalar = modes
        let sum = Self.ring(&modes)
        for n in 0..<ModeKernel.block {
            var expected: Float = 0
            for g in scalar.indices {
                for lane in 0..<8 {
                    let (re, im) = (scalar[g].re[lane], scalar[g].im[lane])
                    let (pr, pi) = (scalar[g].rotationRe[lane], scalar[g].rotationIm[lane])
                    scalar[g].re[lane] = re * pr - im * pi
                    scalar[g].im[lane] = re * pi + im * pr
                    expected += scalar[g].im[lane]
                }
            }
            #expect(abs(sum[n] - expected) < 1e-4)
        }
    }
}
