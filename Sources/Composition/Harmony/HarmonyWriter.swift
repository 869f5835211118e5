import Moods
import Music

/// The chords of a piece, with its memory: one colour per chord name, one loop and one drone per section letter.
struct HarmonyWriter {
    private let search: HarmonySearch
    private let streams: CompositionStreams
    /// Ticks in a bar.
    private let bar: Int
    private let key: Int
    private let shift: Int
    /// How freely returns change: 1 / literalness.
    private let freedom: Float
    private let pace: Float
    private let displaced: Float
    private let neighbours: Float
    private var loops: [String: [Link]] = [:]
    private var drones: [String: Int?] = [:]
    private var colours: [String: [Int]] = [:]
    private var last: String?

    private struct Link {
        var length: Int
        var name: String
        var colour: [Int]
    }

    private static let applied = ["vi": "III", "ii": "VI", "V": "II", "IV": "I7", "i": "V"]
    private static let sameColour: Float = 0.94

    init(
        _ parameters: MusicalParameters, _ streams: CompositionStreams, metre: Metre, key: Int, shift: Int,
        literalness: Float
    ) {
        search = HarmonySearch(parameters)
        self.streams = streams
        bar = metre.beats * Grid.beat
        self.key = key
        self.shift = shift
        freedom = 1 / literalness
        var random = streams.at(.harmony, "pace")
        // Rates of a piece, drawn once: pace, changes off the barline, neighbour chords (music-plans 2).
        pace = Exact.exp2(0.33 * random.normal())
        displaced = [0.1, 0.25, 0.42, 0.6][random.weighted([0.2, 0.28, 0.34, 0.18])]
        neighbours = [0.1, 0.22, 0.35, 0.55][random.weighted([0.25, 0.3, 0.3, 0.15])]
    }

    private var parameters: MusicalParameters { search.parameters }

    /// Fills the chords of a section; `tension` is the plan's mean over it.
    mutating func write(_ section: inout Section, index: Int, isBeforeOutro: Bool, tension: Float) {
        var random = streams.at(.harmony, "section \(index)")
        var links: [Link]
        if section.isFrame {
            links = frame(section, &random)
        } else if loops[section.harmony] != nil {
            links = again(section, isBeforeOutro, &random)
        } else {
            links = fresh(section, tension, &random)
            loops[section.harmony] = links
        }
        last = links[links.count - 1].name
        let isAway =
            section.harmony == section.letter && section.letter == "C"
            || section.harmony == section.letter && section.letter == "B" && shift == 5
        let tonic = (key + (isAway ? shift : 0) + 12) % 12
        var time = section.start
        var chords: [Chord] = []
        for link in links {
            chords.append(chord(link, tonic, time))
            time += link.length
        }
        addDrone(&chords, section, tonic, &random)
        if section.letter != "o" {
            displace(&chords, section)
            chords = withNeighbours(chords, section)
        }
        section.chords = chords
    }

    private func chord(_ link: Link, _ tonic: Int, _ onset: Int) -> Chord {
        let entry = ChordVocabulary.entry(link.name)
        return Chord(
            name: link.name, root: (entry.root + tonic) % 12, bass: (entry.bass + tonic) % 12,
            triad: entry.intervals.map { (entry.root + $0 + tonic) % 12 },
            tones: link.colour.map { ($0 + tonic) % 12 }, tonic: tonic, onset: onset, length: link.length,
            isMinor: parameters.isMinor)
    }

    // MARK: - Sections

    private mutating func frame(_ section: Section, _ random: inout RandomStream) -> [Link] {
        let isIntro = section.letter == "i"
        var lengths = durations(section.bars, min(parameters.chordsPerBar, 0.9), &random)
        var names = search.progression(
            lengths.count, first: isIntro ? search.home : nil, ending: isIntro ? .open : .closed, before: last, &random)
        if !isIntro {
            // The last bar of the piece belongs to the tonic alone.
            let length = lengths.removeLast()
            let name = names.removeLast()
            if length > bar {
                lengths.append(length - bar)
                names.append(name == search.home ? (parameters.isMinor ? "iv" : "IV") : name)
            } else if lengths.isEmpty == false, names[names.count - 1] == search.home {
                names[names.count - 1] = parameters.isMinor ? "iv" : "IV"
            }
            lengths.append(min(length, bar))
            names.append(search.home)
        }
        return zip(lengths, names).map { Link(length: $0, name: $1, colour: remembered($1, 0, &random)) }
    }

    /// A new section: a loop of 4 bars (2 or 8), repeated with its ending changed (music-fit A.2 2).
    private mutating func fresh(_ section: Section, _ tension: Float, _ random: inout RandomStream) -> [Link] {
        let rate = parameters.chordsPerBar * pace * (1 + 0.3 * section.level)
        var loop = [4, 2, 8][random.weighted([0.60, 0.08, 0.32])]
        loop = loop < section.bars ? loop : section.bars % 8 != 0 ? max(2, section.bars / 2) : section.bars
        loop = min(loop, section.bars)
        let first = durations(loop, loop > 2 ? rate : max(rate, 1), &random)
        let start = section.letter == "A" ? search.home : nil
        let head = search.progression(
            first.count, first: start, ending: .open, before: start == nil ? last : nil, tension: tension, &random)
        var lengths = first
        var names = head
        while lengths.reduce(0, +) < section.bars * bar {
            let left = section.bars - lengths.reduce(0, +) / bar
            let ending: HarmonySearch.Ending = random.chance(0.5) ? .open : .closed
            if left < loop {
                // Phrase extension: one or two bars that carry the cadence on.
                let more = durations(left, rate, &random)
                names += search.progression(
                    more.count + 1, first: names[names.count - 1], ending: ending, tension: tension, &random
                ).dropFirst()
                lengths += more
            } else if random.chance(0.75), head.count > 1 {
                let keep = max(1, head.count - [0, 0, 1, 1, 2][random.index(5)])
                names += head.prefix(keep)
                names += search.progression(
                    head.count - keep + 1, first: head[keep - 1], ending: ending, tension: tension, &random
                ).dropFirst()
                lengths += first
            } else {
                let more = durations(loop, rate, &random)
                names += search.progression(
                    more.count, ending: ending, before: names[names.count - 1], tension: tension, &random)
                lengths += more
            }
        }
        for i in names.indices.dropFirst().dropLast() {
            if let dominant = Self.applied[names[i + 1]], names[i - 1] != dominant,
                random.chance(0.04 * (1 + parameters.mood.nostalgia))
            {
                names[i] = dominant
            }
        }
        return zip(lengths, names).map { Link(length: $0, name: $1, colour: remembered($1, section.level, &random)) }
    }

    /// A return: the same loop cut or stretched to the section, few substitutions, a new ending on later returns.
    private mutating func again(_ section: Section, _ isBeforeOutro: Bool, _ random: inout RandomStream) -> [Link] {
        let loop = loops[section.harmony] ?? []
        let total = section.bars * bar
        var links: [Link] = []
        var length = 0
        var k = 0
        while length < total {
            var link = loop[k % loop.count]
            link.length = min(link.length, total - length)
            length += link.length
            links.append(link)
            k += 1
        }
        for i in links.indices {
            if random.chance(0.06 * freedom) { links[i].colour = colour(links[i].name, section.level, &random) }
            if i > 0, i < links.count - 1, random.chance(0.06 * Float(section.variant) * freedom) {
                let after = links[i + 1].name
                let candidates = search.next(after: links[i - 1].name).map(\.chord).filter { chord in
                    chord != links[i].name && search.next(after: chord).contains { $0.chord == after }
                }
                if !candidates.isEmpty {
                    links[i].name = random.pick(candidates)
                    links[i].colour = remembered(links[i].name, 0, &random)
                }
            }
        }
        if section.variant >= 2 || isBeforeOutro, links.count > 3 {
            let end = search.progression(3, first: links[links.count - 3].name, ending: .closed, &random)
            for (offset, name) in end.dropFirst().enumerated() {
                let i = links.count - 2 + offset
                links[i].name = name
                links[i].colour = remembered(name, 0, &random)
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
    private mutating func remembered(_ name: String, _ level: Float, _ random: inout RandomStream) -> [Int] {
        let new = colour(name, level, &random)
        guard random.chance(Self.sameColour) else { return new }
        if let old = colours[name] { return old }
        colours[name] = new
        return new
    }

    /// Pitch classes above the tonic with colour tones by dissonance: triad, added ninth, seventh, ninth (4.4).
    private func colour(_ name: String, _ level: Float, _ random: inout RandomStream) -> [Int] {
        if name == "I7" { return [0, 4, 7, 10] }
        let entry = ChordVocabulary.entry(name)
        var tones = entry.intervals.map { (entry.root + $0) % 12 }
        let d = clamp(parameters.dissonance + 0.1 * level + 0.08 * random.normal(), 0, 1)
        let shares: [Float] =
            d < 0.2
            ? [0.64, 0.18, 0.14, 0.04]
            : d < 0.4 ? [0.50, 0.17, 0.26, 0.07] : d < 0.6 ? [0.42, 0.12, 0.38, 0.08] : [0.34, 0.06, 0.48, 0.12]
        var kind = random.weighted(shares)
        let scale = parameters.isMinor ? minorScale : majorScale
        let sevenths = entry.quality == .major ? [11, 10] : entry.quality == .diminished ? [10, 9] : [10]
        let seventh = sevenths.map { (entry.root + $0) % 12 }.first { scale.contains($0) }
        let ninth = (entry.root + 2) % 12
        if entry.quality == .diminished { kind = min(kind, 2) }
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
