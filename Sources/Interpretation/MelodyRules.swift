import Music

/// The KTH rules that read the melody note by note (music.md 5.2), written into its tempo, pauses and emphasis.
package enum MelodyRules {
    /// Sizes relative to the sheet's rule at weight 1.
    static let chargeInTime: Float = 0.4
    static let noiseInTime: Float = 0.45
    /// Share of the short note of a 2:1 pair that it takes from the long one.
    static let double: Float = 0.08
    /// Change of notes inside a rising line, ms.
    static let uphill: Float = -2
    /// Seconds of silence before a note is played again.
    static let repetition: Float = 0.035
    /// Seconds by which the last note of a phrase is let go early, and is longer.
    static let phraseEnd: (pause: Float, longer: Float) = (0.06, 0.03)

    /// Duration contrast: how much a note of `ms` is shortened (negative) at weight 1.
    package static func contrast(_ ms: Float) -> Float {
        switch ms {
        case 30..<200: -11 * (ms - 30) / 170
        case 200..<400: -7 - 4 * (400 - ms) / 200
        case 400..<600: -7 * (600 - ms) / 200
        default: 0
        }
    }

    /// Punctuation: the pause that ends a gesture, ms, for a note of `ms`.
    package static func pause(_ ms: Float) -> Float { 20 + 40 * ExpressiveWeights.clamp((ms - 160) / 480, 0, 1) }

    /// Whether the first of these notes is twice as long as the second, and a longer one follows (double duration).
    package static func isDouble(_ ms: ArraySlice<Float>) -> Bool {
        guard ms.count >= 3 else { return false }
        let (long, short, next) = (ms[ms.startIndex], ms[ms.startIndex + 1], ms[ms.startIndex + 2])
        return abs(long / max(1, short) - 2) < 0.1 && next > 1.1 * short && long < 1500
    }

    /// Leap articulation: the pause before a leap of `semitones`, ms, after a note of `ms`.
    static func leapPause(_ ms: Float, semitones: Float) -> Float {
        2.4 * min(9, semitones) * ExpressiveWeights.clamp(0.3 + 0.3 * (ms - 100) / 600, 0.1, 0.8)
    }
}

extension Curves {
    /// Adds duration contrast, leaps, punctuation, melodic charge and the clock's own noise.
    mutating func addMelodyRules(_ reading: Reading, _ hands: Individuality) {
        let line = reading.melody
        guard line.count > 1 else { return }
        let weights = reading.weights
        var random = hands.stream("melody")
        let noise = random.pink(line.count)
        var ends = line.dropFirst().map { reading.notes[$0].onset }
        ends.append(reading.notes[line[line.count - 1]].end)
        let ms = zip(line, ends).map { Float(($1 - reading.notes[$0].onset).value) * reading.secondsPerBeat * 1000 }
        var longer = [Float](repeating: 0, count: line.count)
        for j in line.indices {
            let i = line[j]
            let isDouble = MelodyRules.isDouble(ms[j...])
            let contrast = isDouble ? 0 : weights.durationContrast * MelodyRules.contrast(ms[j])
            longer[j] += 1.5 * contrast
            emphasis[j] = 0.2 * MelodyRules.chargeInTime * weights.charge * reading.charge[i] + 0.075 * contrast
            if isDouble {
                longer[j] -= MelodyRules.double * ms[j + 1]
                longer[j + 1] += MelodyRules.double * ms[j + 1]
            }
            if j > 0, j + 1 < line.count, reading.pitch[line[j - 1]] < reading.pitch[i],
                reading.pitch[i] < reading.pitch[line[j + 1]]
            {
                longer[j] += MelodyRules.uphill
            }
            if j + 1 < line.count {
                let leap = reading.pitch[line[j + 1]] - reading.pitch[i]
                if leap == 0 { pauses[j] += MelodyRules.repetition * weights.punctuation }
                if abs(leap) >= 3 {
                    let root = weights.leaps * abs(leap).squareRoot()
                    longer[j] += (leap > 0 ? 4.2 : 2.4) * root
                    longer[j + 1] -= 2.1 * root
                }
                if abs(leap) >= 5 { pauses[j] += MelodyRules.leapPause(ms[j], semitones: abs(leap)) / 1000 }
            }
            if endsGesture(j, ms, ends[j], reading) {
                let pause = 0.8 * weights.punctuation * MelodyRules.pause(ms[j])
                pauses[j] += pause / 1000
                longer[j] += 0.45 * pause
            }
            if j + 1 < line.count, reading.isBoundary(.phrase, at: ends[j]) {
                pauses[j] += MelodyRules.phraseEnd.pause * weights.punctuation
                longer[j] += 1000 * MelodyRules.phraseEnd.longer * weights.punctuation
            }
        }
        for j in line.indices where ms[j] >= 30 {
            let drift = hands.freedom * MelodyRules.noiseInTime * noise[j] * (6.7 + 0.032 * ms[j])
            let shift = ExpressiveWeights.clamp((longer[j] + drift) / ms[j], -0.25, 0.4)
            let charged = 0.0067 * MelodyRules.chargeInTime * weights.charge * reading.charge[line[j]]
            let change = Exact.log(1 + charged) + Exact.log(1 + shift)
            let span = cells(from: Grid.cell(reading.notes[line[j]].onset), to: Grid.cell(ends[j]))
            for i in span { logDuration[i] += change }
        }
    }

    /// Before a rest, at the end of a gesture, and on the longest of five notes.
    private func endsGesture(_ j: Int, _ ms: [Float], _ end: Beat, _ reading: Reading) -> Bool {
        guard j >= 2, j + 2 < ms.count else { return false }
        let rest = Float((end - reading.notes[reading.melody[j]].end).value) * reading.secondsPerBeat
        return rest > 0.12 || reading.isBoundary(.gesture, at: end)
            || ms[j] > 1.2 * max(ms[j - 2], ms[j - 1], ms[j + 1], ms[j + 2])
    }
}
