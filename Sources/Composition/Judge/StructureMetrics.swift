public import Music

/// Measurements of a piece's structure that tell people's music from damaged music (music.md 6.3).
///
/// Bars are compared as sets of (sixteenth of the bar, pitch class) by Jaccard similarity.
public struct StructureMetrics: Hashable, Sendable {
    /// Share of bars that equal an earlier bar.
    public let exactBarRepeat: Float
    /// Highest mean similarity of bars at one lag of 4...48 bars, less the median over all lags.
    public let lagPeak: Float
    /// Mean, over the 4-bar blocks from bar 4 on, of the similarity to the most similar earlier block.
    public let bestEarlierBlock: Float
    /// Share of those blocks whose best earlier block is less than .35 similar.
    public let newBlocks: Float
    /// Of the bars that recall one before the last, the share whose next bar recalls the one after it: nil where fewer
    /// than six bars recall any.
    public let recallInOrder: Float?
    /// Share of simultaneous bass intervals narrower than people's hands play so low (music.md 4.9).
    public let lowIntervalViolations: Float
    /// Correlation of the pitch classes, weighted by length, with the best of the 24 key profiles.
    public let keyCorrelation: Float
    /// Entropy of the pitch classes in bits.
    public let pitchClassEntropy: Float

    /// Measures notes in bars of `metre`; fewer than 8 bars give a lag peak and blocks of 0.
    public init(notes: [ScoreNote], metre: Metre) {
        let bars = Self.barSets(notes, metre)
        exactBarRepeat = Self.repeats(bars)
        lagPeak = Self.peak(bars)
        (bestEarlierBlock, newBlocks) = Self.blocks(bars)
        recallInOrder = Self.recallInOrder(bars)
        lowIntervalViolations = Self.violations(notes)
        let histogram = Self.histogram(notes)
        keyCorrelation = Self.correlation(histogram)
        pitchClassEntropy = histogram.reduce(0) { $1 > 0 ? $0 - $1 * Exact.log2($1) : $0 }
    }

    /// Measures a whole score.
    public init(_ score: Score) { self.init(notes: score.notes, metre: score.metre) }

    // MARK: - Bars

    private static func barSets(_ notes: [ScoreNote], _ metre: Metre) -> [Set<Int>] {
        var bars: [Set<Int>] = []
        for note in notes {
            let bar = max(0, note.onset.floor) / metre.beats
            while bars.count <= bar { bars.append([]) }
            let place = (note.onset - Beat(bar * metre.beats)) * 4
            bars[bar].insert(Int(place.value.rounded()) * 12 + note.pitch.pitchClass)
        }
        return bars
    }

    private static func similarity(_ a: Set<Int>, _ b: Set<Int>) -> Float {
        if a.isEmpty && b.isEmpty { return 1 }
        let common = a.intersection(b).count
        return Float(common) / Float(a.count + b.count - common)
    }

    private static func repeats(_ bars: [Set<Int>]) -> Float {
        var seen: Set<Set<Int>> = []
        var count = 0
        for bar in bars where !seen.insert(bar).inserted { count += 1 }
        return bars.isEmpty ? 0 : Float(count) / Float(bars.count)
    }

    private static func peak(_ bars: [Set<Int>]) -> Float {
        guard bars.count >= 8 else { return 0 }
        let lags = (1..<max(2, bars.count - 3)).map { lag in
            (0..<bars.count - lag).reduce(Float(0)) { $0 + similarity(bars[$1], bars[$1 + lag]) }
                / Float(bars.count - lag)
        }
        let sorted = lags.sorted()
        let median = sorted[sorted.count / 2]
        let highest = lags.indices.filter { (4...48).contains($0 + 1) }.map { lags[$0] }.max() ?? median
        return highest - median
    }

    private static func blocks(_ bars: [Set<Int>]) -> (best: Float, new: Float) {
        guard bars.count >= 8 else { return (0, 0) }
        var best: [Float] = []
        for start in 4...bars.count - 4 {
            var top: Float = 0
            for earlier in 0...start - 4 {
                let mean = (0..<4).reduce(Float(0)) { $0 + similarity(bars[start + $1], bars[earlier + $1]) } / 4
                top = max(top, mean)
            }
            best.append(top)
        }
        let count = Float(best.count)
        return (best.reduce(0, +) / count, Float(best.filter { $0 < 0.35 }.count) / count)
    }

    private static func recallInOrder(_ bars: [Set<Int>]) -> Float? {
        var (recalls, inOrder) = (0, 0)
        for bar in bars.indices.dropFirst().dropLast() {
            let alike = (0..<bar).map { similarity(bars[bar], bars[$0]) }
            guard let top = alike.max(), top >= 0.5, let first = alike.firstIndex(of: top), first < bar - 1 else {
                continue
            }
            recalls += 1
            if similarity(bars[bar + 1], bars[first + 1]) >= 0.5 { inOrder += 1 }
        }
        return recalls > 5 ? Float(inOrder) / Float(recalls) : nil
    }

    // MARK: - Pitches

    /// The narrowest interval that people leave above a bass note, in semitones, as the music report counts it: an octave
    /// below C2, a fifth below E2, a fourth below C3, a third below E3 (music.md 4.9).
    static func narrowest(above bass: Int) -> Int {
        switch bass {
        case ..<36: 12
        case 36..<40: 7
        case 40..<48: 5
        case 48..<52: 3
        default: 1
        }
    }

    private static func violations(_ notes: [ScoreNote]) -> Float {
        var count = 0
        var places = 0
        var i = 0
        let sorted = notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
        while i < sorted.count {
            var j = i + 1
            while j < sorted.count, sorted[j].onset == sorted[i].onset { j += 1 }
            if j - i >= 2 {
                places += 1
                let bass = sorted[i].pitch.midi
                let above = sorted[i + 1].pitch.midi - bass
                if bass < 56, above > 0, above < narrowest(above: bass) { count += 1 }
            }
            i = j
        }
        return places == 0 ? 0 : Float(count) / Float(places)
    }

    private static func histogram(_ notes: [ScoreNote]) -> [Float] {
        var classes = [Float](repeating: 0, count: 12)
        for note in notes { classes[note.pitch.pitchClass] += Float(note.length.value) }
        let total = classes.reduce(0, +)
        return total > 0 ? classes.map { $0 / total } : classes
    }

    /// Krumhansl and Kessler's profiles (1982).
    private static let major: [Float] = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88]
    private static let minor: [Float] = [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]

    private static func correlation(_ histogram: [Float]) -> Float {
        func pearson(_ profile: [Float], _ shift: Int) -> Float {
            let y = (0..<12).map { profile[($0 - shift + 12) % 12] }
            let (mx, my) = (histogram.reduce(0, +) / 12, y.reduce(0, +) / 12)
            var (xy, xx, yy): (Float, Float, Float) = (0, 0, 0)
            for i in 0..<12 {
                xy += (histogram[i] - mx) * (y[i] - my)
                xx += (histogram[i] - mx) * (histogram[i] - mx)
                yy += (y[i] - my) * (y[i] - my)
            }
            return xx > 0 ? xy / (xx * yy).squareRoot() : 0
        }
        return (0..<12).flatMap { [pearson(major, $0), pearson(minor, $0)] }.max() ?? 0
    }
}

extension StructureMetrics {
    /// A measurement and the range of people's pieces: the hull of p10-p90 of pop, romantic and calm piano music, as the
    /// music report has it; low intervals at most .01.
    public struct Window: Sendable {
        public let name: String
        /// What it is, in a few words.
        public let meaning: String
        public let value: @Sendable (StructureMetrics) -> Float
        public let range: ClosedRange<Float>

        public func holds(_ metrics: StructureMetrics) -> Bool { range.contains(value(metrics)) }
    }

    /// The windows that tell damage: two-sided, never "more is better".
    public static let windows: [Window] = [
        Window(
            name: "lag peak", meaning: "how much bars at one distance resemble each other, over the median",
            value: { $0.lagPeak }, range: 0.07...0.54),
        Window(
            name: "best earlier block", meaning: "likeness of four bars to the most similar earlier four",
            value: { $0.bestEarlierBlock }, range: 0.29...0.74),
        Window(
            name: "new blocks", meaning: "share of four bars unlike all before",
            value: { $0.newBlocks }, range: 0.1...0.75),
        Window(
            name: "low intervals", meaning: "share of narrow intervals in the low bass",
            value: { $0.lowIntervalViolations }, range: 0...0.01),
    ]
}
