import Music

/// Working values to the score that the performer reads: sections, phrases, chords, cadences, notes.
enum ScoreAssembly {
    static func score(_ plan: Plan, _ sections: [Section], _ notes: [Note], motif: Motif?) -> Score {
        let scoreNotes = notes.sorted {
            ($0.onset, $0.pitch, $0.role.rawValue) < ($1.onset, $1.pitch, $1.role.rawValue)
        }
        .map {
            ScoreNote(
                onset: Grid.beats($0.onset), length: Grid.beats($0.length), pitch: Pitch($0.pitch), dynamic: $0.dynamic,
                role: $0.role)
        }
        let chords = sections.flatMap(\.chords).map {
            ScoreChord(
                name: $0.name, onset: Grid.beats($0.onset), length: Grid.beats($0.length), root: $0.root, bass: $0.bass,
                triad: $0.triad, pitchClasses: $0.tones, localTonic: $0.tonic)
        }
        let first = sections.first { !$0.isFrame } ?? sections[0]
        let statement = first.melody.filter { $0.unit == 0 }.prefix(motif?.rhythm.count ?? 8)
        return Score(
            title: plan.request.title, key: plan.key, metre: plan.metre, tempo: plan.tempo, form: plan.form,
            bars: plan.bars,
            sections: sections.map {
                ScoreSection(
                    letter: $0.letter, variant: $0.variant, onset: Grid.beats($0.start), bars: $0.bars, level: $0.level,
                    key: Key(tonic: plan.key.tonic + $0.transposition, isMinor: $0.isMinor))
            }, phrases: phrases(plan, sections), chords: chords, cadences: cadences(plan, sections), notes: scoreNotes,
            motif: statement.map {
                ScoreNote(
                    onset: Grid.beats($0.onset), length: Grid.beats($0.length), pitch: Pitch($0.pitch), role: .melody)
            })
    }

    /// Phrase marks at three levels, named by their length in seconds (music-fit B.2).
    ///
    /// Every section is a boundary of all levels; a remainder of half a phrase or less joins the one before; a phrase
    /// that begins with a rest begins at its first melody note.
    private static func phrases(_ plan: Plan, _ sections: [Section]) -> [ScorePhrase] {
        let bar = plan.metre.beats * Grid.beat
        let seconds = Float(plan.metre.beats) * 60 / plan.tempo
        /// The bars of a section's phrase, halved or doubled until they last 6 to 15 s.
        func phrase(_ section: Section) -> Int {
            var bars = section.phraseBars
            while Float(bars) * seconds > 15, bars > 1 { bars = (bars + 1) / 2 }
            while Float(bars) * seconds < 6 { bars *= 2 }
            return bars
        }
        let onsets = sections.flatMap { $0.melody.map(\.onset) }.sorted()
        let end = (sections.last?.start ?? 0) + (sections.last?.bars ?? 0) * bar
        var out: [ScorePhrase] = []
        for level in PhraseLevel.allCases {
            var starts: [Int] = []
            for section in sections {
                let length =
                    switch level {
                    case .period: 2 * phrase(section)
                    case .phrase: phrase(section)
                    case .gesture: max(1, phrase(section) / 2)
                    }
                starts += Phrases.starts(bars: section.bars, each: length).map { section.start + $0 * bar }
            }
            for i in starts.indices.dropFirst() {
                let window = starts[i]..<starts[i] + bar * 35 / 100
                if let onset = onsets.first(where: { window.contains($0) }) { starts[i] = onset }
            }
            for (a, b) in zip(starts, starts.dropFirst() + [end]) where b > a {
                out.append(ScorePhrase(level: level, onset: Grid.beats(a), end: Grid.beats(b)))
            }
        }
        return out.sorted { ($0.level, $0.onset) < ($1.level, $1.onset) }
    }

    /// How each phrase closes, by its last two chords (music.md 4.10).
    private static func cadences(_ plan: Plan, _ sections: [Section]) -> [ScoreCadence] {
        let bar = plan.metre.beats * Grid.beat
        var out: [ScoreCadence] = []
        for (index, section) in sections.enumerated() where !section.chords.isEmpty {
            let isLast = index == sections.count - 1
            var ends: [Int] = []
            if !section.isFrame {
                let starts = Phrases.starts(bars: section.bars, each: section.phraseBars)
                ends = starts.dropFirst().map { section.start + $0 * bar }
            }
            for end in ends + [section.start + section.bars * bar] {
                guard let i = section.chords.lastIndex(where: { $0.onset < end }) else { continue }
                let chord = section.chords[i]
                let name = chord.name
                let before =
                    section.chords[..<i].last { $0.root != chord.root || $0.bass != chord.bass }
                    ?? sections[..<index].last?.chords.last
                out.append(
                    ScoreCadence(
                        onset: Grid.beats(chord.onset), kind: Cadence.kind(before: before?.name ?? "", last: name),
                        isFinal: isLast))
            }
        }
        return out
    }
}
