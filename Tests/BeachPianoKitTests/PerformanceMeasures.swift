import Glibc
import Music

/// What music-fit B.1 and music.md 5.0 measure on pianists, measured on one performance of a score.
///
/// Written and played notes are matched key by key, in order. Times in seconds, velocities in MIDI units.
struct PerformanceMeasures {
    struct Note {
        var written: ScoreNote
        var played: NoteEvent
    }

    let score: Score
    let performance: Performance
    /// In the order of writing.
    let notes: [Note]
    /// Notes that are written together, in order.
    let chords: [[Note]]
    /// Seconds at which each written beat is struck, where something is written on it.
    let beats: [Int: Double]

    init(_ score: Score, _ performance: Performance) {
        self.score = score
        self.performance = performance
        let notes = Self.matched(score, performance)
        self.notes = notes
        var chords: [[Note]] = []
        for note in notes {
            if let last = chords.last?.first, last.written.onset == note.written.onset {
                chords[chords.count - 1].append(note)
            } else {
                chords.append([note])
            }
        }
        self.chords = chords
        beats = Dictionary(
            uniqueKeysWithValues: chords.filter { $0[0].written.onset.denominator == 1 }.map {
                ($0[0].written.onset.numerator, mean($0.map(\.played.onset)))
            })
    }

    private static func matched(_ score: Score, _ performance: Performance) -> [Note] {
        let played = Dictionary(grouping: performance.notes, by: \.pitch)
        var count: [Pitch: Int] = [:]
        var last: [Pitch: Beat] = [:]
        var pairs: [Note] = []
        for note in score.notes.sorted(by: { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }) {
            guard last[note.pitch] != note.onset else { continue }
            last[note.pitch] = note.onset
            let k = count[note.pitch, default: 0]
            count[note.pitch] = k + 1
            guard let line = played[note.pitch], k < line.count else { continue }
            var written = note
            // A unison of two voices is one stroke, of the voice that the performer gave it.
            written.role = line[k].role ?? note.role
            pairs.append(Note(written: written, played: line[k]))
        }
        return pairs
    }

    func line(_ roles: Set<VoiceRole>) -> [Note] { notes.filter { roles.contains($0.written.role) } }

    /// The melody, one note at a time: the upper one where it is doubled.
    var melody: [Note] {
        var line: [Note] = []
        for note in self.line([.melody]) {
            if let last = line.last, last.written.onset == note.written.onset { line.removeLast() }
            line.append(note)
        }
        return line
    }

    /// Seconds of a written beat by the tempo map.
    func seconds(_ beat: Beat) -> Double {
        let map = performance.tempoMap
        let place = min(Double(map.count - 1), max(0, beat.value * 4))
        let left = min(map.count - 2, Int(place))
        return map[left].seconds + (map[left + 1].seconds - map[left].seconds) * (place - Double(left))
    }

    // MARK: - Loudness

    var velocities: [Double] { performance.notes.map { Double($0.velocity) } }

    /// Melody velocities about their moving mean over seventeen notes.
    var localVelocities: [Double] {
        let line = melody.map { Double($0.played.velocity) }
        return line.indices.map { i in line[i] - mean(Array(line[max(0, i - 8)...min(line.count - 1, i + 8)])) }
    }

    var bassMinusMean: Double { mean(line([.bass]).map { Double($0.played.velocity) }) - mean(velocities) }

    // MARK: - Tempo

    /// log2 of the tempo of every beat that is struck at both ends.
    var logTempo: [(beat: Int, value: Double)] {
        beats.keys.sorted().compactMap { beat in
            guard let start = beats[beat], let end = beats[beat + 1], end - start > 0.05 else { return nil }
            return (beat, -log2(end - start))
        }
    }

    var tempoLag: Double {
        let tempo = Dictionary(uniqueKeysWithValues: logTempo.map { ($0.beat, $0.value) })
        let pairs = tempo.compactMap { beat, value in tempo[beat + 1].map { (value, $0) } }
        let m = mean(Array(tempo.values))
        return mean(pairs.map { ($0.0 - m) * ($0.1 - m) }) / max(1e-9, variance(Array(tempo.values)))
    }

    var louderIsFaster: Double {
        let loudness = Dictionary(grouping: notes) { $0.written.onset.floor }
            .mapValues { mean($0.map { Double($0.played.velocity) }) }
        let pairs = logTempo.compactMap { beat, value in loudness[beat].map { (value, $0) } }
        return correlation(pairs.map(\.0), pairs.map(\.1))
    }

    /// How far off its written place each onset inside a beat comes, share of the beat.
    var displacements: [Double] {
        chords.compactMap { chord in
            let onset = chord[0].written.onset
            guard onset.denominator != 1, let start = beats[onset.floor], let end = beats[onset.floor + 1],
                end - start > 0.05
            else { return nil }
            let place = (mean(chord.map(\.played.onset)) - start) / (end - start)
            return place - (onset.value - Double(onset.floor))
        }
    }

    // MARK: - Asynchrony

    /// Chords of two notes and more that are not spread by more than 0.15 s.
    private var together: [[Note]] {
        chords.filter { chord in
            let times = chord.map(\.played.onset)
            return chord.count > 1 && (times.max() ?? 0) - (times.min() ?? 0) < 0.15
        }
    }

    /// Lead of the melody in ms and its velocity above the rest, where one melody note sounds with others.
    var leads: [(ms: Double, velocity: Double)] {
        together.compactMap { chord in
            let tune = chord.filter { $0.written.role == .melody }
            let rest = chord.filter { $0.written.role != .melody }
            guard tune.count == 1, !rest.isEmpty else { return nil }
            return (
                (mean(rest.map(\.played.onset)) - tune[0].played.onset) * 1000,
                Double(tune[0].played.velocity) - mean(rest.map { Double($0.played.velocity) })
            )
        }
    }

    /// Left hand after the right, ms.
    var handOffsets: [Double] {
        together.compactMap { chord in
            let left = chord.filter { $0.written.role.isLeftHand }.map(\.played.onset)
            let right = chord.filter { !$0.written.role.isLeftHand }.map(\.played.onset)
            return left.isEmpty || right.isEmpty ? nil : (mean(left) - mean(right)) * 1000
        }
    }

    /// First to last note, ms.
    var spreads: [Double] {
        together.map { chord in
            let times = chord.map(\.played.onset)
            return ((times.max() ?? 0) - (times.min() ?? 0)) * 1000
        }
    }

    // MARK: - Keys

    /// How far the key of each note of a line reaches over what the line plays after the note's written end, share of
    /// the time between both onsets: 0 for a note that is held just as written.
    func overlaps(_ line: [Note]) -> [Double] {
        let starts = Dictionary(grouping: line, by: \.written.onset).mapValues { mean($0.map(\.played.onset)) }
        let places = starts.keys.sorted()
        return line.compactMap { note in
            guard let next = places.first(where: { $0 > note.written.onset && $0 >= note.written.end - Beat(1, 20) }),
                let onset = starts[next], onset - note.played.onset > 0.03
            else { return nil }
            return (note.played.release - onset) / (onset - note.played.onset)
        }
    }

    /// Held against written length of the bass.
    var bassHolds: [Double] {
        let last = notes.last?.written.onset ?? 0
        return line([.bass]).filter { $0.written.onset < last }.map {
            ($0.played.release - $0.played.onset) / (seconds($0.written.end) - seconds($0.written.onset))
        }
    }
}

func mean(_ x: [Double]) -> Double { x.isEmpty ? 0 : x.reduce(0, +) / Double(x.count) }

func variance(_ x: [Double]) -> Double {
    let m = mean(x)
    return mean(x.map { ($0 - m) * ($0 - m) })
}

func deviation(_ x: [Double]) -> Double { variance(x).squareRoot() }

func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let (mx, my) = (mean(x), mean(y))
    return mean(zip(x, y).map { ($0 - mx) * ($1 - my) }) / max(1e-12, deviation(x) * deviation(y))
}

/// The value that the share `p` of all lies below, between neighbours by a straight line.
func percentile(_ x: [Double], _ p: Double) -> Double {
    guard !x.isEmpty else { return 0 }
    let sorted = x.sorted()
    let place = p * Double(sorted.count - 1)
    let left = min(sorted.count - 2, Int(place))
    guard left >= 0 else { return sorted[0] }
    return sorted[left] + (sorted[left + 1] - sorted[left]) * (place - Double(left))
}

/// Correlation of each value with the next.
func lagOne(_ x: [Double]) -> Double { correlation(Array(x.dropLast()), Array(x.dropFirst())) }
