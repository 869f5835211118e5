import Glibc
package import Music

/// The sea as loud as the piano allows: so many decibels below it, down with it at once, and up again slowly.
package struct SeaUnderPiano: Sendable {
    private var sea: Sea
    private let factor: Float
    private let listen: Float
    private let rise: Float
    /// Mean square of the piano over a tenth of a second, and what the sea follows.
    private var power: Float = 0
    private var level: Float = 0
    private var gain: Float = 0
    private var step: Float = 0
    private var frame = 0

    private static let stride = 64

    /// - Parameters:
    ///   - settings: of the sea; nil comes back where it is off.
    ///   - crests: when the piece has its crests, seconds; empty where it has none.
    ///   - seed: of the piece.
    ///   - sampleRate: in Hz.
    package init?(_ settings: SeaSettings, crests: [Double], seed: Seed, sampleRate: Double) {
        guard let design = SeaDesign(settings.state) else { return nil }
        guard let sea = Sea(settings, crests: crests, seed: seed, sampleRate: sampleRate) else { return nil }
        self.sea = sea
        factor = Exact.pow(10, (settings.level ?? design.level) / 20)
        listen = Float(1 - exp(-1 / (0.1 * sampleRate)))
        rise = Float(1 - exp(-Double(Self.stride) / (1.5 * sampleRate)))
    }

    /// The next frame of the sea, under a frame of the piano; allocates nothing.
    @inline(__always)
    package mutating func next(under piano: SIMD2<Float>) -> SIMD2<Float> {
        power += (0.5 * (piano * piano).sum() - power) * listen
        if frame % Self.stride == 0 {
            let now = power.squareRoot()
            level = now < level ? now : level + (now - level) * rise
            step = (level * factor - gain) / Float(Self.stride)
        }
        frame += 1
        gain += step
        return sea.next() * gain
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
