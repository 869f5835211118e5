public import Music

/// A piece's measurements beside human windows (music.md 6.1, 6.3).
///
/// The windows say "not unlike people's music", not "beautiful"; they are two-sided, and one piece in ten of people's
/// own stands outside each.
public struct Judgement: Hashable, Sendable {
    /// One measurement and its window.
    public struct Row: Hashable, Sendable {
        public let name: String
        /// What it is, in a few words.
        public let meaning: String
        public let value: Float
        public let window: ClosedRange<Float>

        public var isInside: Bool { window.contains(value) }
    }

    public let bars: Int
    public let notes: Int
    public let rows: [Row]

    /// How many measurements are inside.
    public var inside: Int { rows.count(where: \.isInside) }

    /// True where two or more of the windows are left that damage leaves: loops, random and shuffled pitches leave
    /// three or four of them, one of people's own pieces in ten leaves one (music.md 6.3).
    public var isDamaged: Bool { rows.count { !$0.isInside && Self.telling.contains($0.name) } > 1 }

    private static let telling: Set<String> = ["lag peak", "best earlier block", "new blocks", "low intervals"]

    /// Measures notes on their grid; fewer than 8 bars cannot be told from a loop and are outside.
    public init(notes: [ScoreNote], metre: Metre) {
        let surface = SurfaceMetrics(notes: notes, metre: metre)
        let structure = StructureMetrics(notes: notes, metre: metre)
        bars = 1 + (notes.map { max(0, $0.onset.floor) / metre.beats }.max() ?? -1)
        self.notes = notes.count
        func row(_ name: String, _ meaning: String, _ value: Float, _ window: ClosedRange<Float>) -> Row {
            Row(name: name, meaning: meaning, value: value, window: window)
        }
        rows =
            StructureMetrics.windows.map { row($0.name, $0.meaning, $0.value(structure), $0.range) }
            + [
                row("exact bars", "share of bars that repeat an earlier one", structure.exactBarRepeat, 0.12...0.40),
                row("best earlier bar", "similarity to it, mean", surface.bestEarlierBar, 0.35...0.65),
                row("bar rhythm", "share of bars with an earlier one's onsets", surface.barRhythmRepeat, 0.50...0.90),
                row("groove", "likeness of neighbouring bars' onsets", surface.grooveConsistency, 0.75...0.93),
                row("empty beats", "share of beats in which nothing sounds", surface.emptyBeats, 0...0.12),
                row("polyphony", "keys held at a time", surface.polyphony, 2.2...4.2),
                row("notes per beat", "", surface.notesPerBeat, 1.2...6),
                row("entropy", "of the pitch classes, bits", surface.pitchClassEntropy, 2.6...3.4),
                row("scale", "share of notes in the best scale", surface.scaleConsistency, 0.81...1),
                row("key", "correlation with the best key profile", structure.keyCorrelation, 0.78...0.97),
                row("skyline", "steps of the highest line, semitones", surface.skylineInterval, 4...9.5),
                row("range", "lowest to highest key, semitones", surface.pitchRange, 36...72),
                row("spread", "standard deviation of the keys, semitones", surface.pitchDeviation, 8.5...13.5),
            ]
    }
}
