import DSP
import Glibc
import Music

/// The noise of a stroke, a damper or a pedal: band-limited noise with a rise and a decay, seeded per event.
struct NoiseBurst: BitwiseCopyable {
    /// Shape of a kind of burst, worked out once.
    struct Shape: BitwiseCopyable {
        let rise: Float
        let decay: Float
        let frames: Int
        let filter: Biquad
        /// Factor that gives unit expected energy.
        let scale: Float

        /// A shape from time constants and a length in seconds, and the filter that makes its band.
        init(rise: Double, decay: Double, length: Double, filter: SecondOrderSection, sampleRate: Double) {
            let frames = Int(length * sampleRate)
            self.frames = frames
            self.filter = Biquad(filter)
            // The sum of the squares of (1 - r^n) d^n.
            let (r, d) = (exp(-1 / (rise * sampleRate)), exp(-1 / (decay * sampleRate)))
            self.rise = Float(r)
            self.decay = Float(d)
            func sum(_ q: Double) -> Double { (1 - pow(q, Double(frames))) / (1 - q) }
            let envelope = sum(d * d) - 2 * sum(d * d * r) + sum(d * d * r * r)
            var power = 0.0
            var probe = Biquad(filter)
            for n in 0..<4096 {
                let h = Double(probe(n == 0 ? 1 : 0))
                power += h * h
            }
            // The reference measures energy in samples at 48 kHz.
            scale = Float((sampleRate / 48000 / max(1e-30, envelope * power)).squareRoot())
        }
    }

    private var state: UInt64 = 0
    private var left = 0
    /// Frames of silence before it starts.
    private var delay = 0
    private var rising: Float = 1
    private var falling: Float = 1
    private var level: Float = 0
    private var filter: Biquad

    init(_ shape: Shape) { filter = shape.filter }

    var isActive: Bool { left > 0 }

    /// Starts a burst of expected energy `level`^2 (N^2 frames) after a delay in frames.
    mutating func start(_ shape: Shape, level: Float, seed: UInt64, delay: Int = 0) {
        state = seed
        self.delay = delay
        left = shape.frames
        rising = 1
        falling = 1
        self.level = level * shape.scale
        filter = shape.filter
    }

    /// Adds the burst to a block.
    mutating func add(_ shape: Shape, to force: inout [Float]) {
        guard left > 0 else { return }
        let first = min(delay, ModeKernel.block)
        delay -= first
        for n in first..<ModeKernel.block {
            guard left > 0 else { return }
            left -= 1
            let envelope = (1 - rising) * falling
            rising *= shape.rise
            falling *= shape.decay
            // Uniform noise of unit variance; after the band-pass nobody can tell it from normal noise.
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            z ^= z >> 31
            let white = (Float(z >> 40) * 0x1p-23 - 1) * 1.732_050_8
            force[n] += filter(white * envelope) * level
        }
    }
}

extension Biquad {
    init(_ section: SecondOrderSection) {
        self.init(b0: section.b0, b1: section.b1, b2: section.b2, a1: section.a1, a2: section.a2)
    }
}
