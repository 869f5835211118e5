import Music

/// Musical time inside the composer: whole numbers on a grid of 48 places in a beat, which holds sixteenths and
/// triplets exactly.
enum Grid {
    static let beat = 48
    static let half = 24
    static let quarter = 12
    static let third = 16

    static func beats(_ ticks: Int) -> Beat { Beat(ticks, beat) }

    static func ticks(_ beats: Float) -> Int { Int((beats * Float(beat)).rounded()) }
}

/// The named streams of a piece: the seed of each layer, changed by its salt where it is drawn again.
struct CompositionStreams: Sendable {
    let seed: Seed
    let mood: String
    var salts: [Seed.Layer: UInt64]
    /// Salts of single phrases, drawn again because the critic found fault with them.
    var phraseSalts: [PhrasePlace: Int] = [:]

    /// A stream that belongs to a place: asked again for the same place it decides the same.
    func at(_ layer: Seed.Layer, _ place: String...) -> RandomStream {
        var parts = [mood] + place
        if let salt = salts[layer], salt != 0 { parts.append("again \(salt)") }
        return seed.stream(layer, place: parts)
    }

    /// As `at`, for a section by its number.
    func section(_ layer: Seed.Layer, _ index: Int) -> RandomStream {
        at(layer, "section \(index)")
    }

    /// As `at`, for a phrase (a half of a section).
    func phrase(_ layer: Seed.Layer, _ section: Int, _ half: Int) -> RandomStream {
        let salt = phraseSalts[PhrasePlace(section: section, half: half)] ?? 0
        return at(layer, "phrase \(section) \(half)", "\(salt)")
    }
}

/// Which phrase: the section from 0 and its half, 0 or 1.
struct PhrasePlace: Hashable, Comparable {
    let section: Int
    let half: Int

    static func < (a: PhrasePlace, b: PhrasePlace) -> Bool { (a.section, a.half) < (b.section, b.half) }
}
