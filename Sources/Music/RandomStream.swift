/// A repeatable stream of random numbers: xoshiro256** (Blackman and Vigna 2018), seeded through splitmix64.
///
/// Decisions use `Float` functions only: glibc's Double functions differ in the last bits between CPUs.
public struct RandomStream: Sendable, RandomNumberGenerator {
    private var state: (UInt64, UInt64, UInt64, UInt64)
    private var spareNormal: Float?

    /// A stream from 64 bits.
    public init(seed: UInt64) {
        var mixer = SplitMix64(state: seed)
        state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    public mutating func next() -> UInt64 {
        let result = Self.rotate(state.1 &* 5, 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = Self.rotate(state.3, 45)
        return result
    }

    /// Uniform in 0..<1, 24 bits.
    public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

    /// Uniform in `low..<high`.
    public mutating func uniform(_ low: Float, _ high: Float) -> Float { low + (high - low) * uniform() }

    /// Normal with mean 0 and standard deviation 1 (polar method of Marsaglia).
    public mutating func normal() -> Float {
        if let spare = spareNormal {
            spareNormal = nil
            return spare
        }
        while true {
            let x = uniform(-1, 1)
            let y = uniform(-1, 1)
            let square = x * x + y * y
            if square > 0, square < 1 {
                let scale = (-2 * Self.logarithm(square) / square).squareRoot()
                spareNormal = y * scale
                return x * scale
            }
        }
    }

    /// True with probability `p`.
    public mutating func chance(_ p: Float) -> Bool { uniform() < p }

    /// Uniform among `0..<count`; `count` must be positive.
    public mutating func index(_ count: Int) -> Int {
        precondition(count > 0, "nothing to choose from")
        return min(count - 1, Int(uniform() * Float(count)))
    }

    /// One of the elements, all alike; the collection must not be empty.
    public mutating func pick<C: RandomAccessCollection>(_ elements: C) -> C.Element where C.Index == Int {
        elements[elements.startIndex + index(elements.count)]
    }

    /// An index drawn in proportion to the weights; negative weights count as zero, all zero draws uniformly.
    public mutating func weighted(_ weights: [Float]) -> Int {
        let total = weights.reduce(0) { $0 + max(0, $1) }
        guard total > 0 else { return index(weights.count) }
        var rest = uniform() * total
        for (i, weight) in weights.enumerated() where weight > 0 {
            rest -= weight
            if rest < 0 { return i }
        }
        return weights.lastIndex { $0 > 0 } ?? weights.count - 1
    }

    private static func rotate(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }
}

/// splitmix64 (Steele, Lea, Flood 2014): expands one seed to many well mixed numbers.
public struct SplitMix64: Sendable {
    private var state: UInt64

    public init(state: UInt64) { self.state = state }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
