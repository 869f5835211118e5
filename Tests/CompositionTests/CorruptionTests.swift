import Composition
import Foundation
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

    @Test("each of four corruptions leaves a window that the intact piece is inside, in 95 % of the pieces")
    func corruption() {
        let isLong = ProcessInfo.processInfo.environment["BEACHPIANO_LONG"] != nil
        let seeds: ClosedRange<UInt64> = isLong ? 1...6 : 3...3
        let scores = seeds.flatMap { seed in moodNames.map { composed($0, seed: seed, seconds: 150).score } }
        for damage in Damage.allCases {
            let single = scores.count { score in
                let intact = Judgement(notes: score.notes, metre: score.metre).rows
                let broken = Judgement(notes: damage.apply(score), metre: score.metre).rows
                return broken.contains { row in
                    !row.isInside && intact.first { $0.name == row.name }?.isInside == true
                }
            }
            print("\(damage.rawValue): told in \(single) of \(scores.count) pieces")
            #expect(100 * single >= 95 * scores.count, "\(damage.rawValue)")
        }
    }
}
