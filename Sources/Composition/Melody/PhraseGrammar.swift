import Music

/// How motifs become phrases, and how a phrase that was heard comes again (music.md 4.7, music-fit A.2 3).
struct PhraseGrammar {
    /// What happens to a motif when it is used.
    enum Operator: Hashable { case again, ornamented, end, fragment, cadence, inverted, free }

    /// Two bars of a phrase.
    struct Unit {
        let motif: Motif
        let how: Operator
        /// Whether it is the main motif.
        let isMain: Bool
    }

    /// Ticks in a bar.
    let bar: Int
    /// How closely what was heard comes again.
    let returns: ReturnKind
    /// How much the steps of the main motif weigh where it stands as it is: a remembered one is to be known again.
    var insistence: Float = 1
    /// How much the steps of the answer weigh: where it is the owner's motif, it is stated once as it is at least.
    var answerInsistence: Float = 1
    /// How much the steps of the main motif weigh where it stands first.
    var statement: Float = 1

    private static let typeShares: [Float] = [0.35, 0.25, 0.25, 0.15]

    /// Motif and operator of each two bars: a a' b a'', sentence, period or long line.
    ///
    /// `again` starts from the pitch
    /// that the line has reached: repetition or sequence, as the search finds.
    func units(bars: Int, _ pair: MotifPair, _ random: inout RandomStream) -> [Unit] {
        let count = max(1, (bars + 1) / 2)
        let kind = random.weighted(Self.typeShares)
        func main(_ how: Operator) -> Unit { Unit(motif: pair.main, how: how, isMain: true) }
        func answer(_ how: Operator) -> Unit { Unit(motif: pair.answer, how: how, isMain: false) }
        var out = [main(.again)]
        for i in 1..<max(1, count) {
            switch kind {
            case 0:
                if i % 4 == 1 {
                    out.append(main([.again, .again, .ornamented, .again][random.index(4)]))
                } else {
                    out.append(i % 4 == 2 ? answer(.again) : main(.end))
                }
            case 1: out.append(i == 1 ? main(.again) : i % 4 == 2 ? main(.fragment) : answer(.cadence))
            case 2:
                if i % 2 == 1 {
                    out.append(answer(i == count - 1 ? .cadence : .again))
                } else {
                    out.append(main(random.chance(0.5) ? .again : .ornamented))
                }
            default:
                let how: Operator = [.inverted, .again, .free, .ornamented][random.index(4)]
                out.append(random.chance(0.5) ? main(how) : answer(how))
            }
        }
        if answerInsistence > 1, count > 1, !out.contains(where: { !$0.isMain && $0.how == .again }) {
            out[out.firstIndex { !$0.isMain } ?? 1] = answer(.again)
        }
        return out
    }

    /// Units as notes without pitches; the operators act on the wanted steps.
    func realised(_ units: [Unit], start: Int, bars: Int, _ random: inout RandomStream) -> [MelodyNote] {
        var out: [MelodyNote] = []
        for (u, unit) in units.enumerated() {
            let at = start + 2 * u * bar
            var notes = unit.motif.rhythm.enumerated().map { j, cell in
                MelodyNote(
                    onset: at + cell.onset, length: cell.length,
                    step: j == 0 ? nil : unit.motif.contour[j] - unit.motif.contour[j - 1], unit: u)
            }
            if unit.how == .again {
                for i in notes.indices { notes[i].insistence = unit.isMain ? insistence : answerInsistence }
                if u == 0, unit.isMain { notes = notes.map { $0.insisting(max($0.insistence, statement)) } }
            }
            switch unit.how {
            case .inverted: for i in notes.indices { notes[i].step = notes[i].step.map { -$0 } }
            case .fragment:
                let head = notes.filter { $0.onset < at + bar }
                notes = head + head.map { moved($0, by: bar) }
            case .ornamented: notes = ornamented(notes, 0.35, &random)
            case .end, .cadence: for i in notes.indices where i >= notes.count / 2 { notes[i].step = nil }
            case .free: for i in notes.indices { notes[i].step = nil }
            case .again: break
            }
            out += notes
        }
        return out.filter { $0.onset < start + bars * bar - Grid.quarter }
    }

    /// Splits long notes with a neighbour, or joins short ones to the note before.
    private func ornamented(_ notes: [MelodyNote], _ share: Float, _ random: inout RandomStream) -> [MelodyNote] {
        var out: [MelodyNote] = []
        for note in notes {
            if note.length >= Grid.beat, random.chance(share) {
                let cut = note.length < 2 * Grid.beat ? Grid.half : random.chance(0.5) ? Grid.half : Grid.beat
                var head = note
                head.length -= cut
                var tail = note
                tail.onset = note.end - cut
                tail.length = cut
                tail.step = random.chance(0.5) ? 1 : -1
                tail.near = nil
                tail.isLiteral = false
                out += [head, tail]
            } else if note.length <= Grid.half, let last = out.last, last.end == note.onset, random.chance(share * 0.5)
            {
                out[out.count - 1].length += note.length
            } else {
                out.append(note)
            }
        }
        return out
    }

    /// A returning section from its first statement, whose notes are counted from its start.
    ///
    /// Each two bars are exact, ornamented, with another end, simplified or new; the last two change.
    func recalled(
        _ old: [MelodyNote], start: Int, bars: Int, _ pair: MotifPair, octave: Int, _ random: inout RandomStream
    ) -> [MelodyNote] {
        let count = (old.map(\.unit).max() ?? 0) + 1
        var out: [MelodyNote] = []
        for u in 0..<max(count, (bars + 1) / 2) {
            var notes = old.filter { $0.unit == u % count }.map { note in
                var copy = moved(note, by: start + 2 * bar * (u - u % count))
                copy.near = note.pitch + octave
                copy.step = nil
                copy.isLiteral = false
                copy.unit = u
                return copy
            }
            var how = random.weighted(returns.shares)
            // The end is another one; a copy's only sometimes.
            if u == count - 1 {
                let isSoft = random.chance(0.5)
                how = returns == .copied ? (isSoft ? 2 : 0) : isSoft ? 2 : 3
            }
            switch how {
            case 0: for i in notes.indices { notes[i].isLiteral = true }
            case 1: notes = ornamented(notes, 0.4, &random)
            case 2: for i in notes.indices where 10 * i >= 6 * notes.count { notes[i].near = nil }
            case 4:
                let kept = notes.filter { $0.length > Grid.half || random.chance(0.5) }
                if !kept.isEmpty { notes = kept }
            default:
                let isMain = random.chance(0.5)
                let unit = Unit(motif: isMain ? pair.main : pair.answer, how: .again, isMain: isMain)
                notes = realised([unit], start: start + 2 * u * bar, bars: 2, &random).map { note in
                    var copy = note
                    copy.unit = u
                    return copy
                }
            }
            out += notes
        }
        return out.filter { $0.onset < start + bars * bar - Grid.quarter }.sorted { $0.onset < $1.onset }
    }

    private func moved(_ note: MelodyNote, by ticks: Int) -> MelodyNote {
        var copy = note
        copy.onset += ticks
        return copy
    }
}
