/// The frozen random draws of one instrument: what makes this piano this piano.
///
/// Seed 7 draws the numbers that the constants were fitted with (piano-fit, "Seed 7 was kept").
package struct BoardDraws {
    package let frequency: [Double]
    package let lossFactor: [Double]
    package let sign: [Double]
    package let common: [Double]
    package let side: [Double]

    /// Measured low modes, then Rayleigh spacing (piano-fit 2.6).
    package init(seed: UInt32) {
        var random = MersenneTwister(seed: 1000 &+ seed)
        var hz: [Double] = [52, 63, 91, 106, 141, 152, 165, 179, 184, 188]
        while let last = hz.last, last < 1700 {
            hz.append(last + max(2, (-4 * logOf(1 - random.uniform()) / .pi).squareRoot() / 0.055))
        }
        let count = hz.count
        frequency = hz
        lossFactor = random.normals(count)
        let rest = random.normals(4 * count)
        sign = (0..<count).map { rest[4 * $0] < 0 ? -1 : 1 }
        common = (0..<count).map { rest[4 * $0 + 1] }
        side = (0..<count).map { rest[4 * $0 + 2] }
    }
}

/// Draws of the high bank.
package struct HighBankDraws {
    package let jitter: [Double]
    package let sign: [Double]
    package let phase: [Double]
    package let rate: [Double]
    package let side: [Double]

    package init(seed: UInt32, count: Int) {
        var random = MersenneTwister(seed: 77 &+ seed)
        jitter = random.uniforms(count)
        sign = random.normals(count).map { $0 < 0 ? -1 : 1 }
        phase = random.uniforms(count)
        rate = random.uniforms(count)
        side = random.normals(count)
    }
}

/// Where the streams of one key's strings start.
private enum StringSeed {
    /// A thousand times the seed, plus the key, as the constants were fitted with.
    ///
    /// A thousand is eight times an odd number: the three highest bits of a seed fall out of the product, and are mixed
    /// in by themselves.
    static func of(_ seed: UInt32, _ key: Int) -> UInt32 {
        (1000 &* seed &+ UInt32(key)) ^ ((seed >> 29) &* 0x9E37_79B9)
    }
}

/// How far a key has drifted since the piano was tuned and voiced: standard normal draws of a stream of their own.
package struct DriftDraws {
    package let tuning: Double
    package let voicing: Double

    package init(seed: UInt32, key: Int) {
        var random = MersenneTwister(seed: 0x5EED_0000 ^ StringSeed.of(seed, key))
        tuning = random.normal()
        voicing = random.normal()
    }

    /// Keys that have not drifted.
    package static let none = DriftDraws()

    private init() {
        tuning = 0
        voicing = 0
    }
}

/// The grain of one key's strings: standard normal draws of a stream of their own, partial by partial.
package struct GrainDraws {
    package let pitch: [Double]
    package let loss: [Double]
    package let conductance: [Double]

    package init(seed: UInt32, key: Int, partials: Int) {
        var random = MersenneTwister(seed: 0x6EA1_0000 ^ StringSeed.of(seed, key))
        pitch = random.normals(partials)
        loss = random.normals(partials)
        conductance = random.normals(partials)
    }

    /// A string without grain.
    package init(none partials: Int) {
        pitch = [Double](repeating: 0, count: partials)
        loss = pitch
        conductance = pitch
    }
}

/// Draws of one key.
package struct KeyDraws {
    package let admittance: [Double]
    package let spread: Double
    package let centre: Double
    /// One row per partial, one column per string.
    package let jitter: [[Double]]
    package let strike: [Double]
    package let horizontalProduct: [Double]
    package let horizontalBridge: [Double]
    package let horizontalOffset: [Double]
    package let horizontalSign: [Double]

    package init(seed: UInt32, key: Int, partials: Int, strings: Int) {
        var random = MersenneTwister(seed: StringSeed.of(seed, key))
        let h = min(20, partials)
        admittance = random.normals(partials)
        spread = random.uniform(0.6, 1.4)
        centre = random.uniform(-0.15, 0.15)
        jitter = (0..<partials).map { _ in random.normals(strings) }
        strike = random.normals(strings)
        horizontalProduct = random.normals(h)
        horizontalBridge = random.normals(h)
        horizontalOffset = random.normals(h)
        horizontalSign = random.normals(h).map { $0 < 0 ? -1 : 1 }
    }

    /// A key without any deviations.
    package init(evenPartials partials: Int, strings: Int) {
        let (all, few) = ([Double](repeating: 0, count: partials), [Double](repeating: 0, count: min(20, partials)))
        admittance = all
        spread = 1
        centre = 0
        jitter = all.map { _ in [Double](repeating: 0, count: strings) }
        strike = [Double](repeating: 0, count: strings)
        horizontalProduct = few
        horizontalBridge = few
        horizontalOffset = few
        horizontalSign = few.map { _ in 1 }
    }
}
