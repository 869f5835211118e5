import DSP

/// What turns and damps the modes of a key besides their own nature: the damper's grip and the string's stretching.
extension PianoEngine {
    /// Works grip and stretching into the rotations, where they have changed.
    mutating func applyRotation(_ key: Int) {
        let state = keys[key]
        guard state.lift != state.appliedLift || state.glide != state.appliedGlide else { return }
        keys[key].appliedLift = state.lift
        keys[key].appliedGlide = state.glide
        let grip = Damping.grip(lift: state.lift)
        let dt = 1 / Float(tables.sampleRate)
        for g in state.start..<state.start + state.groups {
            // exp(-x) for x below .003, to 1e-8.
            let x = damping[g] * (grip * dt)
            let half: SIMD8<Float> = x * x * 0.5
            let factor: SIMD8<Float> = 1 - x + half - half * x * (1.0 / 3)
            var re = free[g].rotationRe * factor
            var im = free[g].rotationIm * factor
            if state.glide != 0 {
                // exp(i turn) for turns below .004, its magnitude 1 to 1e-10.
                let turn = angle[g] * state.glide
                let cosine: SIMD8<Float> = 1 - turn * turn * 0.5
                (re, im) = (re * cosine - im * turn, im * cosine + re * turn)
            }
            modes[g].rotationRe = re
            modes[g].rotationIm = im
        }
    }

    /// A string that moves far is longer, tighter and sharper: pi^2 EA/(16 L^2 T) times the sum of n^2 |q_n|^2
    /// (piano-physics 3.5), worked out once a block.
    mutating func glide(_ key: Int) {
        let state = keys[key]
        guard state.canGlide else { return }
        var stretch: Float = 0
        unsafe modes.withUnsafeBufferPointer { modes in
            unsafe stretching.withUnsafeBufferPointer { weights in
                guard let modes = modes.baseAddress, let weights = weights.baseAddress else { return }
                stretch = unsafe ModeKernel.weightedEnergy(
                    modes + state.start, weights + state.start, count: state.active)
            }
        }
        // Below a sixtieth of a cent nobody hears it; ten cents are more than any blow gives.
        let target = stretch < 1e-5 ? 0 : min(stretch, 6e-3)
        guard abs(target - state.appliedGlide) > 2e-6 else { return }
        keys[key].glide = target
        applyRotation(key)
    }
}
