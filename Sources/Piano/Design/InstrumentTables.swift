public import Music

/// A complex number in Double, for design only.
public struct ComplexDouble: Hashable, Sendable {
    public var re: Double
    public var im: Double

    public init(_ re: Double, _ im: Double = 0) {
        self.re = re
        self.im = im
    }
}

/// One decaying mode of a key's strings (piano-physics 3.1, 3.2).
///
/// `d zeta/dt = pole zeta + drive F`; displacement under the hammer is the sum of `Im(feedback zeta)`, force on the
/// bridge the sum of `Im(read zeta)`. `read` includes level compression and key gain.
public struct StringMode: Hashable, Sendable {
    /// Partial number from 1.
    public var partial: Int
    /// True for the second polarization.
    public var isHorizontal: Bool
    /// 1/s; the imaginary part is 2 pi times the frequency.
    public var pole: ComplexDouble
    public var drive: ComplexDouble
    /// m/(N s).
    public var feedback: ComplexDouble
    /// 1/s.
    public var read: ComplexDouble
    /// Drive of this mode with the una corda pedal fully down (one string is not struck).
    public var unaCordaDrive: ComplexDouble
    /// Feedback with the una corda pedal fully down.
    public var unaCordaFeedback: ComplexDouble
    /// Drive by the bridge force of other keys, per newton: `w_n (sum_j v_mj) Y_k(f) / (i omega)` (3.4); zero where the
    /// mode does not take part (partials above 16, above 2.5 kHz with a damper, second polarization).
    public var sympatheticDrive: ComplexDouble
    /// Extra decay with the damper seated, 1/s, before the grip law of 3.8.
    public var damping: Double

    public init(
        partial: Int, isHorizontal: Bool, pole: ComplexDouble, drive: ComplexDouble, feedback: ComplexDouble,
        read: ComplexDouble, unaCordaDrive: ComplexDouble, unaCordaFeedback: ComplexDouble,
        sympatheticDrive: ComplexDouble, damping: Double
    ) {
        self.partial = partial
        self.isHorizontal = isHorizontal
        self.pole = pole
        self.drive = drive
        self.feedback = feedback
        self.read = read
        self.unaCordaDrive = unaCordaDrive
        self.unaCordaFeedback = unaCordaFeedback
        self.sympatheticDrive = sympatheticDrive
        self.damping = damping
    }
}

/// Felt law F = Q0 (u^p + a d(u^p)/dt), the compression u in millimetres (2.7, piano-fit 2.2).
public struct HammerTables: BitwiseCopyable, Hashable, Sendable {
    /// kg.
    public var mass: Double
    /// Q0, N/mm^p.
    public var stiffness: Double
    /// p.
    public var exponent: Double
    /// a, s.
    public var rate: Double

    public init(mass: Double, stiffness: Double, exponent: Double, rate: Double) {
        self.mass = mass
        self.stiffness = stiffness
        self.exponent = exponent
        self.rate = rate
    }
}

/// A driven resonator of a string's longitudinal motion: `state = pole state + x`, output `gain Im(state)`.
public struct LongitudinalMode: Hashable, Sendable {
    /// Per sample.
    public var rotation: ComplexDouble
    public var gain: Double

    public init(rotation: ComplexDouble, gain: Double) {
        self.rotation = rotation
        self.gain = gain
    }
}

/// The noise of a key's blow: a band of noise that rises within a millisecond and dies.
public struct StrokeNoise: Hashable, Sendable {
    /// Factor on the piano's level of it.
    public var share: Double
    public var bandPass: SecondOrderSection
    /// Time constant of its decay, s.
    public var decay: Double

    public init(share: Double, bandPass: SecondOrderSection, decay: Double) {
        self.share = share
        self.bandPass = bandPass
        self.decay = decay
    }
}

/// All that belongs to one key.
public struct KeyTables: Sendable {
    public var pitch: Pitch
    public var strings: Int
    public var hammer: HammerTables
    /// Factor on the stiffness of the felt where the hammer meets the strings with the una corda pedal fully down.
    public var softFelt: Double
    /// m/N: string under the hammer that gives way beyond the partials kept.
    public var residualCompliance: Double
    /// 2/(mu L), 1/kg: displacement of a mode of angular frequency w is this over w times `Im z`.
    public var motion: Double
    /// Relative rise of the frequency for each m^2 of the sum of n^2 |q_n|^2 over all strings (3.5); 0 for none.
    public var glide: Double
    /// Share of the hammer's force that partials beyond those kept hand on to the bridge at once.
    public var staticShare: Double
    /// Unison modes first, partial by partial, then the second polarization.
    public var modes: [StringMode]
    /// Share of the longitudinal force that reaches the bridge; 0 above the break.
    public var longitudinalShare: Double
    /// N/N^2: `EA / (2 T^2 N)`, so that the drive is this times the square of the low-passed bridge force.
    public var longitudinalDrive: Double
    public var longitudinalModes: [LongitudinalMode]
    public var stroke: StrokeNoise
    /// Factor on the low-passed hammer force.
    public var knockShare: Double
    /// What the hammer's force passes on its way to the knock.
    public var knockLowPass: SecondOrderSection
    /// False for the undamped top keys.
    public var hasDamper: Bool
    /// Which region of the bridge the key's strings press on, 0..<`InstrumentTables.bridgeRegions`.
    public var bridgeRegion: Int
    /// Per low board mode and channel: force at this key's bridge point to what radiates, per frame (the continuous
    /// gain divided by the sample rate).
    public var lowLeft: [Float]
    public var lowRight: [Float]
    /// Per high-bank mode and channel.
    public var highLeft: [Float]
    public var highRight: [Float]

    public init(
        pitch: Pitch, strings: Int, hammer: HammerTables, softFelt: Double, residualCompliance: Double, motion: Double,
        glide: Double, staticShare: Double, modes: [StringMode],
        longitudinalShare: Double, longitudinalDrive: Double, longitudinalModes: [LongitudinalMode],
        knockShare: Double, knockLowPass: SecondOrderSection, stroke: StrokeNoise, hasDamper: Bool, bridgeRegion: Int,
        lowLeft: [Float], lowRight: [Float],
        highLeft: [Float], highRight: [Float]
    ) {
        self.pitch = pitch
        self.strings = strings
        self.hammer = hammer
        self.softFelt = softFelt
        self.residualCompliance = residualCompliance
        self.motion = motion
        self.glide = glide
        self.staticShare = staticShare
        self.modes = modes
        self.longitudinalShare = longitudinalShare
        self.longitudinalDrive = longitudinalDrive
        self.longitudinalModes = longitudinalModes
        self.knockShare = knockShare
        self.knockLowPass = knockLowPass
        self.stroke = stroke
        self.hasDamper = hasDamper
        self.bridgeRegion = bridgeRegion
        self.lowLeft = lowLeft
        self.lowRight = lowRight
        self.highLeft = highLeft
        self.highRight = highRight
    }
}

/// Second-order section `b0 b1 b2 / 1 a1 a2`.
public struct SecondOrderSection: Hashable, Sendable {
    public var b0: Double
    public var b1: Double
    public var b2: Double
    public var a1: Double
    public var a2: Double

    public init(b0: Double, b1: Double, b2: Double, a1: Double, a2: Double) {
        self.b0 = b0
        self.b1 = b1
        self.b2 = b2
        self.a1 = a1
        self.a2 = a2
    }
}

/// The soundboard that all keys share: what it radiates from the force at a bridge point (3.6, piano-fit 2.6).
///
/// A mode of pole p = -a + i w answers an impulse with `gain cos(w t) exp(-a t)`, gain being the key's entry:
/// `y[n] = Re(z[n])`, `z[n] = exp(p dt) z[n-1] + gain x[n]`.
public struct BoardTables: Sendable {
    /// Poles of the low modes, 1/s, the same for both channels.
    public var lowPoles: [ComplexDouble]
    public var highLeftPoles: [ComplexDouble]
    public var highRightPoles: [ComplexDouble]
    /// The direct branch: gain, then sections (low-pass, six allpasses, high-pass).
    public var directGain: Double
    public var directLeft: [SecondOrderSection]
    public var directRight: [SecondOrderSection]
    /// Everything passes this at the end.
    public var highPass: [SecondOrderSection]
    public var longitudinalLowPass: [SecondOrderSection]
    /// Lid and microphones, after all else.
    public var listening = Listening()

    public init(
        lowPoles: [ComplexDouble], highLeftPoles: [ComplexDouble], highRightPoles: [ComplexDouble], directGain: Double,
        directLeft: [SecondOrderSection], directRight: [SecondOrderSection], highPass: [SecondOrderSection],
        longitudinalLowPass: [SecondOrderSection]
    ) {
        self.lowPoles = lowPoles
        self.highLeftPoles = highLeftPoles
        self.highRightPoles = highRightPoles
        self.directGain = directGain
        self.directLeft = directLeft
        self.directRight = directRight
        self.highPass = highPass
        self.longitudinalLowPass = longitudinalLowPass
    }
}

/// An instrument as immutable tables, built once per settings and sample rate.
public struct InstrumentTables: Sendable {
    public static let bridgeRegions = 12

    public var settings: InstrumentSettings
    public var sampleRate: Double
    /// 88 keys from MIDI 21.
    public var keys: [KeyTables]
    public var board: BoardTables
    /// Attack noise: root of its energy at 1 m/s (N; sum of squares of frames at 48 kHz), and the exponent of the
    /// hammer speed (2.7, piano-fit 2.7).
    public var burstLevel: Double
    public var burstExponent: Double
    /// Noises of the action.
    public var action: ActionNoise
    /// What the left pedal does: at 0 the hammers shift, miss one string and meet the others with softer felt, as on
    /// grands; at 1 they rest nearer and fall 45 % less far, as on uprights (piano-physics 2.15); between, some of both.
    public var halfBlow: UnitInterval
    /// What is there; those that the tables do not show by themselves are asked for by the engine.
    public var mechanisms: Mechanisms
    /// Factor on the engine's output such that velocity 127 on C4 alone peaks at -12 dBFS.
    public var outputGain: Double

    public init(
        settings: InstrumentSettings, sampleRate: Double, keys: [KeyTables], board: BoardTables, burstLevel: Double,
        burstExponent: Double, action: ActionNoise, halfBlow: UnitInterval, mechanisms: Mechanisms,
        outputGain: Double
    ) {
        self.settings = settings
        self.sampleRate = sampleRate
        self.keys = keys
        self.board = board
        self.burstLevel = burstLevel
        self.burstExponent = burstExponent
        self.action = action
        self.halfBlow = halfBlow
        self.mechanisms = mechanisms
        self.outputGain = outputGain
    }
}
