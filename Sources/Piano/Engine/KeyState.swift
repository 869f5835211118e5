import DSP
import Glibc
import Music

/// What changes about one key while it is played; its modes live in the engine's arrays at `start`.
struct KeyState {
    let index: Int
    let felt: HammerTables
    /// First group of eight modes in the engine's arrays, and how many there are.
    let start: Int
    let groups: Int
    /// Groups from `start` that take part in sympathetic resonance.
    let sympatheticGroups: Int
    let hasDamper: Bool
    let region: Int
    let knockShare: Float
    /// Fixed part of the compliance of one contact step, m/N: omitted modes and hammer.
    let restCompliance: Double

    /// Groups that still sound; the others are at rest.
    var active = 0
    var hammer = HammerContact()
    /// Frame in the coming block at which the hammer meets the string; -1 for none.
    var pendingOffset = -1
    var pendingSpeed: Float = 0
    var burst: NoiseBurst
    var knock: Biquad
    /// Blocks for which the knock still rings.
    var knockBlocks = 0
    var longitudinal: LongitudinalBank
    var mechanical: NoiseBurst
    var isDown = false
    /// Held by the sostenuto pedal.
    var isLatched = false
    /// 0 seated to 1 free.
    var lift: Float = 0
    /// Seconds that the damper takes to fall.
    var landing = Damping.landing
    /// Lift for which the rotations were worked out.
    var appliedLift: Float = 1
    /// Largest bridge force of the last block, N.
    var peak: Float = 0
    /// Last value of strings that only ring along, N.
    var followed: Float = 0
    /// True while the key's own blow still sounds: it is rendered at the full rate.
    var isStruck = false
}
