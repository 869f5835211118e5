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
            case .strike(let pitch, let velocity):
                strike(pitch.midi - 21, velocity: velocity, offset: max(0, event.frame - blockStart))
            case .release(let pitch, let velocity): release(pitch.midi - 21, velocity: velocity)
            case .pedal(let pedal, let depth): move(pedal, to: depth.value)
            }
        }
    }

    private mutating func strike(_ key: Int, velocity: Float, offset: Int) {
        guard keys.indices.contains(key), velocity > 0 else { return }
        keys[key].isDown = true
        // The damper has left the string 15 ms before the hammer comes (piano-physics 2.13).
        keys[key].lift = 1
        keys[key].pendingOffset = offset
        keys[key].pendingSpeed = hammerSpeed(velocity: min(127, velocity))
    }

    private mutating func release(_ key: Int, velocity: Float) {
        guard keys.indices.contains(key), keys[key].isDown else { return }
        keys[key].isDown = false
        // A pedal that holds the damper takes its fall out of the finger's hands.
        keys[key].landing = Damping.landing
        guard keys[key].hasDamper, !keys[key].isLatched, pedals.sustain < 0.3 else { return }
        keys[key].landing = Damping.landing(releaseVelocity: velocity)
        // The felt lands: some 40 dB under the note that it stops (piano-physics 2.12).
        let force = Damping.landing / keys[key].landing
        keys[key].mechanical.start(
            damperNoise, level: mechanismGain * force * (0.02 + 0.01 * min(2, keys[key].peak)),
            seed: noiseSeed(key, 1))
    }

    private mutating func move(_ pedal: Pedal, to depth: Float) {
        switch pedal {
        case .sustain:
            let crosses = (pedals.sustain < 0.3) != (depth < 0.3)
            if crosses {
                pedalBurst.start(
                    pedalNoise, level: mechanismGain * (depth < 0.3 ? 0.10 : 0.06), seed: noiseSeed(88, 2))
            }
            pedals.sustain = depth
        case .sostenuto:
            let wasDown = pedals.sostenuto >= 0.5
            pedals.sostenuto = depth
            if depth >= 0.5, !wasDown {
                // The rod catches the dampers that stand up, whatever holds them: keys, or the sustain pedal.
                for i in keys.indices { keys[i].isLatched = keys[i].isDown || pedals.sustain >= 0.7 }
            } else if depth < 0.5, wasDown {
                for i in keys.indices { keys[i].isLatched = false }
            }
        case .unaCorda: pedals.unaCorda = depth
        }
    }

    /// A seed for the noise of an event: the same event at the same frame sounds the same.
    func noiseSeed(_ key: Int, _ kind: UInt64) -> UInt64 {
        (UInt64(truncatingIfNeeded: blockStart) &* 0x9E37_79B9_7F4A_7C15) ^ (UInt64(key) << 32)
            ^ (kind &* 0xD6E8_FEB8_6659_FD93) ^ UInt64(tables.settings.seed)
    }
}
