import Music

/// How a melody goes: leaps, range, climax, repetition, foreign tones, parallels with the bass.
enum MelodyRules {
    private static let range = 52...100
    private static let twelfth = 19
    private static let repetitions = 5
    /// Notes below which a section has no climax to speak of, and how often its highest tone may come.
    private static let climaxNotes = 8
    private static let climaxes = 2

    static func findings(_ reading: ScoreReading) -> [Finding] {
        var out: [Finding] = []
        func add(_ rule: Finding.Rule, _ tone: ScoreReading.Tone) {
            out.append(Finding(rule, at: tone.start, in: reading.score))
        }
        var repeated = 1
        for (a, b) in zip(reading.melody, reading.melody.dropFirst()) {
            if abs(b.pitch - a.pitch) > twelfth { add(.hugeLeap, b) }
            repeated = a.pitch == b.pitch ? repeated + 1 : 1
            if repeated == repetitions + 1 { add(.repeatedTone, b) }
            if isForeign(a, reading), abs(b.pitch - a.pitch) > 2 { add(.unresolvedDissonance, a) }
        }
        for tone in reading.melody where !range.contains(tone.pitch) { add(.outOfRange, tone) }
        for section in reading.score.sections {
            let notes = inside(section, reading)
            guard notes.count >= climaxNotes, let highest = notes.map(\.pitch).max() else { continue }
            // A tone struck again at once is one climax.
            let peaks = notes.indices.filter { i in
                notes[i].pitch == highest && (i == notes.startIndex || notes[i - 1].pitch != highest)
            }
            if peaks.count > climaxes { add(.severalClimaxes, notes[peaks[climaxes]]) }
        }
        return out + parallels(reading)
    }

    /// The melody of a section.
    static func inside(_ section: ScoreSection, _ reading: ScoreReading) -> [ScoreReading.Tone] {
        let start = ScoreReading.ticks(section.onset)
        let end = start + section.bars * reading.bar
        return reading.melody.filter { $0.onset >= start && $0.onset < end }
    }

    /// A tone of a beat or more on the first or the middle beat that is neither of the chord nor its ninth, and does
    /// not become so while it sounds.
    private static func isForeign(_ tone: ScoreReading.Tone, _ reading: ScoreReading) -> Bool {
        let place = tone.onset % reading.bar
        let isStrong = place == 0 || reading.score.metre.beats == 4 && place == 2 * ScoreReading.beat
        guard isStrong, tone.length >= ScoreReading.beat else { return false }
        return reading.score.chords.allSatisfy { chord in
            let start = ScoreReading.ticks(chord.onset)
            let end = ScoreReading.ticks(chord.end)
            guard start < tone.end, end > tone.onset else { return true }
            return !chord.pitchClasses.contains(tone.pitch % 12) && (tone.pitch - chord.root + 120) % 12 != 2
        } && reading.chord(at: tone.start) != nil
    }

    /// From one melody note to a stronger one both outer voices move, and stay an octave or a fifth apart.
    private static func parallels(_ reading: ScoreReading) -> [Finding] {
        let basses = reading.tones.filter { $0.role == .bass }
        var out: [Finding] = []
        var at = 0
        var before: (melody: Int, bass: Int)?
        for note in reading.melody {
            while at + 1 < basses.count, basses[at + 1].onset <= note.onset { at += 1 }
            guard basses.indices.contains(at), basses[at].onset <= note.onset else { continue }
            let bass = basses[at].pitch
            let isStrong = note.onset % reading.bar == 0
            if let before, isStrong, basses[at].onset == note.onset,
                VoicingSearch.isParallel(before.bass, before.melody, bass, note.pitch)
            {
                out.append(Finding(.parallels, at: note.start, in: reading.score))
            }
            before = (note.pitch, bass)
        }
        return out
    }
}
