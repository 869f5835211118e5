import Moods
import Music

/// The melody of a piece, with its memory of the sections heard (music.md 4.7, music-fit A.2 3).
struct MelodyWriter {
    private enum Operator { case again, ornamented, end, fragment, cadence, inverted, free }

    private let parameters: MusicalParameters
    private let streams: CompositionStreams
    private let bar: Int
    private let beats: Int
    private let literalness: Float
    private let search: PitchSearch
    let motifs: [String: (main: Motif, answer: Motif)]
    private var memory: [String: (notes: [MelodyNote], centre: Float)] = [:]
    private var last: Int?

    /// Shortest phrase-final note.
    private static let lastNote = Grid.beat + Grid.half

    init(
        _ parameters: MusicalParameters, _ streams: CompositionStreams, metre: Metre, tempo: Float, hasOneMotif: Bool,
        literalness: Float
    ) {
        self.parameters = parameters
        self.streams = streams
        bar = metre.beats * Grid.beat
        beats = metre.beats
        self.literalness = literalness
        var random = streams.at(.motif, "dialect")
        let dialect = Dialect(&random)
        search = PitchSearch(parameters: parameters, dialect: dialect)
        var motifRandom = streams.at(.motif, "motifs")
        motifs = MotifMaker(parameters: parameters, dialect: dialect, tempo: tempo, beats: metre.beats)
            .motifs(&motifRandom, isOne: hasOneMotif)
    }

    /// Fills the melody of a section.
    mutating func write(_ section: inout Section, index: Int) {
        var random = streams.section(.melody, index)
        if section.isFrame {
            section.melody = frame(section, &random)
            return
        }
        var centre = parameters.melodyCentre + 6 * (section.level - 0.2)
        let remembered = memory[section.letter]
        if remembered != nil, section.letter == "A", section.variant >= 2, parameters.melodyCentre < 72 {
            centre += [0, 0, 12][random.index(3)]
        }
        let pair =
            motifs[section.letter] ?? motifs["A"] ?? (
                main: Motif(rhythm: [], contour: [0]), answer: Motif(rhythm: [], contour: [0])
            )
        var notes: [MelodyNote]
        if let remembered {
            notes = recall(
                remembered.notes, section, pair, octave: centre > remembered.centre + 8 ? 12 : 0, &random)
        } else {
            notes = realised(units(section.bars, pair, &random), section.start, section.bars, &random)
            breathe(&notes, &random)
        }
        notes = tidied(notes, section)
        guard !notes.isEmpty else {
            section.melody = []
            return
        }
        let half = notes.count > 12 ? notes.count / 2 : notes.count
        let shapes = [0, 1].map { _ in PitchSearch.Contour.allCases[random.weighted(PitchSearch.Contour.shares)] }
        centre += [-3, 0, 0, 2][random.index(4)]
        let move: Float = remembered == nil ? [-5, 0, 4, 7, 9][random.index(5)] : 0
        let second = centre + move + (section.level > 0.5 ? 1.5 : 0)
        let isClosed = ["I", "I/3", "V/1", "i", "i/b7"].contains(section.chords[section.chords.count - 1].name)
        var reached = last
        for _ in 0..<(remembered == nil ? 4 : 1) {
            let middle = search.choose(
                &notes, 0..<half, chords: section.chords, centre: centre, width: parameters.phraseRange + 3,
                contour: shapes[0], isClosed: false, before: last, &random)
            reached = search.choose(
                &notes, half..<notes.count, chords: section.chords, centre: second, width: parameters.phraseRange + 5,
                contour: shapes[1], isClosed: isClosed, before: middle, &random)
            let pitches = notes.map(\.pitch)
            let most = pitches.map { p in pitches.filter { $0 == p }.count }.max() ?? 0
            let span = (pitches.max() ?? 0) - (pitches.min() ?? 0)
            if span >= 7, most <= max(2, Int(0.4 * Float(pitches.count))) { break }
        }
        last = reached
        if remembered == nil {
            let start = section.start
            memory[section.letter] = (
                notes.map { note in
                    var copy = note
                    copy.onset -= start
                    return copy
                }, centre
            )
        }
        section.melody = notes
    }

    // MARK: - Phrases

    /// Motif and operator per two-bar unit: a a' b a'', sentence, period or long line.
    private func units(_ bars: Int, _ pair: (main: Motif, answer: Motif), _ random: inout RandomStream)
        -> [(motif: Motif, how: Operator)]
    {
        let count = max(1, (bars + 1) / 2)
        let kind = random.weighted([0.35, 0.25, 0.25, 0.15])
        var out: [(motif: Motif, how: Operator)] = [(pair.main, .again)]
        for i in 1..<max(1, count) {
            switch kind {
            case 0:
                if i % 4 == 1 {
                    out.append((pair.main, [.again, .again, .ornamented, .again][random.index(4)]))
                } else {
                    out.append(i % 4 == 2 ? (pair.answer, .again) : (pair.main, .end))
                }
            case 1:
                out.append(
                    i == 1 ? (pair.main, .again) : i % 4 == 2 ? (pair.main, .fragment) : (pair.answer, .cadence))
            case 2:
                if i % 2 == 1 {
                    out.append((pair.answer, i == count - 1 ? .cadence : .again))
                } else {
                    out.append((pair.main, random.chance(0.5) ? .again : .ornamented))
                }
            default:
                let motif = random.chance(0.5) ? pair.main : pair.answer
                out.append((motif, [.inverted, .again, .free, .ornamented][random.index(4)]))
            }
        }
        return out
    }

    /// Motif units as notes without pitches; the operators act on the wanted steps.
    private func realised(
        _ units: [(motif: Motif, how: Operator)], _ start: Int, _ bars: Int, _ random: inout RandomStream
    ) -> [MelodyNote] {
        var out: [MelodyNote] = []
        for (u, unit) in units.enumerated() {
            let at = start + 2 * u * bar
            var notes = unit.motif.rhythm.enumerated().map { j, cell in
                MelodyNote(
                    onset: at + cell.onset, length: cell.length,
                    step: j == 0 ? nil : unit.motif.contour[j] - unit.motif.contour[j - 1], unit: u)
            }
            switch unit.how {
            case .inverted: for i in notes.indices { notes[i].step = notes[i].step.map { -$0 } }
            case .fragment:
                let head = notes.filter { $0.onset < at + bar }
                notes =
                    head
                    + head.map { note in
                        var copy = note
                        copy.onset += bar
                        return copy
                    }
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
            } else if note.length <= Grid.half, !out.isEmpty, random.chance(share * 0.5) {
                out[out.count - 1].length += note.length
            } else {
                out.append(note)
            }
        }
        return out
    }

    /// A returning section: each two-bar unit exact, ornamented, with another end, simplified or new; the last changes.
    private func recall(
        _ old: [MelodyNote], _ section: Section, _ pair: (main: Motif, answer: Motif), octave: Int,
        _ random: inout RandomStream
    ) -> [MelodyNote] {
        let count = (old.map(\.unit).max() ?? 0) + 1
        var out: [MelodyNote] = []
        for u in 0..<max(count, (section.bars + 1) / 2) {
            var notes = old.filter { $0.unit == u % count }.map { note in
                var copy = note
                copy.onset += section.start + 2 * bar * (u - u % count)
                copy.near = note.pitch + octave
                copy.step = nil
                copy.isLiteral = false
                copy.unit = u
                return copy
            }
            var how = random.weighted([0.65 * literalness, 0.14, 0.14, 0.02, 0.05])
            if u == count - 1 { how = random.chance(0.5) ? 2 : 3 }
            switch how {
            case 0: for i in notes.indices { notes[i].isLiteral = true }
            case 1: notes = ornamented(notes, 0.4, &random)
            case 2: for i in notes.indices where 10 * i >= 6 * notes.count { notes[i].near = nil }
            case 4:
                let kept = notes.filter { $0.length > Grid.half || random.chance(0.5) }
                if !kept.isEmpty { notes = kept }
            default:
                notes = realised(
                    [(random.chance(0.5) ? pair.main : pair.answer, .again)], section.start + 2 * u * bar, 2, &random
                ).map { note in
                    var copy = note
                    copy.unit = u
                    return copy
                }
            }
            out += notes
        }
        return out.filter { $0.onset < section.start + section.bars * bar - Grid.quarter }
            .sorted { $0.onset < $1.onset }
    }

    /// Some two-bar units lose their first or last note (2.5).
    private func breathe(_ notes: inout [MelodyNote], _ random: inout RandomStream) {
        for unit in 0...(notes.map(\.unit).max() ?? 0) {
            let own = notes.indices.filter { notes[$0].unit == unit }
            if random.chance(parameters.breath * 0.6), own.count > 3 {
                notes.remove(at: random.chance(0.5) ? own[own.count - 1] : own[0])
            }
        }
    }

    /// Phrase rhythm: no overlaps; the last note of every four bars and of the section is long; at most two bars in a
    /// row begin with a rest; strong beats are marked (music-fit A.2 11).
    private func tidied(_ input: [MelodyNote], _ section: Section) -> [MelodyNote] {
        var notes = input.sorted { $0.onset < $1.onset }
        let start = section.start
        let stops =
            stride(from: 4, to: max(4, section.bars - 1), by: 4).map { start + $0 * bar }
            + [start + section.bars * bar]
        for stop in stops {
            var group = notes.indices.filter { notes[$0].onset < stop && notes[$0].onset >= stop - 4 * bar }
            while group.count > 1, let i = group.last, notes[i].onset > stop - Self.lastNote {
                notes.remove(at: i)
                group.removeLast()
            }
            if let i = group.last {
                let wanted = Self.lastNote + (beats == 4 ? Grid.half : 0)
                notes[i].length = max(notes[i].length, min(stop - notes[i].onset, wanted))
            }
        }
        for i in notes.indices.dropLast() {
            notes[i].length = max(1, min(notes[i].length, notes[i + 1].onset - notes[i].onset))
        }
        var silent = 0
        for k in 0..<section.bars {
            let t = start + k * bar
            if notes.contains(where: { $0.onset <= t && $0.end > t }) {
                silent = 0
                continue
            }
            silent += 1
            if silent > 2, let i = notes.firstIndex(where: { $0.onset > t && $0.onset < t + bar }) {
                notes[i].length += notes[i].onset - t
                notes[i].onset = t
                silent = 0
            }
        }
        for i in notes.indices {
            let at = (notes[i].onset - start) % bar
            notes[i].isStrong = at == 0 || beats == 4 && at == 2 * Grid.beat
        }
        return notes
    }

    /// The intro is sometimes anticipated by the motif's head; the outro always recalls it and ends in the last bar.
    private mutating func frame(_ section: Section, _ random: inout RandomStream) -> [MelodyNote] {
        let isIntro = section.letter == "i"
        if isIntro, random.chance(0.6) { return [] }
        let at = section.start + (isIntro && section.bars > 2 ? bar : 0)
        guard let main = motifs["A"]?.main else { return [] }
        var notes = realised([(main, .again)], at, min(2, section.bars), &random)
        notes = Array(notes.prefix([3, 4, 5][random.index(3)]))
        if !isIntro {
            let end = section.start + (section.bars - 1) * bar
            notes = notes.filter { $0.onset < end }
            if notes.isEmpty, section.bars > 1 { notes = [MelodyNote(onset: section.start, length: bar)] }
            if let i = notes.indices.last {
                notes[i].length = max(notes[i].length, min(Self.lastNote, end - notes[i].onset))
                if section.bars > 3, notes[i].end < end - bar {
                    notes.append(MelodyNote(onset: end - bar, length: bar))
                }
            }
            notes.append(MelodyNote(onset: end, length: bar, unit: 9))
        }
        for i in notes.indices.dropLast() {
            notes[i].length = max(1, min(notes[i].length, notes[i + 1].onset - notes[i].onset))
        }
        for i in notes.indices { notes[i].isStrong = (notes[i].onset - section.start) % bar == 0 }
        last = search.choose(
            &notes, 0..<notes.count, chords: section.chords, centre: parameters.melodyCentre,
            width: parameters.phraseRange, contour: .falling, isClosed: !isIntro, before: last, &random)
        return notes
    }
}
