import Moods
import Music

/// What a mood that turns within the piece asks of the harmony: a ground in the other light, a way over, an arrival.
extension HarmonyWriter {
    /// A chord's name in the other mode on the same degree.
    private static let darker = [
        "I": "i", "ii": "iio", "iii": "bIII", "IV": "iv", "vi": "bVI", "V": "v", "II": "bII", "III": "bIII",
        "VI": "bVI",
    ]
    private static let brighter = [
        "i": "I", "iio": "ii", "bIII": "iii", "iv": "IV", "bVI": "vi", "v": "V", "bII": "ii", "bVII": "V",
    ]

    /// The one ground of a passacaglia on the same degrees in the other mode; nil for other pieces.
    func turned(_ ground: Ground, toMinor: Bool) -> Ground? {
        guard FormTemplate.all.first(where: { $0.name == plan.form })?.hasOneGround ?? false else { return nil }
        let names = toMinor ? Self.darker : Self.brighter
        var ground = ground
        for i in ground.links.indices {
            let parts = ground.links[i].name.split(separator: "/", maxSplits: 1).map(String.init)
            let bass = parts.count > 1 ? "/" + parts[1] : ""
            ground.links[i].name = (names[parts[0]] ?? parts[0]) + bass
        }
        return ground
    }

    /// The key of a section of the plan.
    private func key(_ index: Int) -> Key {
        Key(tonic: plan.key.tonic + plan.sections[index].transposition, isMinor: plan.sections[index].isMinor)
    }

    /// Whether a section of a piece whose mood changes is in another key than the one before it.
    private func turns(at index: Int) -> Bool {
        plan.trajectory != nil && plan.sections.indices.contains(index) && index > 0 && key(index) != key(index - 1)
    }

    /// The first chord of a section in a new key is its tonic.
    func arrived(_ links: [Link], _ section: Section, index: Int) -> [Link] {
        let home = search(section).home
        guard turns(at: index), let first = links.first, !first.name.hasPrefix(home + "/"), first.name != home else {
            return links
        }
        // Where the tonic would have come second, it comes at once and stays.
        let isSecond = links.count > 1 && links[1].name == home
        let length = first.length + (isSecond ? links[1].length : 0)
        return [Link(length: length, name: home, colour: ChordVocabulary.symbol(home).triad)]
            + links.dropFirst(isSecond ? 2 : 1)
    }

    /// The chords of a section with the way to the next one's key in its last bar.
    func leading(_ chords: [Chord], _ section: Section, index: Int) -> [Chord] {
        guard turns(at: index + 1) else { return chords }
        var own = streams.at(.harmony, "pivot", "\(index)")
        let end = section.start + section.bars * bar
        return Pivot(from: key(index), to: key(index + 1)).prepared(chords, lastBar: end - bar..<end, &own)
    }
}
