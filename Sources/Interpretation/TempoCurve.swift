import Music

/// All that bends the tempo, summed in log time and capped (music.md 5.1).
enum TempoCurve {
    /// How much of the dynamic shape the tempo follows, louder being faster (music-fit B.3 5); Todd's law is 1.
    static let link: Float = 0.3
    /// Individual drift per pulse: sd in octaves, correlation (music-fit B.3 1).
    static let drift: (sd: Float, correlation: Float) = (0.105, 0.4)
    /// Share of the drift that a pianist repeats every evening: repeated performances are much alike.
    static let driftHabit: Float = 0.75
    /// Scatter of each onset inside the beat, ln.
    static let scatter: Float = 0.075
    /// Tempo of a beat against the mean, before the ritard, and with it.
    static let slowest: Float = 0.55
    static let fastest: Float = 1.45
    static let slowestOfAll: Float = 0.4
}

extension Curves {
    /// Draws the whole curve; loudness gains the arches on the way.
    mutating func drawTempo(_ reading: Reading, _ hands: Individuality) {
        addPhraseArches(reading, hands)
        addEchoes(reading)
        addMelodyRules(reading, hands)
        addBarPattern(reading)
        addHarmonicShape(reading)
        followLoudness()
        addDrift(reading, hands)
        addScatter(reading, hands)
        cap(slowest: TempoCurve.slowest)
        addFinalRitard(reading)
        cap(slowest: TempoCurve.slowestOfAll)
        addCourseTempo(reading.score)
    }

    private mutating func followLoudness() {
        let mean = level.reduce(0, +) / Float(max(1, level.count))
        let octave = Exact.log(2)
        for i in logDuration.indices { logDuration[i] -= TempoCurve.link * (level[i] - mean) * octave / 24 }
    }

    private mutating func addDrift(_ reading: Reading, _ hands: Individuality) {
        let pulses = Int(Float(reading.beats) / reading.tactus) + 2
        let drift = hands.noise(
            "drift", pulses, correlation: TempoCurve.drift.correlation, habit: TempoCurve.driftHabit)
        let size = hands.freedom * TempoCurve.drift.sd * reading.weights.rubato * Exact.log(2)
        for i in logDuration.indices {
            let place = Float(i) / Float(Grid.cells) / reading.tactus
            let left = min(drift.count - 2, Int(place))
            let part = place - Float(left)
            logDuration[i] += size * (drift[left] + (drift[left + 1] - drift[left]) * part)
        }
    }

    /// Finer noise per struck chord, larger on short notes.
    private mutating func addScatter(_ reading: Reading, _ hands: Individuality) {
        var random = hands.stream("scatter")
        let struck = reading.chordsStruck
        let noise = random.autocorrelated(struck.count, correlation: 0.1)
        for (k, chord) in struck.enumerated() {
            let start = reading.notes[chord.lowerBound].onset
            let end = k + 1 < struck.count ? reading.notes[struck[k + 1].lowerBound].onset : start + 1
            let seconds = max(0.05, Float((end - start).value) * reading.secondsPerBeat)
            let size = ExpressiveWeights.clamp(Exact.pow(0.35 / seconds, 0.35), 0.6, 1.6)
            let change = hands.freedom * TempoCurve.scatter * noise[k] * size
            for i in cells(from: Grid.cell(start), to: Grid.cell(end)) { logDuration[i] += change }
        }
    }

    private mutating func cap(slowest: Float) {
        let mean = logDuration.reduce(0, +) / Float(max(1, logDuration.count))
        let low = -Exact.log(TempoCurve.fastest)
        let high = -Exact.log(slowest)
        for i in logDuration.indices { logDuration[i] = ExpressiveWeights.clamp(logDuration[i] - mean, low, high) }
    }
}
