import Music

/// Places per beat.
enum Grid {
    /// Of the tempo and loudness curves.
    static let cells = 12
    /// Of the tempo map that leaves the performer.
    static let mapPoints = 4

    /// The first cell that begins at or after a beat.
    static func cell(_ beat: Beat) -> Int { -(beat * Grid.cells * -1).floor }
}

/// The score as the pianist reads it: an entry per note, in order of onset and pitch, with its harmony and its place.
struct Reading {
    let score: Score
    /// How strongly each rule acts, in this mood and these hands.
    let weights: ExpressiveWeights
    let style: PersonalStyle
    /// Mean length of a beat in this performance, seconds.
    let secondsPerBeat: Float
    /// One entry per key stroke: unisons of two voices are one stroke of the more important voice.
    let notes: [ScoreNote]
    /// Onsets, beats.
    let onset: [Float]
    /// MIDI numbers.
    let pitch: [Float]
    let isMelody: [Bool]
    /// Indices of the melody's notes, one at a time (the upper one where it is doubled).
    let melody: [Int]
    /// Indices of the notes that are struck together, in order of time.
    let chordsStruck: [Range<Int>]
    /// Melodic charge of each note.
    let charge: [Float]
    /// Root of the harmonic charge under each note.
    let tension: [Float]
    /// Where the phrases of a level begin, and the end of the piece: a phrase reaches to the next.
    let boundaries: [PhraseLevel: [Beat]]
    /// Beats in a pulse of 0.5 to 1 second.
    let tactus: Float
    /// Where the last chord is struck.
    let finalStrike: Beat

    init(_ score: Score, mood: ExpressiveWeights, style: PersonalStyle, secondsPerBeat: Float) {
        self.score = score
        self.style = style
        weights = mood.taken(by: style)
        self.secondsPerBeat = secondsPerBeat
        let notes = Self.strokes(score.notes)
        self.notes = notes
        onset = notes.map { Float($0.onset.value) }
        pitch = notes.map { Float($0.pitch.midi) }
        isMelody = notes.map { $0.role == .melody }
        var line: [Int] = []
        for i in notes.indices where notes[i].role == .melody {
            if let last = line.last, notes[last].onset == notes[i].onset {
                line[line.count - 1] = i
            } else {
                line.append(i)
            }
        }
        melody = line
        var struck: [Range<Int>] = []
        var first = 0
        for i in notes.indices where i + 1 == notes.count || notes[i + 1].onset != notes[i].onset {
            struck.append(first..<i + 1)
            first = i + 1
        }
        chordsStruck = struck
        let chords = score.chords.sorted { $0.onset < $1.onset }
        let own = notes.map { note in
            chords.isEmpty ? nil : chords[max(0, chords.lowerBound { $0.onset > note.onset } - 1)]
        }
        charge = zip(notes, own).map { note, chord in chord.map { Charge.melodic(note.pitch, over: $0) } ?? 0 }
        tension = own.map { chord in chord.map { Charge.harmonic($0).squareRoot() } ?? 0 }
        boundaries = Dictionary(
            uniqueKeysWithValues: PhraseLevel.allCases.map { ($0, Self.boundaries(of: $0, in: score)) })
        tactus = 1 / max(1, (secondsPerBeat / 0.8).rounded())
        let end = Beat(score.beats)
        let planned = score.cadences.last { $0.isFinal && $0.onset < end }?.onset
        let lastBar = Beat(max(0, score.beats - score.metre.beats))
        finalStrike = planned ?? min(notes.last?.onset ?? lastBar, max(lastBar, .zero))
    }

    /// Beats in the whole piece.
    var beats: Int { score.beats }
    /// Beats in the bar.
    var metre: Int { score.metre.beats }
    /// Cells of the curves.
    var cells: Int { beats * Grid.cells }

    /// Length of note `i`, beats.
    func length(_ i: Int) -> Float { Float(notes[i].length.value) }

    /// Whether a phrase of the level begins (or the piece ends) here.
    func isBoundary(_ level: PhraseLevel, at beat: Beat) -> Bool {
        let places = boundaries[level] ?? []
        let i = places.lowerBound { $0 >= beat }
        return i < places.count && places[i] == beat
    }

    /// The mean of the melody's pitches, or of all where there is none.
    var meanMelodyPitch: Float {
        let line = melody.isEmpty ? Array(pitch.indices) : melody
        return line.reduce(0) { $0 + pitch[$1] } / Float(max(1, line.count))
    }

    private static func strokes(_ notes: [ScoreNote]) -> [ScoreNote] {
        let order: [VoiceRole: Int] = [.melody: 0, .bass: 1, .inner: 2, .figure: 3]
        let sorted = notes.sorted {
            ($0.onset, $0.pitch.midi, order[$0.role] ?? 4) < ($1.onset, $1.pitch.midi, order[$1.role] ?? 4)
        }
        var kept: [ScoreNote] = []
        for note in sorted {
            if let last = kept.last, last.onset == note.onset, last.pitch == note.pitch {
                kept[kept.count - 1].length = max(last.length, note.length)
            } else {
                kept.append(note)
            }
        }
        return kept
    }

    private static func boundaries(of level: PhraseLevel, in score: Score) -> [Beat] {
        let end = Beat(score.beats)
        let starts = Set(score.phrases.filter { $0.level == level }.map(\.onset) + [.zero])
        return starts.filter { $0 < end }.sorted() + [end]
    }
}
