import Moods
import Music

/// One piece out of several moments.
///
/// Each states its motif in its own mode; then they ask and answer in one key, sound together at the climax, two at a
/// time, and the first has the last word.
public enum Montage {
    static let form = "montage"
    static let letters = ["A", "B", "C", "D", "E", "F"]
    /// Ticks of its last note for which a motif needs room.
    private static let lastRoom = Grid.half
    /// Bars by which statements and the last word grow where there is room.
    private static let growth = 4

    /// The themes as they are stated, where the montage is told again as well.
    static func themes(_ music: MusicSettings, metre: Metre) -> [Theme] {
        music.montage.map { RetellingPlan.theme($0.theme, music.retelling, metre: metre) }
    }

    /// Bars that a motif takes: two, or as many twos as it needs in a shorter bar than its own.
    static func slot(_ theme: Theme, bar: Int) -> Int {
        let end = (theme.main.last?.onset ?? 0) + lastRoom
        return max(2, (end + 2 * bar - 1) / (2 * bar) * 2)
    }

    // MARK: - Sections

    /// How often what is said, in bars.
    private struct Layout {
        let slots: [Int]
        /// Bars of each statement, of those that there is room for.
        var statements: [Int]
        /// Who asks and who answers.
        var exchanges: [(Int, Int)] = []
        /// Who leads and who sounds under it.
        var climax: [(Int, Int)] = []
        var last: Int

        func bars(_ pair: (Int, Int)) -> Int { slots[pair.0] + slots[pair.1] }
        func layer(_ pair: (Int, Int)) -> Int { max(slots[pair.0], slots[pair.1]) }

        var bars: Int {
            statements.reduce(0, +) + exchanges.reduce(0) { $0 + bars($1) } + climax.reduce(0) { $0 + layer($1) } + last
        }
    }

    /// The fewest bars, without a close, in which all moments have their say and sound together.
    static func fewestBars(_ slots: [Int]) -> Int { smallest(slots).bars }

    private static func smallest(_ slots: [Int]) -> Layout {
        Layout(slots: slots, statements: slots, climax: pairs(slots.count), last: slots[0])
    }

    /// Each moment with the next one, an odd one with the first.
    private static func pairs(_ count: Int) -> [(Int, Int)] {
        stride(from: 0, to: count, by: 2).map { ($0, $0 + 1 < count ? $0 + 1 : 0) }
    }

    /// What fits into so many bars: where all do, longer statements, more exchanges, a longer climax, round and round.
    private static func layout(_ slots: [Int], bars: Int) -> Layout {
        var layout = smallest(slots)
        while layout.bars > bars, !layout.climax.isEmpty { layout.climax.removeLast() }
        if layout.bars > bars { layout.last = 0 }
        while layout.bars > bars, layout.statements.count > 1 { layout.statements.removeLast() }
        // A few seconds hold a motif's head.
        if layout.bars > bars { layout.statements[0] = bars }
        guard layout.bars < bars, layout.climax.count == pairs(slots.count).count else { return layout }
        func grow(_ change: (inout Layout) -> Void) {
            var grown = layout
            change(&grown)
            if grown.bars <= bars { layout = grown }
        }
        for k in slots.indices { grow { $0.statements[k] = max(growth, $0.statements[k]) } }
        for pair in pairs(slots.count) { grow { $0.exchanges.append(pair) } }
        grow { $0.last = max(growth, $0.last) }
        var round = 0
        var before = 0
        while layout.bars != before {
            before = layout.bars
            // Nobody talks on for long while the others wait, and a climax is short.
            let longest = 2 * growth + round / 2 * growth
            for k in slots.indices where layout.statements[k] < longest { grow { $0.statements[k] += growth } }
            if layout.last < 2 * growth { grow { $0.last += growth } }
            // Who led sounds under, who asked answers.
            let turned = pairs(slots.count).map { round % 2 == 0 ? ($0.1, $0.0) : $0 }
            for pair in turned { grow { $0.exchanges.append(pair) } }
            for pair in turned where layout.climax.count < (round / 4 + 2) * turned.count {
                grow { $0.climax.append(pair) }
            }
            round += 1
        }
        return layout
    }

    /// The sections of a montage, at most `bars` bars together, without a close.
    static func sections(_ voices: [MontageVoice], slots: [Int], bars: Int, isMinor: Bool) -> [PlannedSection] {
        let layout = layout(slots, bars: bars)
        var heard: [Int: Int] = [:]
        var out: [PlannedSection] = []
        func add(_ cast: [MontagePart], bars: Int, level: Float, isHome: Bool = true) {
            guard bars > 0 else { return }
            let voice = cast[0].voice
            let variant = heard[voice, default: 0]
            heard[voice] = variant + 1
            // A motif of the other mode is stated in the relative key: the same notes, the other light.
            let isAway = !isHome && voices[voice].isMinor != isMinor
            out.append(
                PlannedSection(
                    letter: letters[voice], variant: variant, bars: bars, level: level, phraseBars: min(4, bars),
                    transposition: isAway ? (isMinor ? 3 : -3) : 0, isMinor: isAway ? !isMinor : isMinor, cast: cast))
        }
        for (k, bars) in layout.statements.enumerated() {
            add(
                [MontagePart(voice: k, place: .states, bar: 0, bars: bars)], bars: bars,
                level: 0.25 + 0.25 * Float(k) / Float(voices.count), isHome: false)
        }
        for (k, pair) in layout.exchanges.enumerated() {
            add(
                [
                    MontagePart(voice: pair.0, place: .asks, bar: 0, bars: slots[pair.0]),
                    MontagePart(voice: pair.1, place: .answers, bar: slots[pair.0], bars: slots[pair.1]),
                ], bars: layout.bars(pair), level: 0.45 + 0.25 * Float(k) / Float(layout.exchanges.count))
        }
        var climax: [MontagePart] = []
        var bar = 0
        for pair in layout.climax {
            let bars = layout.layer(pair)
            climax.append(MontagePart(voice: pair.0, place: .leads, bar: bar, bars: bars))
            climax.append(MontagePart(voice: pair.1, place: .under, bar: bar, bars: bars))
            bar += bars
        }
        if !climax.isEmpty { add(climax, bars: bar, level: 1) }
        add([MontagePart(voice: 0, place: .closes, bar: 0, bars: layout.last)], bars: layout.last, level: 0.25)
        return out
    }

    // MARK: - Table

    /// Who sounds when in a plan's piece; empty where it is no montage.
    public static func table(_ plan: Plan) -> [MontageRow] {
        let voices = plan.request.music.montage
        let slots = slots(plan)
        var rows: [MontageRow] = []
        var start = 0
        for section in plan.sections {
            let key = Key(tonic: plan.key.tonic + section.transposition, isMinor: section.isMinor)
            for part in section.cast where part.bars >= slots[part.voice] {
                let bar = start + part.bar
                rows.append(
                    MontageRow(
                        voice: voices[part.voice].name, place: part.place, bar: bar + 1, bars: part.bars, key: key,
                        onset: Beat(bar * plan.metre.beats), end: Beat((bar + part.bars) * plan.metre.beats)))
            }
            start += section.bars
        }
        return rows
    }

    /// The shortest length at a plan's tempo, in seconds, in which all of its moments have their say.
    public static func shortest(_ plan: Plan) -> Double {
        let slots = slots(plan)
        let beats = Double((fewestBars(slots) + closeBars(fewestBars(slots))) * plan.metre.beats)
        let time = beats * 60 / Double(plan.parameters.tempo) + Plan.leadIn
        return time + Plan.ringOut(time)
    }

    private static func slots(_ plan: Plan) -> [Int] {
        themes(plan.request.music, metre: plan.metre).map { slot($0, bar: plan.metre.beats * Grid.beat) }
    }

    /// Bars of the close of a montage of so many bars.
    static func closeBars(_ bars: Int) -> Int { bars < 5 ? 1 : bars < 20 ? 2 : 4 }

    /// The motifs by letter, as far as they fit two bars.
    static func motifs(_ themes: [Theme], bar: Int) -> [String: MotifPair] {
        Dictionary(uniqueKeysWithValues: zip(letters, themes.map { MotifPair($0, bar: bar) }))
    }
}
