package import Music

/// The random streams of a piece: one seed, one salt for each layer that is re-rolled.
///
/// A stream belongs to a *place* (a section's letter, a chord name, a beat of the four-bar loop): asked again for the
/// same place it makes the same decisions. That is the loop memory of music-fit A.2 2.
package struct CompositionStreams: Hashable, Sendable {
    package let seed: Seed
    /// Salt of each re-rolled layer; a layer that is not in it is as the seed made it.
    package let rerolls: [Seed.Layer: UInt64]

    package init(seed: Seed, rerolls: [Seed.Layer: UInt64] = [:]) {
        self.seed = seed
        self.rerolls = rerolls
    }

    /// The stream of a layer at a place.
    package func at(_ layer: Seed.Layer, _ place: any CustomStringConvertible...) -> RandomStream {
        let parts = place.map(\.description)
        guard let salt = rerolls[layer], salt != 0 else { return seed.stream(layer, place: parts) }
        return seed.stream(layer, place: ["reroll", salt.description] + parts)
    }
}
