import Moods
import Music

/// Small pieces that hold what is hard to write down.
enum Examples {
    /// Four bars of D flat: a pick-up rest, triplets, a tie over the barline, dotted and sixteenth notes, overlapping
    /// figures and a title with all the characters that XML and JSON reserve.
    static func score(beatsInBar: Int = 4) -> Score {
        let bar = Beat(beatsInBar)
        let home = Key(tonic: 1, isMinor: false)
        var notes = [
            ScoreNote(onset: Beat(1), length: Beat(3, 2), pitch: Pitch(73), role: .melody),
            ScoreNote(onset: Beat(5, 2), length: Beat(5, 2), pitch: Pitch(77), dynamic: 1.5, role: .melody),
            ScoreNote(onset: bar + Beat(1), length: Beat(1, 3), pitch: Pitch(80), role: .melody),
            ScoreNote(onset: bar + Beat(4, 3), length: Beat(1, 3), pitch: Pitch(78), role: .melody),
            ScoreNote(onset: bar + Beat(5, 3), length: Beat(1, 3), pitch: Pitch(77), role: .melody),
            ScoreNote(onset: bar + Beat(2), length: Beat(1, 4), pitch: Pitch(75), role: .melody),
            ScoreNote(onset: bar + Beat(9, 4), length: Beat(3, 4), pitch: Pitch(73), role: .melody),
            ScoreNote(onset: bar + Beat(2), length: Beat(1), pitch: Pitch(65), role: .inner),
            ScoreNote(onset: bar * 3, length: bar, pitch: Pitch(73), role: .melody),
            ScoreNote(onset: bar * 3, length: bar, pitch: Pitch(68), role: .inner),
            ScoreNote(onset: bar * 3, length: bar, pitch: Pitch(65), role: .inner),
            ScoreNote(onset: bar * 2, length: Beat(7, 16), pitch: Pitch(71), role: .melody),
        ]
        for i in 0..<4 {
            notes.append(ScoreNote(onset: bar * i, length: bar, pitch: Pitch(37), role: .bass))
            for k in 0..<2 * beatsInBar where i < 3 {
                let pitch = Pitch([44, 49, 53, 56][k % 4])
                notes.append(ScoreNote(onset: bar * i + Beat(k, 2), length: 2, pitch: pitch, role: .figure))
            }
        }
        let chords = (0..<4).map { (i: Int) -> ScoreChord in
            let isFourth = i == 2
            let triad: [Int] = isFourth ? [6, 10, 1] : [1, 5, 8]
            return ScoreChord(
                name: isFourth ? "IV" : "I", onset: bar * i, length: bar, root: isFourth ? 6 : 1, bass: 1,
                triad: triad, pitchClasses: [1, 5, 8], localTonic: 1)
        }
        return Score(
            title: "Salt & <light> \"slow\" \\ 'tide' – 海", key: home,
            metre: Metre(beats: beatsInBar), tempo: 64, form: "ab", bars: 4,
            sections: [
                ScoreSection(letter: "A", variant: 0, onset: 0, bars: 2, level: 0.2, key: home),
                ScoreSection(letter: "B", variant: 1, onset: bar * 2, bars: 2, level: 0.8, key: home),
            ],
            phrases: [ScorePhrase(level: .phrase, onset: 0, end: bar * 4)], chords: chords,
            cadences: [ScoreCadence(onset: bar * 3, kind: .plagal, isFinal: true)],
            notes: notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }, motif: [])
    }

    /// The example score as played by a slow, wavering clock, with half pedals and fractions of velocities.
    static func performance() -> Performance {
        let score = score()
        let map = (0...16).map { beat in
            TempoPoint(beat: Double(beat), seconds: 0.4 + Double(beat) * 0.93 + Double(beat % 3) * 0.021)
        }
        func seconds(_ beat: Beat) -> Double {
            let i = min(15, max(0, beat.floor))
            let (a, b) = (map[i], map[i + 1])
            return a.seconds + (beat.value - a.beat) * (b.seconds - a.seconds)
        }
        let notes = score.notes.enumerated().map { i, note in
            NoteEvent(
                onset: seconds(note.onset) + Double(i % 5) * 0.0073, release: seconds(note.end) - 0.013,
                pitch: note.pitch, velocity: 30.3 + Float(i) * 1.37, role: note.role)
        }
        let pedals = (0..<24).map { i in
            PedalEvent(
                time: 0.3 + Double(i) * 0.61, pedal: i % 8 == 7 ? .unaCorda : .sustain,
                depth: UnitInterval(Float(i % 4) / 3.7))
        }
        return Performance(
            title: score.title, notes: notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }, pedals: pedals,
            tempoMap: map, metre: score.metre, key: score.key, duration: 20)
    }

    static let mood = Mood(valence: 0.3, energy: -0.5, tension: -0.2, intimacy: 0.4, nostalgia: 0.6, openness: 0.7)
}
