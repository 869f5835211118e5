public import Music

/// Reads a finished score for what breaks a rule (music.md 4.2, 4.7, 4.9, 4.10; music-fit A.2 11).
///
/// A rule is a property of the score alone, so that any score can be read, whoever wrote it.
public enum Critic {
    /// All findings in the order of their onsets.
    public static func review(_ score: Score) -> [Finding] {
        let reading = ScoreReading(score)
        let findings = HandRules.findings(reading) + MelodyRules.findings(reading) + ClosingRules.findings(reading)
        return findings.sorted {
            $0.onset != $1.onset ? $0.onset < $1.onset : $0.rule.rawValue < $1.rule.rawValue
        }
    }
}

/// A score laid out for the rules: times in ticks.
struct ScoreReading {
    struct Tone {
        let onset: Int
        let end: Int
        let pitch: Int
        let role: VoiceRole
        let start: Beat

        var length: Int { end - onset }
    }

    let score: Score
    /// By onset, then pitch.
    let tones: [Tone]
    let melody: [Tone]
    /// Tones struck together, by onset.
    let attacks: [ArraySlice<Tone>]

    var bar: Int { score.metre.beats * Self.beat }

    /// Fine enough for quintuplets and septuplets of a score that came from elsewhere.
    static let beat = 1680

    static func ticks(_ time: Beat) -> Int { Int((time.value * Double(beat)).rounded()) }

    init(_ score: Score) {
        self.score = score
        tones = score.notes.map {
            Tone(
                onset: Self.ticks($0.onset), end: Self.ticks($0.end), pitch: $0.pitch.midi, role: $0.role,
                start: $0.onset)
        }
        .sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
        melody = tones.filter { $0.role == .melody }
        var attacks: [ArraySlice<Tone>] = []
        var i = 0
        while i < tones.count {
            var j = i + 1
            while j < tones.count, tones[j].onset == tones[i].onset { j += 1 }
            attacks.append(tones[i..<j])
            i = j
        }
        self.attacks = attacks
    }

    /// The chord at a time, if there are chords.
    func chord(at time: Beat) -> ScoreChord? {
        var low = 0
        var high = score.chords.count
        while low < high {
            let middle = (low + high) / 2
            if score.chords[middle].onset <= time { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? score.chords[low - 1] : nil
    }

    /// The melody note that sounds at a time.
    func melody(at time: Int) -> Tone? {
        var low = 0
        var high = melody.count
        while low < high {
            let middle = (low + high) / 2
            if melody[middle].onset <= time { low = middle + 1 } else { high = middle }
        }
        return low > 0 && melody[low - 1].end > time ? melody[low - 1] : nil
    }
}
