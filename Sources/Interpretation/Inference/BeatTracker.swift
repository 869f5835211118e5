import Music

/// Hears the beat in a free performance: a period by autocorrelation, the beats by dynamic programming (Ellis 2007,
/// "Beat tracking by dynamic programming").
enum BeatTracker {
    /// Frames a second of the onset strength.
    private static let rate = 50.0
    /// Beats between these lengths, seconds; the preferred one, and how far around it in octaves.
    private static let periods: ClosedRange<Double> = 0.3...1.5
    private static let preferred: Float = 0.7
    private static let preference: Float = 0.8
    /// What a beat that is longer or shorter than the period costs, in standard deviations of the onset strength.
    private static let tightness: Float = 25

    /// The beats of the notes, with a bar line on beat 0; beats of 0.7 s where there are too few notes to tell.
    static func grid(_ notes: [NoteEvent], metre: Int) -> BeatGrid {
        let first = notes.first?.onset ?? 0
        let strength = strength(notes)
        let beats = strength.count > 200 && notes.count > 8 ? track(strength) : []
        guard beats.count > 4 else {
            return BeatGrid([
                TempoPoint(beat: 0, seconds: first), TempoPoint(beat: 1, seconds: first + Double(preferred)),
            ])
        }
        let phase = downbeat(beats, notes, metre)
        return BeatGrid(
            beats.enumerated().map { TempoPoint(beat: Double($0.offset - phase), seconds: $0.element) })
    }

    /// Onset strength: louder, lower and longer notes mark the beat more.
    private static func strength(_ notes: [NoteEvent]) -> [Float] {
        let end = (notes.map(\.onset).max() ?? 0) + 1
        var strength = [Float](repeating: 0, count: Int(end * rate) + 1)
        for note in notes {
            let low: Float = note.pitch.midi < 52 ? 0.6 : 0
            let long = Float(min(1, note.release - note.onset))
            let weight = (0.4 + note.velocity / 127) * (1 + low + 0.5 * long)
            let place = note.onset * rate
            let left = Int(place)
            let part = Float(place - Double(left))
            strength[left] += weight * (1 - part)
            strength[left + 1] += weight * part
        }
        // A chord counts for more than a note, but not for as many.
        let squeezed = strength.map { Exact.log(1 + $0) }
        let kernel: [Float] = [0.25, 0.5, 0.25]
        var smooth = squeezed
        for i in smooth.indices.dropFirst().dropLast() {
            smooth[i] = kernel[0] * squeezed[i - 1] + kernel[1] * squeezed[i] + kernel[2] * squeezed[i + 1]
        }
        let mean = smooth.reduce(0, +) / Float(smooth.count)
        let variance = smooth.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(smooth.count)
        let scale = 1 / max(1e-6, variance.squareRoot())
        return smooth.map { $0 * scale }
    }

    private static func track(_ strength: [Float]) -> [Double] {
        let period = period(strength)
        let (near, far) = (max(1, period / 2), 2 * period)
        let costs = (0...far).map { lag -> Float in
            let stretch = Exact.log(Float(max(1, lag)) / Float(period))
            return tightness * stretch * stretch
        }
        var score = strength
        var back = [Int](repeating: -1, count: strength.count)
        for i in strength.indices where i >= near {
            var best = -Float.infinity
            for lag in near...min(far, i) where score[i - lag] - costs[lag] > best {
                best = score[i - lag] - costs[lag]
                back[i] = i - lag
            }
            // A first beat may come late: before it there is nothing to follow.
            if best > 0 { score[i] += best } else { back[i] = -1 }
        }
        let tail = max(0, strength.count - far)..<strength.count
        var frame = tail.max { score[$0] < score[$1] } ?? strength.count - 1
        var frames: [Int] = []
        while frame >= 0 {
            frames.append(frame)
            frame = back[frame]
        }
        return frames.reversed().map { Double($0) / rate }
    }

    /// Frames of the beat that fits best, near the beat that people prefer.
    private static func period(_ strength: [Float]) -> Int {
        let mean = strength.reduce(0, +) / Float(strength.count)
        let centred = strength.map { $0 - mean }
        var best = (lag: Int(Double(preferred) * rate), value: -Float.infinity)
        for lag in Int(periods.lowerBound * rate)...Int(periods.upperBound * rate) where lag < centred.count {
            var sum: Float = 0
            for i in lag..<centred.count { sum += centred[i] * centred[i - lag] }
            let octaves = Exact.log2(Float(lag) / Float(rate) / preferred) / preference
            let value = sum / Float(centred.count - lag) * Kernel.gaussian(octaves)
            if value > best.value { best = (lag, value) }
        }
        return best.lag
    }

    /// Which of the first beats begins a bar: there basses and full chords gather.
    private static func downbeat(_ beats: [Double], _ notes: [NoteEvent], _ metre: Int) -> Int {
        var weight = [Float](repeating: 0, count: metre)
        var k = 0
        for note in notes {
            while k + 1 < beats.count, abs(beats[k + 1] - note.onset) <= abs(beats[k] - note.onset) { k += 1 }
            guard abs(beats[k] - note.onset) < 0.12 else { continue }
            weight[k % metre] += (note.pitch.midi < 52 ? 2 : 1) * Float(min(2, 0.3 + note.release - note.onset))
        }
        return weight.indices.max { weight[$0] < weight[$1] } ?? 0
    }
}
