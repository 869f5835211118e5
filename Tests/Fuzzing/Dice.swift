/// Chance that is the same in every run of a seed (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    /// The chance of one input of a campaign.
    init(seed: UInt64, input: Int) { state = seed &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(input) &* 0xD1B5_4A32_D192_ED03 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 0 to `bound` - 1; 0 where `bound` is no more than 1.
    mutating func below(_ bound: Int) -> Int { bound <= 1 ? 0 : Int(next() % UInt64(bound)) }

    /// True once in `count`.
    mutating func once(in count: Int) -> Bool { below(count) == 0 }

    mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: next() >> 24) }

    mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }

    /// A length that is mostly short and sometimes as long as it can be.
    mutating func length(_ bound: Int) -> Int {
        let short = below(2 + (1 << below(20)))
        return min(max(1, short), max(1, bound))
    }
}
