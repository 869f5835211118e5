import DSP
import Glibc
import Music

extension PianoEngine {
    /// Works out the next 64 frames into `left` and `right`.
    mutating func renderBlock() {
        takeEvents()
        moveDampers()
        for i in regionForce.indices { regionForce[i] = 0 }
        for b in busPeak.indices { busPeak[b] = 0 }
        for i in buses.indices { buses[i] = 0 }
        for key in keys.indices where keys[key].isStruck || keys[key].pendingOffset >= 0 { sound(key) }
        ringAlong()
        makeNoise()
        for b in busPeak.indices where busPeak[b] > 1e-7 {
            for n in 0..<ModeKernel.block { force[n] = buses[b * ModeKernel.block + n] }
            board.add(force, key: Self.busKeys[b])
        }
        board.render(left: &left, right: &right)
        blockStart += ModeKernel.block
    }

    // MARK: - Dampers

    private mutating func moveDampers() {
        let seconds = Float(ModeKernel.block) / Float(tables.sampleRate)
        let pedalLift = Damping.lift(
            depth: tables.mechanisms.contains(.halfPedal) ? pedals.sustain : pedals.sustain.rounded())
        for key in keys.indices where keys[key].hasDamper {
            let target = keys[key].isDown || keys[key].isLatched ? 1 : pedalLift
            if keys[key].lift != target {
                keys[key].lift = Damping.moved(
                    keys[key].lift, toward: target, blockSeconds: seconds, landing: keys[key].landing)
            }
            if keys[key].active > 0 || keys[key].pendingOffset >= 0 { applyRotation(key) }
        }
    }

    // MARK: - Struck strings

    /// One block of a key that has been struck: strings, hammer, noises, into the board.
    private mutating func sound(_ key: Int) {
        let state = keys[key]
        for n in 0..<ModeKernel.block { hammerForce[n] = 0 }
        if state.pendingOffset >= 0 || state.hammer.isActive {
            touch(key)
        } else {
            ring(state)
        }
        var peak: Float = 0
        for n in 0..<ModeKernel.block { peak = max(peak, abs(force[n])) }
        keys[key].peak = peak
        glide(key)
        share(key)
        prune(key)

        keys[key].longitudinal.add(to: &force, peak: peak)
        if keys[key].knockBlocks > 0 {
            keys[key].knockBlocks -= 1
            for n in 0..<ModeKernel.block { force[n] += state.knockShare * keys[key].knock(hammerForce[n]) }
            if keys[key].knockBlocks == 0 { keys[key].knock.reset() }
        }
        if keys[key].burst.isActive {
            let shape = keys[key].burstShape
            keys[key].burst.add(shape, to: &force)
        }
        let isLoud = peak > Self.quietForce || keys[key].knockBlocks > 0 || keys[key].burst.isActive
        if isLoud { board.add(force, key: key) } else { addToBus(key) }
        keys[key].pendingOffset = -1
    }

    private mutating func ring(_ state: KeyState) {
        for n in 0..<ModeKernel.block { lanes[n] = .zero }
        unsafe modes.withUnsafeMutableBufferPointer { modes in
            unsafe lanes.withUnsafeMutableBufferPointer { lanes in
                guard let modes = modes.baseAddress, let lanes = lanes.baseAddress else { return }
                unsafe ModeKernel.ring(modes + state.start, count: state.active, sum: lanes)
            }
        }
        for n in 0..<ModeKernel.block { force[n] = lanes[n].sum() }
    }

    /// A block in which the hammer may touch the strings, frame by frame.
    private mutating func touch(_ key: Int) {
        let state = keys[key]
        if state.pendingOffset >= 0 { prepare(key) }
        let dt = 1 / tables.sampleRate
        var hammer = keys[key].hammer
        let groups = keys[key].active
        unsafe modes.withUnsafeMutableBufferPointer { modes in
            // Mutable, so that it is used in place: to read it while other arrays change would count references.
            unsafe coupling.withUnsafeMutableBufferPointer { coupling in
                guard let modes = modes.baseAddress, let coupling = coupling.baseAddress else { return }
                let (m, c) = unsafe (modes + state.start, coupling + state.start)
                for n in 0..<ModeKernel.block {
                    if n == state.pendingOffset {
                        hammer.begin(
                            speed: Double(state.pendingSpeed),
                            displacement: Double(unsafe ModeKernel.displacement(m, c, count: groups)))
                    }
                    let displacement = unsafe ModeKernel.turn(m, c, count: groups)
                    var f: Float = 0
                    if hammer.isActive {
                        f = Float(hammer.step(displacement: Double(displacement), dt: dt))
                    }
                    hammerForce[n] = f
                    force[n] = unsafe ModeKernel.push(m, c, count: groups, force: f) + state.staticShare * f
                }
            }
        }
        keys[key].hammer = hammer
        if hammer.isActive { keys[key].knockBlocks = 40 }
    }

    /// Before a blow: all modes take part, the una corda pedal decides which strings are met, noises begin.
    private mutating func prepare(_ key: Int) {
        let state = keys[key]
        keys[key].active = state.groups
        keys[key].isStruck = true
        keys[key].knockBlocks = 40
        if !tables.mechanisms.contains(.motion) {
            for g in state.start..<state.start + state.groups { modes[g].clear() }
        }
        let shift = (1 - tables.halfBlow.value) * pedals.unaCorda
        var compliance = 0.0
        for g in state.start..<state.start + state.groups {
            var c = normal[g]
            if shift > 0 {
                c.pushRe += (soft[g].pushRe - c.pushRe) * shift
                c.pushIm += (soft[g].pushIm - c.pushIm) * shift
                c.senseRe += (soft[g].senseRe - c.senseRe) * shift
                c.senseIm += (soft[g].senseIm - c.senseIm) * shift
            }
            coupling[g] = c
            compliance += Double((c.senseRe * c.pushIm + c.senseIm * c.pushRe).sum())
        }
        var felt = state.felt
        if shift > 0 { felt.stiffness *= pow(state.softFelt, Double(shift)) }
        keys[key].hammer.prepare(
            felt: felt, modes: compliance, residual: state.residualCompliance, dt: 1 / tables.sampleRate)
        let level = state.burstShare * Float(tables.burstLevel) * powf(state.pendingSpeed, Float(tables.burstExponent))
        let seed = noiseSeed(key, 0) ^ UInt64(state.pendingSpeed.bitPattern) ^ UInt64(state.pendingOffset) << 48
        if level > 0 {
            keys[key].burst.start(state.burstShape, level: level, seed: seed, delay: max(0, state.pendingOffset))
        }
    }

    /// Puts the last groups of modes to rest that nobody hears any more.
    private mutating func prune(_ key: Int) {
        guard !keys[key].hammer.isActive, keys[key].knockBlocks < 25 else { return }
        let threshold = Self.restForce * Self.restForce
        while keys[key].active > 0 {
            let last = keys[key].start + keys[key].active - 1
            guard modes[last].peak < threshold else { break }
            modes[last].clear()
            keys[key].active -= 1
        }
        // From here on the strings may ring along like any others.
        if keys[key].active <= keys[key].sympatheticGroups, keys[key].peak < Self.quietForce,
            keys[key].knockBlocks == 0, !keys[key].burst.isActive
        {
            keys[key].isStruck = false
        }
    }

    // MARK: - Buses

    private static func bus(of key: Int) -> Int { min(busKeys.count - 1, key / 16) }

    mutating func addToBus(_ key: Int) {
        let bus = Self.bus(of: key)
        var peak = busPeak[bus]
        for n in 0..<ModeKernel.block {
            buses[bus * ModeKernel.block + n] += force[n]
            peak = max(peak, abs(force[n]))
        }
        busPeak[bus] = peak
    }

    private mutating func makeNoise() {
        for key in keys.indices where keys[key].actionSounds {
            for n in 0..<ModeKernel.block { force[n] = 0 }
            keys[key].touch.add(touchNoise, to: &force)
            keys[key].bottom.add(bottomNoise, to: &force)
            keys[key].damperBurst.add(damperNoise, to: &force)
            addToBus(key)
        }
        if pedalBurst.isActive {
            for n in 0..<ModeKernel.block { force[n] = 0 }
            pedalBurst.add(pedalNoise, to: &force)
            addToBus(24)
        }
    }
}
