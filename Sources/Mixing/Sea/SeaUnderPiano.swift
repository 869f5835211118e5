import Glibc
package import Music

/// The sea under the piano.
///
/// Where nobody says how loud, it is as loud as the piano allows: so many decibels below it, down with it at once, and up
/// again slowly. A level that is asked for is held over the piece: the mean square of the sea is so many decibels below the
/// piano's, and the waves come and go about that as they like.
package struct SeaUnderPiano: Sendable {
    private var sea: Sea
    private var follower: Follower
    private var gain: Float = 0
    private var step: Float = 0
    private var frame = 0
    /// Sums of squares since the last look.
    private var heard = SIMD2<Float>.zero

    private static let stride = 64

    /// - Parameters:
    ///   - settings: of the sea; nil comes back where it is off.
    ///   - crests: when the piece has its crests, seconds; empty where it has none.
    ///   - heights: of the waves on these crests, about 0.8 in the mean.
    ///   - seed: of the piece.
    ///   - sampleRate: in Hz.
    package init?(
        _ settings: SeaSettings, crests: [Double], heights: [Float] = [], seed: Seed, sampleRate: Double
    ) {
        guard let design = SeaDesign(settings.state) else { return nil }
        guard let sea = Sea(settings, crests: crests, heights: heights, seed: seed, sampleRate: sampleRate) else {
            return nil
        }
        self.sea = sea
        let stretch = Double(Self.stride) / sampleRate
        follower =
            settings.level.map { .mean(MeanFollower($0, design, period: settings.period, stretch: stretch)) }
            ?? .margin(MarginFollower(design.level, stretch: stretch))
    }

    private enum Follower: Sendable {
        case margin(MarginFollower)
        case mean(MeanFollower)
    }

    /// Becomes what `other` is, made from the same settings and crests; allocates nothing and counts no reference.
    package mutating func copy(_ other: borrowing SeaUnderPiano) {
        sea.copy(other.sea)
        follower = other.follower
        gain = other.gain
        step = other.step
        frame = other.frame
        heard = other.heard
    }

    /// The next frame of the sea, under a frame of the piano; allocates nothing.
    @inline(__always)
    package mutating func next(under piano: SIMD2<Float>) -> SIMD2<Float> {
        if frame % Self.stride == 0 { look() }
        frame += 1
        gain += step
        let water = sea.next()
        heard += SIMD2((piano * piano).sum(), (water * water).sum())
        return water * gain
    }

    private mutating func look() {
        let power = heard * (0.5 / Float(Self.stride))
        heard = .zero
        let wanted: Float
        switch follower {
        case .margin(var margin):
            wanted = margin.gain(piano: power.x, sea: power.y)
            follower = .margin(margin)
        case .mean(var mean):
            wanted = mean.gain(piano: power.x, sea: power.y)
            follower = .mean(mean)
        }
        step = (wanted - gain) / Float(Self.stride)
    }

    /// The sea by itself under a block of the piano.
    package mutating func render(
        under left: Span<Float>, _ right: Span<Float>, to seaLeft: inout MutableSpan<Float>,
        _ seaRight: inout MutableSpan<Float>
    ) {
        for i in left.indices {
            let frame = next(under: SIMD2(left[i], right[i]))
            seaLeft[i] = frame.x
            seaRight[i] = frame.y
        }
    }

    /// Adds the sea to a block of the piano, in place.
    package mutating func add(to left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>) {
        for i in left.indices {
            let frame = next(under: SIMD2(left[i], right[i]))
            left[i] += frame.x
            right[i] += frame.y
        }
    }
}

/// Keeps a sea below the piano in every second.
struct MarginFollower: Sendable {
    private let factor: Float
    private let listen: Float
    private let rise: Float
    /// Mean square of the piano over a twentieth of a second, and what the sea follows.
    private var power: Float = 0
    private var level: Float = 0
    /// Mean square of the sea, up at once and down over half a second.
    private var water: Float = 0
    private let ebb: Float

    /// Power of the sea re the piano that no second exceeds: 17.5 dB less, for waves that rise while they are looked at.
    private static let bound: Float = 0.0178

    /// - Parameters:
    ///   - level: dB of the sea's loudest seconds below the piano.
    ///   - stretch: seconds from look to look.
    init(_ level: Float, stretch: Double) {
        factor = Exact.pow(10, level / 20)
        listen = Float(1 - exp(-stretch / 0.05))
        rise = Float(1 - exp(-stretch / 1.5))
        ebb = Float(1 - exp(-stretch / 0.5))
    }

    /// The sea's gain after a stretch in which both had these mean squares.
    mutating func gain(piano: Float, sea: Float) -> Float {
        water += (sea - water) * (sea > water ? listen : ebb)
        power += (piano - power) * listen
        let now = power.squareRoot()
        level = now < level ? now : level + (now - level) * rise
        return level * min(factor, (Self.bound / max(1e-9, water)).squareRoot())
    }
}

/// Keeps the mean of a sea at a level re the mean of the piano; both means forget what is half a minute ago.
struct MeanFollower: Sendable {
    private let factor: Float
    private let keep: Float
    /// Sums of mean squares over the stretches so far, and how many these are; the piano is taken to have been silent for a
    /// second before, the sea to have sounded for some waves.
    private var piano: (sum: Float, count: Float)
    private var sea: (sum: Float, count: Float)

    init(_ level: Float, _ design: SeaDesign, period: Double, stretch: Double) {
        // Waves come before the mean knows of them: unmended, the sea would be a decibel too loud.
        factor = Exact.pow(10, (level - 1) / 20)
        keep = Float(exp(-stretch / 30))
        piano = (0, Float(1 / stretch))
        let before = Float(3 * period / stretch)
        sea = (design.power(period: period) * before, before)
    }

    /// The sea's gain after a stretch in which both had these mean squares.
    mutating func gain(piano heard: Float, sea water: Float) -> Float {
        piano = (piano.sum * keep + heard, piano.count * keep + 1)
        sea = (sea.sum * keep + water, sea.count * keep + 1)
        return factor * (piano.sum / piano.count * sea.count / max(1e-9, sea.sum)).squareRoot()
    }
}
