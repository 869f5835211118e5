package import Music

/// Whose hands: the seed of one pianist, which of their evenings it is, and how freely they play.
///
/// Every layer draws from a stream of its own, so that a change in one leaves the others alone. Autocorrelated
/// deviations with heavy tails are what tells people from rules (music-fit B.1, B.3). What is drawn by `habit` is the
/// same every evening: it is what tells one pianist from another.
struct Individuality {
    var seed: Seed
    /// 0 for the first evening.
    var take: UInt64
    /// Factor of everything that is drawn: 0 the rules alone, 1 as people vary.
    var freedom: Float

    /// Draws of this evening.
    func stream(_ layer: String) -> RandomStream {
        Seed(seed.value &+ take &* 0x9E37_79B9_7F4A_7C15).stream(.performance, layer)
    }

    /// Draws of this pianist, whatever the evening.
    func habit(_ layer: String) -> RandomStream { seed.stream(.performance, "habit", layer) }

    /// AR(1) noise of unit variance, of which the share `habit` belongs to the pianist and the rest to the evening.
    func noise(_ layer: String, _ count: Int, correlation: Float, habit share: Float) -> [Float] {
        var person = habit(layer)
        var evening = stream(layer)
        let lasting = person.autocorrelated(count, correlation: correlation)
        let passing = evening.autocorrelated(count, correlation: correlation)
        return zip(lasting, passing).map { share.squareRoot() * $0 + (1 - share).squareRoot() * $1 }
    }

    /// Independent noise of unit variance whose tails are those of t with 3 degrees of freedom.
    ///
    /// Most values are small, some large; one half belongs to the pianist, the other to the evening.
    func heavyNoise(_ layer: String, _ count: Int) -> [Float] {
        var person = habit(layer)
        var evening = stream(layer)
        // The variance of t with 3 degrees of freedom is 3.
        let scale = (Float(1) / 6).squareRoot()
        return (0..<count).map { _ in scale * (person.studentT(degrees: 3) + evening.studentT(degrees: 3)) }
    }
}

extension RandomStream {
    /// AR(1) noise of unit variance: each value shares `correlation` with the one before.
    package mutating func autocorrelated(_ count: Int, correlation: Float) -> [Float] {
        let fresh = (1 - correlation * correlation).squareRoot()
        var values: [Float] = []
        values.reserveCapacity(count)
        for _ in 0..<count {
            let draw = normal()
            values.append(values.last.map { correlation * $0 + fresh * draw } ?? draw)
        }
        return values
    }

    /// Student's t with whole degrees of freedom: a normal over the root of a chi-square mean; within +-8.
    package mutating func studentT(degrees: Int) -> Float {
        let top = normal()
        var square: Float = 0
        for _ in 0..<degrees {
            let x = normal()
            square += x * x
        }
        let spread = max(1e-6, square / Float(degrees)).squareRoot()
        return ExpressiveWeights.clamp(top / spread, -8, 8)
    }

    /// 1/f noise of zero mean and unit variance, a sum of AR(1) processes an octave or two apart in time constant.
    package mutating func pink(_ count: Int) -> [Float] {
        guard count > 1 else { return [Float](repeating: 0, count: count) }
        var sum = [Float](repeating: 0, count: count)
        for correlation: Float in [0, 0.6, 0.88, 0.968, 0.992] {
            let part = autocorrelated(count, correlation: correlation)
            for i in sum.indices { sum[i] += part[i] }
        }
        let mean = sum.reduce(0, +) / Float(count)
        let variance = sum.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(count)
        let scale = 1 / max(1e-6, variance).squareRoot()
        return sum.map { ($0 - mean) * scale }
    }
}
