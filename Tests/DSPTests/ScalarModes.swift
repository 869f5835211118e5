import BeachPianoTestSupport
import DSP

/// The mode kernels, one mode after another in Double: what they must equal.
struct ScalarModes {
    struct Mode {
        var re: Double
        var im: Double
        let rotationRe: Double
        let rotationIm: Double
        let pushRe: Double
        let pushIm: Double
        let senseRe: Double
        let senseIm: Double

        mutating func turn() {
            (re, im) = (re * rotationRe - im * rotationIm, re * rotationIm + im * rotationRe)
        }
    }

    var modes: [Mode]

    /// Groups of eight modes with frequencies and decays of their own.
    static func groups(_ count: Int) -> (scalar: ScalarModes, modes: [Mode8], coupling: [Coupling8], drive: [Drive8]) {
        var (modes, coupling, drive) = ([Mode8](), [Coupling8](), [Drive8]())
        var scalar: [Mode] = []
        for g in 0..<count {
            var (mode, c, d) = (Mode8(), Coupling8(), Drive8())
            for lane in 0..<8 {
                let i = Double(8 * g + lane)
                let w = 2 * Double.pi * (100 + 37 * i) / 48000
                let r = Levels.power(10, -3 / ((0.3 + 0.05 * i) * 48000))
                mode.rotationRe[lane] = Float(r * Levels.cosine(w))
                mode.rotationIm[lane] = Float(r * Levels.sine(w))
                mode.re[lane] = Float(0.1 * Levels.cosine(i))
                mode.im[lane] = Float(0.1 * Levels.sine(i))
                c.pushRe[lane] = Float(0.02 * Levels.cosine(2 * i))
                c.pushIm[lane] = Float(0.02 * Levels.sine(2 * i))
                c.senseRe[lane] = Float(Levels.cosine(3 * i))
                c.senseIm[lane] = Float(Levels.sine(3 * i))
                d.re[lane] = c.pushRe[lane]
                d.im[lane] = c.pushIm[lane]
                scalar.append(
                    Mode(
                        re: Double(mode.re[lane]), im: Double(mode.im[lane]),
                        rotationRe: Double(mode.rotationRe[lane]), rotationIm: Double(mode.rotationIm[lane]),
                        pushRe: Double(c.pushRe[lane]), pushIm: Double(c.pushIm[lane]),
                        senseRe: Double(c.senseRe[lane]), senseIm: Double(c.senseIm[lane])))
            }
            modes.append(mode)
            coupling.append(c)
            drive.append(d)
        }
        return (ScalarModes(modes: scalar), modes, coupling, drive)
    }

    /// One frame; the sum of the imaginary parts.
    mutating func turn() -> Double {
        for i in modes.indices { modes[i].turn() }
        return sum
    }

    mutating func push(_ force: Double) {
        for i in modes.indices {
            modes[i].re += modes[i].pushRe * force
            modes[i].im += modes[i].pushIm * force
        }
    }

    var sum: Double { modes.reduce(0) { $0 + $1.im } }
    var displacement: Double { modes.reduce(0) { $0 + $1.re * $1.senseIm + $1.im * $1.senseRe } }

    /// Largest distance of a state from the kernel's.
    func distance(_ other: [Mode8]) -> Double {
        var most = 0.0
        for (i, mode) in modes.enumerated() {
            let o = other[i / 8]
            most = max(most, abs(mode.re - Double(o.re[i % 8])), abs(mode.im - Double(o.im[i % 8])))
        }
        return most
    }
}
