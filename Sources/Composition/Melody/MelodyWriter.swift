import Moods
import Music

/// The melody of a piece, with its memory of the sections heard (music.md 4.7, music-fit A.2 3).
struct MelodyWriter {
    let parameters: MusicalParameters
    let streams: CompositionStreams
    let bar: Int
    let search: PitchSearch
    let grammar: PhraseGrammar
    let rhythm: PhraseRhythm
    let motifs: [String: MotifPair]
    private let opening: Frame.Part
    /// How far sections lie apart, re the usual.
    private let contrast: Float
    /// Of the moments of a montage.
    let themes: [Theme]
    /// The owner's motif.
    private let signature: Motif?
    /// Whether the second half of a section sings what the first one sang.
    let isStrophic: Bool
    /// What a letter sang first, its onsets counted from the section's start.
    private var memory: [String: (notes: [MelodyNote], centre: Float)] = [:]
    var last: Int?
    /// What the moments of a montage sang first.
    var said: [Int: Saying] = [:]

    /// Semitones by which a section lies apart from the piece, its second half from the first (music-fit A.2 10).
    private static let sectionMoves: [Float] = [-3, 0, 0, 2]
    private static let registerMoves: [Float] = [-5, 0, 4, 7, 9]
    /// Semitones by which the centre rises from level 0 to 1.
    static let levelRise: Float = 6
    /// Drafts of a new section, of which the best shaped is kept.
    static let drafts = 3
    /// How much the steps of a motif weigh that is to be known again.
    private static let insistence: Float = 5
    /// The same where a memory is told, whose mood bends every step.
    private static let toldInsistence: Float = 6
    /// How much they weigh where a piece states its own motif: its leap or its held tone is kept, by which one knows it.
    private static let statement: Float = 4
    /// The least centre of a tune that is told: over the lowest key that a right hand sings on there is room for its motif.
    private static let lowestTold: Float = 64

    init(
        _ parameters: MusicalParameters, _ streams: CompositionStreams, metre: Metre, tempo: Float, hasOneMotif: Bool,
        returns: ReturnKind, opening: Frame.Part = .both, contrast: Float = 1, music: MusicSettings = MusicSettings()
    ) {
        self.parameters = parameters
        self.opening = opening
        self.contrast = contrast
        self.streams = streams
        bar = metre.beats * Grid.beat
        // A theme with a form of its own is to be told as it is; one that is carried into another mood bends to that.
        let isTold = music.theme != nil && !music.sections.isEmpty
        let isRemembered = !music.retelling.isEmpty || !music.montage.isEmpty || isTold
        let remembered = isRemembered ? Self.insistence : 1
        grammar = PhraseGrammar(
            bar: bar, returns: returns,
            insistence: music.retelling.isEmpty ? remembered : Self.toldInsistence,
            answerInsistence: music.signature != nil && music.theme == nil ? Self.insistence : 1,
            statement: music.theme == nil ? Self.statement : 1)
        signature = music.signature.map { Motif($0, bar: metre.beats * Grid.beat) }
        rhythm = PhraseRhythm(beats: metre.beats)
        var strophes = streams.at(.melody, "strophes")
        let likes = strophes.chance(Self.strophic(parameters.mood))
        isStrophic = likes && returns == .copied && music.theme == nil && music.montage.isEmpty
        var random = streams.at(.motif, "dialect")
        let dialect = Dialect(&random)
        search = PitchSearch(parameters: parameters, dialect: dialect)
        var vocabularyRandom = streams.at(.motif, "vocabulary")
        let vocabulary = RhythmVocabulary(
            energy: parameters.mood.energy, beats: metre.beats, &vocabularyRandom)
        var motifRandom = streams.at(.motif, "motifs")
        let maker = MotifMaker(
            parameters: parameters, dialect: dialect, vocabulary: vocabulary, tempo: tempo, beats: metre.beats)
        let drawn = maker.motifs(&motifRandom, isOne: hasOneMotif)
        var motifs = drawn
        if let theme = music.theme {
            let stated = RetellingPlan.theme(theme, music.retelling, metre: metre)
            motifs = MotifPair(stated, bar: metre.beats * Grid.beat).among(drawn, isOne: hasOneMotif)
        } else if let signature {
            motifs["A"]?.answer = signature
        }
        themes = Montage.themes(music, metre: metre)
        if !themes.isEmpty { motifs = Montage.motifs(themes, bar: metre.beats * Grid.beat) }
        self.motifs = motifs
    }

    /// Fills the melody of a section.
    mutating func write(_ section: inout Section, index: Int) {
        if section.isFrame {
            section.melody = frame(section, index)
            return
        }
        if !section.cast.isEmpty {
            section.melody = montage(section, index)
            return
        }
        var random = streams.section(.melody, index)
        let parameters = section.parameters ?? parameters
        var centre = parameters.melodyCentre + Self.levelRise * (1 + contrast) / 2 * (section.level - 0.2)
        let remembered = memory[section.letter]
        if remembered != nil, section.letter == "A", section.variant >= 2, parameters.melodyCentre < 72,
            !section.isRetold
        {
            centre += [0, 0, 12][random.index(3)]
        }
        let pair = motifs[section.letter] ?? motifs["A"] ?? .empty
        var notes: [MelodyNote]
        var units: [PhraseGrammar.Unit] = []
        var hasStrophes = false
        if let remembered {
            notes = grammar.recalled(
                remembered.notes, start: section.start, bars: section.bars, pair,
                octave: centre > remembered.centre + 8 ? 12 : 0, &random)
            notes = relit(notes, in: section)
        } else {
            units = grammar.units(bars: section.bars, pair, &random)
            notes = grammar.realised(units, start: section.start, bars: section.bars, &random)
            rhythm.breathe(&notes, share: parameters.breath, &random)
            hasStrophes = isStrophic && Self.hasHalves(units.count)
            if hasStrophes { notes = strophes(notes, units: units.count) }
        }
        notes = rhythm.tidied(notes, start: section.start, bars: section.bars)
        if section.silence > 0 {
            notes = rhythm.silenced(notes, bar: section.start + (section.bars - 1) * bar, silence: section.silence)
        }
        guard !notes.isEmpty else {
            section.melody = []
            return
        }
        centre += random.pick(Self.sectionMoves)
        if grammar.insistence > 1 { centre = max(centre, Self.lowestTold) }
        let drawn = random.pick(Self.registerMoves)
        let move = remembered == nil && !hasStrophes ? drawn : 0
        let isClosed =
            !section.isElided
            && ["I", "I/3", "V/1", "i", "i/b7"].contains(section.chords[section.chords.count - 1].name)
        let shapes = [0, 1].map { _ in PitchSearch.Contour.allCases[random.weighted(PitchSearch.Contour.shares)] }
        let lines = [
            PitchSearch.Line(
                centre: centre, width: parameters.phraseRange + 3, contour: shapes[0], isClosed: false),
            PitchSearch.Line(
                centre: centre + move + (section.level > 0.5 ? 1.5 : 0), width: parameters.phraseRange + 5,
                contour: shapes[1], isClosed: isClosed),
        ]
        let half = Self.half(notes, units: (section.bars + 1) / 2, isShort: notes.count <= 12 && !hasStrophes)
        let recalls = remembered == nil && move == 0
        var phrases = [0, 1].map { streams.phrase(.melody, index, $0) }
        var best: (flaws: Float, notes: [MelodyNote]) = (.infinity, notes)
        for _ in 0..<(remembered == nil ? Self.drafts : 1) {
            var draft = notes
            let middle = search.choose(
                &draft, 0..<half, chords: section.chords, line: lines[0], before: last, &phrases[0])
            if hasStrophes {
                sungAgain(&draft, units: units.count)
            } else if recalls {
                echo(&draft, from: half, units, &phrases[1])
            }
            _ = search.choose(
                &draft, half..<draft.count, chords: section.chords, line: lines[1], before: middle, &phrases[1])
            let flaws = Self.flaws(draft.map(\.pitch))
            if flaws < best.flaws { best = (flaws, draft) }
        }
        last = best.notes[best.notes.count - 1].pitch
        if remembered == nil {
            let start = section.start
            memory[section.letter] = (
                best.notes.map { note in
                    var copy = note
                    copy.onset -= start
                    return copy
                }, centre
            )
        }
        section.melody = best.notes
    }

    /// Index of the first note of the second half; short sections are one phrase.
    private static func half(_ notes: [MelodyNote], units: Int, isShort: Bool) -> Int {
        guard !isShort, units > 1 else { return notes.count }
        return notes.firstIndex { $0.unit >= units / 2 } ?? notes.count
    }

    /// The second half of a section begins like the first where the same motif stands over the same place of the loop:
    /// the head of each two bars wishes for the pitches heard, the end goes on by itself.
    private func echo(
        _ notes: inout [MelodyNote], from half: Int, _ units: [PhraseGrammar.Unit], _ random: inout RandomStream
    ) {
        for u in units.indices.dropFirst(2) {
            let own = notes.indices.filter { $0 >= half && notes[$0].unit == u }
            let partner = u % 2
            guard !own.isEmpty, units[partner].isMain == units[u].isMain, random.chance(0.6) else { continue }
            let heard = notes.indices.filter { $0 < half && notes[$0].unit == partner }
            for i in own.prefix(max(1, own.count * 6 / 10)) {
                let place = notes[i].onset - 2 * bar * (u - partner)
                if let j = heard.first(where: { notes[$0].onset == place }) {
                    notes[i].near = notes[j].pitch
                    notes[i].step = nil
                }
            }
        }
    }

    /// What is wrong with the shape of a line: too narrow, one pitch too often, a climax that is not the only one or
    /// comes too early (music.md 4.7).
    static func flaws(_ pitches: [Int]) -> Float {
        guard let highest = pitches.max(), let lowest = pitches.min(), pitches.count > 3 else { return 0 }
        var most = 0
        for p in pitches { most = max(most, pitches.filter { $0 == p }.count) }
        var flaws: Float = highest - lowest < 7 ? 4 : 0
        if most > max(2, Int(0.4 * Float(pitches.count))) { flaws += 4 }
        let peaks = pitches.indices.filter { pitches[$0] == highest }
        flaws += Float(peaks.count - 1)
        let at = Float(peaks[peaks.count - 1]) / Float(pitches.count - 1)
        flaws += 2 * abs(at - 0.66)
        return flaws
    }

    // MARK: - Frame

    /// The intro is sometimes anticipated by the motif's head; the outro always recalls it and ends in the last bar.
    private mutating func frame(_ section: Section, _ index: Int) -> [MelodyNote] {
        var random = streams.section(.melody, index)
        let isIntro = section.letter == "i"
        if isIntro, opening == .accompaniment { return [] }
        let at = section.start + (isIntro && section.bars > 2 ? bar : 0)
        let own = isIntro ? nil : signature
        let main = PhraseGrammar.Unit(motif: own ?? (motifs["A"] ?? .empty).main, how: .again, isMain: true)
        var notes = grammar.realised([main], start: at, bars: min(2, section.bars), &random)
        let count = [3, 4, 5][random.index(3)]
        notes = own == nil ? Array(notes.prefix(count)) : notes.map { $0.insisting(Self.insistence) }
        let end = section.start + section.bars * bar
        while isIntro, notes.count > 1, let last = notes.last, end - last.onset < PhraseRhythm.lastNote {
            notes.removeLast()
        }
        if isIntro, let i = notes.indices.last {
            notes[i].length = max(
                notes[i].length, min(PhraseRhythm.lastNote, section.start + section.bars * bar - notes[i].onset))
        }
        if !isIntro {
            let end = section.start + (section.bars - 1) * bar
            notes = notes.filter { $0.onset < end }
            if notes.isEmpty, section.bars > 1 { notes = [MelodyNote(onset: section.start, length: bar)] }
            if let i = notes.indices.last {
                notes[i].length = max(notes[i].length, min(PhraseRhythm.lastNote, end - notes[i].onset))
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
        let line = PitchSearch.Line(
            centre: (section.parameters ?? parameters).melodyCentre, width: parameters.phraseRange, contour: .falling,
            isClosed: !isIntro)
        var phrase = streams.phrase(.melody, index, 0)
        last = search.choose(
            &notes, 0..<notes.count, chords: section.chords, line: line, before: last, &phrase)
        return notes
    }
}
