import Moods
import Music

/// The colour tones of the chords, one colour per chord name and piece, and the drone.
extension HarmonyWriter {
    private static let sameColour: Float = 0.94

    /// The colour that this chord name has had in the piece, mostly.
    mutating func remembered(_ name: String, _ level: Float, _ isMinor: Bool, _ random: inout RandomStream)
        -> [Int]
    {
        let new = colour(name, level, isMinor, &random)
        guard random.chance(Self.sameColour) else { return new }
        let key = isMinor ? name + " minor" : name
        if let old = colours[key] { return old }
        colours[key] = new
        return new
    }

    /// Pitch classes above the tonic with colour tones by dissonance: triad, added ninth, seventh, ninth (4.4).
    func colour(_ name: String, _ level: Float, _ isMinor: Bool, _ random: inout RandomStream) -> [Int] {
        if name == "I7" { return [0, 4, 7, 10] }
        let symbol = ChordVocabulary.symbol(name)
        var tones = symbol.triad
        let d = clamp(now.dissonance + 0.1 * level + 0.08 * random.normal(), 0, 1)
        var kind = random.weighted(palette.shares(dissonance: d))
        let scale = isMinor ? minorScale : majorScale
        let sevenths = symbol.quality == .major ? [11, 10] : symbol.quality == .diminished ? [10, 9] : [10]
        let seventh = sevenths.map { (symbol.root + $0) % 12 }.first { scale.contains($0) }
        let ninth = (symbol.root + 2) % 12
        if symbol.quality == .diminished { kind = min(kind, 2) }
        if kind == 1 || kind == 3, scale.contains(ninth) { tones.append(ninth) }
        if kind >= 2, let seventh, !(name == "V" && random.chance(0.5)) { tones.append(seventh) }
        if name == "V", random.chance(0.3) { tones = [7, 0, 2] }
        return tones
    }

    /// A tone of the key that stays in most chords of a section, where it makes no semitone with them.
    mutating func addDrone(
        _ chords: inout [Chord], _ section: Section, _ tonic: Int, _ random: inout RandomStream
    ) {
        if drones[section.harmony] == nil {
            drones[section.harmony] = [nil, 7, 0][random.weighted([0.70, 0.15, 0.15])]
        }
        guard case .some(.some(let degree)) = drones[section.harmony] else { return }
        let drone = (degree + tonic) % 12
        for i in chords.indices where !chords[i].tones.contains(drone) {
            let isClean = chords[i].tones.allSatisfy { ![1, 11].contains((drone - $0 + 12) % 12) }
            var own = streams.at(.harmony, "drone", section.harmony, chords[i].name)
            if isClean, own.chance(0.7) { chords[i].tones.append(drone) }
        }
    }
}
