import DSP
import Glibc
import Music

extension PianoEngine {
    /// Takes all events of the coming block.
    mutating func takeEvents() {
        let end = blockStart + ModeKernel.block
        while queued > 0, queue[head].frame < end {
            let event = queue[head]
            head = (head + 1) % Self.eventCapacity
            queued -= 1
            switch event.action {
            case .approach(let pitch, let velocity, let lead):
                approach(pitch.midi - 21, velocity: velocity, offset: max(0, event.frame - blockStart), lead: lead)
            case .strike(let pitch, let velocity):
                strike(pitch.midi - 21, velocity: velocity, offset: max(0, event.frame - blockStart))
            case .press(let pitch): press(pitch.midi - 21)
            case .release(let pitch, let velocity): release(pitch.midi - 21, velocity: velocity)
            case .pedal(let pedal, let depth): move(pedal, to: depth.value, at: max(event.frame, blockStart))
            }
        }
    }

    /// Speed of the hammer in m/s; half the way to the strings is less of it under the left pedal of an upright.
    private func speed(_ velocity: Float) -> Float {
        let speed = hammerSpeed(velocity: min(127, velocity))
        guard tables.mechanisms.contains(.unaCorda) else { return speed }
        return speed * (1 - 0.45 * tables.halfBlow.value * pedals.unaCorda).squareRoot()
    }

    private mutating func approach(_ key: Int, velocity: Float, offset: Int, lead: Int) {
        guard keys.indices.contains(key), velocity > 0 else { return }
        keys[key].isDown = true
        keys[key].isApproached = true
        let speed = speed(velocity)
        if tables.action.touch > 0 {
            keys[key].touch.start(
                touchNoise, level: Float(tables.action.touch) * speed, seed: noiseSeed(key, 3), delay: offset)
        }
        bottom(key, speed: speed, contact: offset + lead)
    }

    /// The key will meet its bed: before or after the hammer meets the strings, by its speed.
    private mutating func bottom(_ key: Int, speed: Float, contact: Int) {
        guard tables.action.keyBottom > 0 else { return }
        let lag = Int((ActionNoise.bottomLag(speed: speed) * Float(tables.sampleRate)).rounded())
        keys[key].bottom.start(
            bottomNoise, level: Float(tables.action.keyBottom) * speed.squareRoot().squareRoot(),
            seed: noiseSeed(key, 4), delay: max(0, contact + lag))
    }

    private mutating func strike(_ key: Int, velocity: Float, offset: Int) {
        guard keys.indices.contains(key), velocity > 0 else { return }
        keys[key].isDown = true
        // The damper has left the string 15 ms before the hammer comes (piano-physics 2.13).
        keys[key].lift = 1
        keys[key].pendingOffset = offset
        keys[key].pendingSpeed = speed(velocity)
        if !keys[key].isApproached { bottom(key, speed: keys[key].pendingSpeed, contact: offset) }
        keys[key].isApproached = false
    }

    private mutating func press(_ key: Int) {
        guard keys.indices.contains(key), tables.mechanisms.contains(.silentKeys) else { return }
        keys[key].isDown = true
    }

    private mutating func release(_ key: Int, velocity: Float) {
        guard keys.indices.contains(key), keys[key].isDown else { return }
        keys[key].isDown = false
        // A pedal that holds the damper takes its fall out of the finger's hands.
        keys[key].landing = Damping.landing
        guard keys[key].hasDamper, !keys[key].isLatched, pedals.sustain < 0.3 else { return }
        keys[key].landing = Damping.landing(releaseVelocity: velocity)
        // The felt lands 16 ms later, sooner and louder under a finger that snaps away, some 40 dB under the note that it
        // stops (piano-physics 2.12).
        let force = Double(Damping.landing / keys[key].landing)
        let level = force * (tables.action.damper + tables.action.damperForce * Double(min(10, keys[key].peak)))
        guard level > 0 else { return }
        keys[key].damperBurst.start(
            damperNoise, level: Float(level), seed: noiseSeed(key, 1), delay: Int(0.016 / force * tables.sampleRate))
    }

    private mutating func move(_ pedal: Pedal, to depth: Float, at frame: Int) {
        switch pedal {
        case .sustain:
            let crosses = (pedals.sustain < 0.3) != (depth < 0.3)
            let level = Float(depth < 0.3 ? tables.action.pedalUp : tables.action.pedalDown) * haste(depth, frame)
            if crosses, level > 0 { pedalBurst.start(pedalNoise, level: level, seed: noiseSeed(88, 2)) }
            pedals.sustain = depth
            pedals.moved = frame
        case .sostenuto:
            guard tables.mechanisms.contains(.sostenuto) else { return }
            let wasDown = pedals.sostenuto >= 0.5
            pedals.sostenuto = depth
            if depth >= 0.5, !wasDown {
                // The rod catches the dampers that stand up, whatever holds them: keys, or the sustain pedal.
                for i in keys.indices {
                    keys[i].isLatched = keys[i].isDown && !keys[i].isApproached || pedals.sustain >= 0.7
                }
            } else if depth < 0.5, wasDown {
                for i in keys.indices { keys[i].isLatched = false }
            }
        case .unaCorda: pedals.unaCorda = depth
        }
    }

    /// How fast the sustain pedal moves, as a share of the whole way in a tenth of a second, at most 1: a rail that a slow
    /// foot lets down lands softly.
    ///
    /// A jump after a rest is a fast foot, small steps close to one another are a slow one.
    private func haste(_ depth: Float, _ frame: Int) -> Float {
        let seconds = Float(max(1, min(frame - pedals.moved, Int(0.02 * tables.sampleRate)))) / Float(tables.sampleRate)
        return min(1, 0.1 * abs(depth - pedals.sustain) / seconds)
    }

    /// A seed for the noise of an event: the same event at the same frame sounds the same.
    func noiseSeed(_ key: Int, _ kind: UInt64) -> UInt64 {
        (UInt64(truncatingIfNeeded: blockStart) &* 0x9E37_79B9_7F4A_7C15) ^ (UInt64(key) << 32)
            ^ (kind &* 0xD6E8_FEB8_6659_FD93) ^ UInt64(tables.settings.seed)
    }
}
