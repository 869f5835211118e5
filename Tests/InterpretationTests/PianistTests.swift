import Interpretation
import Moods
import Music
import Testing

private let lyrical = Mood(valence: 0.6, energy: -0.35, tension: -0.6, intimacy: 0.7, nostalgia: 0.35, openness: 0.55)
private let moods = [
    lyrical, Mood(valence: 0.8, energy: 0.6, tension: -0.2, intimacy: 0.35, nostalgia: 0, openness: 0.25),
    Mood(valence: -0.4, energy: -0.55, tension: -0.05, intimacy: 0.5, nostalgia: 0.55, openness: 0.2),
    Mood(valence: -0.6, energy: 0.85, tension: 0.8, intimacy: -0.3, nostalgia: 0, openness: 0.4),
    Mood(valence: 0.45, energy: 0.05, tension: 0.05, intimacy: 0.1, nostalgia: 0.1, openness: 1),
]

private func play(
    _ mood: Mood = lyrical, seed: UInt64 = 1, freedom: Float = 1, pianist: UInt64? = nil,
    score: Score = BelievableScore.make(), duration: Double = 124, ringOut: Double = 7,
    unaCorda: UnaCorda = .auto
) -> Performance {
    Pianist(mood: mood, seed: Seed(seed), freedom: freedom, pianist: pianist, unaCorda: unaCorda)
        .perform(score, duration: duration, ringOut: ringOut)
}

@Suite struct PianistTests {
    @Test(arguments: [20.0, 45, 124, 150, 333.3, 600])
    func `a performance is exactly as long as asked and its last bar ends where ring-out begins`(duration: Double) {
        let performance = play(duration: duration, ringOut: 6)
        #expect(performance.duration == duration)
        let end = performance.tempoMap.last
        #expect(end?.beat == 128)
        #expect(abs((end?.seconds ?? 0) - (duration - 6)) < 0.001)
        #expect(performance.tempoMap.first?.beat == 0)
        #expect(abs((performance.notes.first?.onset ?? 0) - 0.15) < 0.12)
        #expect(performance.notes.allSatisfy { $0.release < duration })
        #expect(performance.pedals.allSatisfy { $0.time >= 0 && $0.time < duration })
    }

    @Test(arguments: moods)
    func `fingers and foot only do what a pianist can`(mood: Mood) {
        for seed: UInt64 in 1...4 {
            let performance = play(mood, seed: seed, freedom: seed == 4 ? 2 : 1)
            for note in performance.notes {
                #expect(note.onset >= 0.02 && note.release > note.onset)
                #expect((1...127).contains(note.velocity))
            }
            for (a, b) in zip(performance.notes, performance.notes.dropFirst()) {
                #expect((a.onset, a.pitch) < (b.onset, b.pitch))
            }
            for line in Dictionary(grouping: performance.notes, by: \.pitch).values {
                for (a, b) in zip(line, line.dropFirst()) { #expect(a.release < b.onset) }
            }
            for (a, b) in zip(performance.pedals, performance.pedals.dropFirst()) { #expect(a.time <= b.time) }
            let sustain = performance.pedals.filter { $0.pedal == .sustain }
            for (a, b) in zip(sustain, sustain.dropFirst()) {
                // The foot moves in ramps, never in a jump.
                #expect(abs(a.depth.value - b.depth.value) < 0.25)
            }
            for (a, b) in zip(performance.tempoMap, performance.tempoMap.dropFirst()) {
                #expect(a.seconds < b.seconds && a.beat < b.beat)
            }
        }
    }

    @Test func `every written note is played once`() {
        let score = BelievableScore.make()
        let written = score.notes.map(\.pitch.midi).sorted()
        for mood in moods {
            #expect(play(mood, score: score).notes.map(\.pitch.midi).sorted() == written)
        }
    }

    @Test func `the same seed plays alike and another pianist plays the same notes otherwise`() {
        let score = BelievableScore.make()
        let one = play()
        #expect(one == play())
        let other = play(pianist: 77)
        #expect(other == play(seed: 5, pianist: 77))
        #expect(other.notes.map(\.pitch.midi).sorted() == one.notes.map(\.pitch.midi).sorted())
        #expect(other.notes.map(\.onset) != one.notes.map(\.onset))
        // Pianists agree on a tempo curve with r = .7 to .9, and on loudness with .6 to .9 (music.md 5.0).
        let a = PerformanceStatistics(score, one)
        let b = PerformanceStatistics(score, other)
        let tempo = correlation(a.logTempo, b.logTempo)
        #expect(tempo > 0.5 && tempo < 0.95, "tempo r \(tempo)")
        let pairs = zip(PerformanceStatistics.matched(score, one), PerformanceStatistics.matched(score, other))
        let touch = correlation(
            pairs.map { Double($0.0.played.velocity) }, pairs.map { Double($0.1.played.velocity) })
        #expect(touch > 0.5 && touch < 0.95, "velocity r \(touch)")
    }

    @Test func `the same pianist begins anew with another take, and takes differ less than pianists`() {
        let score = BelievableScore.make()
        func take(_ number: UInt64, of pianist: UInt64) -> Performance {
            Pianist(mood: lyrical, seed: Seed(1), pianist: pianist, take: number)
                .perform(score, duration: 124, ringOut: 7)
        }
        #expect(take(0, of: 77) == play(pianist: 77))
        #expect(take(1, of: 77) != take(0, of: 77))
        #expect(take(1, of: 77) != take(1, of: 78))
        #expect(take(1, of: 77).notes.map(\.pitch.midi).sorted() == take(0, of: 77).notes.map(\.pitch.midi).sorted())
    }

    @Test func `bright moods play no bar that is low and loud`() {
        var score = BelievableScore.make()
        for i in score.notes.indices {
            score.notes[i].pitch = Pitch(score.notes[i].pitch.midi - 18)
            score.notes[i].dynamic = 5
        }
        func bars(_ valence: Float) -> [(pitch: Float, velocity: Float)] {
            let mood = Mood(valence: valence, energy: 1, tension: 0.8, intimacy: -0.5, nostalgia: 0, openness: 0)
            return Dictionary(grouping: PerformanceStatistics.matched(score, play(mood, score: score))) {
                $0.written.onset.floor / 4
            }
            .values.map { bar in
                let count = Float(bar.count)
                return (
                    bar.reduce(0) { $0 + Float($1.written.pitch.midi) } / count,
                    bar.reduce(0) { $0 + $1.played.velocity } / count
                )
            }
        }
        #expect(bars(-0.5).contains { $0.pitch < 52 && $0.velocity > 84 })
        #expect(bars(0.5).allSatisfy { $0.pitch >= 52 || $0.velocity <= 80.1 })
    }

    @Test func `without freedom all pianists play alike where nothing is drawn`() {
        let one = play(freedom: 0)
        let other = play(freedom: 0, pianist: 9)
        #expect(one.tempoMap == other.tempoMap)
        #expect(one.notes.map(\.velocity) == other.notes.map(\.velocity))
        #expect(one.notes.map(\.onset) == other.notes.map(\.onset))
    }

    @Test func `a score without notes, and one without melody, phrases and chords, are played all the same`() {
        var score = BelievableScore.make()
        score.phrases = []
        score.chords = []
        score.cadences = []
        score.sections = []
        score.notes.removeAll { $0.role == .melody }
        let bare = play(score: score)
        #expect(bare.notes.count == score.notes.count)
        #expect(bare.tempoMap.last?.seconds == 117)
        score.notes = []
        #expect(play(score: score).notes.isEmpty)
    }

    @Test func `two and a half minutes of music are performed in less than fifty milliseconds`() {
        let score = BelievableScore.make()
        _ = play(score: score)
        let clock = ContinuousClock()
        let times = (0..<5).map { _ in clock.measure { _ = play(score: score, duration: 150) } }
        #expect((times.min() ?? .seconds(1)) < .milliseconds(50))
    }
}

@Suite struct HumanRangeTests {
    /// Ranges of 22 to 108 pianists, p10 to p90 over the pieces of music.md 5.0 and music-fit B.1.
    @Test(arguments: moods.prefix(3))
    func `tempo, loudness and asynchrony lie inside what pianists do`(mood: Mood) {
        let score = BelievableScore.make()
        let all = (1...5).map { PerformanceStatistics(score, play(mood, seed: $0, score: score)) }
        let tempo = mean(all.map { deviation($0.logTempo) })
        #expect((0.15...0.42).contains(tempo), "tempo sd \(tempo)")
        let lag = mean(all.map { correlation(Array($0.logTempo.dropLast()), Array($0.logTempo.dropFirst())) })
        #expect((0.15...0.63).contains(lag), "lag-1 \(lag)")
        let sd = mean(all.map { deviation($0.velocities) })
        #expect((10.0...18.5).contains(sd), "velocity sd \(sd)")
        let low = mean(all.map { percentile($0.velocities, 0.05) })
        #expect((18.0...48).contains(low), "velocity p5 \(low)")
        let over = mean(all.map { mean($0.melodyOverChord) })
        #expect((10.0...25).contains(over), "melody over chord \(over)")
        let lead = mean(all.map { mean($0.leads) })
        #expect((3.0...27).contains(lead), "lead \(lead) ms")
        let spread = mean(all.map { mean($0.spreads) })
        #expect((20.0...56).contains(spread), "spread \(spread) ms")
    }

    @Test(arguments: moods)
    func `the pedal is down most of the time and changes often enough`(mood: Mood) {
        let all = (1...5).map { PerformanceStatistics.pedalling(play(mood, seed: $0)) }
        let down = mean(all.map(\.down))
        #expect((0.60...0.96).contains(down), "down \(down)")
        let presses = mean(all.map(\.pressesPerMinute))
        #expect((12.0...65).contains(presses), "presses \(presses)")
        let half = mean(all.map(\.half))
        #expect((0.1...0.73).contains(half), "half \(half)")
    }

    @Test func `tempo of the rules alone follows the phrases`() {
        let score = BelievableScore.make()
        let tempo = PerformanceStatistics(score, play(freedom: 0, score: score)).logTempo
        // A beat's place in its four-bar phrase, against a triangle that is highest in the middle.
        let places = tempo.indices.map { Double($0 % 16) }
        let arch = places.map { 1 - abs($0 - 6) / 10 }
        let r = correlation(Array(tempo.dropLast(16)), Array(arch.dropLast(16)))
        #expect(r > 0.5, "r \(r)")
    }

    @Test func `sections are as loud as planned`() {
        let score = BelievableScore.make()
        let pairs = PerformanceStatistics.matched(score, play(score: score))
        let sections = score.sections.map { section in
            mean(
                pairs.filter {
                    $0.written.role == .melody && $0.written.onset >= section.onset
                        && $0.written.onset < section.onset + Beat(32)
                }.map { Double($0.played.velocity) })
        }
        #expect(sections[2] > sections[1] && sections[1] > sections[0] && sections[3] < sections[2])
    }

    @Test func `a bar that is repeated at once is softer, and comes forward the third time`() {
        var score = BelievableScore.make()
        // Bars 9, 10 and 11 repeat bar 8, in notes and chords, and no phrase is shaped.
        let bar = score.notes.filter { $0.onset.floor / 4 == 8 }
        let chord = score.chords[8]
        score.phrases = []
        score.notes.removeAll { (9...11).contains($0.onset.floor / 4) }
        for k in 1...3 {
            score.chords[8 + k] = chord
            score.chords[8 + k].onset = Beat((8 + k) * 4)
            for note in bar {
                var copy = note
                copy.onset = note.onset + Beat(4 * k)
                score.notes.append(copy)
            }
        }
        let pairs = PerformanceStatistics.matched(score, play(freedom: 0, score: score))
        let levels = (8...10).map { bar in
            mean(
                pairs.filter { $0.written.role == .melody && $0.written.onset.floor / 4 == bar }
                    .map { Double($0.played.velocity) })
        }
        #expect(levels[1] < levels[0] - 2 && levels[2] > levels[1] + 3)
    }

    @Test func `an accented note is louder by its written decibels`() {
        var score = BelievableScore.make()
        let place = score.notes.count / 2
        let plain = play(freedom: 0, score: score)
        score.notes[place].dynamic = 4
        let marked = play(freedom: 0, score: score)
        let note = score.notes[place]
        let pairs = zip(
            PerformanceStatistics.matched(score, plain), PerformanceStatistics.matched(score, marked))
        for (before, after) in pairs where before.written.onset == note.onset && before.written.pitch == note.pitch {
            #expect(after.played.velocity > before.played.velocity + 2)
        }
    }
}

@Suite struct KeyHoldingTests {
    @Test func `melody keys are held about as long as written, middle voices let go, and the bass reaches far`() {
        let score = BelievableScore.make()
        let performance = play(score: score)
        func seconds(_ beat: Beat) -> Double { performance.tempoMap[beat.floor * 4].seconds }
        func ratios(_ role: VoiceRole) -> [Double] {
            PerformanceStatistics.matched(score, performance)
                .filter { $0.written.role == role && $0.written.onset < Beat(124) }
                .map {
                    let beat = seconds(Beat($0.written.onset.floor + 1)) - seconds(Beat($0.written.onset.floor))
                    return ($0.played.release - $0.played.onset) / (beat * $0.written.length.value)
                }
        }
        let melody = ratios(.melody)
        #expect((0.75...1.1).contains(percentile(melody, 0.5)))
        #expect(percentile(melody, 0.9) / percentile(melody, 0.1) > 1.8)
        #expect(percentile(ratios(.figure), 0.5) < 0.85)
        #expect(percentile(ratios(.bass), 0.5) > 1.1)
    }

    @Test func `keys other than the bass are up soon after the chord has changed`() {
        let score = BelievableScore.make()
        let performance = play(score: score)
        for pair in PerformanceStatistics.matched(score, performance)
        where pair.written.role == .figure && pair.written.onset < Beat(120) {
            let change = performance.tempoMap[(pair.written.end - Beat(1, 20)).floor / 4 * 16 + 16].seconds
            #expect(pair.played.release < max(change, pair.played.onset + 0.04) + 0.15)
        }
    }
}

@Suite struct EndingTests {
    @Test func `the last chord is held under the pedal, which then rises slowly to nothing before the end`() throws {
        let performance = play()
        let stroke = performance.tempoMap[124 * 4].seconds
        let last = performance.notes.filter { $0.onset > stroke - 0.2 && $0.release > stroke + 1 }
        #expect(last.count >= 4)
        let sustain = performance.pedals.filter { $0.pedal == .sustain }
        let end = try #require(sustain.last)
        #expect(end.depth == .zero)
        #expect(end.time < performance.duration && end.time > performance.duration - 1)
        let full = try #require(sustain.last { $0.depth.value > 0.75 })
        #expect(full.time > stroke)
        let rise = sustain.filter { $0.time >= full.time }
        #expect(end.time - full.time > 1.5)
        for (a, b) in zip(rise, rise.dropFirst()) { #expect(b.depth < a.depth) }
        // The keys are up before the dampers come down, so that nothing rings on.
        let latest = performance.notes.map(\.release).max() ?? 0
        #expect(latest < rise[1].time && latest > stroke + 2)
    }

    @Test func `the music slows into its last chord to about half its tempo`() {
        let performance = play(freedom: 0)
        let beats = stride(from: 0, to: performance.tempoMap.count, by: 4).map { performance.tempoMap[$0].seconds }
        let lengths = zip(beats, beats.dropFirst()).map { $1 - $0 }
        let median = percentile(lengths, 0.5)
        let last = median / lengths[123]
        #expect((0.35...0.72).contains(last), "last beat tempo over median \(last)")
        #expect(lengths[123] > lengths[122] && lengths[122] > lengths[120])
    }
}

@Suite struct UnaCordaTests {
    @Test func `soft sections of an intimate mood are played with the left pedal, the climax is not`() {
        let performance = play()
        let left = performance.pedals.filter { $0.pedal == .unaCorda }
        #expect(!left.isEmpty)
        func depth(at time: Double) -> Float { left.last { $0.time <= time }?.depth.value ?? 0 }
        #expect(depth(at: performance.tempoMap[40].seconds) == 1)
        #expect(depth(at: performance.tempoMap[80 * 4].seconds) == 0)
    }

    @Test func `the left pedal can be ordered and forbidden, and energetic moods leave it alone`() {
        #expect(!play(unaCorda: .off).pedals.contains { $0.pedal == .unaCorda })
        #expect(play(unaCorda: .on).pedals.first { $0.pedal == .unaCorda }?.depth == .one)
        #expect(!play(moods[3]).pedals.contains { $0.pedal == .unaCorda })
    }

    @Test func `the left pedal can be kept for all but the climax`() {
        let performance = play(moods[3], score: BelievableScore.make(level: 1), unaCorda: .outsideClimax)
        let left = performance.pedals.filter { $0.pedal == .unaCorda }
        func depth(at beat: Int) -> Float {
            left.last { $0.time <= performance.tempoMap[beat * 4].seconds }?.depth.value ?? 0
        }
        #expect(depth(at: 10) == 1 && depth(at: 80) == 0 && depth(at: 110) == 1)
    }
}

@Suite struct SilenceTests {
    @Test func `no finger holds on into a composed silence`() {
        var score = BelievableScore.make()
        // Two beats before the last section in which nothing is written.
        let silence = Beat(94)..<Beat(96)
        score.notes = score.notes.filter { !silence.contains($0.onset) }.map { note in
            var note = note
            if note.onset < silence.lowerBound { note.length = min(note.length, silence.lowerBound - note.onset) }
            return note
        }
        for seed: UInt64 in 1...12 {
            let performance = play(seed: seed, score: score)
            let (start, end) = (performance.tempoMap[94 * 4].seconds, performance.tempoMap[96 * 4].seconds)
            let held = performance.notes.filter { $0.onset < start && $0.release > start + 0.15 }
            #expect(held.isEmpty, "\(seed): \(held.map { $0.release - start })")
            let down = performance.pedals.last { $0.pedal == .sustain && $0.time < (start + end) / 2 }
            #expect((down?.depth.value ?? 0) < 0.1)
        }
    }

    @Test func `hands come together the more, the faster it goes`() {
        // Milliseconds between the first and the last note of a chord, mean; the same notes at twice the tempo.
        func spread(_ duration: Double) -> Double {
            let played = (1...4).map { play(seed: $0, duration: duration) }
            let chords = played.flatMap { performance -> [Double] in
                let onsets = performance.notes.map(\.onset).sorted()
                var chords: [[Double]] = []
                for onset in onsets {
                    if let first = chords.last?.first, onset - first < 0.08 {
                        chords[chords.count - 1].append(onset)
                    } else {
                        chords.append([onset])
                    }
                }
                return chords.filter { $0.count > 1 }.map { 1000 * ($0[$0.count - 1] - $0[0]) }
            }
            return chords.reduce(0, +) / Double(chords.count)
        }
        #expect(spread(62) < 0.92 * spread(124), "\(spread(62)) \(spread(124))")
    }
}
