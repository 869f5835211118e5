import Moods
import Music

/// The chords of a section: new ones on its ground, those of a return, those of intro and outro.
extension HarmonyWriter {
    /// Share of the intros with an accompaniment that bring the loop of the theme.
    private static let vamp: Float = 0.6
    private static let applied = ["vi": "III", "ii": "VI", "V": "II", "IV": "I7", "i": "V"]

    mutating func frame(_ section: Section, _ random: inout RandomStream) -> [Link] {
        let isIntro = section.letter == "i"
        if isIntro, plan.frame.opening != .tune, random.chance(Self.vamp), let loop = vamp(section) { return loop }
        let search = search(section)
        let lengths = durations(section.bars, min(now.chordsPerBar, 0.9), &random)
        let links =
            isIntro
            ? zip(lengths, search.progression(lengths.count, first: search.home, past: past, &random)).map {
                Link(length: $0, name: $1)
            } : closing(lengths, search, &random)
        return links.map {
            Link(length: $0.length, name: $0.name, colour: remembered($0.name, 0, section.isMinor, &random))
        }
    }

    /// The last bar of the piece belongs to the tonic alone, the bar before it to its planned approach.
    private func closing(_ lengths: [Int], _ home: HarmonySearch, _ random: inout RandomStream) -> [Link] {
        let total = lengths.reduce(0, +)
        guard total > bar else { return [Link(length: total, name: home.home)] }
        var out: [Int] = []
        var left = total - bar
        for length in lengths where left > 0 {
            out.append(min(length, left))
            left -= length
        }
        if out[out.count - 1] > bar {
            out[out.count - 1] -= bar
            out.append(bar)
        }
        let names =
            home.progression(out.count - 1, ending: .before(plan.approach), past: past, &random)
            + [plan.approach, home.home]
        return zip(out + [bar], names).map { Link(length: $0, name: $1) }
    }

    /// The loop of the first theme, which an intro brings before it (music-plans 3); nil where the theme is elsewhere.
    private mutating func vamp(_ intro: Section) -> [Link]? {
        guard let first = plan.sections.firstIndex(where: { $0.letter == "A" }), plan.request.music.montage.isEmpty,
            plan.sections[first].isMinor == parameters.isMinor
        else { return nil }
        let theme = plan.sections[first]
        let at = plan.sections[..<first].reduce(0) { $0 + $1.bars }
        let section = Section(
            letter: "A", harmony: "A", variant: 0, bars: theme.bars, level: theme.level, isMinor: theme.isMinor,
            parameters: theme.parameters)
        let loop = ground(section, Array(plan.tension[at..<at + theme.bars])).links
        return Self.cycled(loop, intro.bars * bar, shortest: bar / 2).map { link in
            var own = streams.at(.harmony, "vamp", link.name)
            return Link(
                length: link.length, name: link.name, colour: remembered(link.name, 0, section.isMinor, &own))
        }
    }

    /// A new section: its ground in every phrase, later phrases left alone, changed in one chord or ended otherwise, the
    /// end of the section left to the loop or closed by a cadence (music-plans 2).
    mutating func fresh(
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
            if total - at - span < max(2 * bar, period / 2 + 1) { span = total - at }
            var part = Self.cycled(ground.links, span, shortest: bar / 2)
            if at > 0, !isQuoted { part = varied(part, search(section), tension, at, &random) }
            links += part
            at += span
        }
        let keeps = random.chance(0.45 + 0.15 * max(0, -now.mood.tension))
        if section.isElided {
            links = ended(links, .half, search(section), &random)
        } else if isBeforeOutro || !keeps {
            links = ended(links, cadence(isBeforeOutro, &random), search(section), &random)
        }
        addApplied(&links, &random)
        if let surprise, surprise.letters.contains(section.letter), section.isMinor == parameters.isMinor {
            surprised(&links, surprise, total)
        }
        spendOnce(&links, section)
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
            past: past + links[..<(first - 1)].map(\.name),
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

    /// How a section ends: one that closes, not as the piece is to close.
    private func cadence(_ isClosing: Bool, _ random: inout RandomStream) -> ScoreCadence.Kind {
        let kind = Cadence.draw(isClosing: isClosing, &random)
        return isClosing && kind == plan.finalCadence ? Cadence.draw(isClosing: true, &random) : kind
    }

    private func addApplied(_ links: inout [Link], _ random: inout RandomStream) {
        for i in links.indices.dropFirst().dropLast() {
            if let dominant = Self.applied[links[i + 1].name], links[i - 1].name != dominant,
                random.chance(0.05 * (1 + now.mood.nostalgia))
            {
                links[i].name = dominant
            }
        }
    }

    /// A return: the same chords cut or stretched to the section, few substitutions, a new ending on later returns unless
    /// they are copies.
    mutating func again(_ section: Section, _ isBeforeOutro: Bool, _ random: inout RandomStream) -> [Link] {
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
        let before = links.map(\.name)
        if section.isElided {
            links = ended(links, .half, search, &random)
        } else if section.variant >= 2 && plan.returns != .copied || isBeforeOutro {
            links = ended(links, cadence(true, &random), search, &random)
        }
        spendOnce(&links, section)
        for i in links.indices where i >= before.count || links[i].name != before[i] {
            links[i].colour = remembered(links[i].name, 0, section.isMinor, &random)
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
}
