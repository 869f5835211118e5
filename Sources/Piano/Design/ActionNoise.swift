/// Noises of the action, as forces on the bridge (piano-physics 2.12).
///
/// The levels are the least documented figures of a piano: they are set to those that the fact sheet gives relative to a
/// note at mezzo-forte, as they sound (`AblationTests`). A level is the root of a burst's energy, N, the sum of squares
/// of frames at 48 kHz; 0 where the mechanism is off.
public struct ActionNoise: Hashable, Sendable {
    /// The finger meets the key, for each m/s of the hammer.
    public var touch: Double
    /// The key meets its bed with the hammer at 1 m/s; grows with the fourth root of the speed.
    public var keyBottom: Double
    /// A damper lands on a string at rest.
    public var damper: Double
    /// More of it for each newton of bridge force of the string that it stops.
    public var damperForce: Double
    /// The rail of the dampers, up, with a pedal that takes the whole way within a tenth of a second.
    public var pedalDown: Double
    /// The rail of the dampers, landing.
    public var pedalUp: Double

    /// The noises of an action.
    ///
    /// - Parameters:
    ///   - factor: on all of them.
    ///   - bed: noise of the key meeting its bed with the hammer at 1 m/s, N.
    ///   - mechanisms: those that are there.
    init(factor: Double, keyBottom bed: Double, mechanisms: Mechanisms) {
        func level(_ value: Double, _ mechanism: Mechanisms) -> Double {
            mechanisms.contains(mechanism) ? factor * value : 0
        }
        touch = level(0.4, .touch)
        keyBottom = level(bed, .keyBottom)
        damper = level(1, .damperNoise)
        damperForce = level(0.6, .damperNoise)
        pedalDown = level(5.8, .pedalNoise)
        pedalUp = level(10.7, .pedalNoise)
    }

    /// Seconds from the meeting of hammer and string to that of key and bed: 12 ms later for a soft blow, earlier for a
    /// hard one (Askenfelt and Jansson: piano-physics 2.12).
    ///
    /// - Parameter speed: of the hammer, m/s.
    /// - Returns: -5...14 ms, in seconds.
    public static func bottomLag(speed: Float) -> Float { 1e-3 * min(14, max(-5, 12 - 3.75 * (speed - 1))) }
}
