import Composition
import Moods
import Music
import Testing

/// The corruption test of music.md 6.3: a window that our pieces are inside must be left by damaged versions of them.
@Suite("Damage is told from music")
struct CorruptionTests {
    enum Damage: String, CaseIterable {
        case shuffledBars = "bars shuffled"
        case loop = "2-bar loop"
        case randomPitches = "random diatonic pitches"
        case shuffledPitches = "pitches shuffled"

        func apply(_ score: Score) -> [ScoreNote] {
            var random = RandomStream(seed: 17)
            let beats = score.metre.beats
            var notes = score.notes
            switch self {
            case .shuffledBars:
                var order = Array(0..<score.bars)
                order.shuffle(using: &random)
                for i in notes.indices {
                    let bar = notes[i].onset.floor / beats
                    notes[i].onset = notes[i].onset + Beat((order[bar] - bar) * beats)
                }
            case .loop:
                let start = score.bars / 3
                let source = notes.filter { (start..<start + 2).contains($0.onset.floor / beats) }
                notes = stride(from: 0, to: score.bars, by: 2).flatMap { bar in
                    source.map { note in
                        var copy = note
                        copy.onset = note.onset + Beat((bar - start) * beats)
                        return copy
                    }
                }
            case .randomPitches:
                let scale = (score.key.isMinor ? [0, 2, 3, 5, 7, 8, 10] : [0, 2, 4, 5, 7, 9, 11]).map {
                    ($0 + score.key.tonic) % 12
                }
                let pitches = (36...84).filter { scale.contains($0 % 12) }
                for i in notes.indices { notes[i].pitch = Pitch(random.pick(pitches)) }
            case .shuffledPitches:
                var pitches = notes.map(\.pitch)
                pitches.shuffle(using: &random)
                for i in notes.indices { notes[i].pitch = pitches[i] }
            }
            return notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
        }
    }

    @Test("each of four corruptions leaves a window that our pieces are inside")
    func corruption() {
        let scores = moodNames.map { composed($0, seed: 3, seconds: 150).score }
        let own = scores.map { StructureMetrics($0) }
        func median(_ values: [Float]) -> Float { values.sorted()[values.count / 2] }
        var line = "ours:"
        for window in StructureMetrics.windows { line += " \(window.name) \(median(own.map(window.value)))" }
        print(line)
        for damage in Damage.allCases {
            let damaged = scores.map { StructureMetrics(notes: damage.apply($0), metre: $0.metre) }
            var caught: [String] = []
            line = "\(damage.rawValue):"
            for window in StructureMetrics.windows {
                let (ours, theirs) = (median(own.map(window.value)), median(damaged.map(window.value)))
                line += " \(window.name) \(theirs)"
                if window.range.contains(ours), !window.range.contains(theirs) { caught.append(window.name) }
            }
            let single = zip(own, damaged).filter { pair in
                StructureMetrics.windows.contains { $0.holds(pair.0) && !$0.holds(pair.1) }
            }.count
            print("\(line); left: \(caught); in \(single) of \(own.count) single pieces")
            #expect(!caught.isEmpty, "\(damage.rawValue)")
        }
    }
}
