package import Music

/// Puts performed onsets back on the grid that a MIDI file carries: its tempo map, and in each beat the simplest
/// division that fits.
package enum WrittenGrid {
    /// Divisions of a beat, the simplest first, and what each more notes a beat costs against the distance moved.
    private static let divisions: [(places: Int, cost: Double)] = [(2, 0), (4, 0.01), (3, 0.02), (6, 0.04), (8, 0.05)]

    /// The notes of a performance in beats; without a tempo map a beat is half a second.
    package static func notes(_ performance: Performance) -> [ScoreNote] {
        let map =
            performance.tempoMap.count > 1
            ? performance.tempoMap : [.init(beat: 0, seconds: 0), .init(beat: 2, seconds: 1)]
        let onsets = performance.notes.map { beat(at: $0.onset, map) }
        var byBeat: [Int: [Int]] = [:]
        for (i, onset) in onsets.enumerated() { byBeat[Int((onset + 0.125).rounded(.down)), default: []].append(i) }
        var snapped = [Beat](repeating: .zero, count: onsets.count)
        for indices in byBeat.values {
            func misfit(_ places: Int) -> Double {
                indices.reduce(0) { sum, i in
                    let x = onsets[i] * Double(places)
                    return sum + abs(x - x.rounded()) / Double(places)
                } / Double(indices.count)
            }
            let best = divisions.min { misfit($0.places) + $0.cost < misfit($1.places) + $1.cost } ?? divisions[0]
            for i in indices { snapped[i] = Beat(nearest: max(0, onsets[i]), per: best.places) }
        }
        return performance.notes.indices.map { i in
            let note = performance.notes[i]
            let length = max(0.0625, beat(at: note.release, map) - onsets[i])
            return ScoreNote(
                onset: snapped[i], length: Beat(nearest: length, per: 16), pitch: note.pitch, role: note.role ?? .inner)
        }
    }

    /// When the notes of a performance begin, in beats as they are played, off the grid.
    package static func onsets(_ performance: Performance) -> [Double] {
        performance.notes.map { beat(at: $0.onset, performance.tempoMap) }
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
