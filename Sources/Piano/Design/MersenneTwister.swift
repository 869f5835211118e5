/// MT19937 (Matsumoto and Nishimura 1998) with the uniform and normal draws that the reference instrument was made
/// with, so that seed 7 gives the fitted piano number by number.
package struct MersenneTwister {
    private var state = [UInt32](repeating: 0, count: 624)
    private var index = 624
    private var spare: Double?

    package init(seed: UInt32) {
        state[0] = seed
        for i in 1..<624 {
            state[i] = 1_812_433_253 &* (state[i - 1] ^ (state[i - 1] >> 30)) &+ UInt32(i)
        }
    }

    private mutating func next() -> UInt32 {
        if index == 624 {
            for i in 0..<624 {
                let y = (state[i] & 0x8000_0000) | (state[(i + 1) % 624] & 0x7FFF_FFFF)
                state[i] = state[(i + 397) % 624] ^ (y >> 1) ^ (y & 1 == 0 ? 0 : 0x9908_B0DF)
            }
            index = 0
        }
        var y = state[index]
        index += 1
        y ^= y >> 11
        y ^= (y << 7) & 0x9D2C_5680
        y ^= (y << 15) & 0xEFC6_0000
        return y ^ (y >> 18)
    }

    /// Uniform in 0..<1 with 53 bits.
    package mutating func uniform() -> Double {
        let a = next() >> 5
        let b = next() >> 6
        return (Double(a) * 67_108_864 + Double(b)) / 9_007_199_254_740_992
    }

    package mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

    /// Standard normal, Marsaglia's polar method; of each pair the second is given first.
    package mutating func normal() -> Double {
        if let value = spare {
            spare = nil
            return value
        }
        while true {
            let x = 2 * uniform() - 1
            let y = 2 * uniform() - 1
            let square = x * x + y * y
            if square < 1, square != 0 {
                let factor = (-2 * logOf(square) / square).squareRoot()
                spare = factor * x
                return factor * y
            }
        }
    }

    package mutating func uniforms(_ count: Int) -> [Double] { (0..<count).map { _ in uniform() } }
    package mutating func normals(_ count: Int) -> [Double] { (0..<count).map { _ in normal() } }
}
