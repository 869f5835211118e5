import Moods
import Music

/// The surprise of a piece in its place.
extension HarmonyWriter {
    /// Puts it where it is nearest to its place, not beside itself and not into the cadence.
    func surprised(_ links: inout [Link], _ surprise: (letters: [String], chord: String, place: Float), _ total: Int) {
        var at = 0
        let goal = Int(surprise.place * Float(total))
        var best: (away: Int, index: Int)?
        for i in links.indices.dropLast(2) {
            let away = max(0, at - goal, goal - at - links[i].length + 1)
            let isAlone = i > 0 && links[i - 1].name != surprise.chord && links[i + 1].name != surprise.chord
            if isAlone, best.map({ away < $0.away }) ?? true { best = (away, i) }
            at += links[i].length
        }
        if let best { links[best.index].name = surprise.chord }
    }

    /// Where a surprise is wished for, each section spends it once: it has a bar of its own where it found no place, and all
    /// other chords with its foreign tone give way to what the tables like best there.
    func spendOnce(_ links: inout [Link], _ section: Section) {
        guard let surprise, let chord = plan.request.music.surprise, !section.isMinor, !parameters.isMinor else {
            return
        }
        if !links.contains(where: { $0.name == chord }) { surprised(&links, surprise, section.bars * bar) }
        if !links.contains(where: { $0.name == chord }) { insert(chord, into: &links) }
        let foreign = ChordVocabulary.symbol(chord).triad.filter { !majorScale.contains($0) }
        func isForeign(_ name: String) -> Bool {
            ChordVocabulary.symbol(name).triad.contains { foreign.contains($0) }
        }
        let kept = links.firstIndex { $0.name == chord }
        for i in links.indices where i != kept && isForeign(links[i].name) {
            let before = i > 0 ? links[i - 1].name : home.home
            let after = i + 1 < links.count ? links[i + 1].name : home.home
            let options = home.next(after: before).filter { !isForeign($0.chord) && $0.chord != after }
            links[i].name = options.max { $0.share < $1.share }?.chord ?? "IV"
        }
    }

    /// The last bar of the longest chord but the last one, which lasts two bars and more.
    private func insert(_ chord: String, into links: inout [Link]) {
        let long = links.indices.dropLast().filter { links[$0].length >= 2 * bar }
        guard let i = long.max(by: { links[$0].length < links[$1].length }) else { return }
        links[i].length -= bar
        links.insert(Link(length: bar, name: chord), at: i + 1)
    }
}
