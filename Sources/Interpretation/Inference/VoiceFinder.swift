package import Music

/// Which voice each note belongs to: the tune on top, the bass below, and between them what either hand plays.
package enum VoiceFinder {
    /// A note this far under the tune around it is no tune, semitones; and a bass this far above the bass around it no bass.
    private static let belowTune: Float = 9
    private static let aboveBass: Float = 7
    /// A bass is the lowest note within half a bar, or this near to it, semitones.
    private static let nearLowest = 4
    /// A lone note that dips so far under both its neighbours is another voice, semitones.
    private static let dip = 5
    /// How far a hand reaches below its tune, semitones.
    private static let reach: Float = 13

    /// The same notes with their roles, in the same order: by onset, then pitch.
    package static func roles(_ notes: [ScoreNote], metre: Int) -> [ScoreNote] {
        var notes = notes
        let (top, bottom) = outline(notes)
        let tune = line(notes, top, width: Float(metre))
        let bass = line(notes, bottom, width: Float(metre))
        for i in notes.indices {
            let pitch = Float(notes[i].pitch.midi)
            let onset = Float(notes[i].onset.value)
            let (high, low) = (tune(onset), bass(onset))
            if top.contains(i), pitch > high - belowTune, pitch > (high + low) / 2 {
                notes[i].role = .melody
            } else if bottom.contains(i), pitch < low + aboveBass, pitch < (high + low) / 2,
                notes[i].pitch.midi <= lowest(notes, around: notes[i].onset, metre) + nearLowest
            {
                notes[i].role = .bass
            } else {
                notes[i].role = pitch > max(high - reach, (high + low) / 2) ? .inner : .figure
            }
        }
        let melody = notes.indices.filter { notes[$0].role == .melody }
        for (before, (i, after)) in zip(melody, zip(melody.dropFirst(), melody.dropFirst(2)))
        where notes[before].end <= notes[i].onset && notes[before].pitch - notes[i].pitch >= dip
            && notes[after].pitch - notes[i].pitch >= dip
        {
            notes[i].role = .inner
        }
        return notes
    }

    /// The lowest key within half a bar of a beat.
    private static func lowest(_ notes: [ScoreNote], around beat: Beat, _ metre: Int) -> Int {
        let from = notes.lowerBound { $0.onset >= beat - Beat(metre, 2) }
        let to = notes.lowerBound { $0.onset > beat + Beat(metre, 2) }
        return notes[from..<to].map(\.pitch.midi).min() ?? 0
    }

    /// Notes above which, and below which, nothing is sounding when they begin.
    private static func outline(_ notes: [ScoreNote]) -> (top: Set<Int>, bottom: Set<Int>) {
        var (top, bottom) = (Set<Int>(), Set<Int>())
        var sounding: [Int] = []
        var first = 0
        while first < notes.count {
            var last = first
            while last + 1 < notes.count, notes[last + 1].onset == notes[first].onset { last += 1 }
            sounding.removeAll { notes[$0].end <= notes[first].onset }
            let held = sounding.map { notes[$0].pitch }
            if held.allSatisfy({ $0 < notes[last].pitch }) { top.insert(last) }
            if held.allSatisfy({ $0 > notes[first].pitch }) { bottom.insert(first) }
            sounding += first...last
            first = last + 1
        }
        return (top, bottom)
    }

    /// Where a line lies: the mean of its notes around each time, weighted by their length.
    private static func line(_ notes: [ScoreNote], _ members: Set<Int>, width: Float) -> PiecewiseLinear {
        let line = members.sorted()
        let places = line.map { Float(notes[$0].onset.value) }
        let lengths = line.map { min(2, Float(notes[$0].length.value)) }
        let weighted = zip(line, lengths).map { Float(notes[$0].pitch.midi) * $1 }
        let sums = gaussianSums(at: places, places: places, weights: weighted, width: width)
        let masses = gaussianSums(at: places, places: places, weights: lengths, width: width)
        return PiecewiseLinear(xs: places, ys: zip(sums, masses).map { $0.sum / max(1e-6, $1.sum) })
    }
}
