import Music

/// How new a long piece stays: its bars as sets, and the two measures of music.md 4.11 kept up to date section by section.
///
/// The measures are those of `StructureMetrics`, over the last hour and more.
struct NoveltyMemory: Sendable {
    /// What stretches of four bars came to.
    struct Measure: Sendable {
        var blocks: Float = 0
        /// Stretches whose best earlier one is less than .35 similar.
        var new: Float = 0
        /// Sum of the similarities to the best earlier stretch.
        var best: Float = 0

        var newShare: Float { blocks > 0 ? new / blocks : goal.new }
        var meanBest: Float { blocks > 0 ? best / blocks : goal.best }
        private var goal: (new: Float, best: Float) { NoveltyMemory.goal }

        static func + (a: Measure, b: Measure) -> Measure {
            Measure(blocks: a.blocks + b.blocks, new: a.new + b.new, best: a.best + b.best)
        }

        /// How far it lies from the middle of the windows, in their half widths.
        var distance: Float {
            max(abs(newShare - goal.new) / 0.10, abs(meanBest - goal.best) / 0.11)
        }
    }

    /// The middle of the windows .30-.50 and .40-.62.
    static let goal: (new: Float, best: Float) = (0.40, 0.51)
    private static let capacity = 1600
    private static let block = 4

    private var bars: [[UInt16]] = []
    private(set) var total = Measure()

    /// How much more (to 1) or less (to -1) that is new would do good.
    var hunger: Float { clamp((Self.goal.new - total.newShare) / 0.08, -1, 1) }

    /// What a score would add.
    func measure(_ score: Score) -> Measure {
        let coming = Self.sets(score)
        let all = bars + coming
        var measure = Measure()
        guard all.count >= 2 * Self.block else { return measure }
        // Similarities of the bars from three before the new ones on with all earlier ones.
        let first = max(Self.block, bars.count - Self.block + 1)
        let rows = (first..<all.count).map { bar in (0..<bar).map { Self.similarity(all[bar], all[$0]) } }
        for start in first..<max(first, all.count - Self.block + 1) {
            var top: Float = 0
            for earlier in 0...start - Self.block {
                var sum: Float = 0
                for k in 0..<Self.block { sum += rows[start + k - first][earlier + k] }
                top = max(top, sum / Float(Self.block))
            }
            measure.blocks += 1
            measure.best += top
            if top < 0.35 { measure.new += 1 }
        }
        return measure
    }

    /// Remembers a score.
    mutating func hear(_ score: Score) {
        total = total + measure(score)
        bars += Self.sets(score)
        if bars.count > Self.capacity { bars.removeFirst(bars.count - Self.capacity) }
    }

    /// Each bar as its (sixteenth, pitch class) pairs, sorted.
    private static func sets(_ score: Score) -> [[UInt16]] {
        var bars = [Set<UInt16>](repeating: [], count: score.bars)
        for note in score.notes {
            let bar = max(0, note.onset.floor) / score.metre.beats
            guard bar < bars.count else { continue }
            let place = (note.onset - Beat(bar * score.metre.beats)) * 4
            bars[bar].insert(UInt16(clamping: Int(place.value.rounded()) * 12 + note.pitch.pitchClass))
        }
        return bars.map { $0.sorted() }
    }

    /// Jaccard similarity of two sorted sets.
    private static func similarity(_ a: [UInt16], _ b: [UInt16]) -> Float {
        if a.isEmpty && b.isEmpty { return 1 }
        var (i, j, common) = (0, 0, 0)
        while i < a.count, j < b.count {
            if a[i] == b[j] {
                common += 1
                i += 1
                j += 1
            } else if a[i] < b[j] {
                i += 1
            } else {
                j += 1
            }
        }
        return Float(common) / Float(a.count + b.count - common)
    }
}
