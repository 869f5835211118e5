import Interpretation
import Moods
import Music
import Testing

private let mood = Mood(valence: 0.6, energy: -0.35, tension: -0.6, intimacy: 0.7, nostalgia: 0.35, openness: 0.55)

/// By the rules alone, 2 minutes.
private func play(_ score: Score) -> Performance {
    Pianist(mood: mood, seed: Seed(1), freedom: 0).perform(score, duration: 124, ringOut: 7)
}

private func pairs(_ score: Score) -> [(written: ScoreNote, played: NoteEvent)] {
    PerformanceStatistics.matched(score, play(score))
}

private func seconds(_ performance: Performance, from: Int, to: Int) -> Double {
    performance.tempoMap[to * 4].seconds - performance.tempoMap[from * 4].seconds
}

@Suite struct PhrasingTests {
    @Test func `a chord that surprises takes its time and is quiet, and the line grows towards it`() {
        let plain = BelievableScore.make()
        var score = plain
        // A Neapolitan in bar 21, over the same notes, so that nothing but the chord differs.
        score.chords[21].root = 1
        score.chords[21].triad = [1, 5, 8]
        let (before, after) = (play(plain), play(score))
        let longer = seconds(after, from: 84, to: 85) / seconds(before, from: 84, to: 85)
        #expect((1.03...1.12).contains(longer), "\(longer)")
        func loudness(_ score: Score, _ beats: Range<Int>) -> Float {
            let notes = pairs(score).filter { $0.written.role == .melody && beats.contains($0.written.onset.floor) }
            return notes.reduce(0) { $0 + $1.played.velocity } / Float(notes.count)
        }
        // Against the bar before: the approach is louder than without the surprise.
        #expect(loudness(score, 82..<84) > loudness(plain, 82..<84) + 0.3)
    }

    @Test func `the inner notes of a hand's chord are softer than its outer ones`() {
        var score = BelievableScore.make()
        score.notes.removeAll { $0.role == .figure || $0.role == .bass }
        for bar in stride(from: 0, to: 30, by: 2) {
            for pitch in [52, 55, 59] {
                score.notes.append(ScoreNote(onset: Beat(bar * 4), length: 2, pitch: Pitch(pitch), role: .figure))
            }
        }
        score.notes.sort { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
        let figure = pairs(score).filter { $0.written.role == .figure && $0.written.onset < Beat(120) }
        func mean(_ pitch: Int) -> Float {
            let notes = figure.filter { $0.written.pitch.midi == pitch }
            return notes.reduce(0) { $0 + $1.played.velocity } / Float(notes.count)
        }
        #expect(mean(55) < mean(52) - 2 && mean(55) < mean(59) - 3, "\(mean(52)), \(mean(55)), \(mean(59))")
    }

    @Test func `the last note of a phrase is let go before the next one begins`() {
        var score = BelievableScore.make()
        // Fill the rests, so that only the pianist can breathe.
        for i in score.notes.indices where score.notes[i].role == .melody && score.notes[i].length == 3 {
            score.notes[i].length = 4
        }
        let melody = pairs(score).filter { $0.written.role == .melody }
        var gaps: (inside: [Double], between: [Double]) = ([], [])
        for (a, b) in zip(melody, melody.dropFirst()) where a.written.end == b.written.onset {
            let gap = b.played.onset - a.played.release
            if b.written.onset.floor % 16 == 0 { gaps.between.append(gap) } else { gaps.inside.append(gap) }
        }
        func median(_ x: [Double]) -> Double { x.sorted()[x.count / 2] }
        #expect(median(gaps.between) > median(gaps.inside) + 0.05)
    }

    @Test func `a hand that jumps far and fast arrives late, and a hand that stays does not`() {
        func offset(_ jump: Int) -> Double {
            var score = BelievableScore.make()
            score.notes.removeAll { $0.role != .melody }
            for beat in 0..<120 {
                let pitch = beat % 2 == 0 ? 36 : 36 + jump
                score.notes.append(ScoreNote(onset: Beat(beat), length: 1, pitch: Pitch(pitch), role: .bass))
            }
            score.notes.sort { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
            let performance = Pianist(mood: mood, seed: Seed(1), freedom: 0)
                .perform(score, duration: 70, ringOut: 7)
            let late = PerformanceStatistics.matched(score, performance)
                .filter { $0.written.role == .bass && $0.written.onset.numerator % 2 == 1 && $0.written.onset < 100 }
                .map { $0.played.onset - performance.tempoMap[$0.written.onset.floor * 4].seconds }
            return late.reduce(0, +) / Double(late.count)
        }
        #expect(offset(24) > offset(7) + 0.005)
    }

    @Test func `two to one before a longer note is played less unequal`() {
        #expect(MelodyRules.isDouble([600, 300, 600]))
        #expect(!MelodyRules.isDouble([600, 300, 300]))
        #expect(!MelodyRules.isDouble([600, 600, 900]))
        #expect(!MelodyRules.isDouble([600, 300]))
    }
}
