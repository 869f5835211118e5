public import Music

/// How like a motif a stretch of melody is: interval contour and rhythm together.
///
/// Intervals are compared in scale steps (seven to the octave, so that major and minor agree), rhythm by the time from
/// onset to onset, at the same speed or 2, 3/2, 2/3 or 1/2 times as fast for the whole stretch. Each interval counts 1
/// where it is the same, 1/2 where it is a step off in the same direction; each time counts 1 less its deviation in
/// octaves, at least 0. The similarity is the mean over the motif of the products' square roots: both must agree.
public enum MotifSimilarity {
    /// Found at and above this similarity; tests hold its share of hits on other pieces' motifs to 5 %.
    public static let threshold: Float = 0.86
    private static let speeds: [Float] = [1, 2, 1.5, 2 / 3, 0.5]

    /// The highest similarity of `motif` to any stretch of as many notes of `melody`, 0...1; 0 for a motif of one note.
    public static func best(_ motif: [Theme.Note], in melody: [ScoreNote]) -> Float {
        stretches(motif, in: melody).map(\.similarity).max() ?? 0
    }

    /// The stretches of `melody` and how like the motif they are, by their first note.
    public static func stretches(_ motif: [Theme.Note], in melody: [ScoreNote]) -> [(
        onset: Beat, similarity: Float
    )] {
        guard motif.count > 1, melody.count >= motif.count else { return [] }
        let wantedSteps = zip(motif, motif.dropFirst()).map { $1.step - $0.step }
        let wantedTimes = zip(motif, motif.dropFirst()).map { Float($1.onset - $0.onset) / Float(Theme.beat) }
        let steps = zip(melody, melody.dropFirst()).map { Self.steps($1.pitch - $0.pitch) }
        let times = zip(melody, melody.dropFirst()).map { Float(($1.onset - $0.onset).value) }
        let count = wantedSteps.count
        return (0...steps.count - count).map { start in
            var best: Float = 0
            for speed in speeds {
                var total: Float = 0
                for i in 0..<count {
                    let contour = contour(steps[start + i], wantedSteps[i])
                    let ratio = times[start + i] * speed / wantedTimes[i]
                    let rhythm = ratio > 0 ? max(0, 1 - abs(Exact.log2(ratio))) : 0
                    total += (contour * rhythm).squareRoot()
                }
                best = max(best, total / Float(count))
            }
            return (melody[start].onset, best)
        }
    }

    private static func contour(_ heard: Int, _ wanted: Int) -> Float {
        if heard == wanted { return 1 }
        return abs(heard - wanted) == 1 && heard.signum() * wanted.signum() >= 0 ? 0.5 : 0
    }

    /// Semitones as scale steps, 7 to the octave.
    static func steps(_ semitones: Int) -> Int {
        let size = (7 * abs(semitones) + 6) / 12
        return semitones < 0 ? -size : size
    }
}

extension Theme {
    /// The theme as it was heard: its main motif with the steps that the score sings at its first statement.
    public func heard(in score: Score) -> Theme {
        guard score.motif.count == main.count, let first = score.motif.first else { return self }
        var theme = self
        theme.main[0].step = 0
        for (i, note) in score.motif.enumerated().dropFirst() {
            let above = note.pitch - first.pitch
            // A tritone is a fourth or a fifth, as the way to it tells.
            let onTheWay = theme.main[i - 1].step + MotifSimilarity.steps(note.pitch - score.motif[i - 1].pitch)
            theme.main[i].step = abs(above) % 12 == 6 ? onTheWay : MotifSimilarity.steps(above)
        }
        return theme
    }
}
