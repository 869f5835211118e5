/// Seeds as three words from a list of 2,048: 33 bits that can be said aloud.
extension Seed {
    /// 33 bits.
    static let wordBits: UInt64 = 33

    /// The three words of a seed below 2^33, joined by hyphens; nil for a larger one.
    public var words: String? {
        guard value < 1 << Self.wordBits else { return nil }
        let list = SeedWordList.words
        return [value >> 22, value >> 11 & 2047, value & 2047].map { list[Int($0)] }.joined(separator: "-")
    }

    /// Reads an integer of up to 64 bits, or three words of the list joined by hyphens or spaces.
    public init?(parsing text: String) {
        if let value = UInt64(text) {
            self.init(value)
            return
        }
        let parts = text.lowercased().split { $0 == "-" || $0 == " " || $0 == "_" }
        guard parts.count == 3 else { return nil }
        var value: UInt64 = 0
        for part in parts {
            guard let index = SeedWordList.index[String(part)] else { return nil }
            value = value << 11 | UInt64(index)
        }
        self.init(value)
    }

    /// A seed of 33 bits that belongs to a text: the same text gives the same seed (FNV-1a, folded).
    public static func derived(from text: String) -> Seed {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return Seed((hash ^ hash >> 31) & ((1 << wordBits) - 1))
    }
}
