import Moods
import Music

/// The chords of a piece, with its memory: one ground per section letter, one colour per chord name, one drone per
/// section letter.
struct HarmonyWriter {
    private let plan: Plan
    private let home: HarmonySearch
    private let away: HarmonySearch
    private let streams: CompositionStreams
    /// Ticks in a bar.
    private let bar: Int
    private let displaced: Float
    private let neighbours: Float
    private let palette: ColourPalette
    private let surprise: (letter: String, chord: String, place: Float)?
    private var grounds: [String: Ground] = [:]
    private var sections: [String: [Link]] = [:]
    private var drones: [String: Int?] = [:]
    private var colours: [String: [Int]] = [:]
    private var heard: [[String]: Int] = [:]
    private var last: String?

    private struct Link {
        var length: Int
        var name: String
        var colour: [Int] = []
    }

    /// The loop of a section letter.
    private struct Ground {
        var type: GroundType
        var pace: Pace
        var links: [Link]
    }

    private static let applied = ["vi": "III", "ii": "VI", "V": "II", "IV": "I7", "i": "V"]
    private static let sameColour: Float = 0.94

    init(_ plan: Plan, _ streams: CompositionStreams) {
        self.plan = plan
        self.streams = streams
        home = HarmonySearch(plan.parameters)
        away = HarmonySearch(plan.parameters.inMode(isMinor: !plan.parameters.isMinor))
        bar = plan.metre.beats * Grid.beat
        // What a piece decides once: its colours, changes off the barline, neighbour chords, a surprise (music-plans 2).
        var random = streams.at(.harmony, "piece")
        displaced = [0.1, 0.25, 0.42, 0.6][random.weighted([0.2, 0.28, 0.34, 0.18])]
        neighbours = [0.1, 0.22, 0.35, 0.55][random.weighted([0.25, 0.3, 0.3, 0.15])]
        var first = streams.at(.harmony, "ground", "A")
        let type = Self.groundType(nil, plan.parameters, &first)
        let drawn = ColourPalette.draw(dissonance: plan.parameters.dissonance, &random)
        palette = random.chance(0.55) ? type.palette ?? drawn : drawn
        surprise = Self.surprise(plan, &random)
    }

    private var parameters: MusicalParameters { plan.parameters }

    private func search(_ section: Section) -> HarmonySearch {
        section.isMinor == parameters.isMinor ? home : away
    }

    /// Fills the chords of a section; `tension` is the plan's for each of its bars, `approach` the chord that the
    /// section must leave for a last bar that is the tonic's alone.
    mutating func write(_ section: inout Section, index: Int, isBeforeOutro: Bool, tension: [Float], approach: String?)
    {
        var random = streams.at(.harmony, "section \(index)")
        var links: [Link]
        if section.isFrame {
            links = frame(section, &random)
        } else if sections[section.harmony] != nil {
            links = again(section, isBeforeOutro, &random)
        } else {
            var own = streams.at(.harmony, "letter", section.harmony)
            links = fresh(section, tension, isBeforeOutro, &own)
            sections[section.harmony] = links
        }
        if let approach { links = links.dropLast() + leaving(links[links.count - 1], for: approach, section, &random) }
        last = links[links.count - 1].name
        note(links.map(\.name))
        let tonic = pitchClass(plan.key.tonic + section.transposition)
        var time = section.start
        var chords: [Chord] = []
        for link in links {
            chords.append(chord(link, tonic, section.isMinor, time))
            time += link.length
        }
        addDrone(&chords, section, tonic, &random)
        if section.letter != "o" {
            displace(&chords, section)
            chords = withNeighbours(chords, section)
        }
        section.chords = chords
    }

    /// A chord of a section's end with the approach to the final tonic in its second half.
    private mutating func leaving(_ link: Link, for name: String, _ section: Section, _ random: inout RandomStream)
        -> [Link]
    {
        let colour = remembered(name, 0, section.isMinor, &random)
        guard link.length >= bar else { return [Link(length: link.length, name: name, colour: colour)] }
        let rest = min(bar, link.length / 2 / Grid.beat * Grid.beat)
        var head = link
        head.length -= rest
        return [head, Link(length: rest, name: name, colour: colour)]
    }

    private mutating func note(_ names: [String]) {
        guard names.count >= 4 else { return }
        for i in 0...names.count - 4 { heard[Array(names[i..<i + 4]), default: 0] += 1 }
    }

    private func chord(_ link: Link, _ tonic: Int, _ isMinor: Bool, _ onset: Int) -> Chord {
        let symbol = ChordVocabulary.symbol(link.name)
        return Chord(
            name: link.name, root: (symbol.root + tonic) % 12, bass: (symbol.bass + tonic) % 12,
            triad: symbol.triad.map { ($0 + tonic) % 12 }, tones: link.colour.map { ($0 + tonic) % 12 },
            tonic: tonic, onset: onset, length: link.length, isMinor: isMinor)
    }

    // MARK: - Grounds

    /// A kind of ground for a letter: A's as the mood likes, others A's own, free, or another kind.
    private static func groundType(_ first: GroundType?, _ p: MusicalParameters, _ random: inout RandomStream)
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

    /// The surprise of a piece: a borrowed chord in the first statement of one of the last two letters.
    private static func surprise(_ plan: Plan, _ random: inout RandomStream) -> (
        letter: String, chord: String, place: Float
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
        return random.chance(0.75) ? (letter, chord, place) : nil
    }

    /// The loop of a section's letter, made when it is first needed.
    private mutating func ground(_ section: Section, _ tension: [Float]) -> Ground {
        if let ground = grounds[section.harmony] { return ground }
        let search = search(section)
        var random = streams.at(.harmony, "ground", section.harmony)
        let first = grounds["A"]
        let isSameMode = section.isMinor == parameters.isMinor
        let type = Self.groundType(isSameMode ? first?.type : nil, search.parameters, &random)
        let target = clamp((0.6 + 0.75 * parameters.chordsPerBar) * Exact.exp2(0.33 * random.normal()), 0.75, 2.2)
        var pace = Pace.draw(rate: target, &random)
        if let first {
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
                lengths.count, first: start, before: start == nil ? last : nil, tension: spread(tension, lengths),
                heard: heard, &random)
            links = zip(lengths, names).map { Link(length: $0, name: $1) }
        } else {
            let names = type.loop(parameters.mood, isMinor: section.isMinor, &random)
            links = zip(pace.lengths(names.count, bar: bar), names).map { Link(length: $0, name: $1) }
        }
        // Two chords that change too seldom tell too little.
        if links.count <= 2 { links = links.map { Link(length: min($0.length, 2 * bar), name: $0.name) } }
        let ground = Ground(type: type, pace: pace, links: links)
        grounds[section.harmony] = ground
        return ground
    }

    /// The planned tension where each chord begins.
    private func spread(_ tension: [Float], _ lengths: [Int]) -> [Float] {
        guard !tension.isEmpty else { return [] }
        var at = 0
        return lengths.map { length in
            defer { at += length }
            return tension[min(tension.count - 1, at / bar)]
        }
    }

    // MARK: - Sections

    private mutating func frame(_ section: Section, _ random: inout RandomStream) -> [Link] {
        let isIntro = section.letter == "i"
        var lengths = durations(section.bars, min(parameters.chordsPerBar, 0.9), &random)
        var names = home.progression(
            lengths.count, first: isIntro ? home.home : nil, ending: isIntro ? .open : .closed, before: last, &random)
        if !isIntro {
            // The last bar of the piece belongs to the tonic alone, the bar before it to its planned approach.
            (lengths, names) = closed(lengths, names)
        }
        return zip(lengths, names).map {
            Link(length: $0, name: $1, colour: remembered($1, 0, parameters.isMinor, &random))
        }
    }

    private func closed(_ lengths: [Int], _ names: [String]) -> ([Int], [String]) {
        let total = lengths.reduce(0, +)
        guard total > bar else { return ([total], [home.home]) }
        let approach = plan.approach
        var out: [Int] = []
        var kept: [String] = []
        var left = total - bar
        for (length, name) in zip(lengths, names) where left > 0 {
            out.append(min(length, left))
            kept.append(name)
            left -= length
        }
        let end = out.count - 1
        if end > 0, kept[end - 1] == approach {
            // The approach is already there: it holds on.
            out[end - 1] += out[end]
            out.removeLast()
            kept.removeLast()
        } else if out[end] > bar {
            out[end] -= bar
            out.append(bar)
            kept.append(approach)
        } else {
            kept[end] = approach
        }
        return (out + [bar], kept + [home.home])
    }

    /// A new section: its ground in every phrase, later phrases left alone, changed in one chord or ended otherwise, the
    /// end of the section left to the loop or closed by a cadence (music-plans 2).
    private mutating func fresh(
        _ section: Section, _ tension: [Float], _ isBeforeOutro: Bool, _ random: inout RandomStream
    ) -> [Link] {
        let ground = ground(section, tension)
        let total = section.bars * bar
        let loop = ground.links.reduce(0) { $0 + $1.length }
        let phrase = section.phraseBars * bar
        // What a montage brings is told again as it was: its loop is a phrase.
        let isQuoted = !section.cast.isEmpty
        let period = isQuoted ? phrase : max(1, (loop + phrase - 1) / phrase) * phrase
        var links: [Link] = []
        var at = 0
        while at < total {
            var span = min(period, total - at)
            if total - at - span < max(2 * bar, period / 2) { span = total - at }
            var part = Self.cycled(ground.links, span, shortest: bar / 2)
            if at > 0, !isQuoted { part = varied(part, search(section), tension, at, &random) }
            links += part
            at += span
        }
        let keeps = random.chance(0.45 + 0.15 * max(0, -parameters.mood.tension))
        if isBeforeOutro || !keeps {
            let kind = Cadence.draw(isClosing: isBeforeOutro, &random)
            links = ended(links, kind, search(section), &random)
        }
        addApplied(&links, &random)
        if let surprise, surprise.letter == section.letter, section.isMinor == parameters.isMinor {
            surprised(&links, surprise, total)
        }
        return links.map {
            Link(
                length: $0.length, name: $0.name,
                colour: remembered($0.name, section.level, section.isMinor, &random))
        }
    }

    /// A loop repeated and cut to `ticks`; a cut piece shorter than `shortest` joins the chord before.
    private static func cycled(_ loop: [Link], _ ticks: Int, shortest: Int) -> [Link] {
        var out: [Link] = []
        var left = ticks
        var k = 0
        while left > 0 {
            var link = loop[k % loop.count]
            link.length = min(link.length, left)
            left -= link.length
            k += 1
            if link.length < shortest, !out.isEmpty, left == 0 {
                out[out.count - 1].length += link.length
            } else {
                out.append(link)
            }
        }
        return out
    }

    private func varied(
        _ part: [Link], _ search: HarmonySearch, _ tension: [Float], _ at: Int, _ random: inout RandomStream
    ) -> [Link] {
        var part = part
        let kind = random.weighted([0.35, 0.40, 0.25])
        // A loop of two chords is always left after five eighths of a phrase.
        if Set(part.map(\.name)).count <= 2 {
            let total = part.reduce(0) { $0 + $1.length }
            var begin = 0
            var i = 0
            while i < part.count, 8 * begin < 5 * total {
                begin += part[i].length
                i += 1
            }
            // One chord to the end would be no way out: it is split.
            if part.count - i <= 1, let end = part.last, end.length >= 2 * bar {
                part[part.count - 1].length -= bar
                part.append(Link(length: bar, name: end.name))
                i = min(i, part.count - 2)
            }
            return replacing(part, from: max(1, i), .open, search, tension, at, &random)
        }
        switch kind {
        case 1 where part.count > 3:
            let i = 1 + random.index(part.count - 2)
            let other = search.substitute(
                for: part[i].name, between: part[i - 1].name, and: part[i + 1].name, &random)
            if let other { part[i].name = other }
        case 2 where part.count > 3:
            part = replacing(
                part, from: part.count - 2, random.chance(0.5) ? .open : .closed, search, tension, at, &random)
        default: break
        }
        return part
    }

    /// The links from index `first` on, found anew.
    private func replacing(
        _ links: [Link], from first: Int, _ ending: HarmonySearch.Ending, _ search: HarmonySearch, _ tension: [Float],
        _ at: Int, _ random: inout RandomStream
    ) -> [Link] {
        guard first > 0, first < links.count else { return links }
        var out = links
        let begin = at + links[..<(first - 1)].reduce(0) { $0 + $1.length }
        let rest = tension.isEmpty ? [] : Array(tension.dropFirst(min(tension.count - 1, begin / bar)))
        let names = search.progression(
            links.count - first + 1, first: links[first - 1].name, ending: ending,
            tension: spread(rest, links[(first - 1)...].map(\.length)), heard: heard, &random)
        for (i, name) in names.dropFirst().enumerated() { out[first + i].name = name }
        return out
    }

    /// The last two chords make a cadence; a long last chord is divided for it.
    private func ended(
        _ links: [Link], _ kind: ScoreCadence.Kind, _ search: HarmonySearch, _ random: inout RandomStream
    ) -> [Link] {
        var links = links
        if let end = links.last, end.length > bar {
            links[links.count - 1].length -= bar
            links.append(Link(length: bar, name: end.name, colour: end.colour))
        }
        guard links.count > 2 else { return links }
        return replacing(links, from: links.count - 2, .cadence(kind), search, [], 0, &random)
    }

    private func addApplied(_ links: inout [Link], _ random: inout RandomStream) {
        for i in links.indices.dropFirst().dropLast() {
            if let dominant = Self.applied[links[i + 1].name], links[i - 1].name != dominant,
                random.chance(0.05 * (1 + parameters.mood.nostalgia))
            {
                links[i].name = dominant
            }
        }
    }

    private func surprised(
        _ links: inout [Link], _ surprise: (letter: String, chord: String, place: Float), _ total: Int
    ) {
        var at = 0
        let goal = Int(surprise.place * Float(total))
        for i in links.indices.dropLast(2) {
            let isThere = at <= goal && goal < at + links[i].length
            if isThere, i > 0, links[i - 1].name != surprise.chord, links[i + 1].name != surprise.chord {
                links[i].name = surprise.chord
            }
            at += links[i].length
        }
    }

    /// A return: the same chords cut or stretched to the section, few substitutions, a new ending on later returns.
    private mutating func again(_ section: Section, _ isBeforeOutro: Bool, _ random: inout RandomStream) -> [Link] {
        let search = search(section)
        let freedom = plan.returns.freedom
        var links = Self.cycled(sections[section.harmony] ?? [], section.bars * bar, shortest: bar / 2)
        for i in links.indices {
            if random.chance(0.06 * freedom) {
                links[i].colour = colour(links[i].name, section.level, section.isMinor, &random)
            }
            if i > 0, i < links.count - 1, random.chance(0.06 * Float(min(4, section.variant)) * freedom),
                let other = search.substitute(
                    for: links[i].name, between: links[i - 1].name, and: links[i + 1].name, &random)
            {
                links[i].name = other
                links[i].colour = remembered(other, 0, section.isMinor, &random)
            }
        }
        if section.variant >= 2 || isBeforeOutro {
            let before = links.map(\.name)
            links = ended(links, Cadence.draw(isClosing: true, &random), search, &random)
            for i in links.indices where i >= before.count || links[i].name != before[i] {
                links[i].colour = remembered(links[i].name, 0, section.isMinor, &random)
            }
        }
        return links
    }

    /// Chord lengths filling `bars`: one a bar, two-bar chords at low rates, split bars at high ones.
    private func durations(_ bars: Int, _ rate: Float, _ random: inout RandomStream) -> [Int] {
        var out: [Int] = []
        var t = 0
        while t < bars {
            let r = random.uniform()
            if rate < 0.8, r < (0.8 - rate) * 1.1, bars - t >= 2, t % 2 == 0 {
                out.append(2 * bar)
                t += 2
            } else if r > 1 - (0.12 + 0.38 * max(0, rate - 0.6)), t < bars - 1 {
                let cut =
                    bar == 4 * Grid.beat ? bar / 2 : random.chance(0.7) ? 2 * Grid.beat : Grid.beat + Grid.half
                out += [cut, bar - cut]
                t += 1
            } else {
                out.append(bar)
                t += 1
            }
        }
        return out
    }

    // MARK: - Colour

    /// The colour that this chord name has had in the piece, mostly.
    private mutating func remembered(_ name: String, _ level: Float, _ isMinor: Bool, _ random: inout RandomStream)
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
    private func colour(_ name: String, _ level: Float, _ isMinor: Bool, _ random: inout RandomStream) -> [Int] {
        if name == "I7" { return [0, 4, 7, 10] }
        let symbol = ChordVocabulary.symbol(name)
        var tones = symbol.triad
        let d = clamp(parameters.dissonance + 0.1 * level + 0.08 * random.normal(), 0, 1)
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
    private mutating func addDrone(
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

    // MARK: - Inside the bar

    /// Moves a share of the changes off the barline, keyed to both chords and the place in the loop, so that a loop
    /// repeats its syncopations (music-fit A.2 4).
    private func displace(_ chords: inout [Chord], _ section: Section) {
        guard chords.count > 2 else { return }
        for i in 0..<chords.count - 2 {
            let at = chords[i + 1].onset - section.start
            var own = streams.at(
                .harmony, "displace", chords[i].name, chords[i + 1].name, "\(at % (4 * bar))")
            let spare = own.chance(0.5)
            guard at % bar == 0, !(at % (4 * bar) == 0 && spare), own.chance(displaced) else { continue }
            let moves =
                bar == 4 * Grid.beat
                ? [-2 * Grid.beat, -Grid.beat, 2 * Grid.beat] : [-Grid.beat, -Grid.half, Grid.beat]
            let d = moves[own.weighted([0.5, 0.15, 0.35])]
            if 100 * (chords[i].length + d) >= 49 * bar, 100 * (chords[i + 1].length - d) >= 49 * bar {
                chords[i].length += d
                chords[i + 1].onset += d
                chords[i + 1].length -= d
            }
        }
    }

    /// Puts a neighbour chord over the same bass into a share of the static bars.
    private func withNeighbours(_ chords: [Chord], _ section: Section) -> [Chord] {
        var out: [Chord] = []
        for (i, chord) in chords.enumerated() {
            var own = streams.at(.harmony, "neighbour", chord.name, "\((chord.onset - section.start) % (4 * bar))")
            let scale = chord.scale
            let sixth = [9, 8].map { (chord.root + $0) % 12 }.first { scale.contains($0) }
            let fourth = (chord.root + 5) % 12
            guard i < chords.count - 1, chord.length >= bar, let sixth, scale.contains(fourth), own.chance(neighbours)
            else {
                out.append(chord)
                continue
            }
            var neighbour = chord
            neighbour.name += "*"
            if own.chance(0.8) {
                neighbour.triad = [fourth, sixth, chord.root]
                neighbour.tones = [chord.root, fourth, sixth]
            } else {
                let second = (chord.root + 2) % 12
                neighbour.triad = [chord.root, (chord.root + 7) % 12, scale.contains(second) ? second : fourth]
                neighbour.tones = neighbour.triad
            }
            let isFour = bar == 4 * Grid.beat
            let half = isFour ? bar / 2 : Grid.beat
            let returns = own.chance(0.5)
            var parts: [(Chord, Int)]
            if chord.length >= 2 * bar {
                parts =
                    returns
                    ? [(chord, bar), (neighbour, half), (chord, chord.length - bar - half)]
                    : [(chord, bar), (neighbour, chord.length - bar)]
            } else if returns {
                parts = [(chord, half), (neighbour, chord.length - half)]
            } else {
                let first = isFour ? 2 * Grid.beat : Grid.beat
                parts = [(chord, first), (neighbour, Grid.beat), (chord, chord.length - first - Grid.beat)]
            }
            var time = chord.onset
            for (part, length) in parts where length > 0 {
                var copy = part
                copy.onset = time
                copy.length = length
                out.append(copy)
                time += length
            }
        }
        return out
    }
}
