package import Music

/// Phrases from the tune: where it rests, holds a note or leaps, near bar lines, in spans of the usual length.
package enum PhraseFinder {
    /// A phrase lasts 6 to 15 seconds (music-fit B.2).
    static let seconds: ClosedRange<Float> = 6...15
    /// What an octave of difference from the usual length costs, in the unit of `strength`.
    private static let lengthCost: Float = 1.5
    /// What a phrase of an odd number of bars costs.
    private static let oddCost: Float = 0.25

    /// Phrases of all three levels; `marks` are beats at which the file itself says that something begins.
    package static func phrases(
        _ notes: [ScoreNote], bars: Int, metre: Int, secondsPerBeat: Float, marks: Set<Beat> = []
    ) -> [ScorePhrase] {
        guard bars > 0 else { return [] }
        let barSeconds = Float(metre) * secondsPerBeat
        var usual = 4
        while Float(usual) * barSeconds > seconds.upperBound, usual > 1 { usual /= 2 }
        while Float(usual) * barSeconds < seconds.lowerBound { usual *= 2 }
        let tune = notes.filter { $0.role == .melody }
        let strengths = (0...bars).map { strength(atBar: $0, tune, metre, marks) }
        let phrases = best(0..<bars, usual: usual, strengths.map(\.value))
        var gestures: [Int] = []
        for (start, end) in zip(phrases, phrases.dropFirst()) {
            gestures += best(start..<end, usual: max(1, usual / 2), strengths.map(\.value)).dropLast()
        }
        gestures.append(bars)
        var periods = stride(from: 0, to: phrases.count - 1, by: 2).map { phrases[$0] }
        periods.append(bars)
        var out: [ScorePhrase] = []
        for (level, starts) in [(PhraseLevel.period, periods), (.phrase, phrases), (.gesture, gestures)] {
            for (a, b) in zip(starts, starts.dropFirst()) where strengths[b].place > strengths[a].place {
                out.append(ScorePhrase(level: level, onset: strengths[a].place, end: strengths[b].place))
            }
        }
        return out
    }

    /// How much the tune begins anew around a bar line, and at which beat: an upbeat belongs to what it begins.
    private static func strength(
        atBar bar: Int, _ tune: [ScoreNote], _ metre: Int, _ marks: Set<Beat>
    ) -> (value: Float, place: Beat) {
        let line = Beat(bar * metre)
        let marked: Float = marks.contains(line) ? 10 : 0
        var best = (value: marked, place: line)
        guard bar > 0 else { return best }
        let early = line - Beat(metre, 3)
        let late = line + Beat(metre * 35, 100)
        let from = max(1, tune.lowerBound { $0.onset >= early })
        for i in from..<max(from, tune.lowerBound { $0.onset > late }) {
            let (before, note) = (tune[i - 1], tune[i])
            let rest = min(2, max(0, Float((note.onset - before.end).value)))
            let held = Float((note.onset - before.onset).value)
            let around = tune[max(0, i - 5)..<i].map { Float($0.length.value) }.sorted()
            let usual = max(0.25, around[around.count / 2])
            let leap = Float(abs(note.pitch - before.pitch)) / 12
            let distance = abs(Float((note.onset - line).value)) / Float(metre)
            let value = rest + 0.6 * min(2, max(0, held / usual - 1)) + 0.3 * min(1, leap) - 0.8 * distance
            if value + marked > best.value { best = (value + marked, note.onset) }
        }
        return best
    }

    /// The first bars of the phrases that divide a span of bars best, and its end.
    private static func best(_ bars: Range<Int>, usual: Int, _ strengths: [Float]) -> [Int] {
        var score = [Float](repeating: -.infinity, count: bars.count + 1)
        var back = [Int](repeating: 0, count: bars.count + 1)
        score[0] = 0
        guard bars.count > 0 else { return [bars.lowerBound] }
        for end in 1...bars.count {
            for length in 1...min(end, 2 * usual) {
                let octaves = Exact.log2(Float(length) / Float(usual))
                let odd = length > 1 && length % 2 == 1 ? oddCost : 0
                let gain = end < bars.count ? strengths[bars.lowerBound + end] : 0
                let total = score[end - length] + gain - lengthCost * octaves * octaves - odd
                if total > score[end] {
                    score[end] = total
                    back[end] = end - length
                }
            }
        }
        var starts = [bars.upperBound]
        var place = bars.count
        while place > 0 {
            place = back[place]
            starts.append(bars.lowerBound + place)
        }
        return starts.reversed()
    }
}
