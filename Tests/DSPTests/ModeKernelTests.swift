import BeachPianoTestSupport
import DSP
import Testing

/// Every kernel against its scalar reference in Double, to 1e-5.
@Suite("Modes")
struct ModeKernelTests {
    static let force: [Float] = (0..<ModeKernel.block).map { Float(Levels.sine(0.37 * Double($0))) }

    @Test("a mode falls by 60 dB in its T60")
    func decay() {
        var mode = Mode8()
        let r = Levels.power(10, -3.0 / 48000)
        let w = 2 * Double.pi * 440 / 48000
        mode.rotationRe[0] = Float(r * Levels.cosine(w))
        mode.rotationIm[0] = Float(r * Levels.sine(w))
        mode.im[0] = 1
        var modes = [mode]
        for _ in 0..<750 { _ = Self.ring(&modes) }
        // Float holds a rotation to 6e-8, and 48000 of them to .03 dB.
        #expect(abs(10 * Levels.log10(Double(modes[0].peak)) + 60) < 0.03)
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

    @Test("ringing", arguments: [1, 2, 3, 5])
    func rings(_ groups: Int) {
        var (scalar, modes, _, _) = ScalarModes.groups(groups)
        for sum in Self.ring(&modes) { #expect(abs(Double(sum) - scalar.turn()) < 1e-5) }
        #expect(scalar.distance(modes) < 1e-5)
    }

    @Test("a blow: turned, sensed and pushed frame by frame", arguments: [1, 3])
    func blow(_ groups: Int) {
        var (scalar, modes, coupling, _) = ScalarModes.groups(groups)
        unsafe modes.withUnsafeMutableBufferPointer { modes in
            unsafe coupling.withUnsafeMutableBufferPointer { coupling in
                guard let modes = modes.baseAddress, let coupling = coupling.baseAddress else { return }
                let rest = unsafe ModeKernel.displacement(modes, coupling, count: groups)
                #expect(abs(Double(rest) - scalar.displacement) < 1e-5)
                for f in Self.force {
                    let displacement = unsafe ModeKernel.turn(modes, coupling, count: groups)
                    _ = scalar.turn()
                    #expect(abs(Double(displacement) - scalar.displacement) < 1e-5)
                    let bridge = unsafe ModeKernel.push(modes, coupling, count: groups, force: f)
                    scalar.push(Double(f))
                    #expect(abs(Double(bridge) - scalar.sum) < 1e-5)
                }
            }
        }
        #expect(scalar.distance(modes) < 1e-5)
    }

    @Test("ringing along at a quarter of the rate, and a drive on top of what rings already")
    func along() {
        let quarter = (0..<ModeKernel.block / 4).map { Self.force[4 * $0] }
        var (scalar, modes, _, drives) = ScalarModes.groups(3)
        var onTop = modes
        _ = Self.ring(&onTop)
        var lanes = [SIMD8<Float>](repeating: .zero, count: ModeKernel.block / 4)
        unsafe modes.withUnsafeMutableBufferPointer { modes in
            unsafe onTop.withUnsafeMutableBufferPointer { onTop in
                unsafe drives.withUnsafeMutableBufferPointer { drives in
                    unsafe lanes.withUnsafeMutableBufferPointer { lanes in
                        unsafe quarter.withUnsafeBufferPointer { force in
                            guard let modes = modes.baseAddress, let drives = drives.baseAddress,
                                let lanes = lanes.baseAddress, let onTop = onTop.baseAddress,
                                let force = force.baseAddress
                            else { return }
                            unsafe ModeKernel.ringAlong(modes, drives, count: 3, force: force, sum: lanes)
                            unsafe ModeKernel.drive(onTop, drives, count: 3, force: force)
                        }
                    }
                }
            }
        }
        for k in 0..<ModeKernel.block / 4 {
            for _ in 0..<4 { _ = scalar.turn() }
            scalar.push(Double(quarter[k]))
            #expect(abs(Double(lanes[k].sum()) - scalar.sum) < 1e-5)
        }
        #expect(scalar.distance(modes) < 1e-5)
        #expect(scalar.distance(onTop) < 1e-5)
    }

    @Test("resonators: driven by a force through gains, summed to both channels or one")
    func resonators() {
        var (scalar, modes, coupling, _) = ScalarModes.groups(1)
        for i in scalar.modes.indices { (scalar.modes[i].re, scalar.modes[i].im) = (0, 0) }
        modes[0].clear()
        var one = modes[0]
        let zeros = [SIMD8<Float>](repeating: .zero, count: ModeKernel.block)
        var (input, left, right, mono) = (zeros, zeros, zeros, zeros)
        unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe Self.force.withUnsafeBufferPointer { force in
                guard let input = input.baseAddress, let force = force.baseAddress else { return }
                unsafe ModeKernel.mix(coupling[0].pushRe, force: force, into: input)
            }
        }
        unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe left.withUnsafeMutableBufferPointer { left in
                unsafe right.withUnsafeMutableBufferPointer { right in
                    unsafe mono.withUnsafeMutableBufferPointer { mono in
                        guard let input = input.baseAddress, let left = left.baseAddress,
                            let right = right.baseAddress, let mono = mono.baseAddress
                        else { return }
                        unsafe ModeKernel.resonate(
                            &modes[0], input: input, leftWeight: coupling[0].senseRe,
                            rightWeight: coupling[0].senseIm, left: left, right: right)
                        unsafe ModeKernel.resonateOne(
                            &one, input: input, weight: coupling[0].senseRe, into: mono)
                    }
                }
            }
        }
        for n in 0..<ModeKernel.block {
            var (l, r) = (0.0, 0.0)
            for i in scalar.modes.indices {
                scalar.modes[i].turn()
                scalar.modes[i].re += scalar.modes[i].pushRe * Double(Self.force[n])
                l += scalar.modes[i].re * scalar.modes[i].senseRe
                r += scalar.modes[i].re * scalar.modes[i].senseIm
            }
            #expect(abs(Double(left[n].sum()) - l) < 1e-5)
            #expect(abs(Double(right[n].sum()) - r) < 1e-5)
            #expect(abs(Double(mono[n].sum()) - l) < 1e-5)
        }
        #expect(scalar.distance(modes) < 1e-5 && scalar.distance([one]) < 1e-5)
    }

    @Test("weighted energy, and the peak of eight")
    func energy() {
        var (scalar, modes, coupling, _) = ScalarModes.groups(3)
        let weights = coupling.map { $0.senseRe * $0.senseRe }
        let expected = scalar.modes.reduce(0) { $0 + $1.senseRe * $1.senseRe * ($1.re * $1.re + $1.im * $1.im) }
        var sum: Float = 0
        unsafe modes.withUnsafeMutableBufferPointer { modes in
            unsafe weights.withUnsafeBufferPointer { weights in
                guard let modes = modes.baseAddress, let weights = weights.baseAddress else { return }
                sum = unsafe ModeKernel.weightedEnergy(modes, weights, count: 3)
            }
        }
        #expect(abs(Double(sum) - expected) < 1e-5)
        scalar.modes.removeLast(16)
        let peak = scalar.modes.map { $0.re * $0.re + $0.im * $0.im }.max() ?? 0
        #expect(abs(Double(modes[0].peak) - peak) < 1e-5)
    }
}
