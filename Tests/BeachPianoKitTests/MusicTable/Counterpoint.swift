import Composition
import Music

/// The counterpoint rows of music.md 6.2, of one score.
struct Counterpoint {
    /// Parallel octaves and fifths of melody and bass, per 100 bars.
    let parallels: Double
    /// Share of strong melody notes of a beat or more that are foreign to their chord and do not resolve.
    let unresolved: Double
    /// Semitones that the voices of the accompaniment move at a change of chord, mean per voice.
    let motion: Double
    /// Low intervals narrower than people's hands play, share of chords struck.
    let lowIntervals: Double
    /// More than a tenth in one hand.
    let spans: Int

    init(_ score: Score) {
        let findings = Critic.review(score)
        func count(_ rule: Finding.Rule) -> Int { findings.count { $0.rule == rule } }
        parallels = 100 * Double(count(.parallels)) / Double(max(1, score.bars))
        let strong = score.notes.count { note in
            let place = note.onset.value.truncatingRemainder(dividingBy: Double(score.metre.beats))
            return note.role == .melody && note.length.value >= 1
                && (place == 0 || score.metre.beats == 4 && place == 2)
        }
        unresolved = Double(count(.unresolvedDissonance)) / Double(max(1, strong))
        motion = Self.motion(score)
        lowIntervals = Double(StructureMetrics(score).lowIntervalViolations)
        spans = count(.handTooWide)
    }

    /// Mean distance of the tones of one chord, the bass apart, to the nearest tone of the next.
    private static func motion(_ score: Score) -> Double {
        let voicings = score.chords.map { chord in
            Set(
                score.notes.filter {
                    $0.onset >= chord.onset && $0.onset < chord.end && ($0.role == .figure || $0.role == .inner)
                }.map(\.pitch.midi)
            )
        }
        var moves: [Double] = []
        for (a, b) in zip(voicings, voicings.dropFirst()) where !a.isEmpty && !b.isEmpty {
            for pitch in a { moves.append(Double(b.map { abs($0 - pitch) }.min() ?? 0)) }
        }
        return mean(moves)
    }
}
