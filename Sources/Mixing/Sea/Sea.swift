import Glibc
package import Music

/// Synthetic surf and wind, without a recording and without a loop: bands of noise whose levels follow waves that
/// build, break, wash and retreat, each its own.
///
/// Samples depend on the settings, the seed and the frame alone, not on the size of the blocks. `next` allocates nothing.
package struct Sea: Sendable {
    private let design: SeaDesign
    private let secondsPerFrame: Double
    /// White noise of a higher rate has less of its power where these bands are.
    private let scale: Float
    private var train: WaveTrain
    private var upcoming: (crest: Double, period: Double, height: Float?)
    private var waves: InlineArray<8, Wave?> = InlineArray(repeating: nil)
    private var shapes: RandomStream
    private var noise: RandomStream
    private var gusts: RandomStream
    private var frame = 0
    /// Amplitudes of the bands, and their change from frame to frame.
    private var bands = SIMD8<Float>.zero
    private var step = SIMD8<Float>.zero
    private var wind = SIMD2<Float>.zero
    private var filters: NoiseBands

    /// Frames between two looks at the waves.
    private static let stride = 64

    /// - Parameters:
    ///   - settings: of the sea; nil comes back where it is off.
    ///   - crests: when the piece has its crests, seconds, rising; empty where it has none.
    ///   - heights: of these waves, about 0.8 in the mean; those that are missing are drawn.
    ///   - seed: of the piece.
    ///   - sampleRate: in Hz.
    package init?(_ settings: SeaSettings, crests: [Double] = [], heights: [Float] = [], seed: Seed, sampleRate: Double)
    {
        guard let design = SeaDesign(settings.state) else { return nil }
        self.design = design
        train = WaveTrain(beats: crests, heights: heights, period: settings.period, random: seed.stream(.sea, "crests"))
        upcoming = train.following()
        shapes = seed.stream(.sea, "waves")
        noise = seed.stream(.sea, "noise")
        gusts = seed.stream(.sea, "wind")
        secondsPerFrame = 1 / sampleRate
        scale = design.scale * Float((sampleRate / 48_000).squareRoot())
        filters = NoiseBands(distance: design.distance, sampleRate: sampleRate)
    }

    /// Becomes what `other` is, made from the same settings and crests.
    mutating func copy(_ other: borrowing Sea) {
        train.copy(other.train)
        upcoming = other.upcoming
        waves = other.waves
        shapes = other.shapes
        noise = other.noise
        gusts = other.gusts
        frame = other.frame
        bands = other.bands
        step = other.step
        wind = other.wind
        filters = other.filters
    }

    /// The next frame, left and right; of a hundred seconds, one may have a level above one.
    @inline(__always)
    package mutating func next() -> SIMD2<Float> {
        if frame % Self.stride == 0 { look() }
        frame += 1
        bands += step
        let bits = noise.next()
        let white = SIMD2(
            Float(Int32(truncatingIfNeeded: bits)) * 0x1p-31, Float(Int32(truncatingIfNeeded: bits >> 32)) * 0x1p-31)
        return filters.mix(white, bands) * scale
    }

    /// Where the bands are to be at the end of the coming stretch.
    private mutating func look() {
        let time = Double(frame + Self.stride) * secondsPerFrame
        while upcoming.crest - 0.6 * upcoming.period <= time {
            let wave = Wave(crest: upcoming.crest, period: upcoming.period, height: upcoming.height, &shapes)
            for i in 0..<8 where waves[i] == nil {
                waves[i] = wave
                break
            }
            upcoming = train.following()
        }
        // Gusts come and go in some seconds, each side for itself.
        let draw = SIMD2(gusts.normal(), gusts.normal())
        let hold = Float(0.4 * Double(Self.stride) * secondsPerFrame)
        wind += draw * hold.squareRoot() * 0.6 - wind * hold
        let gust = (1 + wind).clamped(lowerBound: SIMD2(repeating: 0.15), upperBound: SIMD2(repeating: 2.5))
        let air = gust * design.wind
        let shore = design.distant
        var target = SIMD8<Float>(
            shore + air.x, shore + air.y, 0.8 * shore + 0.5 * air.x, 0.8 * shore + 0.5 * air.y, 0.12 * shore,
            0.12 * shore, 0, 0)
        for i in 0..<8 {
            guard let wave = waves[i] else { continue }
            if time > wave.crest + wave.after { waves[i] = nil } else { target += wave.bands(at: time, design) }
        }
        // Foam crackles.
        let (a, b) = (gusts.uniform(), gusts.uniform())
        target[6] *= 2.2 * a * a
        target[7] *= 2.2 * b * b
        step = (target - bands) / Float(Self.stride)
    }
}

/// White noise of two sides through the four bands that a sea is made of.
struct NoiseBands: Sendable {
    private let rumbleLow: Float
    private let bodyHigh: Float
    private let bodyLow: Float
    private let hissHigh: Float
    private let fizzHigh: Float
    private let air: Float
    private var rumble1 = SIMD2<Float>.zero
    private var rumble2 = SIMD2<Float>.zero
    private var body1 = SIMD2<Float>.zero
    private var body2 = SIMD2<Float>.zero
    private var hiss = SIMD2<Float>.zero
    private var fizz = SIMD2<Float>.zero
    private var far = SIMD2<Float>.zero
    private var still = SIMD2<Float>.zero
    private let block: Float

    /// The air takes what lies above 10 kHz * sqrt(3 / (0.11 r)) (piano-physics 3.7).
    init(distance: Double, sampleRate: Double) {
        func pole(_ hz: Double) -> Float { Float(1 - exp(-2 * Double.pi * min(hz, 0.45 * sampleRate) / sampleRate)) }
        rumbleLow = pole(160)
        bodyHigh = pole(300)
        bodyLow = pole(1300)
        hissHigh = pole(1600)
        fizzHigh = pole(4200)
        air = pole(10_000 * (3 / (0.11 * distance)).squareRoot())
        block = pole(25)
    }

    @inline(__always)
    mutating func mix(_ white: SIMD2<Float>, _ bands: SIMD8<Float>) -> SIMD2<Float> {
        rumble1 += (white - rumble1) * rumbleLow
        rumble2 += (rumble1 - rumble2) * rumbleLow
        body1 += (white - body1) * bodyHigh
        body2 += (white - body1 - body2) * bodyLow
        hiss += (white - hiss) * hissHigh
        fizz += (white - fizz) * fizzHigh
        let sum =
            rumble2 * SIMD2(bands[0], bands[1]) * 9 + body2 * SIMD2(bands[2], bands[3]) * 2.2
            + (white - hiss) * SIMD2(bands[4], bands[5]) + (white - fizz) * SIMD2(bands[6], bands[7])
        far += (sum - far) * air
        // Nothing below hearing.
        still += (far - still) * block
        return far - still
    }
}
