import Moods
public import Music

/// Who sounds when in a montage.
public struct MontageRow: Hashable, Sendable {
    public enum Place: String, Hashable, Sendable {
        case states, answers, leads, under, closes
    }

    public let voice: String
    public let place: Place
    /// From 1.
    public let bar: Int
    public let bars: Int
    /// Where the motif begins and the section ends.
    public let onset: Beat
    public let end: Beat

    /// Such as `bars 9-16  states   evening`.
    public var text: String {
        let range = "bars \(bar)-\(bar + bars - 1)"
        return range + String(repeating: " ", count: max(1, 14 - range.count)) + place.rawValue
            + String(repeating: " ", count: 9 - place.rawValue.count) + voice
    }
}

/// One piece out of several moments: each states its motif in its own light, then they answer one another in one key,
/// are layered at the climax, and the first has the last word.
public enum Montage {
    static let form = "montage"
    private static let letters = ["A", "B", "C", "D", "E", "F"]
    /// Shares of a statement, an answer, the climax and the last statement.
    private static let weights = (statement: 4, answer: 2, climax: 4, last: 4)

    /// Sections of `bars` bars together, without a close.
    static func sections(_ voices: [MontageVoice], bars: Int, isMinor: Bool) -> [PlannedSection] {
        var parts: [(voice: Int, weight: Int, level: Float, isHome: Bool)] = []
        for k in voices.indices {
            parts.append((k, weights.statement, 0.25 + 0.25 * Float(k) / Float(voices.count), false))
        }
        for k in voices.indices { parts.append((k, weights.answer, 0.55, true)) }
        parts.append((0, weights.climax, 1, true))
        parts.append((0, weights.last, 0.25, true))
        let total = parts.reduce(0) { $0 + $1.weight }
        // Whole motifs of two bars; the rest goes to the climax and the last statement.
        var lengths = parts.map { max(2, bars * $0.weight / total / 2 * 2) }
        while lengths.reduce(0, +) > bars, let i = lengths.indices.max(by: { lengths[$0] < lengths[$1] }),
            lengths[i] > 2
        {
            lengths[i] -= 2
        }
        let rest = max(0, bars - lengths.reduce(0, +))
        lengths[lengths.count - 1] += rest - rest / 2
        lengths[lengths.count - 2] += rest / 2
        var heard: [Int: Int] = [:]
        return zip(parts, lengths).map { part, length in
            let variant = heard[part.voice, default: 0]
            heard[part.voice] = variant + 1
            // A motif of the other mode is stated in the relative key: the same notes, the other light.
            let isAway = !part.isHome && voices[part.voice].isMinor != isMinor
            return PlannedSection(
                letter: letters[part.voice], variant: variant, bars: length, level: part.level,
                phraseBars: min(4, length), transposition: isAway ? (isMinor ? 3 : -3) : 0,
                isMinor: isAway ? !isMinor : isMinor)
        }
    }

    /// Who sounds when in a plan's piece; empty where it is no montage.
    public static func table(_ plan: Plan) -> [MontageRow] {
        let voices = plan.request.music.montage
        guard !voices.isEmpty else { return [] }
        var rows: [MontageRow] = []
        var bar = 0
        let main = plan.sections.filter { $0.letter != "o" }
        for (index, section) in main.enumerated() {
            guard let k = letters.firstIndex(of: section.letter), voices.indices.contains(k) else { continue }
            func row(_ voice: Int, _ place: MontageRow.Place, from start: Int, bars: Int) {
                rows.append(
                    MontageRow(
                        voice: voices[voice].name, place: place, bar: start + 1, bars: bars,
                        onset: Beat(start * plan.metre.beats), end: Beat((start + bars) * plan.metre.beats)))
            }
            switch index {
            case main.count - 2:
                row(k, .leads, from: bar, bars: section.bars)
                for under in layers(voices.count, bars: section.bars) {
                    row(under.voice, .under, from: bar + under.bar, bars: 2)
                }
            case main.count - 1: row(k, .closes, from: bar, bars: section.bars)
            case ..<voices.count: row(k, .states, from: bar, bars: section.bars)
            default: row(k, .answers, from: bar, bars: section.bars)
            }
            bar += section.bars
        }
        return rows
    }

    /// Which voices sound under the first at the climax, two bars each, and in which bar of it they begin.
    static func layers(_ count: Int, bars: Int) -> [(voice: Int, bar: Int)] {
        (0..<bars / 2).map { (voice: 1 + $0 % (count - 1), bar: 2 * $0) }
    }

    /// The motifs by letter.
    static func motifs(_ voices: [MontageVoice], bar: Int) -> [String: MotifPair] {
        Dictionary(uniqueKeysWithValues: zip(letters, voices.map { MotifPair($0.theme, bar: bar) }))
    }

    /// The climax with the other motifs in the tenor: they take the place of the figure, over the bass.
    static func layered(_ notes: [Note], _ section: Section, _ voices: [MontageVoice], bar: Int) -> [Note] {
        let end = section.start + section.bars * bar
        let bass = notes.filter { $0.role == .bass }
        var out = notes.filter { $0.role != .figure || !(section.start..<end).contains($0.onset) }
        for layer in layers(voices.count, bars: section.bars) {
            let start = section.start + layer.bar * bar
            let motif = Motif(voices[layer.voice].theme.main, bar: bar)
            let scale = PitchClassMask(
                section.chords.at(start).isMinor ? minorScale(section, start) : majorScale(section, start))
            let steps = motif.contour
            // The whole motif lies in the tenor, its middle near the F-sharp below middle C.
            let middle = ((steps.max() ?? 0) + (steps.min() ?? 0)) / 2
            let keys = (36...76).filter { scale.contains($0) }
            guard let home = keys.indices.min(by: { abs(keys[$0] - 54) < abs(keys[$1] - 54) }) else { continue }
            for (cell, step) in zip(motif.rhythm, steps) {
                let index = clamp(home + step - middle, 0, keys.count - 1)
                let onset = start + cell.onset
                let note = Note(onset: onset, length: min(cell.length, end - onset), pitch: keys[index], role: .figure)
                // One hand: the bass that it cannot reach gives way.
                if let low = bass.first(where: { $0.onset == onset }), note.pitch - low.pitch > HandShape.span {
                    out.removeAll { $0.onset == onset && $0.role == .bass }
                }
                out.removeAll { $0.role == .inner && $0.onset == onset && $0.pitch <= note.pitch + 2 }
                out.append(note)
            }
        }
        return Guards.unique(out)
    }

    private static func majorScale(_ section: Section, _ time: Int) -> [Int] {
        [0, 2, 4, 5, 7, 9, 11].map { ($0 + section.chords.at(time).tonic) % 12 }
    }

    private static func minorScale(_ section: Section, _ time: Int) -> [Int] {
        [0, 2, 3, 5, 7, 8, 10].map { ($0 + section.chords.at(time).tonic) % 12 }
    }
}
