import DSP
import Glibc
import Music

/// The piano in real time: 88 keys that are always there, the pedals, the soundboard.
///
/// `init` allocates everything; `render` allocates, locks, logs and throws never. The sound is worked out on a grid of
/// 64 frames of its own, so the samples do not depend on how many are asked for at a time.
public struct PianoEngine: ~Copyable, Sendable {
    /// Room for events that have been scheduled and not yet played.
    public static let eventCapacity = 1 << 15

    /// Keys, counted from 0, at whose bridge points the buses press on the board.
    static let busKeys = [8, 24, 40, 56, 72, 84]
    /// Bridge force of a mode below which it is at rest, N: some -106 dBFS.
    static let restForce: Float = 1e-3
    /// Bridge force of a key below which it joins its bus, N.
    static let quietForce: Float = 0.02

    let tables: InstrumentTables
    var keys: [KeyState]
    // Modes of all keys, eight to a group, those that ring along first in each key.
    var modes: [Mode8]
    /// Rotations with the damper away.
    let free: [Mode8]
    let normal: [Coupling8]
    let soft: [Coupling8]
    /// As the hammer of a key meets them now: between `normal` and `soft`.
    var coupling: [Coupling8]
    let sympathetic: [Drive8]
    /// Seated damping of each mode, 1/s.
    let damping: [SIMD8<Float>]
    /// Radians that each mode turns in a frame.
    let angle: [SIMD8<Float>]
    /// How much each mode stretches its string.
    let stretching: [SIMD8<Float>]
    var board: SoundboardBank
    var pedals: PedalState
    let touchNoise: NoiseBurst.Shape
    let bottomNoise: NoiseBurst.Shape
    let damperNoise: NoiseBurst.Shape
    let pedalNoise: NoiseBurst.Shape
    var pedalBurst: NoiseBurst
    // Scratch of one block.
    var lanes: [SIMD8<Float>]
    var force: [Float]
    var hammerForce: [Float]
    /// Forces of quiet keys and of strings that ring along, gathered where their part of the bridge meets the board.
    ///
    /// A block for each bus, one after another.
    var buses: [Float]
    var busPeak: [Float]
    /// Bridge force of each region at a quarter of the rate.
    var regionForce: [Float]
    var keyForce: [Float]
    var drive: [Float]
    var left: [Float]
    var right: [Float]
    /// Frames of the block already given away.
    var given = ModeKernel.block
    // Events, a ring.
    var queue: [EngineEvent]
    var head = 0
    var queued = 0
    /// Frame at which the next block starts.
    var blockStart = 0

    /// A piano at rest.
    public init(tables: InstrumentTables) {
        self.tables = tables
        let build = ModeArrays(tables)
        // Modes of the key, and the key bed: flat to 600 Hz, then falling (piano-physics 2.12).
        touchNoise = NoiseBurst.Shape(
            rise: 2e-3, decay: 5e-3, length: 0.05, filter: Butterworth.bandPass(250, 500, tables.sampleRate)[0],
            sampleRate: tables.sampleRate)
        bottomNoise = NoiseBurst.Shape(
            rise: 0.3e-3, decay: 8e-3, length: 0.08, filter: Butterworth.lowPass(order: 2, 600, tables.sampleRate)[0],
            sampleRate: tables.sampleRate)
        damperNoise = NoiseBurst.Shape(
            rise: 3e-3, decay: 8e-3, length: 0.08, filter: Butterworth.bandPass(100, 1500, tables.sampleRate)[0],
            sampleRate: tables.sampleRate)
        pedalNoise = NoiseBurst.Shape(
            rise: 8e-3, decay: 25e-3, length: 0.2, filter: Butterworth.bandPass(80, 800, tables.sampleRate)[0],
            sampleRate: tables.sampleRate)
        let (touches, bottoms, dampers) = (touchNoise, bottomNoise, damperNoise)
        pedalBurst = NoiseBurst(pedalNoise)
        keys = tables.keys.indices.map { i in
            let key = tables.keys[i]
            let stroke = NoiseBurst.Shape(
                rise: 1e-3, decay: key.stroke.decay, length: 0.3, filter: key.stroke.bandPass,
                sampleRate: tables.sampleRate)
            return KeyState(
                index: i, felt: key.hammer, start: build.start[i], groups: build.groups[i],
                sympatheticGroups: build.sympatheticGroups[i], hasDamper: key.hasDamper, region: key.bridgeRegion,
                knockShare: Float(key.knockShare), staticShare: Float(key.staticShare),
                burstShare: Float(key.stroke.share), burstShape: stroke,
                residualCompliance: key.residualCompliance, softFelt: key.softFelt, canGlide: key.glide > 0,
                burst: NoiseBurst(stroke), knock: Biquad(key.knockLowPass),
                longitudinal: LongitudinalBank(key, lowPass: tables.board.longitudinalLowPass[0]),
                touch: NoiseBurst(touches), bottom: NoiseBurst(bottoms), damperBurst: NoiseBurst(dampers),
                lift: key.hasDamper ? 0 : 1, appliedLift: 1)
        }
        modes = build.free
        free = build.free
        normal = build.normal
        soft = build.soft
        coupling = build.normal
        sympathetic = build.sympathetic
        damping = build.damping
        angle = build.angle
        stretching = build.stretching
        board = SoundboardBank(tables)
        pedals = PedalState()
        let block = ModeKernel.block
        lanes = Array(repeating: .zero, count: block)
        force = Array(repeating: 0, count: block)
        hammerForce = force
        buses = Array(repeating: 0, count: Self.busKeys.count * ModeKernel.block)
        busPeak = Array(repeating: 0, count: Self.busKeys.count)
        regionForce = Array(repeating: 0, count: block / 4 * InstrumentTables.bridgeRegions)
        keyForce = Array(repeating: 0, count: block / 4 * tables.keys.count)
        drive = Array(repeating: 0, count: block / 4)
        left = force
        right = force
        queue = Array(
            repeating: EngineEvent(frame: 0, action: .release(pitch: Pitch(60))), count: Self.eventCapacity)
    }

    /// The frame that the next call of `render` begins with.
    public var position: Int { blockStart - ModeKernel.block + given }

    /// Events lying before this frame have been played or can no longer be: schedule at or after it.
    public var horizon: Int { blockStart }

    /// Force in N of the hammer that was at work last, over the last block of 64 frames: for measuring contacts.
    package var contactForce: [Float] { hammerForce }

    /// Groups of eight modes that the last block worked out: what a block costs.
    package var soundingGroups: Int { keys.reduce(0) { $0 + $1.active } }

    /// How many more events can be scheduled now.
    public var freeEvents: Int { Self.eventCapacity - queued }

    /// Adds an event; events come in the order of their frames, none before `horizon` (late ones are played at once).
    ///
    /// There must be room: see `freeEvents`.
    public mutating func schedule(_ event: EngineEvent) {
        precondition(queued < Self.eventCapacity, "the event queue is full")
        queue[(head + queued) % Self.eventCapacity] = event
        queued += 1
    }

    /// The next frames, as many as the spans have room for; both have the same length.
    ///
    /// Every event before `horizon` + that length + 64 frames must have been scheduled.
    public mutating func render(left out: inout MutableSpan<Float>, right outRight: inout MutableSpan<Float>) {
        precondition(out.count == outRight.count, "left and right have the same length")
        var done = 0
        let count = out.count
        while done < count {
            if given == ModeKernel.block {
                renderBlock()
                given = 0
            }
            let n = min(count - done, ModeKernel.block - given)
            for i in 0..<n {
                out[done + i] = left[given + i]
                outRight[done + i] = right[given + i]
            }
            done += n
            given += n
        }
    }
}

/// Depths of the three pedals, 0...1.
struct PedalState {
    var sustain: Float = 0
    /// Frame at which it moved last.
    var moved = 0
    var sostenuto: Float = 0
    var unaCorda: Float = 0
}
