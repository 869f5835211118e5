import Music

/// Measurements of what notes a piece has and how they fill its bars (music.md 6.1), blind to their order over time:
/// they see noise and emptiness, `StructureMetrics` sees loops and shuffles.
struct SurfaceMetrics: Hashable, Sendable {
    /// Entropy of the pitch classes by count, bits.
    let pitchClassEntropy: Float
    /// Largest share of notes that one of the 24 scales holds.
    let scaleConsistency: Float
    /// One less the mean share of sixteenths in which neighbouring bars differ in having an onset.
    let grooveConsistency: Float
    /// Share of beats in which nothing sounds.
    let emptyBeats: Float
    /// Mean number of keys held, over the sixteenths in which one is.
    let polyphony: Float
    let notesPerBeat: Float
    /// Mean over bars of the Jaccard similarity to the most similar earlier bar.
    let bestEarlierBar: Float
    /// Share of bars with the onsets of an earlier bar.
    let barRhythmRepeat: Float
    /// Mean size of the steps of the highest line, semitones.
    let skylineInterval: Float
    /// From the lowest to the highest key, semitones.
    let pitchRange: Float
    /// Standard deviation of the keys, semitones.
    let pitchDeviation: Float

    /// Measures notes in bars of `metre`; without notes all is 0.
    init(notes: [ScoreNote], metre: Metre) {
        let bars = Bars(notes, metre)
        let pitches = notes.map { Float($0.pitch.midi) }
        var classes = [Float](repeating: 0, count: 12)
        for note in notes { classes[note.pitch.pitchClass] += 1 / Float(notes.count) }
        pitchClassEntropy = classes.reduce(0) { $1 > 0 ? $0 - $1 * Exact.log2($1) : $0 }
        let scales = [majorScale, minorScale].flatMap { scale in
            (0..<12).map { tonic in scale.map { ($0 + tonic) % 12 } }
        }
        scaleConsistency = scales.map { scale in scale.reduce(0) { $0 + classes[$1] } }.max() ?? 0
        grooveConsistency = bars.groove
        (emptyBeats, polyphony) = Self.sounding(notes, beats: bars.count * metre.beats)
        notesPerBeat = Float(notes.count) / Float(max(1, bars.count * metre.beats))
        bestEarlierBar = bars.bestEarlier
        barRhythmRepeat = bars.rhythmRepeats
        skylineInterval = Self.skyline(notes)
        pitchRange = (pitches.max() ?? 0) - (pitches.min() ?? 0)
        let mean = pitches.reduce(0, +) / Float(max(1, pitches.count))
        let squares = pitches.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        pitchDeviation = (squares / Float(max(1, pitches.count))).squareRoot()
    }

    /// Share of silent beats, and the mean number of keys held where one is.
    private static func sounding(_ notes: [ScoreNote], beats: Int) -> (empty: Float, polyphony: Float) {
        var held = [Int](repeating: 0, count: beats * 4)
        for note in notes {
            let first = max(0, Int((note.onset.value * 4).rounded()))
            let last = max(first + 1, Int((note.end.value * 4).rounded()))
            for place in first..<min(last, held.count) where place < held.count { held[place] += 1 }
        }
        let silent = (0..<beats).count { beat in (0..<4).allSatisfy { held[beat * 4 + $0] == 0 } }
        let filled = held.filter { $0 > 0 }
        return (
            Float(silent) / Float(max(1, beats)), Float(filled.reduce(0, +)) / Float(max(1, filled.count))
        )
    }

    private static func skyline(_ notes: [ScoreNote]) -> Float {
        var highest: [(onset: Beat, pitch: Int)] = []
        for note in notes.sorted(by: { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }) {
            if highest.last?.onset == note.onset { highest.removeLast() }
            highest.append((note.onset, note.pitch.midi))
        }
        let steps = zip(highest, highest.dropFirst()).map { abs($1.pitch - $0.pitch) }
        return Float(steps.reduce(0, +)) / Float(max(1, steps.count))
    }
}

/// The bars of a piece as sets of sixteenths and pitch classes.
private struct Bars {
    private let tones: [Set<Int>]
    private let onsets: [Set<Int>]
    private let places: Int

    var count: Int { tones.count }

    init(_ notes: [ScoreNote], _ metre: Metre) {
        var tones: [Set<Int>] = []
        var onsets: [Set<Int>] = []
        for note in notes {
            let bar = max(0, note.onset.floor) / metre.beats
            while tones.count <= bar {
                tones.append([])
                onsets.append([])
            }
            let place = Int(((note.onset - Beat(bar * metre.beats)).value * 4).rounded())
            tones[bar].insert(place * 12 + note.pitch.pitchClass)
            onsets[bar].insert(place)
        }
        (self.tones, self.onsets, places) = (tones, onsets, metre.beats * 4)
    }

    var groove: Float {
        let pairs = zip(onsets, onsets.dropFirst())
        let differences = pairs.map { Float($0.symmetricDifference($1).count) / Float(places) }
        return differences.isEmpty ? 0 : 1 - differences.reduce(0, +) / Float(differences.count)
    }

    var bestEarlier: Float {
        guard count > 1 else { return 0 }
        let best = (1..<count).map { bar in
            (0..<bar).map { earlier -> Float in
                let common = tones[bar].intersection(tones[earlier]).count
                let all = tones[bar].count + tones[earlier].count - common
                return all == 0 ? 1 : Float(common) / Float(all)
            }.max() ?? 0
        }
        return best.reduce(0, +) / Float(best.count)
    }

    var rhythmRepeats: Float {
        var seen: Set<Set<Int>> = []
        let repeats = onsets.count { !seen.insert($0).inserted }
        return count == 0 ? 0 : Float(repeats) / Float(count)
    }
}
