public import Music

/// A score as a table to read and as JSON for machines.
public enum ScoreText {
    /// Heading, sections, harmony and notes as aligned tables; places are `bar.beat`, both from 1.
    public static func text(of score: Score) -> String {
        var out = score.title + "\n"
        out += "\(score.key.name), \(score.metre), \(Decimal.short(Double(score.tempo), 1)) beats a minute, "
        out += "form \(score.form), \(score.bars) bars, \(score.notes.count) notes\n"

        var sections = TextTable([
            ("section", .left), ("bar", .right), ("bars", .right), ("level", .right), ("key", .left),
        ])
        for section in score.sections {
            sections.add(
                SectionName.text(section.letter, variant: section.variant), String(bar(section.onset, score)),
                String(section.bars), Decimal.fixed(Double(section.level), 2),
                section.key.written(in: score.key).name)
        }
        var chords = TextTable([("bar.beat", .left), ("chord", .left), ("bass", .left), ("length", .right)])
        for chord in score.chords {
            chords.add(
                place(chord.onset, score), chord.name,
                Spelling.spell(Pitch(48 + mod12(chord.bass)), key: score.key(at: chord.onset), chord: chord).letter,
                chord.length.description)
        }
        var notes = TextTable([
            ("bar.beat", .left), ("voice", .left), ("note", .left), ("length", .right), ("mark dB", .right),
        ])
        for note in score.notes {
            notes.add(
                place(note.onset, score), note.role.rawValue, name(of: note, score), note.length.description,
                note.dynamic == 0 ? "" : Decimal.fixed(Double(note.dynamic), 1))
        }
        return [out, sections.text, chords.text, notes.text].joined(separator: "\n")
    }

    /// The whole score as a JSON object; times are in beats from the start, as exact fractions such as `"7/2"`.
    public static func json(of score: Score) -> String {
        JSONText.object([
            ("title", .string(score.title)),
            ("key", .string(score.key.name)),
            ("beatsInBar", .integer(score.metre.beats)),
            ("tempo", .number(Double(score.tempo), decimals: 3)),
            ("form", .string(score.form)),
            ("bars", .integer(score.bars)),
            ("sections", .array(score.sections.map { json($0, score) })),
            ("phrases", .array(score.phrases.map(json))),
            ("chords", .array(score.chords.map(json))),
            ("cadences", .array(score.cadences.map(json))),
            ("notes", .array(score.notes.map { json($0, score) })),
            ("motif", .array(score.motif.map { json($0, score) })),
        ]).document
    }

    // MARK: - Parts

    private static func json(_ section: ScoreSection, _ score: Score) -> JSONText {
        .object([
            ("letter", .string(section.letter)), ("variant", .integer(section.variant)), ("onset", beat(section.onset)),
            ("bars", .integer(section.bars)), ("level", .number(Double(section.level), decimals: 4)),
            ("key", .string(section.key.written(in: score.key).name)),
        ])
    }

    private static func json(_ phrase: ScorePhrase) -> JSONText {
        let level =
            switch phrase.level {
            case .period: "period"
            case .phrase: "phrase"
            case .gesture: "gesture"
            }
        return .object([("level", .string(level)), ("onset", beat(phrase.onset)), ("end", beat(phrase.end))])
    }

    private static func json(_ chord: ScoreChord) -> JSONText {
        .object([
            ("name", .string(chord.name)), ("onset", beat(chord.onset)), ("length", beat(chord.length)),
            ("root", .integer(chord.root)), ("bass", .integer(chord.bass)),
            ("triad", .array(chord.triad.map(JSONText.integer))),
            ("pitchClasses", .array(chord.pitchClasses.map(JSONText.integer))),
            ("localTonic", .integer(chord.localTonic)),
        ])
    }

    private static func json(_ cadence: ScoreCadence) -> JSONText {
        .object([
            ("onset", beat(cadence.onset)), ("kind", .string(cadence.kind.rawValue)), ("final", .bool(cadence.isFinal)),
        ])
    }

    private static func json(_ note: ScoreNote, _ score: Score) -> JSONText {
        .object([
            ("onset", beat(note.onset)), ("length", beat(note.length)), ("pitch", .integer(note.pitch.midi)),
            ("name", .string(name(of: note, score))), ("voice", .string(note.role.rawValue)),
            ("dynamic", .number(Double(note.dynamic), decimals: 3)),
        ])
    }

    private static func beat(_ beat: Beat) -> JSONText { .string(beat.description) }

    /// The note as it is written in its key over its chord.
    private static func name(of note: ScoreNote, _ score: Score) -> String {
        let chord = score.chords.last { $0.onset <= note.onset }
        return Spelling.spell(note.pitch, key: score.key(at: note.onset), chord: chord).name
    }

    private static func bar(_ beat: Beat, _ score: Score) -> Int {
        let beats = beat.floor
        return (beats >= 0 ? beats / score.metre.beats : (beats + 1) / score.metre.beats - 1) + 1
    }

    /// Such as `3.2` or `3.2+1/2`: the bar, the beat in it and what is left.
    private static func place(_ beat: Beat, _ score: Score) -> String {
        let bar = bar(beat, score)
        let rest = beat - Beat(beat.floor)
        let place = "\(bar).\(beat.floor - (bar - 1) * score.metre.beats + 1)"
        return rest == .zero ? place : place + "+\(rest)"
    }

    private static func mod12(_ value: Int) -> Int { ((value % 12) + 12) % 12 }
}
