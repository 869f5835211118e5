import Glibc
import Music

/// The technician's last work on a piano: a blow of one strength sounds alike on neighbouring keys.
///
/// Soundboard and strings draw a level for each key that differs from its neighbours' by several dB. What leaves the key is
/// brought to a curve over the register, from how loud the model itself says that a mezzo-forte is: its blow is worked
/// out, mode by mode, and the power that the board radiates of it summed. Nothing is measured, nothing set per key.
struct Regulation {
    let model: InstrumentModel
    let sampleRate: Double

    /// m/s of the hammer: velocity 75, and softer where felt lies before the strings, since such pianos are played softly.
    private var speed: Double { 2.27 * (1 - 0.4 * model.felt) }
    /// Seconds that the level is the mean of.
    private static let heard = 0.4
    /// dB that a key may be moved at most.
    private static let most = 25.0

    init(model: InstrumentModel, radiation: Radiation) {
        self.model = model
        sampleRate = radiation.sampleRate
    }

    private static func response(_ sections: [SecondOrderSection], _ hz: Double, _ rate: Double) -> ComplexDouble {
        let w = 2 * Double.pi * hz / rate
        return sections.reduce(ComplexDouble(1)) { $0 * $1.response(cos: cos(w), sin: sin(w)) }
    }

    /// The keys, each as loud as the curve asks.
    func even(_ designs: [KeyDesign]) -> [KeyTables] {
        let levels = designs.map(level)
        let middle = levels[60 - 21]
        return zip(designs, levels).map { design, level in
            let wanted = model.body.levels(Double(design.tables.pitch.midi)) - (level - middle)
            guard wanted.isFinite else { return design.tables }
            return design.tables.louder(by: pow(10, min(Self.most, max(-Self.most, wanted)) / 20))
        }
    }

    /// Mean power over the first `heard` seconds of a blow at `speed`, dB: strings, knock and noise.
    private func level(_ design: KeyDesign) -> Double {
        let modes = design.tables.modes
        let blow = blow(design.tables)
        var energy = noise(design) + thump(design, blow.force)
        // Modes of one partial beat, those of different partials do not.
        for members in Dictionary(grouping: modes.indices, by: { modes[$0].partial }).values.sorted(by: {
            $0[0] < $1[0]
        }) {
            for i in members {
                for j in members {
                    let rate = modes[i].pole + ComplexDouble(modes[j].pole.re, -modes[j].pole.im)
                    let (a, b) = (modes[i].read * blow.states[i], modes[j].read * blow.states[j])
                    let grown = ComplexDouble.exp(rate * Self.heard) - ComplexDouble(1)
                    let product = a * ComplexDouble(b.re, -b.im) * grown / rate
                    energy += 0.5 * product.re * design.radiated[i] * design.radiated[j]
                }
            }
        }
        return 10 * log10(energy / Self.heard)
    }

    /// Energy of the noise of the blow.
    private func noise(_ design: KeyDesign) -> Double {
        guard model.mechanisms.contains(.strokeNoise) else { return 0 }
        // The level is the root of a sum over frames at 48 kHz.
        let stroke = design.tables.stroke
        // Share of the noise that falls into each hertz of a band.
        let burst = KeyDesign.bandHz.map { Self.response([stroke.bandPass], $0, sampleRate).magnitudeSquared }
        let all = zip(burst, KeyDesign.bandHz).reduce(0) { $0 + $1.0 * $1.1 * (KeyDesign.bandStep - 1) }
        let level = stroke.share * model.burstLevel * pow(speed, model.fit.strokeExponent)
        return level * level / 48000 * zip(burst, design.bands).reduce(0) { $0 + $1.0 / all * $1.1 }
    }

    /// Energy of what the board feels of the hammer at once: the knock, and below the partials strings that only follow.
    private func thump(_ design: KeyDesign, _ force: [Double]) -> Double {
        var energy = 0.0
        let lowest = design.tables.modes.first?.pole.im ?? 0
        for (hz, power) in zip(KeyDesign.bandHz, design.bands) {
            let knock = Self.response([design.tables.knockLowPass], hz, sampleRate)
            let turn = ComplexDouble.exp(ComplexDouble(0, -2 * .pi * hz / sampleRate))
            let spectrum = force.reversed().reduce(ComplexDouble(0)) { $0 * turn + ComplexDouble($1) }
            var way = knock * design.tables.knockShare + ComplexDouble(design.tables.staticShare)
            if 2 * .pi * hz < Self.following * lowest { way = way + Self.transfer(design.tables.modes, hz) }
            energy += 2 * way.magnitudeSquared * spectrum.magnitudeSquared / (sampleRate * sampleRate) * power
        }
        return energy
    }

    /// Share of the fundamental's frequency below which a string follows the hammer.
    private static let following = 0.7

    /// Force at the bridge for a force of the hammer at a frequency in Hz: what `Im(read z)` with `z' = pole z + drive F`
    /// gives, summed over the modes.
    private static func transfer(_ modes: [StringMode], _ hz: Double) -> ComplexDouble {
        let w = ComplexDouble(0, 2 * .pi * hz)
        return modes.reduce(ComplexDouble(0)) { sum, mode in
            let way = mode.read * mode.drive
            let turning = way / (w - mode.pole)
            let back = ComplexDouble(way.re, -way.im) / (w - ComplexDouble(mode.pole.re, -mode.pole.im))
            return sum + (turning - back) / ComplexDouble(0, 2)
        }
    }

    /// The modes of a key when its hammer has left it, and the hammer's force until then, N.
    private func blow(_ key: KeyTables) -> (states: [ComplexDouble], force: [Double]) {
        let dt = 1 / sampleRate
        let count = key.modes.count
        let groups = (count + 7) / 8
        let zero = [SIMD8<Double>](repeating: .zero, count: groups)
        var (re, im) = (zero, zero)
        var (turnRe, turnIm) = (zero, zero)
        var (pushRe, pushIm, senseRe, senseIm) = (zero, zero, zero, zero)
        var compliance = 0.0
        for (m, mode) in key.modes.enumerated() {
            let (g, lane) = (m / 8, m % 8)
            let rotation = ComplexDouble.exp(mode.pole * dt)
            let push = mode.drive * (rotation - ComplexDouble(1)) / mode.pole
            (turnRe[g][lane], turnIm[g][lane]) = (rotation.re, rotation.im)
            (pushRe[g][lane], pushIm[g][lane]) = (push.re, push.im)
            (senseRe[g][lane], senseIm[g][lane]) = (mode.feedback.re, mode.feedback.im)
            compliance += (mode.feedback * push).im
        }
        var hammer = HammerContact()
        hammer.prepare(felt: key.hammer, modes: compliance, residual: key.residualCompliance, dt: dt)
        hammer.begin(speed: speed, displacement: 0)
        var pressed: [Double] = []
        while hammer.isActive {
            var moved = SIMD8<Double>.zero
            for g in 0..<groups {
                let r = re[g] * turnRe[g] - im[g] * turnIm[g]
                let i = re[g] * turnIm[g] + im[g] * turnRe[g]
                (re[g], im[g]) = (r, i)
                moved += senseRe[g] * i + senseIm[g] * r
            }
            let force = hammer.step(displacement: moved.sum(), dt: dt)
            pressed.append(force)
            guard force > 0 else { continue }
            for g in 0..<groups {
                re[g] += pushRe[g] * force
                im[g] += pushIm[g] * force
            }
        }
        return ((0..<count).map { ComplexDouble(re[$0 / 8][$0 % 8], im[$0 / 8][$0 % 8]) }, pressed)
    }
}

extension KeyTables {
    /// The same key, all of its blow louder by a factor.
    fileprivate func louder(by factor: Double) -> KeyTables {
        var key = self
        for m in key.modes.indices { key.modes[m].read = key.modes[m].read * factor }
        key.staticShare *= factor
        key.knockShare *= factor
        key.stroke.share *= factor
        // The drive takes the square of the force.
        key.longitudinalDrive /= factor
        return key
    }
}
