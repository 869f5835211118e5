import Moods
import Music

/// What a piece decides once about its harmony: the loop of each letter, and its surprise (music-plans 1, 2).
extension HarmonyWriter {
    /// A kind of ground for a letter: A's as the mood likes, others A's own, free, or another kind.
    static func groundType(_ first: GroundType?, _ p: MusicalParameters, _ random: inout RandomStream)
        -> GroundType
    {
        let all = Grounds.all(isMinor: p.isMinor)
        let free = all[all.count - 1]
        var weights = all.map { $0.weight(p.mood) }
        guard let first else { return all[random.weighted(weights)] }
        switch random.weighted([0.18, 0.22, 0.60]) {
        case 0: return first
        case 1: return free
        default:
            for (i, type) in all.enumerated() where type.isFree || type.name == first.name { weights[i] = 0 }
            return all[random.weighted(weights)]
        }
    }

    /// The surprise of a piece: a borrowed chord in the first statement of one of the last two letters; in a bright piece
    /// that looks back it can be the minor subdominant, once in every letter (music.md 4.14, the ache).
    static func surprise(_ plan: Plan, _ random: inout RandomStream) -> (
        letters: [String], chord: String, place: Float
    )? {
        var letters: [String] = []
        for section in plan.sections where section.letter != "i" && section.letter != "o" {
            if !letters.contains(section.letter) { letters.append(section.letter) }
        }
        let mood = plan.parameters.mood
        let options: [(String, Float)] =
            plan.parameters.isMinor
            ? [("IV", 0.3), ("bII", 0.1 + 0.3 * max(0, mood.tension)), ("V", 0.25), ("I", 0.1), ("bVII", 0.1)]
            : [
                ("bVI", 0.15 + 0.2 * mood.openness), ("iv", 0.15 + 0.5 * mood.nostalgia),
                ("bIII", 0.05 + 0.3 * mood.openness), ("bVII", 0.25), ("III", 0.15 + 0.2 * mood.nostalgia),
                ("II", 0.15 + 0.1 * max(0, mood.valence)), ("VI", 0.1),
            ]
        let chord = options[random.weighted(options.map(\.1))].0
        let place = random.uniform(0.5, 0.85)
        let letter = random.pick(Array(letters.suffix(2)))
        let isSpent = random.chance(0.75)
        // A montage is to end at home, and brings enough that is not.
        guard plan.request.music.montage.isEmpty else { return nil }
        if let wish = plan.request.music.surprise, !plan.parameters.isMinor { return (letters, wish, place) }
        if random.chance(0.6 * mood.nostalgia), !plan.parameters.isMinor { return (letters, "iv", place) }
        return isSpent ? ([letter], chord, place) : nil
    }

    /// The loop of a section's letter, made when it is first needed.
    mutating func ground(_ section: Section, _ tension: [Float]) -> Ground {
        if let ground = grounds[section.harmony] { return ground }
        let search = search(section)
        var random = streams.at(.harmony, "ground", section.harmony)
        let first = grounds["A"]
        let isSameMode = section.isMinor == parameters.isMinor
        if let first, !isSameMode, section.parameters != nil, let turned = turned(first, toMinor: section.isMinor) {
            grounds[section.harmony] = turned
            return turned
        }
        let type = Self.groundType(isSameMode ? first?.type : nil, search.parameters, &random)
        let usual = clamp((0.6 + 0.75 * now.chordsPerBar) * Exact.exp2(0.33 * random.normal()), 0.75, 2.2)
        let target = plan.request.music.chords ?? usual
        var pace = Pace.draw(rate: target, &random)
        if let first, plan.request.music.chords == nil {
            let change = random.chance(0.5) ? 1 : [0.7, 1, 1.4, 2][random.index(4)]
            pace = change == 1 ? first.pace : Pace.draw(rate: first.pace.rate * Float(change), &random)
        }
        var links: [Link]
        if let first, isSameMode, type.name == first.type.name, !type.isFree {
            links = first.links
        } else if type.isFree {
            var bars = [4, 2, 8][random.weighted([0.60, 0.08, 0.32])]
            while bars > max(2, section.bars) { bars /= 2 }
            let lengths = pace.filling(bars: min(bars, section.bars), bar: bar)
            let start = section.letter == "A" ? search.home : nil
            let names = search.progression(
                lengths.count, first: start, past: past, tension: spread(tension, lengths),
                heard: heard, &random)
            links = zip(lengths, names).map { Link(length: $0, name: $1) }
        } else {
            let names = type.loop(search.parameters.mood, isMinor: section.isMinor, search.gait, &random)
            links = zip(pace.lengths(names.count, bar: bar), names).map { Link(length: $0, name: $1) }
        }
        // Two chords that change too seldom tell too little.
        if links.count <= 2 { links = links.map { Link(length: min($0.length, 2 * bar), name: $0.name) } }
        let ground = Ground(type: type, pace: pace, links: links)
        grounds[section.harmony] = ground
        return ground
    }

    /// The planned tension where each chord begins.
    func spread(_ tension: [Float], _ lengths: [Int]) -> [Float] {
        guard !tension.isEmpty else { return [] }
        var at = 0
        return lengths.map { length in
            defer { at += length }
            return tension[min(tension.count - 1, at / bar)]
        }
    }
}
