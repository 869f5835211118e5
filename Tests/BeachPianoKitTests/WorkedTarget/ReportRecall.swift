import BeachPianoKit
import Music

/// The share of 8-bar windows that recall the opening motif, counted as the music report counts it (`motif_recall` of
/// `music_features.py`): from the notes as played, put back on their grid.
enum ReportRecall {
    /// Places in a beat.
    private static let unit = 12.0

    private struct Note {
        let onset: Int
        let end: Int
        let pitch: Int
    }

    /// nil for pieces of less than sixteen bars or two dozen notes of melody.
    static func share(_ performance: Performance, metre: Metre) -> Double? {
        let notes = WrittenGrid.notes(performance).map { note in
            let onset = Int((note.onset.value * unit).rounded())
            return Note(
                onset: onset, end: onset + max(1, Int((note.length.value * unit).rounded())), pitch: note.pitch.midi)
        }.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
        let bar = metre.beats * Int(unit)
        let line = melody(notes)
        let bars = (line.last?.onset ?? 0) / bar + 1
        guard line.count >= 25, bars >= 16 else { return nil }
        let intervals = zip(line, line.dropFirst()).map { $1.pitch - $0.pitch }
        let lengths = zip(line, line.dropFirst()).map { a, b in
            (Double(Exact.log2(Float(max(1, b.onset - a.onset)))) * 2).rounded() / 2
        }
        let cells = 0...intervals.count - 5
        let windows = Array(stride(from: 0, to: max(1, bars - 7), by: 4))
        var best = 0.0
        for start in cells where line[start].onset / bar < 16 {
            let own = start..<start + 5
            guard Set(intervals[own]).count >= 3, Set(lengths[own]).count >= 2 else { continue }
            let hits = cells.filter { cell in
                (0..<5).count { k in
                    abs(intervals[cell + k] - intervals[start + k]) <= 1
                        && abs(lengths[cell + k] - lengths[start + k]) < 0.3
                } >= 3
            }.map { line[$0].onset / bar }
            let share = windows.count { from in hits.contains { from <= $0 && $0 < from + 8 } }
            best = max(best, Double(share) / Double(windows.count))
        }
        return best
    }

    /// The top line: the highest note at each attack unless a higher one of the line is still held; strays far below the
    /// line around them are left out.
    private static func melody(_ notes: [Note]) -> [Note] {
        var line: [Note] = []
        for (i, note) in notes.enumerated() where i + 1 == notes.count || notes[i + 1].onset != note.onset {
            if let last = line.last, last.end > note.onset + 2, last.pitch > note.pitch { continue }
            line.append(note)
        }
        return line.filter { note in
            let near = line.filter { abs($0.onset - note.onset) <= 4 * Int(unit) }.map { Double($0.pitch) }
            return Double(note.pitch) >= percentile(near, 0.75) - 12
        }
    }
}
