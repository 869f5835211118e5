import Glibc
package import Music

/// The sea under the piano.
///
/// Where nobody says how loud, it is as loud as the piano allows: its waves come and go by themselves, so many decibels
/// below the piano's quiet seconds, and the gain moves over several waves. A level that is asked for is held over the piece: the mean square of the sea is so many decibels below the
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
}

/// Keeps a sea below the piano in every second of playing, and lets its waves come and go as they like.
///
/// The level of the sea follows the quiet seconds among those in which the piano played of late: it takes several waves to
/// move. Only where a wave would still come too near does the gain give way at once, and comes back as soon as it may. A
/// second of playing is one in which the piano sounds within 20 dB of its loudest second of late: what lies below are rests
/// and what rings out, in which the sea is left to be heard.
struct MarginFollower: Sendable {
    /// dB of the sea's loudest seconds below the piano's quiet ones.
    private let level: Float
    /// Looks in a twentieth of a second.
    private let looks: Int
    private let slow: Float
    private let enter: Float
    private let listen: Float
    private let ebb: Float
    private let release: Float

    /// Mean squares of the piano in the last second, in twentieths; the sum of the newest of them until it is whole.
    private var second = InlineArray<20, Float>(repeating: 0)
    private var newest: Float = 0
    private var looked = 0
    private var place = 0
    /// The sums of the 19 twentieths before, and of the last three of them.
    private var recent: (second: Float, moment: Float) = (0, 0)
    /// Mean squares of the last seconds in which there was something to hear.
    private var seconds = InlineArray<32, Float>(repeating: 0)
    private var heard = 0
    /// The loudest of these, a mean square; what the quiet ones of playing have, dB.
    private var loudest: Float = 0
    private var quiet: Float = 0
    /// Where the level of the quiet ones is on its way, dB, by two steps; the amplitude that it comes to.
    private var following: (first: Float, last: Float) = (0, 0)
    private var amplitude: Float = 0
    /// How far the sea has come in, and how far it gives way, 0...1.
    private var entered: Float = 0
    private var yielding: Float = 1
    /// Mean square of the sea, up at once and down over half a second.
    private var water: Float = 0

    /// Power of the sea re the piano's that no second of playing exceeds: 17 dB less, for waves that rise while they are
    /// looked at, and for seconds that begin before a stroke.
    private static let bound: Float = 0.02
    /// Power of a second of playing re the loudest: 20 dB less.
    private static let playing: Float = 0.01
    /// The place of the quiet among the seconds of playing.
    private static let quantile: Float = 0.25
    /// The mean square below which there is nothing to hear: -85 dB.
    private static let silence: Float = 3e-9

    /// - Parameters:
    ///   - level: dB of the sea's loudest seconds below the piano's quiet ones.
    ///   - stretch: seconds from look to look.
    init(_ level: Float, stretch: Double) {
        self.level = level
        looks = max(1, Int((0.05 / stretch).rounded()))
        slow = Float(1 - exp(-0.05 / 4))
        enter = Float(1 - exp(-stretch / 1.5))
        listen = Float(1 - exp(-stretch / 0.05))
        ebb = Float(1 - exp(-stretch / 0.5))
        release = Float(1 - exp(-stretch / 0.2))
    }

    /// The sea's gain after a stretch in which both had these mean squares.
    mutating func gain(piano: Float, sea: Float) -> Float {
        water += (sea - water) * (sea > water ? listen : ebb)
        newest += piano
        looked += 1
        let part = Float(looked) / Float(looks)
        let now = newest / Float(looks)
        if looked == looks { keep(now) }
        guard heard > 0 else { return 0 }
        entered += (1 - entered) * enter
        // What the piano has in the second and in the fifth of a second that end here.
        let hearing = min((recent.second + now) / (19 + part), (recent.moment + now) / (3 + part))
        let allowed = Self.bound * max(hearing, loudest * Self.playing) / max(1e-9, water)
        let wanted = min(1, allowed.squareRoot() / amplitude)
        yielding = wanted < yielding ? wanted : yielding + (wanted - yielding) * release
        return amplitude * entered * yielding
    }

    /// A twentieth of a second is whole.
    private mutating func keep(_ power: Float) {
        second[place] = power
        place = (place + 1) % 20
        (newest, looked) = (0, 0)
        if place == 0 { keepSecond() }
        // Added up anew, so that nothing gathers.
        recent = (0, 0)
        for age in 0..<19 {
            let power = second[(place + 19 - age) % 20]
            recent.second += power
            if age < 3 { recent.moment += power }
        }
        following.first += (quiet - following.first) * slow
        following.last += (following.first - following.last) * slow
        amplitude = Exact.pow(10, (following.last + level) / 20)
    }

    /// A second is whole: what the quiet ones of playing have.
    private mutating func keepSecond() {
        var sum: Float = 0
        for i in 0..<20 { sum += second[i] }
        guard sum / 20 > Self.silence else { return }
        seconds[heard % 32] = sum / 20
        heard += 1
        loudest = 0
        for i in 0..<min(32, heard) { loudest = max(loudest, seconds[i]) }
        // Those of playing, sorted as they come.
        var sorted = InlineArray<32, Float>(repeating: 0)
        var count = 0
        for i in 0..<min(32, heard) where seconds[i] > loudest * Self.playing {
            var at = count
            while at > 0, sorted[at - 1] > seconds[i] {
                sorted[at] = sorted[at - 1]
                at -= 1
            }
            sorted[at] = seconds[i]
            count += 1
        }
        quiet = 4.342_945 * Exact.log(sorted[Int(Self.quantile * Float(count))])
        if heard == 1 { following = (quiet, quiet) }
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
