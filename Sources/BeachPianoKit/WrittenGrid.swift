package import Music

/// Puts performed onsets back on the grid that a MIDI file carries: its tempo map, and in each beat the simplest
/// division that fits.
///
/// A reader of played rhythm does not decide beat by beat: what is struck almost together is one chord, and a bar goes on
/// in the division in which it began. So the divisions of all beats are chosen at once, by dynamic programming, as in the
/// metrical models of rhythm transcription (Raphael 2002, Cemgil and Kappen 2003); a note that a pianist holds back by an
/// eighth of a beat is then no other rhythm.
package enum WrittenGrid {
    /// Divisions of a beat, the simplest first, and what each more notes a beat costs against the mean distance moved,
    /// beats.
    private static let divisions: [(places: Int, cost: Double)] = [(2, 0), (4, 0.01), (3, 0.02), (6, 0.04), (8, 0.05)]
    /// What another division than the beat before costs.
    private static let change = 0.025
    /// Notes that follow one another by less are one chord, beats.
    private static let chord = 0.06
    /// Notes that come before a beat by less belong to it, beats.
    private static let early = 0.125

    /// The notes of a performance in beats; without a tempo map a beat is half a second.
    package static func notes(_ performance: Performance) -> [ScoreNote] {
        let map =
            performance.tempoMap.count > 1
            ? performance.tempoMap : [.init(beat: 0, seconds: 0), .init(beat: 2, seconds: 1)]
        let played = performance.notes.map { beat(at: $0.onset, map) }
        let onsets = together(played)
        var byBeat: [Int: [Int]] = [:]
        for (i, onset) in onsets.enumerated() { byBeat[Int((onset + early).rounded(.down)), default: []].append(i) }
        let beats = byBeat.sorted { $0.key < $1.key }.map(\.value)
        var snapped = [Beat](repeating: .zero, count: onsets.count)
        for (indices, places) in zip(beats, places(beats.map { $0.map { onsets[$0] } })) {
            for i in indices { snapped[i] = Beat(nearest: max(0, onsets[i]), per: places) }
        }
        return performance.notes.indices.map { i in
            let note = performance.notes[i]
            let length = max(0.0625, beat(at: note.release, map) - played[i])
            return ScoreNote(
                onset: snapped[i], length: Beat(nearest: length, per: 16), pitch: note.pitch, role: note.role ?? .inner)
        }
    }

    /// When the notes of a performance begin, in beats as they are played, off the grid.
    package static func onsets(_ performance: Performance) -> [Double] {
        performance.notes.map { beat(at: $0.onset, performance.tempoMap) }
    }

    /// Onsets of which those that follow one another closely have their mean; a chord is at most two such steps long.
    private static func together(_ onsets: [Double]) -> [Double] {
        let order = onsets.indices.sorted { onsets[$0] < onsets[$1] }
        var out = onsets
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, onsets[order[end]] - onsets[order[end - 1]] < chord,
                onsets[order[end]] - onsets[order[start]] < 2 * chord
            {
                end += 1
            }
            let mean = order[start..<end].reduce(0) { $0 + onsets[$1] } / Double(end - start)
            for i in order[start..<end] { out[i] = mean }
            start = end
        }
        return out
    }

    /// Places a beat is divided into, for beats in order that hold these onsets: the cheapest way through all of them.
    private static func places(_ beats: [[Double]]) -> [Int] {
        var costs = [Double](repeating: 0, count: divisions.count)
        var parents: [[Int]] = []
        for onsets in beats {
            var next: [Double] = []
            var from: [Int] = []
            for (d, division) in divisions.enumerated() {
                let way = costs.indices.map { costs[$0] + ($0 == d ? 0 : change) }
                let best = way.indices.min { way[$0] < way[$1] } ?? d
                next.append(way[best] + misfit(onsets, division.places) + division.cost)
                from.append(best)
            }
            costs = next
            parents.append(from)
        }
        var at = costs.indices.min { costs[$0] < costs[$1] } ?? 0
        var chosen: [Int] = []
        for from in parents.reversed() {
            chosen.append(divisions[at].places)
            at = from[at]
        }
        return chosen.reversed()
    }

    /// How far, in beats, onsets lie from the nearest of so many places a beat, on average.
    private static func misfit(_ onsets: [Double], _ places: Int) -> Double {
        onsets.reduce(0) { sum, onset in
            let x = onset * Double(places)
            return sum + abs(x - x.rounded()) / Double(places)
        } / Double(max(1, onsets.count))
    }

    /// The beat at a time in seconds, the first and last pace going on before and after the map.
    private static func beat(at seconds: Double, _ map: [TempoPoint]) -> Double {
        var (low, high) = (0, map.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if map[middle].seconds <= seconds { low = middle } else { high = middle }
        }
        let (a, b) = (map[low], map[low + 1])
        return a.beat + (seconds - a.seconds) * (b.beat - a.beat) / max(1e-9, b.seconds - a.seconds)
    }
}
