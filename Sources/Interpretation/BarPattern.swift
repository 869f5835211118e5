import Music

/// Tempo inside the bar, natural logarithms of duration (music-fit B.2).
enum BarPattern {
    static let lastBeat: Float = 0.07
    static let downbeat: Float = 0.05
    /// Per doubling of the notes in the beat.
    static let busy: Float = -0.03
    /// Per root of a semitone of upward leap.
    static let leap: Float = 0.019
    /// Per root of the harmonic charge of a new chord, as a share of half a second.
    static let chordChange: Float = 2.4
}

extension Curves {
    /// The last beat and the downbeat are slower, busy beats faster, beats with an upward leap and new chords slower.
    mutating func addBarPattern(_ reading: Reading) {
        let beats = reading.beats
        guard beats > 0 else { return }
        var count = [Float](repeating: 0, count: beats)
        for note in reading.notes where (0..<beats).contains(note.onset.floor) { count[note.onset.floor] += 1 }
        let busy = count.map { Exact.log2(1 + $0) }
        let mean = busy.reduce(0, +) / Float(beats)
        var leap = [Float](repeating: 0, count: beats)
        for (a, b) in zip(reading.melody, reading.melody.dropFirst()) {
            let beat = reading.notes[a].onset.floor
            guard (0..<beats).contains(beat) else { continue }
            leap[beat] = max(leap[beat], max(0, reading.pitch[b] - reading.pitch[a] - 2).squareRoot())
        }
        let values = (0..<beats).map { beat in
            ((beat + 1) % reading.metre == 0 ? BarPattern.lastBeat : 0)
                + (beat % reading.metre == 0 ? BarPattern.downbeat : 0)
                + BarPattern.busy * (busy[beat] - mean) + BarPattern.leap * leap[beat]
        }
        // A moving mean of half a beat rounds the corners.
        let half = Grid.cells / 4
        for i in logDuration.indices {
            var sum: Float = 0
            for k in i - half..<i + half {
                sum += values[min(logDuration.count - 1, max(0, k)) / Grid.cells]
            }
            logDuration[i] += sum / Float(2 * half)
        }
        for chord in reading.score.chords {
            let change = Exact.log(
                1 + BarPattern.chordChange * Charge.harmonic(chord).squareRoot() / (reading.secondsPerBeat * 500))
            let first = Grid.cell(chord.onset)
            for i in cells(from: first, to: first + Grid.cells / 2) { logDuration[i] += change }
        }
    }
}
