import Music

/// The field near a soundboard: the pressure of a dipole rises by 6 dB an octave below c/(2 pi r) (piano-physics 3.7).
///
/// As `(s + c/r) / (s + c/r0)` it is what the distance `r` changes against the standard one, for which the instruments
/// were made: nothing there, 8 dB more of the lowest bass at 0.2 m, 6 dB less at 1 m. It acts on the direct sound; what
/// comes back from the walls has long left the near field.
///
/// The microphones of uprights and felt pianos stand nearer than the scene says, by the share `nearness`, and their tables
/// hold the near field of that share of the standard distance already (`Listening`). So for them both distances are taken
/// by that share here: the tables' pole and zero and these make one dipole, and nothing is counted twice.
struct NearField: Sendable {
    private var b0: Float = 1
    private var b1: Float = 0
    private var a1: Float = 0
    private var isPresent = false

    /// None: that of the standard distance.
    init() {}

    /// That of a distance.
    ///
    /// - Parameters:
    ///   - distance: of the scene, m.
    ///   - nearness: share of it that lies between strings and microphones.
    ///   - sampleRate: in Hz.
    init(distance: Double, nearness: Double, sampleRate: Double) {
        let standard = Double(RoomSettings.standardDistance)
        guard distance != standard else { return }
        isPresent = true
        // c/r against 2 fs, bilinear; far below the edge of the band, where that bends no frequency.
        let here = 343 / (distance * nearness) / (2 * sampleRate)
        let there = 343 / (standard * nearness) / (2 * sampleRate)
        b0 = Float((1 + here) / (1 + there))
        b1 = Float((here - 1) / (1 + there))
        a1 = Float((there - 1) / (1 + there))
    }

    @inline(always)
    func process(_ x: SIMD2<Float>, _ memory: inout SIMD2<Float>) -> SIMD2<Float> {
        guard isPresent else { return x }
        let y = b0 * x + memory
        memory = b1 * x - a1 * y
        return y
    }
}
