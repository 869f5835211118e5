import DSP
import Music

/// Sympathetic resonance, feed-forward: struck keys move the bridge, open strings answer, nothing goes back
/// (piano-physics 3.4), so it cannot go unstable. It runs at a quarter of the rate: what dampers free lies below 2.5 kHz,
/// and of the strings without one only fundamentals up to 4.2 kHz stand above.
extension PianoEngine {
    /// Transfer from a bridge region to the strings of a key, relative to the key's own driving point: strings next to
    /// one another feel one another most.
    ///
    /// Calibrated on what sounds between the partials of C4 under the pedal: 13 dB more than without (T29). A C3 that
    /// a fortissimo C4 wakes then sounds 56 dB under it (T30).
    ///
    /// A function rather than a table, which its first use would make on the audio thread.
    package static func transfer(over regions: Int) -> Float { 0.028 / (1 + 0.5 * Float(regions)) }

    /// Hands the bridge force of a key, averaged over four frames, to its region.
    mutating func share(_ key: Int) {
        let quarter = ModeKernel.block / 4
        let region = keys[key].region * quarter
        for k in 0..<quarter {
            let mean = (force[4 * k] + force[4 * k + 1] + force[4 * k + 2] + force[4 * k + 3]) * 0.25
            keyForce[key * quarter + k] = mean
            regionForce[region + k] += mean
        }
    }

    /// Lets all open strings answer, and all that still ring along fade.
    mutating func ringAlong() {
        var loudest: Float = 0
        for f in regionForce { loudest = max(loudest, abs(f)) }
        // A string answers with less than it is driven with.
        let isDriven = loudest * Self.transfer(over: 0) > Self.restForce
        for key in keys.indices where keys[key].sympatheticGroups > 0 {
            let state = keys[key]
            let isOpen = isDriven && state.lift > 0.05
            if state.isStruck {
                if isOpen, state.active >= state.sympatheticGroups {
                    gatherDrive(key)
                    answer(state)
                }
            } else if isOpen || state.active > 0 {
                wake(key)
                gatherDrive(key)
                if !isOpen { for k in drive.indices { drive[k] = 0 } }
                follow(key)
            }
        }
    }

    private mutating func wake(_ key: Int) {
        guard keys[key].active < keys[key].sympatheticGroups else { return }
        keys[key].active = keys[key].sympatheticGroups
        applyRotation(key)
    }

    /// The force of all regions on a key at a quarter of the rate, its own blow taken out.
    private mutating func gatherDrive(_ key: Int) {
        let quarter = ModeKernel.block / 4
        let region = keys[key].region
        let own = keys[key].isStruck ? Self.transfer(over: 0) : 0
        for k in 0..<quarter { drive[k] = -own * keyForce[key * quarter + k] }
        for r in 0..<InstrumentTables.bridgeRegions {
            let gain = Self.transfer(over: abs(r - region))
            for k in 0..<quarter { drive[k] += gain * regionForce[r * quarter + k] }
        }
    }

    /// A struck key takes the drive on top of its own blow.
    private mutating func answer(_ state: KeyState) {
        unsafe modes.withUnsafeMutableBufferPointer { modes in
            unsafe sympathetic.withUnsafeBufferPointer { sympathetic in
                unsafe drive.withUnsafeBufferPointer { drive in
                    guard let modes = modes.baseAddress, let sympathetic = sympathetic.baseAddress,
                        let drive = drive.baseAddress
                    else { return }
                    unsafe ModeKernel.drive(
                        modes + state.start, sympathetic + state.start, count: state.sympatheticGroups, force: drive)
                }
            }
        }
    }

    /// Strings that only ring along: a quarter of the rate, straight lines between, into the bus.
    private mutating func follow(_ key: Int) {
        let state = keys[key]
        let quarter = ModeKernel.block / 4
        // On the stack: to read two arrays while two others change would count references.
        var sums = InlineArray<16, SIMD8<Float>>(repeating: .zero)
        var span = sums.mutableSpan
        unsafe span.withUnsafeMutableBufferPointer { sums in
            unsafe modes.withUnsafeMutableBufferPointer { modes in
                unsafe sympathetic.withUnsafeBufferPointer { sympathetic in
                    unsafe drive.withUnsafeBufferPointer { drive in
                        guard let modes = modes.baseAddress, let sympathetic = sympathetic.baseAddress,
                            let drive = drive.baseAddress, let sums = sums.baseAddress
                        else { return }
                        unsafe ModeKernel.ringAlong(
                            modes + state.start, sympathetic + state.start, count: state.sympatheticGroups,
                            force: drive, sum: sums)
                    }
                }
            }
        }
        var previous = keys[key].followed
        var peak: Float = 0
        for k in 0..<quarter {
            let next = sums[k].sum()
            for n in 0..<4 { force[4 * k + n] = previous + (next - previous) * Float(n + 1) * 0.25 }
            previous = next
            peak = max(peak, abs(next))
        }
        keys[key].followed = previous
        addToBus(key)
        keys[key].peak = peak
        if peak < Self.restForce * 0.3, !(keys[key].lift > 0.05 && drivePeak > Self.restForce) {
            var energy: Float = 0
            for g in state.start..<state.start + state.sympatheticGroups { energy = max(energy, modes[g].peak) }
            if energy < Self.restForce * Self.restForce {
                for g in state.start..<state.start + state.sympatheticGroups { modes[g].clear() }
                keys[key].active = 0
                keys[key].followed = 0
            }
        }
    }

    private var drivePeak: Float {
        var peak: Float = 0
        for k in drive.indices { peak = max(peak, abs(drive[k])) }
        return peak
    }
}
