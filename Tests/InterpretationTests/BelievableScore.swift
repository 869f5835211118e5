import Music

/// A piece as a composer might hand it over: 32 bars in four sections (quiet, warmer, climax, return), two-bar gestures
/// in four-bar phrases that end on a long note, one chord a bar over a moving bass, broken chords between.
enum BelievableScore {
    static func make(beatsInBar: Int = 4, tempo: Float = 66, level: Float = 0.85) -> Score {
        let home = Key(tonic: 0, isMinor: false)
        let levels: [(String, Int, Float)] = [("A", 0, 0.2), ("A", 1, 0.4), ("B", 0, level), ("A", 2, 0.3)]
        let sections = levels.enumerated().map { i, x in
            ScoreSection(letter: x.0, variant: x.1, onset: Beat(i * 8 * beatsInBar), bars: 8, level: x.2, key: home)
        }
        let chords = (0..<32).map { chord(bar: $0, beatsInBar) }
        var notes: [ScoreNote] = []
        for bar in 0..<31 {
            notes += tune(bar: bar, beatsInBar) + accompaniment(chords[bar], bar: bar, beatsInBar)
        }
        let end = Beat(31 * beatsInBar)
        for (midi, role): (Int, VoiceRole) in [(36, .bass), (52, .figure), (55, .figure), (72, .melody)] {
            notes.append(ScoreNote(onset: end, length: Beat(beatsInBar), pitch: Pitch(midi), role: role))
        }
        var phrases: [ScorePhrase] = []
        for (level, bars): (PhraseLevel, Int) in [(.period, 8), (.phrase, 4), (.gesture, 2)] {
            for start in stride(from: 0, to: 32, by: bars) {
                let end = Beat((start + bars) * beatsInBar)
                phrases.append(ScorePhrase(level: level, onset: Beat(start * beatsInBar), end: end))
            }
        }
        return Score(
            title: "Test piece", key: home, metre: Metre(beats: beatsInBar), tempo: tempo,
            form: "aaba", bars: 32, sections: sections, phrases: phrases, chords: chords,
            cadences: [ScoreCadence(onset: end, kind: .authentic, isFinal: true)],
            notes: notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }, motif: [])
    }

    private static func chord(bar: Int, _ beats: Int) -> ScoreChord {
        let degrees = bar == 31 ? [0] : (16..<24).contains(bar) ? [9, 5, 2, 7, 4, 9, 5, 7] : [0, 9, 5, 7, 0, 4, 5, 7]
        let root = degrees[bar % degrees.count]
        let third = [2, 4, 9].contains(root) ? 3 : 4
        let triad = [root, (root + third) % 12, (root + 7) % 12]
        return ScoreChord(
            name: "\(root)", onset: Beat(bar * beats), length: Beat(beats), root: root, bass: root, triad: triad,
            pitchClasses: triad, localTonic: 0)
    }

    /// Quarters and eighths that rise and fall by steps with some leaps; every fourth bar ends on a long note and a rest.
    private static func tune(bar: Int, _ beats: Int) -> [ScoreNote] {
        let scale = [0, 2, 4, 5, 7, 9, 11, 12, 14, 16, 17, 19, 21, 23, 24]
        let lift = (16..<24).contains(bar) ? 4 : bar / 8
        if bar % 4 == 3 {
            let pitch = Pitch(64 + scale[lift + (bar % 8 == 7 ? 0 : 2)])
            return [ScoreNote(onset: Beat(bar * beats), length: Beat(beats - 1), pitch: pitch, role: .melody)]
        }
        let lengths: [Beat] = bar % 2 == 0 ? [1, Beat(1, 2), Beat(1, 2), 1, 1] : [Beat(3, 2), Beat(1, 2), 1, 1]
        let steps = [[2, 3, 4, 5, 4], [7, 4, 5, 3], [4, 5, 6, 8, 6]][bar % 4]
        var onset = Beat(bar * beats)
        let end = Beat((bar + 1) * beats)
        var notes: [ScoreNote] = []
        for (length, step) in zip(lengths, steps) where onset + length <= end {
            let pitch = Pitch(64 + scale[step + lift - 2])
            notes.append(ScoreNote(onset: onset, length: length, pitch: pitch, role: .melody))
            onset = onset + length
        }
        return notes
    }

    private static func accompaniment(_ chord: ScoreChord, bar: Int, _ beats: Int) -> [ScoreNote] {
        let bass = 36 + chord.root
        var notes = [ScoreNote(onset: chord.onset, length: Beat(2), pitch: Pitch(bass), role: .bass)]
        let tones = chord.triad.map { 48 + ($0 + 12 - 0) % 12 }.sorted()
        for k in 0..<2 * beats {
            let tone = tones[[0, 2, 1, 2][k % 4]]
            let onset = chord.onset + Beat(k, 2)
            notes.append(ScoreNote(onset: onset, length: Beat(1, 2), pitch: Pitch(tone), role: .figure))
        }
        if bar % 4 == 3 {
            let onset = chord.onset + Beat(beats - 1)
            notes.append(ScoreNote(onset: onset, length: 1, pitch: Pitch(tones[1] + 12), role: .inner))
        }
        return notes
    }
}
