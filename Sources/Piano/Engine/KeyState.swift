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
    /// Share of the hammer's force that reaches the bridge at once.
    let staticShare: Float
    /// Factor on the noise of the blow.
    let burstShare: Float
    let burstShape: NoiseBurst.Shape
    /// m/N of the modes that are not kept.
    let residualCompliance: Double
    /// Factor on the stiffness of the felt under the whole una corda pedal.
    let softFelt: Double
    /// Whether loud blows sharpen it.
    let canGlide: Bool

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
    var touch: NoiseBurst
    var bottom: NoiseBurst
    var damperBurst: NoiseBurst
    /// Whether one of the last three sounds.
    var actionSounds: Bool { touch.isActive || bottom.isActive || damperBurst.isActive }
    var isDown = false
    /// True from the key's way down to its blow, where the way down was told of.
    var isApproached = false
    /// Held by the sostenuto pedal.
    var isLatched = false
    /// 0 seated to 1 free.
    var lift: Float = 0
    /// Seconds that the damper takes to fall.
    var landing = Damping.landing
    /// Lift for which the rotations were worked out.
    var appliedLift: Float = 1
    /// Relative rise of the frequencies, and the one that the rotations were worked out for.
    var glide: Float = 0
    var appliedGlide: Float = 0
    /// Largest bridge force of the last block, N.
    var peak: Float = 0
    /// Last value of strings that only ring along, N.
    var followed: Float = 0
    /// True while the key's own blow still sounds: it is rendered at the full rate.
    var isStruck = false
}
