/// What makes one piece differ from the next: 64 bits, expanded by hash into independent named streams.
public struct Seed: Hashable, Sendable {
    public let value: UInt64

    public init(_ value: UInt64) { self.value = value }

    /// The streams of the stages.
    ///
    /// Re-rolling one layer leaves all others bit-identical.
    public enum Layer: String, CaseIterable, Sendable {
        case form, harmony, motif, melody, texture, performance, piano, sea
    }

    /// A stream that belongs to a name and a place: asked again for the same place it makes the same decisions.
    ///
    /// FNV-1a over the parts, each ended by a byte of its own, mixed with the seed.
    public func stream(_ layer: Layer, _ place: String...) -> RandomStream { stream(layer, place: place) }

    /// As `stream(_:_:)` with the place as an array.
    public func stream(_ layer: Layer, place: [String]) -> RandomStream {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in [layer.rawValue] + place {
            for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
        }
        var mixer = SplitMix64(state: value)
        return RandomStream(seed: hash ^ mixer.next())
    }
}
