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

    private static let telling: Set<String> = [
        "lag peak", "recall in order", "best earlier block", "new blocks", "low intervals",
    ]

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
            + (structure.recallInOrder.map {
                [row("recall in order", "share of recalled bars that go on as they did", $0, 0.30...0.83)]
            } ?? [])
            + [
                row("exact bars", "share of bars that repeat an earlier one", structure.exactBarRepeat, 0.045...0.54),
                row("best earlier bar", "similarity to it, mean", surface.bestEarlierBar, 0.43...0.78),
                row("bar rhythm", "share of bars with an earlier one's onsets", surface.barRhythmRepeat, 0.35...0.95),
                row("groove", "likeness of neighbouring bars' onsets", surface.grooveConsistency, 0.745...0.97),
                row("empty beats", "share of beats in which nothing sounds", surface.emptyBeats, 0...0.12),
                row("polyphony", "keys held at a time", surface.polyphony, 2.4...4.5),
                row("notes per beat", "keys struck in a beat, mean", surface.notesPerBeat, 3.2...10.6),
                row("entropy", "of the pitch classes, bits", surface.pitchClassEntropy, 2.63...3.44),
                row("scale", "share of notes in the best scale", surface.scaleConsistency, 0.81...1),
                row("key", "correlation with the best key profile", structure.keyCorrelation, 0.735...0.952),
                row("skyline", "steps of the highest line, semitones", surface.skylineInterval, 4...9.5),
                row("range", "lowest to highest key, semitones", surface.pitchRange, 36...72),
                row("spread", "standard deviation of the keys, semitones", surface.pitchDeviation, 8.5...13.5),
            ]
    }
}
