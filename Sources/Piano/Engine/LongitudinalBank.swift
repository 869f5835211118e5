import DSP

/// The longitudinal modes of one key, driven by the square of its bridge force (piano-physics 3.5).
struct LongitudinalBank: BitwiseCopyable {
    private var re = SIMD8<Float>()
    private var im = SIMD8<Float>()
    private let rotationRe: SIMD8<Float>
    private let rotationIm: SIMD8<Float>
    private let gain: SIMD8<Float>
    private let drive: Float
    private var lowPass: Biquad
    private(set) var isPresent: Bool
    /// Blocks of near silence in a row.
    private var quiet = 0

    init(_ key: KeyTables, lowPass section: SecondOrderSection) {
        var (pr, pi, g) = (SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>())
        for (i, mode) in key.longitudinalModes.prefix(8).enumerated() {
            pr[i] = Float(mode.rotation.re)
            pi[i] = Float(mode.rotation.im)
            g[i] = Float(mode.gain * key.longitudinalShare)
        }
        rotationRe = pr
        rotationIm = pi
        gain = g
        drive = Float(key.longitudinalDrive)
        lowPass = Biquad(section)
        isPresent = !key.longitudinalModes.isEmpty && key.longitudinalShare > 0
    }

    /// Adds the longitudinal force of a block to it.
    ///
    /// Below 30 mN of bridge force the square is inaudible and the bank sleeps once it has rung out.
    mutating func add(to force: inout [Float], peak: Float) {
        guard isPresent else { return }
        if peak < 0.03 {
            if quiet > 100 { return }
            quiet += 1
        } else {
            quiet = 0
        }
        for n in 0..<ModeKernel.block {
            let x = lowPass(force[n])
            let square = x * x * drive
            let r = re * rotationRe - im * rotationIm + square
            im = re * rotationIm + im * rotationRe
            re = r
            force[n] += (im * gain).sum()
        }
        if quiet > 100 {
            re = .zero
            im = .zero
            lowPass.reset()
        }
    }
}
