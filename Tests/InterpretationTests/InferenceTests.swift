import Glibc
import Interpretation
import Moods
import Music
import Testing

/// A score as a notation program exports it: exact times, one velocity, no pedal.
private func flat(_ score: Score, map: Bool = true, velocity: Float = 64) -> Performance {
    let beat = 60 / Double(score.tempo)
    return Performance(
        title: score.title,
        notes: score.notes.map {
            NoteEvent(
                onset: $0.onset.value * beat, release: $0.end.value * beat, pitch: $0.pitch, velocity: velocity)
        },
        pedals: [],
        tempoMap: map
            ? [
                TempoPoint(beat: 0, seconds: 0),
                TempoPoint(beat: Double(score.beats), seconds: Double(score.beats) * beat),
            ]
            : [], metre: map ? score.metre : nil, duration: Double(score.beats) * beat)
}

/// Share of the notes of a role that are found, and share of the found ones that are right.
private func agreement(_ role: VoiceRole, _ truth: Score, _ found: Score) -> (recall: Double, precision: Double) {
    struct Place: Hashable {
        var onset: Beat
        var pitch: Pitch
    }
    func places(_ score: Score) -> Set<Place> {
        Set(score.notes.filter { $0.role == role }.map { Place(onset: $0.onset, pitch: $0.pitch) })
    }
    let (a, b) = (places(truth), places(found))
    let both = Double(a.intersection(b).count)
    return (both / Double(max(1, a.count)), both / Double(max(1, b.count)))
}

@Suite struct InferenceTests {
    @Test(arguments: [3, 4])
    func `a flat file gives back its beats, key, voices, chords and phrases`(metre: Int) {
        let truth = BelievableScore.make(beatsInBar: metre)
        let found = ScoreInference.score(of: flat(truth))
        #expect(found.notes.map(\.onset) == truth.notes.map(\.onset))
        #expect(found.notes.map(\.pitch) == truth.notes.map(\.pitch))
        #expect(found.key == truth.key && found.metre == truth.metre && found.bars == truth.bars)
        #expect(abs(found.tempo - truth.tempo) < 0.1)
        let melody = agreement(.melody, truth, found)
        #expect(melody.recall > 0.95 && melody.precision > 0.9, "melody \(melody)")
        let bass = agreement(.bass, truth, found)
        #expect(bass.recall > 0.9 && bass.precision > 0.8, "bass \(bass)")
        let roots = (0..<truth.beats).count { beat in
            truth.chords.last { $0.onset <= Beat(beat) }?.root == found.chords.last { $0.onset <= Beat(beat) }?.root
        }
        #expect(Double(roots) / Double(truth.beats) > 0.8, "roots \(roots) of \(truth.beats)")
        // An upbeat may be heard where none is written: a beat apart is the same place.
        for level in [PhraseLevel.phrase, .gesture] {
            let (written, heard) = (starts(truth, level), starts(found, level))
            #expect(
                share(of: written, near: heard) > 0.8 && share(of: heard, near: written) > 0.8, "\(level): \(heard)")
        }
    }

    private func starts(_ score: Score, _ level: PhraseLevel) -> [Beat] {
        score.phrases.filter { $0.level == level }.map(\.onset)
    }

    private func share(of some: [Beat], near others: [Beat]) -> Double {
        let hits = some.count { place in others.contains { abs(($0 - place).value) <= 1 } }
        return Double(hits) / Double(max(1, some.count))
    }

    @Test func `without a tempo map the beat is heard, though nobody plays in time`() {
        let truth = BelievableScore.make()
        let played = Pianist(
            mood: Mood(valence: 0.3, energy: 0, tension: 0, intimacy: 0.2, nostalgia: 0, openness: 0.2), seed: Seed(3),
            freedom: 0.6
        ).perform(truth, duration: 124, ringOut: 7)
        var free = played
        free.tempoMap = []
        free.timeSignatures = []
        free.keySignatures = []
        let found = ScoreInference.score(of: free)
        // The tempo from the first stroke to the last on beat 124, or its double or half.
        let seconds = (played.notes.last?.onset ?? 0) - (played.notes.first?.onset ?? 0)
        let octaves = abs(log2f(found.tempo / (60 * 124 / Float(seconds))))
        #expect(octaves < 0.08 || abs(octaves - 1) < 0.08, "tempo \(found.tempo)")
        #expect(found.key == truth.key)
        #expect(found.notes.count == played.notes.count)
        #expect(agreement(.melody, found, found).recall == 1)
    }

    @Test func `a map that nobody has played to is not believed`() {
        let truth = BelievableScore.make(tempo: 71)
        var free = flat(truth)
        // What a sequencer writes when somebody records without a click: 120 beats a minute.
        free.tempoMap = [TempoPoint(beat: 0, seconds: 0), TempoPoint(beat: 2, seconds: 1)]
        let found = ScoreInference.score(of: free)
        let octaves = abs(log2f(found.tempo / 71))
        #expect(octaves < 0.08 || abs(octaves - 1) < 0.08, "tempo \(found.tempo)")
    }

    @Test func `markers begin phrases`() {
        let truth = BelievableScore.make()
        let beat = 60 / Double(truth.tempo)
        let found = ScoreInference.score(of: flat(truth), hints: .init(markers: [6 * 4 * beat, 13 * 4 * beat]))
        for bar in [6, 13] {
            #expect(found.phrases.contains { $0.level == .phrase && $0.onset == Beat(bar * 4) })
        }
    }

    @Test func `a flat file is played expressively: the same keys, at its tempo, inside what pianists do`() {
        let truth = BelievableScore.make()
        let file = flat(truth)
        let performance = ExpressiveReading.perform(file)
        #expect(performance.notes.map(\.pitch.midi).sorted() == file.notes.map(\.pitch.midi).sorted())
        let body = (performance.notes.last?.onset ?? 0) - (performance.notes.first?.onset ?? 0)
        let written = (file.notes.last?.onset ?? 0) - (file.notes.first?.onset ?? 0)
        #expect(abs(body / written - 1) < 0.05)
        #expect(performance == ExpressiveReading.perform(file))
        #expect(performance != ExpressiveReading.perform(file, pianist: 2))
        let s = PerformanceStatistics(truth, performance)
        #expect((0.15...0.45).contains(deviation(s.logTempo)))
        #expect((10...18.5).contains(deviation(s.velocities)))
        #expect((8...25).contains(mean(s.melodyOverChord)))
        #expect(PerformanceStatistics.pedalling(performance).down > 0.57)
    }

    @Test func `files with nothing, one note, or a note that never ends are played all the same`() {
        var file = Performance(title: "", notes: [], pedals: [], duration: 1)
        #expect(ExpressiveReading.perform(file) == file)
        file.notes = [NoteEvent(onset: 0.5, release: 0.6, pitch: Pitch(60), velocity: 1)]
        #expect(ExpressiveReading.perform(file).notes.count == 1)
        file.notes.append(NoteEvent(onset: 0.5, release: 900, pitch: Pitch(21), velocity: 127))
        file.notes.append(NoteEvent(onset: 899, release: 900, pitch: Pitch(108), velocity: 127))
        #expect(ExpressiveReading.perform(file).notes.count == 3)
    }
}
