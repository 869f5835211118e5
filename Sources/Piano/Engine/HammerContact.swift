import Glibc

/// The hammer of one key while it may touch the strings: position, speed, compression of the felt.
///
/// Passive for any step: with the force held over a frame string and hammer are exact, and the felt gives back at most
/// what it took (piano-physics 3.3). Solved in Double, as the rate term is stiff.
package struct HammerContact: BitwiseCopyable {
    package private(set) var isActive = false
    /// m, from where the string lay at the strike.
    private var position = 0.0
    /// m/s.
    package private(set) var speed = 0.0
    private var compression = 0.0
    private var before = 0.0
    /// Seconds apart while moving away.
    private var apart = 0.0
    /// Seconds since the strike.
    private var elapsed = 0.0
    private var felt = HammerTables(mass: 1, stiffness: 1, exponent: 1, rate: 0)
    /// m/N of one step: modes, omitted modes, hammer.
    private var compliance = 1.0
    /// Omitted modes as a massless spring: m/N, and how far it is pressed in, m.
    private var residual = 0.0
    private var pressed = 0.0

    /// Frames after which a hammer that moves away is out of reach: bass strings catch it up within 3 ms.
    private static let release = 3e-3
    private static let longest = 50e-3

    /// Where in a step the force of that spring stands, 0.5 the middle to 1 the end.
    ///
    /// In the middle it gives back all that it takes, and rings for ever; at the end it loses half of its stiffness times
    /// the square of each step, 3 % of a hard blow in the top octave. Here it loses six tenths of that, and an alternation
    /// falls to a quarter with each frame.
    package static let theta = 0.8

    package init() {}

    /// Makes ready for a blow.
    ///
    /// - Parameters:
    ///   - felt: the hammer.
    ///   - modes: what the strings' modes give way in one step, m/N.
    ///   - residual: what all that are not kept give way, m/N.
    ///   - dt: s.
    package mutating func prepare(felt: HammerTables, modes: Double, residual: Double, dt: Double) {
        self.felt = felt
        self.residual = residual
        compliance = modes + residual / Self.theta + dt * dt / (2 * felt.mass)
    }

    /// A hammer that just touches a string lying at `displacement`, moving with `speed`.
    package mutating func begin(speed: Double, displacement: Double) {
        isActive = true
        self.speed = speed
        position = displacement
        compression = 0
        before = 0
        pressed = 0
        apart = 0
        elapsed = 0
    }

    /// One frame: the force on the strings when they would lie at `displacement` without it.
    package mutating func step(displacement: Double, dt: Double) -> Double {
        let rest = (1 - Self.theta) / Self.theta * pressed
        let free = position + dt * speed - displacement + rest
        let (next, force) = solve(free: free, dt: dt)
        pressed = residual / Self.theta * force - rest
        before = compression
        compression = next
        position += dt * speed - dt * dt / (2 * felt.mass) * force
        speed -= dt * force / felt.mass
        elapsed += dt
        if force > 0 {
            apart = 0
        } else if compression <= 0, speed < 0 {
            apart += dt
        }
        if apart > Self.release || elapsed > Self.longest { isActive = false }
        return force
    }

    /// Root of `d - free + C F(d) = 0` by Newton in d, kept in a bracket; the number of steps does not depend on data
    /// beyond convergence.
    private func solve(free: Double, dt: Double) -> (compression: Double, force: Double) {
        if free <= 0, compression <= 0 { return (free, 0) }
        var low = min(compression, free) - 1e-3
        var high = free
        var d = 2 * compression - before
        if !(low...high).contains(d) { d = 0.5 * (low + high) }
        let u0 = max(0, 1000 * compression)
        let p = felt.exponent
        let power0 = u0 > 0 ? pow(u0, p) : 0
        for _ in 0..<20 {
            let u1 = max(0, 1000 * d)
            var force = 0.0
            var slope = 0.0
            if u1 > 0 || u0 > 0 {
                let power1 = u1 > 0 ? pow(u1, p) : 0
                if abs(u1 - u0) < 1e-4 * max(u1, u0) {
                    let middle = 0.5 * (u1 + u0)
                    let power = pow(middle, p)
                    force = felt.stiffness * power
                    slope = 0.5 * felt.stiffness * p * power / middle
                } else {
                    force = felt.stiffness * (power1 * u1 - power0 * u0) / ((p + 1) * (u1 - u0))
                    slope = (felt.stiffness * power1 - force) / (u1 - u0)
                }
                force += felt.stiffness * felt.rate * (power1 - power0) / dt
                if u1 > 0 { slope += felt.stiffness * felt.rate * p * power1 / u1 / dt }
                slope = u1 > 0 ? 1000 * slope : 0
            }
            let error = d - free + compliance * force
            if error > 0 { high = d } else { low = d }
            var next = d - error / (1 + compliance * slope)
            if !(next > low && next < high) { next = 0.5 * (low + high) }
            let isDone = abs(next - d) < 1e-12
            d = next
            if isDone { break }
        }
        let force = max(0, (free - d) / compliance)
        return (free - compliance * force, force)
    }
}
