import Foundation
import Piano

/// One note struck on resting strings, rendered slowly in Double from the tables: the oracle of the engine.
///
/// Follows the reference model (piano-prototype) step by step, and shares no code with the engine: the contact is solved
/// by bisection, every mode is kept to the end, nothing is gathered in buses or put to sleep. No noise burst.
struct ReferenceNote {
    /// N, per frame from first contact.
    private(set) var hammerForce: [Double] = []
    private(set) var bridgeForce: [Double] = []
    /// Speed of the hammer as it leaves, m/s.
    private(set) var rebound = 0.0
    /// Displacement under the hammer one step after a force of 1 N, m: the compliance of the modes.
    private(set) var stepCompliance = 0.0
    private let tables: InstrumentTables
    private let key: KeyTables

    /// A blow with the hammer at `speed`, m/s.
    ///
    /// `theta`: where in a step the force of the omitted partials stands, 1 its end as in the reference model.
    init(_ tables: InstrumentTables, key midi: Int, speed: Double, frames: Int, theta: Double = HammerContact.theta) {
        self.tables = tables
        key = tables.keys[midi - 21]
        let dt = 1 / tables.sampleRate
        let modes = key.modes.map { Oscillator($0, dt: dt) }
        var states = [Complex](repeating: Complex(), count: modes.count)
        stepCompliance = modes.reduce(0) { $0 + ($1.feedback * $1.push).im }
        let felt = key.hammer
        let compliance = stepCompliance + key.residualCompliance / theta + dt * dt / (2 * felt.mass)
        var position = 0.0
        var speed = speed
        var compression = 0.0
        var pressed = 0.0
        var apart = 0.0
        for _ in 0..<frames {
            var displacement = 0.0
            for m in modes.indices {
                states[m] = states[m] * modes[m].rotation
                displacement += (modes[m].feedback * states[m]).im
            }
            var force = 0.0
            if apart <= 0.003 {
                let rest = (1 - theta) / theta * pressed
                let free = position + dt * speed - displacement + rest
                force = Self.contactForce(felt, free: free, before: compression, compliance: compliance, dt: dt)
                compression = free - compliance * force
                pressed = key.residualCompliance / theta * force - rest
                position += dt * speed - dt * dt / (2 * felt.mass) * force
                speed -= dt * force / felt.mass
                apart = force > 0 ? 0 : compression <= 0 && speed < 0 ? apart + dt : apart
                rebound = speed
            }
            hammerForce.append(force)
            var bridge = key.staticShare * force
            for m in modes.indices {
                states[m] = states[m] + force * modes[m].push
                bridge += (modes[m].read * states[m]).im
            }
            bridgeForce.append(bridge)
        }
    }

    /// Seconds from the first to the last frame with a force above 1 % of the peak.
    var contactSeconds: Double { Double(touching.lastIndex(of: true) ?? 0) / tables.sampleRate }

    /// How often the hammer touches.
    var contacts: Int { zip([false] + touching, touching).filter { !$0 && $1 }.count }

    private var touching: [Bool] {
        let peak = hammerForce.max() ?? 0
        return hammerForce.map { $0 > 0.01 * peak }
    }

    /// Left and right as they leave the board, calibrated.
    func radiated() -> (left: [Double], right: [Double]) {
        let force = zip(zip(bridgeForce, longitudinalForce()), knock()).map { $0.0 + $0.1 + $1 }
        let board = tables.board
        var left = Self.ring(board.lowPoles, key.lowLeft, force, tables.sampleRate)
        var right = Self.ring(board.lowPoles, key.lowRight, force, tables.sampleRate)
        let highLeft = Self.ring(board.highLeftPoles, key.highLeft, force, tables.sampleRate)
        let highRight = Self.ring(board.highRightPoles, key.highRight, force, tables.sampleRate)
        let directLeft = Self.filtered(force, board.directLeft)
        let directRight = Self.filtered(force, board.directRight)
        for n in force.indices {
            left[n] += highLeft[n] + board.directGain * directLeft[n]
            right[n] += highRight[n] + board.directGain * directRight[n]
        }
        return (
            Self.filtered(left, board.highPass).map { $0 * tables.outputGain },
            Self.filtered(right, board.highPass).map { $0 * tables.outputGain }
        )
    }

    /// Hammer force through the low-pass of the knock.
    private func knock() -> [Double] {
        Self.filtered(hammerForce, [key.knockLowPass]).map { $0 * key.knockShare }
    }

    /// The square of the bridge force through the longitudinal resonators (piano-physics 3.5).
    private func longitudinalForce() -> [Double] {
        let drive = Self.filtered(bridgeForce, tables.board.longitudinalLowPass).map {
            key.longitudinalDrive * $0 * $0
        }
        var out = [Double](repeating: 0, count: drive.count)
        for mode in key.longitudinalModes {
            let rotation = Complex(re: mode.rotation.re, im: mode.rotation.im)
            var state = Complex()
            for n in drive.indices {
                state = state * rotation + Complex(re: drive[n])
                out[n] += key.longitudinalShare * mode.gain * state.im
            }
        }
        return out
    }

    /// Force F with d = free - C F and F the mean felt force while the compression goes from `before` to d.
    private static func contactForce(
        _ felt: HammerTables, free: Double, before: Double, compliance: Double, dt: Double
    ) -> Double {
        if free <= 0, before <= 0 { return 0 }
        let u0 = max(0, 1000 * before)
        let p = felt.exponent
        func law(_ d: Double) -> Double {
            let u1 = max(0, 1000 * d)
            if u1 == 0, u0 == 0 { return 0 }
            let elastic =
                abs(u1 - u0) < 1e-4 * max(u1, u0)
                ? pow((u1 + u0) / 2, p) : (pow(u1, p + 1) - pow(u0, p + 1)) / ((p + 1) * (u1 - u0))
            return felt.stiffness * (elastic + felt.rate * (pow(u1, p) - pow(u0, p)) / dt)
        }
        var low = min(before, free) - 1e-3
        var high = free
        for _ in 0..<70 {
            let middle = (low + high) / 2
            if middle - free + compliance * law(middle) > 0 { high = middle } else { low = middle }
        }
        return max(0, (free - low) / compliance)
    }

    private static func ring(
        _ poles: [ComplexDouble], _ gains: [Float], _ force: [Double], _ sampleRate: Double
    ) -> [Double] {
        var out = [Double](repeating: 0, count: force.count)
        for (pole, gain) in zip(poles, gains) {
            let rotation = Complex.exp(Complex(re: pole.re / sampleRate, im: pole.im / sampleRate))
            var state = Complex()
            for n in force.indices {
                state = state * rotation + Complex(re: Double(gain) * force[n])
                out[n] += state.re
            }
        }
        return out
    }

    private static func filtered(_ x: [Double], _ sections: [SecondOrderSection]) -> [Double] {
        var x = x
        for s in sections {
            var (first, second) = (0.0, 0.0)
            for n in x.indices {
                let y = s.b0 * x[n] + first
                first = s.b1 * x[n] - s.a1 * y + second
                second = s.b2 * x[n] - s.a2 * y
                x[n] = y
            }
        }
        return x
    }

    /// A mode as it steps.
    private struct Oscillator {
        let rotation: Complex
        let push: Complex
        let feedback: Complex
        let read: Complex

        init(_ mode: StringMode, dt: Double) {
            let pole = Complex(mode.pole)
            rotation = .exp(dt * pole)
            push = Complex(mode.drive) * (rotation + Complex(re: -1)) / pole
            feedback = Complex(mode.feedback)
            read = Complex(mode.read)
        }
    }
}

/// Complex arithmetic of the tests' own.
struct Complex {
    var re = 0.0
    var im = 0.0

    var magnitude: Double { (re * re + im * im).squareRoot() }

    static func exp(_ z: Complex) -> Complex {
        Complex(re: Foundation.exp(z.re) * cos(z.im), im: Foundation.exp(z.re) * sin(z.im))
    }

    static func + (a: Complex, b: Complex) -> Complex { Complex(re: a.re + b.re, im: a.im + b.im) }
    static func - (a: Complex, b: Complex) -> Complex { Complex(re: a.re - b.re, im: a.im - b.im) }
    static func * (a: Double, b: Complex) -> Complex { Complex(re: a * b.re, im: a * b.im) }

    static func * (a: Complex, b: Complex) -> Complex {
        Complex(re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re)
    }

    static func / (a: Complex, b: Complex) -> Complex {
        let scale = 1 / (b.re * b.re + b.im * b.im)
        return Complex(re: (a.re * b.re + a.im * b.im) * scale, im: (a.im * b.re - a.re * b.im) * scale)
    }
}

extension Complex {
    init(_ z: ComplexDouble) { self.init(re: z.re, im: z.im) }
}
