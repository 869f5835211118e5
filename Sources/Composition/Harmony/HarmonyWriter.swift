import Moods
import Music

/// The chords of a piece, with its memory: one ground per section letter, one colour per chord name, one drone per
/// section letter.
struct HarmonyWriter {
    let plan: Plan
    let home: HarmonySearch
    let away: HarmonySearch
    let streams: CompositionStreams
    /// Ticks in a bar.
    let bar: Int
    let displaced: Float
    let neighbours: Float
    /// The kinds of neighbour chord, the piece's own first.
    let neighbourKinds: [Neighbour]
    let palette: ColourPalette
    let surprise: (letters: [String], chord: String, place: Float)?
    var grounds: [String: Ground] = [:]
    var sections: [String: [Link]] = [:]
    var drones: [String: Int?] = [:]
    var colours: [String: [Int]] = [:]
    var heard: [[String]: Int] = [:]
    /// What the section being written is made from: the piece's own, or those of its time.
    var now: MusicalParameters
    /// The chords so far, by name.
    var past: [String] = []

    struct Link {
        var length: Int
        var name: String
        var colour: [Int] = []
    }

    /// The loop of a section letter.
    struct Ground {
        var type: GroundType
        var pace: Pace
        var links: [Link]
    }

    init(_ plan: Plan, _ streams: CompositionStreams) {
        self.plan = plan
        self.streams = streams
        var habits = streams.at(.harmony, "habits")
        let gait = RootGait.draw(&habits)
        neighbourKinds = Neighbour.order(&habits)
        home = HarmonySearch(plan.parameters, gait: gait)
        away = HarmonySearch(plan.parameters.inMode(isMinor: !plan.parameters.isMinor), gait: gait)
        now = plan.parameters
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

    var parameters: MusicalParameters { plan.parameters }

    func search(_ section: Section) -> HarmonySearch {
        if let own = section.parameters { return HarmonySearch(own, gait: home.gait) }
        return section.isMinor == parameters.isMinor ? home : away
    }

    /// Fills the chords of a section; `tension` is the plan's for each of its bars, `approach` the chord that the
    /// section must leave for a last bar that is the tonic's alone.
    mutating func write(_ section: inout Section, index: Int, isBeforeOutro: Bool, tension: [Float], approach: String?)
    {
        now = section.parameters ?? parameters
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
        links = arrived(links, section, index: index)
        past += links.map(\.name)
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
            lightCrests(&chords, section)
        }
        section.chords = leading(chords, section, index: index)
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
}
