import Composition
import Moods
import Music
import Testing

/// Whole scores.
@Suite struct ScoreTests {
    @Test func anotherMelodyLeavesThePlanAndTheChordsAsTheyWere() {
        let first = Composer.compose(Examples.request(seed: 5))
        let again = Composer.compose(Examples.request(seed: 5, rerolls: [.melody: 1]))
        #expect(first.score.chords == again.score.chords)
        #expect(first.score.sections == again.score.sections)
        #expect(first.score.notes != again.score.notes)
    }

    @Test func anotherMelodyLeavesTheLeftHandWhereItWas() {
        var kept = 0
        var all = 0
        for (_, mood) in Examples.moods {
            for seed in 1...3 as ClosedRange<UInt64> {
                let first = Composer.compose(Examples.request(mood, seed: seed)).score
                let again = Composer.compose(Examples.request(mood, seed: seed, rerolls: [.melody: 1])).score
                func left(_ score: Score) -> Set<[Int]> {
                    Set(
                        score.notes.filter(\.role.isLeftHand).map {
                            [Int(($0.onset.value * 48).rounded()), $0.pitch.midi]
                        })
                }
                // What the new tune needs the key of makes room for it.
                kept += left(first).intersection(left(again)).count
                all += left(first).count
            }
        }
        #expect(Double(kept) > 0.9 * Double(all), "\(kept) of \(all)")
    }

    @Test func anotherHarmonyLeavesTheFormAsItWas() {
        let first = Composer.compose(Examples.request(seed: 5))
        let again = Composer.compose(Examples.request(seed: 5, rerolls: [.harmony: 1]))
        #expect(first.score.sections == again.score.sections)
        #expect(first.score.key == again.score.key && first.score.tempo == again.score.tempo)
        #expect(first.score.chords != again.score.chords)
    }

    @Test func anotherTextureLeavesChordsAsTheyWere() {
        let first = Composer.compose(Examples.request(seed: 5)).score
        let again = Composer.compose(Examples.request(seed: 5, rerolls: [.texture: 2])).score
        #expect(first.chords == again.chords)
        #expect(first.notes != again.notes)
    }

    @Test(arguments: [10.0, 20, 30, 90, 150, 400])
    func everyPieceEndsOnItsPlannedCadenceInTheLastBar(duration: Double) throws {
        for (name, mood) in Examples.moods {
            for seed in 1...4 as ClosedRange<UInt64> {
                let (plan, score) = Composer.compose(Examples.request(mood, seed: seed, duration: duration))
                let end = try #require(score.cadences.last)
                #expect(end.isFinal && score.cadences.filter(\.isFinal).count == 1)
                #expect(end.kind == plan.finalCadence, "\(name) \(seed) \(duration)")
                let chord = try #require(score.chords.last)
                #expect(chord.root == score.key.tonic && chord.bass == score.key.tonic)
                #expect(chord.onset == Beat((score.bars - 1) * score.metre.beats))
                #expect(score.notes.contains { $0.onset == chord.onset && $0.role == .bass })
            }
        }
    }

    @Test func chordsFillThePieceWithoutGapsAndStayInTheirBars() {
        for (_, mood) in Examples.moods {
            for seed in 1...3 as ClosedRange<UInt64> {
                let score = Composer.compose(Examples.request(mood, seed: seed)).score
                var time = Beat.zero
                for chord in score.chords {
                    #expect(chord.onset == time && chord.length > .zero)
                    time = chord.end
                }
                #expect(time == Beat(score.beats))
            }
        }
    }

    @Test func notesAreSortedPlayableAndInsideThePiece() {
        for (_, mood) in Examples.moods {
            for duration in [10.0, 30, 150] {
                let score = Composer.compose(Examples.request(mood, seed: 11, duration: duration)).score
                #expect(!score.notes.isEmpty)
                for (a, b) in zip(score.notes, score.notes.dropFirst()) {
                    #expect((a.onset, a.pitch) <= (b.onset, b.pitch))
                }
                for note in score.notes {
                    #expect(Pitch.pianoRange.contains(note.pitch))
                    #expect(note.onset >= .zero && note.length > .zero && note.end <= Beat(score.beats))
                }
                var struck: Set<ScoreNote> = []
                for note in score.notes {
                    let key = ScoreNote(onset: note.onset, length: 1, pitch: note.pitch, role: .melody)
                    #expect(struck.insert(key).inserted, "a key is struck twice at \(note.onset)")
                }
            }
        }
    }

    @Test func phrasesOfAllThreeLevelsCoverThePiece() {
        for (_, mood) in Examples.moods {
            let score = Composer.compose(Examples.request(mood, seed: 2)).score
            for level in PhraseLevel.allCases {
                let phrases = score.phrases.filter { $0.level == level }
                #expect(phrases.first?.onset == .zero && phrases.last?.end == Beat(score.beats))
                for (a, b) in zip(phrases, phrases.dropFirst()) { #expect(a.end == b.onset && a.onset < a.end) }
            }
        }
    }

    @Test func phrasesCloseInManyWaysAndMostlyStayOpen() {
        var counts: [ScoreCadence.Kind: Int] = [:]
        var total = 0
        for (_, mood) in Examples.moods {
            for seed in 1...5 as ClosedRange<UInt64> {
                for cadence in Composer.compose(Examples.request(mood, seed: seed)).score.cadences
                where !cadence.isFinal {
                    counts[cadence.kind, default: 0] += 1
                    total += 1
                }
            }
        }
        func share(_ kind: ScoreCadence.Kind) -> Float { Float(counts[kind] ?? 0) / Float(total) }
        #expect((0.25...0.65).contains(share(.half)))
        #expect((0.08...0.40).contains(share(.plagal)))
        #expect(share(.authentic) < 0.15)
        for kind in ScoreCadence.Kind.allCases { #expect(share(kind) > 0.005, "\(kind): \(share(kind))") }
    }

    @Test func harmonyLoudnessAndDensityFollowThePlannedTension() {
        var correlations: [Float] = []
        for (_, mood) in Examples.moods {
            for seed in 1...3 as ClosedRange<UInt64> {
                let (plan, score) = Composer.compose(Examples.request(mood, seed: seed))
                correlations.append(Self.follow(plan, score))
            }
        }
        let mean = correlations.reduce(0, +) / Float(correlations.count)
        #expect(mean > 0.5, "mean correlation \(mean)")
    }

    /// Correlation of the plan with chord tension plus level plus density, all smoothed over 22 s (Farbood's window).
    private static func follow(_ plan: Plan, _ score: Score) -> Float {
        let beats = score.metre.beats
        let window = max(1, Int(22 / (Float(beats) * 60 / score.tempo)) / 2)
        func smooth(_ x: [Float]) -> [Float] {
            x.indices.map { i in
                let part = x[max(0, i - window)...min(x.count - 1, i + window)]
                return part.reduce(0, +) / Float(part.count)
            }
        }
        func standard(_ x: [Float]) -> [Float] {
            let mean = x.reduce(0, +) / Float(x.count)
            let sd = (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(x.count)).squareRoot()
            return x.map { sd > 0 ? ($0 - mean) / sd : 0 }
        }
        var harmony = [Float](repeating: 0, count: score.bars)
        var density = harmony
        var level = harmony
        for chord in score.chords {
            let isMinor = score.key.isMinor
            let name = chord.name.hasSuffix("*") ? String(chord.name.dropLast()) : chord.name
            harmony[chord.onset.floor / beats] += ChordVocabulary.tension(name, isMinor: isMinor)
        }
        for note in score.notes { density[note.onset.floor / beats] += 1 }
        for section in score.sections {
            let first = section.onset.floor / beats
            for bar in first..<first + section.bars { level[bar] = section.level }
        }
        let parts = [harmony, density, level].map { standard(smooth($0)) }
        let felt = standard((0..<score.bars).map { i in parts.reduce(0) { $0 + $1[i] } })
        let wanted = standard(smooth(plan.tension))
        return zip(felt, wanted).reduce(0) { $0 + $1.0 * $1.1 } / Float(score.bars)
    }
}
