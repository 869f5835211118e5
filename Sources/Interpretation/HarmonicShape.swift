import Music

/// What chords do to the line that leads to them and to the moment in which they come (music.md 5.2, 5.3).
enum HarmonicShape {
    /// Seconds before a tense chord at which the crescendo to it begins.
    static let crescendo: Float = 1.9
    /// dB of it per root of the harmonic charge that the chord has more than the one before.
    static let rise: Float = 0.5
    /// A chord from here on that has not been heard before may surprise, the most charged one of a section does.
    static let surprising: Float = 6
    /// Lengthening of its first beat, for the least and the most charged, and its drop in loudness, dB: a subito piano.
    static let agogic: ClosedRange<Float> = 0.04...0.09
    static let drop: Float = -2.5

    /// The one surprise of each section, if it has one: the most charged of the chords that are new.
    static func surprises(_ score: Score) -> [ScoreChord] {
        var heard = Set<[Int]>()
        var best: [Int: ScoreChord] = [:]
        for chord in score.chords.sorted(by: { $0.onset < $1.onset }) {
            let isNew = heard.insert([chord.localTonic, chord.root] + chord.triad.sorted()).inserted
            guard isNew, chord.onset > .zero, Charge.harmonic(chord) >= surprising else { continue }
            let section = score.sections.lastIndex { $0.onset <= chord.onset } ?? 0
            let isMore = best[section].map { Charge.harmonic($0) < Charge.harmonic(chord) } ?? true
            if isMore { best[section] = chord }
        }
        return best.keys.sorted().compactMap { best[$0] }
    }
}

extension Curves {
    /// Crescendi that lead to tense chords, and time and quiet for the chord that surprises.
    mutating func addHarmonicShape(_ reading: Reading) {
        let chords = reading.score.chords.sorted { $0.onset < $1.onset }
        let length = HarmonicShape.crescendo / reading.secondsPerBeat
        for (before, chord) in zip(chords, chords.dropFirst()) {
            let more = Charge.harmonic(chord).squareRoot() - Charge.harmonic(before).squareRoot()
            guard more > 0 else { continue }
            let end = Float(chord.onset.value)
            for i in cells(from: Int((end - length) * Float(Grid.cells)), to: Grid.cell(chord.onset)) {
                let place = (Float(i) / Float(Grid.cells) - (end - length)) / length
                level[i] += reading.weights.charge * HarmonicShape.rise * more * place
            }
        }
        let agogic = HarmonicShape.agogic
        for chord in HarmonicShape.surprises(reading.score) {
            let part = ExpressiveWeights.clamp((Charge.harmonic(chord) - HarmonicShape.surprising) / 2, 0, 1)
            let longer = Exact.log(1 + agogic.lowerBound + (agogic.upperBound - agogic.lowerBound) * part)
            let first = Grid.cell(chord.onset)
            for i in cells(from: first, to: first + Grid.cells) { logDuration[i] += longer }
            let last = min(Grid.cell(chord.end), first + 2 * Grid.cells)
            for i in cells(from: first, to: last) { level[i] += HarmonicShape.drop }
        }
    }
}
