/// What words make of a moment (music.md 3.2).
package struct WordImpression: Hashable, Sendable {
    package var impression: Impression
    /// How the text goes on from clause to clause, at shares 0...1 of the way, the first at 0.
    ///
    /// One point where nothing changes.
    package var course: [(at: Float, axes: Axes)] { zip(courseTimes, courseAxes).map { ($0, $1) } }
    /// Words that the lexicon knows, as often as they stand in the text.
    package var knownWords: Int
    /// Seconds from wave to wave where the words are by the water, or breathe.
    package var swell: (seconds: Double, word: String)? { swellWord.map { (swellSeconds, $0) } }

    private var courseTimes: [Float]
    private var courseAxes: [Axes]
    private var swellSeconds: Double
    private var swellWord: String?

    init(
        impression: Impression, course: [(at: Float, axes: Axes)], knownWords: Int,
        swell: (seconds: Double, word: String)?
    ) {
        self.impression = impression
        self.knownWords = knownWords
        courseTimes = course.map(\.at)
        courseAxes = course.map(\.axes)
        swellSeconds = swell?.seconds ?? 0
        swellWord = swell?.word
    }
}

/// Reads words: a lexicon, and a small grammar.
package enum WordSense {
    /// Points of the course at most.
    private static let points = 5

    /// A word of the lexicon as it stands in the text.
    private struct Hit {
        var axes: Axes
        /// As written, with what turns it: `not afraid`.
        var text: String
        /// How much it says about a mood: strong feelings outweigh furniture.
        var weight: Float {
            0.25 + abs(axes.valence) + 0.6 * abs(axes.energy) + 0.4 * abs(axes.tension) + 0.2 * abs(axes.intimacy)
        }
    }

    /// What a text makes of a moment.
    ///
    /// Of a text without a known word the confidence is zero.
    package static func read(_ text: String) -> WordImpression {
        var marks: GrammarMarks = []
        var segments: [(hits: [Hit], weight: Float)] = []
        var swell: (seconds: Double, word: String)?
        var cache = WordCache()
        for clause in Tokenizer.clauses(text) {
            marks.formUnion(Grammar.marks(clause))
            let hits = hits(clause, &cache, &swell)
            guard !hits.isEmpty else { continue }
            segments.append((hits, clause.isContrast ? 1.5 : clause.isConcession ? 0.67 : 1))
        }
        let all = segments.flatMap(\.hits)
        let known = all.count
        var shift = Axes()
        var reasons: [String] = []
        for (mark, name, axes) in GrammarMarks.shifts where marks.contains(mark) {
            shift += axes
            reasons.append("words, \(name) -> \(axes.effects())")
        }
        let mean = mean(segments)
        let axes = (mean + shift).clamped
        reasons = hitReasons(all) + reasons
        // Person and tense say something even where no word is known.
        let confidence =
            known == 0 ? (marks.isEmpty ? Float(0) : 0.3) : 1 - 1 / (1 + 1.5 * Float(min(known, 20)))
        return WordImpression(
            impression: Impression(
                sense: .words, axes: known == 0 ? (Fusion.quietMoment + shift).clamped : axes,
                confidence: Axes(repeating: confidence), reasons: reasons),
            course: course(segments, mean: mean, shift: shift), knownWords: known, swell: swell)
    }

    // MARK: - Words

    private static func hits(
        _ clause: Clause, _ cache: inout WordCache, _ swell: inout (seconds: Double, word: String)?
    ) -> [Hit] {
        let words = clause.words
        var hits: [Hit] = []
        var negatedUntil = -1
        var negation = ""
        var strength: (factor: Float, until: Int) = (1, -1)
        var i = 0
        while i < words.count {
            let word = words[i]
            let isFarFrom = Grammar.isFarFrom(words, at: i)
            let (lemma, length) = isFarFrom ? (nil, 1) : lemma(words, at: i, &cache)
            // `homeless` and `unloved` deny what they are made of.
            let denied = lemma == nil && !isFarFrom ? Inflection.denied(in: word).flatMap { cache.lemma(of: $0) } : nil
            if let known = lemma ?? denied, let axes = Lexicon.scores[known] {
                if swell == nil, let lemma, let seconds = swells[lemma] { swell = (seconds, lemma) }
                let written = words[i..<i + length].joined(separator: " ")
                var hit = Hit(axes: denied == nil ? axes : negated(axes), text: written)
                if i <= strength.until { hit.axes = (hit.axes * strength.factor).clamped }
                if i <= negatedUntil {
                    hit.axes = negated(hit.axes)
                    hit.text = negation + " … " + written
                    if words[i - 1] == negation { hit.text = negation + " " + written }
                }
                hits.append(hit)
            } else if Grammar.isNegation(word) || isFarFrom {
                if !Grammar.saysYes(word, before: words[(i + 1)...].prefix(3)) {
                    (negatedUntil, negation) = (i + 3, word)
                }
            } else if Grammar.intensifiers.contains(word) {
                strength = (1.4, i + 2)
            } else if Grammar.diminishers.contains(word) {
                strength = (0.6, i + 2)
            }
            i += length
        }
        return hits
    }

    /// The lemma that starts at a word, and how many words it takes.
    private static func lemma(_ words: [String], at i: Int, _ cache: inout WordCache) -> (
        lemma: String?, length: Int
    ) {
        for phrase in Lexicon.phrases[words[i]] ?? [] where i + phrase.count <= words.count {
            if words[i..<i + phrase.count].elementsEqual(phrase) {
                return (phrase.joined(separator: "-"), phrase.count)
            }
        }
        return (cache.lemma(of: words[i]), 1)
    }

    /// The other way round: valence flips and the rest is halved; the energy of something good turns with it, for
    /// not happy is low and not calm is restless.
    private static func negated(_ axes: Axes) -> Axes {
        var out = axes * 0.5
        out[0] = -axes.valence
        if axes.valence > 0 {
            out[1] = -out[1]
            out[2] = -out[2]
        }
        return out
    }

    /// Seconds from wave to wave that go with a word where no recording says otherwise (music.md 3.4).
    private static let swells: [String: Double] = [
        "beach": 8.5, "shore": 8.5, "seashore": 8.5, "seaside": 8.5, "sea": 8.5, "coast": 8.5, "wave": 8.5,
        "surf": 8.5, "swell": 8.5, "lake": 4, "pond": 4, "ocean": 12, "breathe": 10, "breath": 10,
    ]

    // MARK: - Clauses

    /// The mean of the hits by weight; where several agree they are sure of it, so up to a quarter more.
    private static func mean(_ segments: [(hits: [Hit], weight: Float)]) -> Axes {
        var total = Axes()
        var weight: Float = 0
        var count = 0
        for segment in segments {
            for hit in segment.hits {
                total += hit.axes * (hit.weight * segment.weight)
                weight += hit.weight * segment.weight
                count += 1
            }
        }
        guard weight > 0 else { return Axes() }
        let certainty = 1.25 - 0.25 / Float(min(count, 5))
        return (total * (certainty / weight)).clamped
    }

    /// The clauses as points of a course around the whole, half as far from it as they are; few clauses or many make
    /// at most five points.
    private static func course(_ segments: [(hits: [Hit], weight: Float)], mean: Axes, shift: Axes) -> [(
        at: Float, axes: Axes
    )] {
        guard segments.count > 1 else { return [(0, (mean + shift).clamped)] }
        let count = min(points, segments.count)
        var course: [(at: Float, axes: Axes)] = []
        for point in 0..<count {
            let part = segments[(point * segments.count / count)..<((point + 1) * segments.count / count)]
            let axes = self.mean(Array(part))
            course.append((Float(point) / Float(count), ((axes + mean) * 0.5 + shift).clamped))
        }
        return course
    }

    // MARK: - Reasons

    /// The words that say most, those with the same effect together.
    private static func hitReasons(_ hits: [Hit]) -> [String] {
        var seen = Set<String>()
        let distinct = hits.filter { seen.insert($0.text).inserted }
        let strongest = distinct.enumerated().sorted {
            ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
        }
        return strongest.prefix(4).sorted { $0.offset < $1.offset }.compactMap {
            let effects = $0.element.axes.effects(atMost: 2)
            return effects.isEmpty ? nil : "words '\($0.element.text)' -> \(effects)"
        }
    }
}
