import Music

/// How phrases and the piece close: long last notes, no holes, one last chord.
enum ClosingRules {
    static func findings(_ reading: ScoreReading) -> [Finding] {
        let score = reading.score
        var out: [Finding] = []
        let bar = reading.bar
        for section in score.sections {
            let notes = MelodyRules.inside(section, reading)
            guard let last = notes.last else { continue }
            if last.length < ScoreReading.beat * 3 / 2 { out.append(Finding(.shortEnding, at: last.start, in: score)) }
            guard section.letter != "i", section.letter != "o" else { continue }
            var late = 0
            let first = ScoreReading.ticks(section.onset)
            for k in 0..<section.bars {
                late = reading.melody(at: first + k * bar) == nil ? late + 1 : 0
                if late == 3 {
                    out.append(Finding(.lateBars, at: section.onset + Beat(k * score.metre.beats), in: score))
                }
            }
        }
        var sounds = [Bool](repeating: false, count: max(0, score.bars))
        for tone in reading.tones {
            for k in tone.onset / bar...max(tone.onset, tone.end - 1) / bar where sounds.indices.contains(k) {
                sounds[k] = true
            }
        }
        for k in sounds.indices where !sounds[k] {
            out.append(Finding(.emptyBar, at: Beat(k * score.metre.beats), in: score))
        }
        return out + ending(reading)
    }

    /// The last bar is one chord, struck together at its beginning.
    private static func ending(_ reading: ScoreReading) -> [Finding] {
        guard reading.score.bars > 0 else { return [] }
        let last = (reading.score.bars - 1) * reading.bar
        let struck = reading.tones.filter { $0.onset >= last }
        let isOne = struck.count >= 3 && struck.allSatisfy { $0.onset == last }
        let start = Beat((reading.score.bars - 1) * reading.score.metre.beats)
        return isOne ? [] : [Finding(.restlessEnding, at: start, in: reading.score)]
    }
}
