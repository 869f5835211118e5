import Music

/// How the bars of a piece are shared out among its sections: whole phrases first, then what departs from them.
struct SectionLengths {
    /// Bars of each section.
    private(set) var bars: [Int]
    /// The section whose last bar is also the first one of the next, if any.
    private(set) var elided: Int?
    /// Bars of a phrase; nil where no length of phrases fits.
    private(set) var phrase: Int?

    /// How a piece departs from whole phrases of its own accord (music-plans 3).
    private enum Departure: CaseIterable {
        case none, lastExtended, middleExtended, elided

        static let shares: [Float] = [0.5, 0.2, 0.15, 0.15]
    }

    /// The most bars by which one phrase is extended.
    private static let longest = 2

    /// Sections of whole phrases, one of them extended or elided where the piece likes that, that fill `body` bars: a
    /// phrase more or less where much is missing or too much, what is left to the sections that people extend, the last
    /// one and the middle first.
    ///
    /// - Parameters:
    ///   - sections: Letter and number of phrases of each.
    ///   - phrase: Bars of a phrase.
    ///   - body: Bars to fill, at least one for each section.
    ///   - random: Decides which departure.
    init(
        _ sections: [(letter: String, phrases: Int)], phrase: Int, body: Int, _ random: inout RandomStream
    ) {
        let departure = Departure.allCases[random.weighted(Departure.shares)]
        let more = 1 + random.index(Self.longest)
        let last = sections.count - 1
        let middles = sections.indices.filter { sections[$0].letter != "A" && $0 != last }
        let rest = sections.indices.reversed().filter { $0 != last && !middles.contains($0) }
        bars = sections.map { $0.phrases * phrase }
        self.phrase = phrase
        switch departure {
        case .lastExtended: bars[last] += more
        case .middleExtended: middles.first.map { bars[$0] += more }
        case .elided where last > 1:
            elided = last - 1
            bars[last - 1] -= 1
        case .none, .elided: break
        }
        let order = ((random.chance(0.35) ? [last] + middles : middles + [last]) + rest).filter { $0 != elided }
        share(body, phrase: phrase, order: order)
        if bars.reduce(0, +) != body || bars.contains(where: { $0 < min(2, body) }) {
            self = SectionLengths(sections.map { $0.phrases * phrase }, body: body, wave: nil)
        }
    }

    /// Adds to or takes from the sections in turn until they fill `body`, as far as phrases can give.
    private mutating func share(_ body: Int, phrase: Int, order: [Int]) {
        var left = body - bars.reduce(0, +)
        // Whole phrases first: a middle that is a phrase longer, an end that is shorter.
        while left >= phrase - 1, let i = order.dropFirst().first ?? order.first {
            bars[i] += phrase
            left -= phrase
        }
        while -2 * left >= phrase, let i = order.first(where: { bars[$0] >= 2 * phrase }) {
            bars[i] -= phrase
            left += phrase
        }
        for i in order + order where left != 0 {
            let step = left > 0 ? min(Self.longest, left) : -1
            bars[i] += step
            left -= step
        }
    }
}

extension SectionLengths {
    /// Sections stretched or shortened by whole bars, or whole waves, until they fill `body`: the last and the middle ones
    /// first, never below two bars while there is another way.
    ///
    /// - Parameters:
    ///   - lengths: Bars of each section, at least one.
    ///   - body: Bars, at least one for each section, and a wave where there is a sea: so some section can give way.
    ///   - wave: Bars of a wave, where there is a sea.
    init(_ lengths: [Int], body: Int, wave: Int?) {
        let phrases = wave.map { body % (2 * $0) == 0 && lengths.count * 2 * $0 <= body } ?? false
        let unit = (wave ?? 1) * (phrases ? 2 : 1)
        // A form that is remembered may have phrases of other lengths.
        bars = phrases ? lengths.map { max(unit, $0 - $0 % unit) } : lengths
        var total = bars.reduce(0, +)
        if total > 0, abs(total - body) > bars.count * unit {
            let scale = Float(body) / Float(total)
            bars = bars.map { max(2, Int((Float($0) * scale).rounded())) }
            // Whole phrases of two bars sound meant.
            bars = bars.map { wave == nil && $0 > 5 && $0 % 2 == 1 ? $0 - 1 : max(unit, $0 - $0 % unit) }
            total = bars.reduce(0, +)
        }
        var least = max(unit, min(2, body / bars.count))
        var refused = 0
        var i = bars.count - 1
        while total != body {
            // What is less than a unit goes to one section.
            let step = max(-unit, min(unit, body - total))
            if bars[i] + step >= least {
                bars[i] += step
                total += step
                refused = 0
            } else {
                refused += 1
                if refused == bars.count { least = 1 }
            }
            i = i > 0 ? i - 1 : bars.count - 1
        }
    }
}
