public import Moods
public import Music

/// Reads a score out of the notes of a performance that has none: beats, key, chords, voices, phrases and levels.
public enum ScoreInference {
    /// What a file says about itself besides its notes; nil and empty where it does not.
    public struct Hints: Hashable, Sendable {
        public var key: Key?
        public var metre: Metre?
        /// Seconds at which markers stand.
        public var markers: [Double]

        public init(key: Key? = nil, metre: Metre? = nil, markers: [Double] = []) {
            self.key = key
            self.metre = metre
            self.markers = markers
        }
    }

    /// The score behind a performance, its first bar beginning where the first note's bar does.
    ///
    /// Beats are the tempo map's where the notes lie on it, else they are heard. A performance without notes gives an
    /// empty score of one bar.
    public static func score(of performance: Performance, hints: Hints = Hints()) -> Score {
        let metre = hints.metre ?? Self.metre(performance.timeSignatures.first) ?? Metre(beats: 4)
        let grid = BeatGrid.of(performance, metre: metre.beats)
        let first = performance.notes.first.map { grid.beat(at: $0.onset) + 0.08 } ?? 0
        let offset = Int((first / Double(metre.beats)).rounded(.down)) * metre.beats
        let written = Quantising.notes(performance.notes, grid, offset: offset)
        let notes = VoiceFinder.roles(written, metre: metre.beats)
        let end = max(1, notes.map { -(($0.onset + Beat(1, 4)) * -1).floor }.max() ?? 1)
        let bars = (end + metre.beats - 1) / metre.beats
        let beats = bars * metre.beats
        let seconds = (performance.notes.last?.onset ?? 0) - (performance.notes.first?.onset ?? 0)
        let span = (notes.last?.onset.value ?? 0) - (notes.first?.onset.value ?? 0)
        let secondsPerBeat = span > 0 && seconds > 0 ? Float(seconds / span) : 0.7
        let key = hints.key ?? performance.key ?? KeyFinder.key(of: notes)
        let marks = Set(hints.markers.map { Beat(Int((grid.beat(at: $0)).rounded()) - offset) })
        let phrases = PhraseFinder.phrases(
            notes, bars: bars, metre: metre.beats, secondsPerBeat: secondsPerBeat, marks: marks)
        let chords = ChordFinder.chords(of: notes, beats: beats, metre: metre.beats, key: key)
        let final = notes.last.map { last in [ScoreCadence(onset: last.onset, kind: .authentic, isFinal: true)] } ?? []
        return Score(
            title: performance.title, key: key, metre: metre, tempo: 60 / secondsPerBeat, form: "as played",
            bars: bars,
            sections: LevelFinder.sections(
                phrases, notes, velocities: velocities(performance, written), bars: bars, metre: metre.beats, key: key),
            phrases: phrases, chords: chords, cadences: final, notes: notes, motif: [])
    }

    /// The mood that a piece without one is played in: from its mode, its pace and its density.
    public static func mood(of score: Score) -> Mood {
        let seconds = Float(score.beats) * 60 / score.tempo
        let attacks = Set(score.notes.map(\.onset)).count
        let density = Float(max(1, attacks)) / max(1, seconds)
        // The row for density of music.md 2.5 (with music-fit A.2), backwards.
        let energy = Exact.log2(density / 2.8) / 1.25
        return Mood(
            valence: score.key.isMinor ? -0.35 : 0.35, energy: max(-0.8, min(0.8, energy)), tension: 0,
            intimacy: max(0, min(0.6, 0.35 - 0.5 * energy)), nostalgia: 0.3, openness: 0.3)
    }

    /// A metre as it is written, in whole quarter notes: 6/8 has three; nil where a bar is no whole number of them.
    private static func metre(_ signature: TimeSignature?) -> Metre? {
        guard let signature, 4 * signature.numerator % signature.denominator == 0 else { return nil }
        let beats = 4 * signature.numerator / signature.denominator
        return (1...16).contains(beats) ? Metre(beats: beats) : nil
    }

    /// Velocities in the order of the written notes: by onset and pitch.
    private static func velocities(_ performance: Performance, _ written: [ScoreNote]) -> [Float] {
        let played = Dictionary(grouping: performance.notes, by: \.pitch)
        var next: [Pitch: Int] = [:]
        return written.map { note in
            let k = next[note.pitch, default: 0]
            next[note.pitch] = k + 1
            return played[note.pitch].flatMap { k < $0.count ? $0[k].velocity : nil } ?? 64
        }
    }
}
