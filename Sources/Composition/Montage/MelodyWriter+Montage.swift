import Moods
import Music

/// The melody of a montage: motifs where its plan says, every note of them, and what belongs to them between.
extension MelodyWriter {
    /// What a moment sang first: notes counted from the start of its statement, and for how many bars.
    struct Saying {
        var notes: [MelodyNote]
        var bars: Int
    }

    /// How much the steps of a motif weigh that the table promises.
    private static let promised: Float = 12
    /// Semitones by which a moment's tune lies higher than the next one's.
    private static let places: [Float] = [0, -3, 2, 4]
    /// Bars after which a part says the same again.
    private static let period = 4
    /// Up to so many moments have the time for a middle of their own.
    private static let few = 3

    mutating func montage(_ section: Section, _ index: Int) -> [MelodyNote] {
        var random = streams.section(.melody, index)
        let parts = section.cast.filter { $0.place != .under }
        var notes: [MelodyNote] = []
        for part in parts { notes += sung(part, section, &random) }
        notes = notes.filter { $0.onset < section.start + section.bars * bar - Grid.quarter }
        guard !notes.isEmpty else { return [] }
        notes = rhythm.tidied(notes, start: section.start, bars: section.bars)
        var best: (flaws: Float, notes: [MelodyNote]) = (.infinity, notes)
        var phrases = parts.indices.map { streams.phrase(.melody, index, min(1, $0)) }
        for _ in 0..<Self.drafts {
            var draft = notes
            var before = last
            for (i, part) in parts.enumerated() {
                before = sing(part, of: section, &draft, before: before, isLast: i == parts.count - 1, &phrases[i])
            }
            let flaws = Self.flaws(draft.map(\.pitch))
            if flaws < best.flaws { best = (flaws, draft) }
        }
        last = best.notes.last?.pitch ?? last
        for part in parts where said[part.voice] == nil { remember(part, section, best.notes) }
        return best.notes
    }

    private mutating func remember(_ part: MontagePart, _ section: Section, _ notes: [MelodyNote]) {
        let start = section.start + part.bar * bar
        let bars = min(part.bars, period(part.voice))
        let own = notes.filter { $0.onset >= start && $0.onset < start + bars * bar }
        said[part.voice] = Saying(
            notes: own.map { note in
                var copy = note
                copy.onset -= start
                return copy
            }, bars: bars)
    }

    private func slot(_ voice: Int) -> Int { Montage.slot(themes[voice], bar: bar) }

    private func period(_ voice: Int) -> Int { max(Self.period, slot(voice)) }

    // MARK: - Rhythm

    /// The motif and what belongs to it, said again while the part lasts.
    private func sung(_ part: MontagePart, _ section: Section, _ random: inout RandomStream) -> [MelodyNote] {
        let start = section.start + part.bar * bar
        let period = period(part.voice)
        var first = recalled(part, section) ?? stated(part, from: start)
        let bars = said[part.voice]?.bars ?? slot(part.voice)
        for at in stride(from: bars, to: min(period, part.bars) - 1, by: 2) {
            let unit = PhraseGrammar.Unit(
                motif: (motifs[Montage.letters[part.voice]] ?? .empty).answer,
                how: at + 2 >= part.bars ? .cadence : .again, isMain: false)
            first += grammar.realised([unit], start: start + at * bar, bars: 2, &random)
        }
        first = first.filter { $0.onset < start + min(period, part.bars) * bar - Grid.quarter }
        var out = first
        for again in stride(from: period, to: part.bars, by: period) {
            if isMiddle(again / period) {
                out += middle(part, from: start + again * bar, bars: period, &random)
                continue
            }
            out += first.map { note in
                var copy = note
                copy.onset += again * bar
                return copy
            }
        }
        return out.filter { $0.onset < start + part.bars * bar - Grid.quarter }.map { note in
            var copy = note
            copy.unit = (note.onset - section.start) / (2 * bar)
            return copy
        }
    }

    /// Whether a part turns to something else in what would be its third time.
    private func isMiddle(_ turn: Int) -> Bool { themes.count <= Self.few && turn % 3 == 2 }

    /// The answer alone, then the motif upside down.
    private func middle(_ part: MontagePart, from start: Int, bars: Int, _ random: inout RandomStream) -> [MelodyNote] {
        let pair = motifs[Montage.letters[part.voice]] ?? .empty
        let units = (0..<max(1, bars / 2)).map {
            $0 % 2 == 0
                ? PhraseGrammar.Unit(motif: pair.answer, how: .again, isMain: false)
                : PhraseGrammar.Unit(motif: pair.main, how: .inverted, isMain: true)
        }
        return grammar.realised(units, start: start, bars: bars, &random)
    }

    /// The motif with nothing but its steps.
    private func stated(_ part: MontagePart, from start: Int) -> [MelodyNote] {
        let theme = themes[part.voice].main
        return theme.enumerated().map { i, note in
            MelodyNote(
                onset: start + note.onset, length: note.length, step: i == 0 ? nil : note.step - theme[i - 1].step,
                insistence: Self.promised, isTheme: true)
        }
    }

    /// What the moment sang first, in the octave that is nearest to the part's line; nil where it has not sung.
    private func recalled(_ part: MontagePart, _ section: Section) -> [MelodyNote]? {
        guard let saying = said[part.voice] else { return nil }
        let start = section.start + part.bar * bar
        let heard = saying.notes.filter(\.isTheme).map(\.pitch)
        let middle = Float((heard.min() ?? 0) + (heard.max() ?? 0)) / 2
        let centre = line(part, section, isClosed: false).centre
        let octave = [0, 12, -12].min { abs(middle + Float($0) - centre) < abs(middle + Float($1) - centre) } ?? 0
        return saying.notes.map { note in
            var copy = note
            copy.onset += start
            copy.near = note.pitch + octave
            copy.isLiteral = true
            if !note.isTheme { copy.step = nil }
            return copy
        }
    }

    // MARK: - Pitch

    /// Gives a part its pitches, what is said again those that it had; the last pitch.
    private func sing(
        _ part: MontagePart, of section: Section, _ notes: inout [MelodyNote], before: Int?, isLast: Bool,
        _ random: inout RandomStream
    ) -> Int? {
        let start = section.start + part.bar * bar
        let (period, end) = (period(part.voice) * bar, part.bars * bar)
        let isClosed =
            isLast && ["I", "I/3", "V/1", "i", "i/b7"].contains(section.chords[section.chords.count - 1].name)
        var before = before
        for again in stride(from: 0, to: end, by: period) {
            let range = Self.range(start + again..<start + min(end, again + period), in: notes)
            if again > 0, !isMiddle(again / period) { repeated(&notes, range, after: again, end: start + end) }
            before = search.choose(
                &notes, range, chords: section.chords,
                line: line(part, section, isClosed: isClosed && again + period >= end), before: before, &random)
        }
        return before
    }

    /// Wishes for the pitches that the same place had before; the end of the last two bars goes on by itself.
    private func repeated(_ notes: inout [MelodyNote], _ range: Range<Int>, after ticks: Int, end: Int) {
        for i in range {
            guard let j = notes.firstIndex(where: { $0.onset == notes[i].onset - ticks }) else { continue }
            notes[i].near = notes[j].pitch
            notes[i].isLiteral = true
            if !notes[i].isTheme {
                notes[i].step = nil
                if notes[i].onset >= end - bar { (notes[i].near, notes[i].isLiteral) = (nil, false) }
            }
        }
    }

    private static func range(_ time: Range<Int>, in notes: [MelodyNote]) -> Range<Int> {
        let first = notes.firstIndex { $0.onset >= time.lowerBound } ?? notes.count
        let end = notes.firstIndex { $0.onset >= time.upperBound } ?? notes.count
        return first..<max(first, end)
    }

    /// Where the line of a part lies: wide enough for its motif.
    private func line(_ part: MontagePart, _ section: Section, isClosed: Bool) -> PitchSearch.Line {
        let steps = themes[part.voice].main.map(\.step)
        let span = Float((steps.max() ?? 0) - (steps.min() ?? 0)) * 12 / 7
        let place = Self.places[part.voice % Self.places.count]
        return PitchSearch.Line(
            centre: parameters.melodyCentre + Self.levelRise * (section.level - 0.2) + place,
            width: max(parameters.phraseRange + 4, span + 3), contour: .arch, isClosed: isClosed)
    }
}
