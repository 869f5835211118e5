import DSP
import Glibc

/// The modes of all keys packed for the kernels: per key those that ring along first, then the others by partial, so
/// that what dies first stands last.
struct ModeArrays {
    var free: [Mode8] = []
    var normal: [Coupling8] = []
    var soft: [Coupling8] = []
    var sympathetic: [Drive8] = []
    var damping: [SIMD8<Float>] = []
    /// Radians a frame.
    var angle: [SIMD8<Float>] = []
    /// Relative rise of the frequency for each N^2 of a mode.
    var stretching: [SIMD8<Float>] = []
    var start: [Int] = []
    var groups: [Int] = []
    var sympatheticGroups: [Int] = []

    init(_ tables: InstrumentTables) {
        let dt = 1 / tables.sampleRate
        for key in tables.keys {
            func ringsAlong(_ mode: StringMode) -> Bool { mode.sympatheticDrive.magnitudeSquared > 0 }
            let order = key.modes.indices.sorted { a, b in
                let (x, y) = (key.modes[a], key.modes[b])
                return (ringsAlong(x) ? 0 : 1, x.partial, a) < (ringsAlong(y) ? 0 : 1, y.partial, b)
            }
            let along = key.modes.filter(ringsAlong).count
            start.append(free.count)
            groups.append((order.count + 7) / 8)
            sympatheticGroups.append((along + 7) / 8)
            for g in 0..<(order.count + 7) / 8 {
                var mode = Mode8()
                var normally = Coupling8()
                var softly = Coupling8()
                var drive = Drive8()
                var damp = SIMD8<Float>()
                var turn = SIMD8<Float>()
                var stretch = SIMD8<Float>()
                for lane in 0..<8 where g * 8 + lane < order.count {
                    let m = key.modes[order[g * 8 + lane]]
                    let rotation = ComplexDouble.exp(m.pole * dt)
                    mode.rotationRe[lane] = Float(rotation.re)
                    mode.rotationIm[lane] = Float(rotation.im)
                    // (p - 1) / lambda: the answer to a force held over one frame; over four for the strings along.
                    let hold = (rotation - ComplexDouble(1)) / m.pole
                    let held4 = (ComplexDouble.exp(m.pole * (4 * dt)) - ComplexDouble(1)) / m.pole
                    let push = m.read * m.drive * hold
                    let softPush = m.read * m.unaCordaDrive * hold
                    let sense = m.feedback / m.read
                    let softSense = m.unaCordaFeedback / m.read
                    let along = m.read * m.sympatheticDrive * held4
                    normally.pushRe[lane] = Float(push.re)
                    normally.pushIm[lane] = Float(push.im)
                    normally.senseRe[lane] = Float(sense.re)
                    normally.senseIm[lane] = Float(sense.im)
                    softly.pushRe[lane] = Float(softPush.re)
                    softly.pushIm[lane] = Float(softPush.im)
                    softly.senseRe[lane] = Float(softSense.re)
                    softly.senseIm[lane] = Float(softSense.im)
                    drive.re[lane] = Float(along.re)
                    drive.im[lane] = Float(along.im)
                    damp[lane] = Float(m.damping)
                    turn[lane] = Float(m.pole.im * dt)
                    if !m.isHorizontal {
                        let perState = Double(m.partial) * key.motion / m.pole.im
                        stretch[lane] = Float(key.glide * perState * perState / m.read.magnitudeSquared)
                    }
                }
                free.append(mode)
                normal.append(normally)
                soft.append(softly)
                sympathetic.append(drive)
                damping.append(damp)
                angle.append(turn)
                stretching.append(stretch)
            }
        }
    }
}
