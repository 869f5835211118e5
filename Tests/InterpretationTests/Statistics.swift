import Glibc
import Music

/// What music.md 5.0 measures on pianists, measured on a performance of a score.
struct PerformanceStatistics {
    var velocities: [Double]
    /// Per written beat at which something is struck: log2 of its tempo.
    var logTempo: [Double]
    /// Melody against the notes written together with it.
    var melodyOverChord: [Double] = []
    var leads: [Double] = []
    var spreads: [Double] = []

    init(_ score: Score, _ performance: Performance) {
        velocities = performance.notes.map { Double($0.velocity) }
        let struck = Self.matched(score, performance)
        let onBeat = Dictionary(grouping: struck.filter { $0.written.onset.denominator == 1 }) {
            $0.written.onset.numerator
        }
        let beats = onBeat.mapValues { mean($0.map(\.played.onset)) }
        logTempo = beats.keys.sorted().compactMap { beat in
            beats[beat + 1].map { next in -log2(next - beats[beat, default: 0]) }
        }
        var k = 0
        while k < struck.count {
            var end = k
            while end < struck.count, struck[end].written.onset == struck[k].written.onset { end += 1 }
            let chord = struck[k..<end]
            k = end
            guard chord.count > 1 else { continue }
            let times = chord.map(\.played.onset)
            guard let first = times.min(), let last = times.max(), last - first < 0.15 else { continue }
            spreads.append((last - first) * 1000)
            let melody = chord.filter { $0.written.role == .melody }
            let others = chord.filter { $0.written.role != .melody }
            guard melody.count == 1, let top = melody.first, !others.isEmpty else { continue }
            melodyOverChord.append(Double(top.played.velocity) - mean(others.map { Double($0.played.velocity) }))
            leads.append((mean(others.map(\.played.onset)) - top.played.onset) * 1000)
        }
    }

    /// Written and played notes side by side: every key plays its notes in the written order.
    static func matched(_ score: Score, _ performance: Performance) -> [(written: ScoreNote, played: NoteEvent)] {
        let played = Dictionary(grouping: performance.notes, by: \.pitch)
        var count: [Pitch: Int] = [:]
        var last: [Pitch: Beat] = [:]
        var pairs: [(written: ScoreNote, played: NoteEvent)] = []
        for note in score.notes.sorted(by: { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }) {
            guard last[note.pitch] != note.onset else { continue }
            last[note.pitch] = note.onset
            let k = count[note.pitch, default: 0]
            count[note.pitch] = k + 1
            if let line = played[note.pitch], k < line.count { pairs.append((note, line[k])) }
        }
        return pairs
    }

    /// Share of the performance with the sustain pedal more than half down, and presses a minute.
    static func pedalling(_ performance: Performance) -> (down: Double, half: Double, pressesPerMinute: Double) {
        let events = performance.pedals.filter { $0.pedal == .sustain }
        var down = 0.0
        var half = 0.0
        var presses = 0
        for (k, event) in events.enumerated() {
            let end = k + 1 < events.count ? events[k + 1].time : performance.duration
            if event.depth.value >= 0.504 { down += end - event.time }
            if event.depth.value > 0.126, event.depth.value < 0.882 { half += end - event.time }
            if k > 0, event.depth.value >= 0.504, events[k - 1].depth.value < 0.504 { presses += 1 }
        }
        return (down / performance.duration, half / performance.duration, Double(presses) * 60 / performance.duration)
    }
}

func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(max(1, x.count)) }

func deviation(_ x: [Double]) -> Double {
    let m = mean(x)
    return mean(x.map { ($0 - m) * ($0 - m) }).squareRoot()
}

func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let (mx, my) = (mean(x), mean(y))
    return mean(zip(x, y).map { ($0 - mx) * ($1 - my) }) / (deviation(x) * deviation(y))
}

func percentile(_ x: [Double], _ p: Double) -> Double {
    let sorted = x.sorted()
    return sorted[min(sorted.count - 1, Int(p * Double(sorted.count)))]
}
