public import Music

/// A broken rule and where.
public struct Finding: Hashable, Sendable {
    public enum Rule: String, Hashable, Sendable, CaseIterable {
        case melodyNotOnTop = "an accompaniment tone at or above the melody"
        case handTooWide = "more than a tenth in one hand"
        case tooManyFingers = "more than five notes in one hand"
        case parallelOctaves = "parallel octaves or fifths between melody and bass"
        case emptyBar = "an empty bar"
        case shortEnding = "a section that ends on a short note"
        case hugeLeap = "a melodic leap of more than a twelfth"
        case lowThird = "a narrow interval in the low bass"
    }

    public let rule: Rule
    /// Bar from 0.
    public let bar: Int
    /// Section from 0.
    public let section: Int
}

/// Reads a finished score for what breaks a rule (music.md 4.2, 4.9).
public enum Critic {
    /// All findings in the order of the bars.
    public static func review(_ score: Score) -> [Finding] {
        var findings: [Finding] = []
        let beats = score.metre.beats
        func add(_ rule: Finding.Rule, _ at: Beat) {
            let section = score.sections.lastIndex { $0.onset <= at } ?? 0
            findings.append(Finding(rule: rule, bar: at.floor / beats, section: section))
        }
        var byOnset: [Beat: [ScoreNote]] = [:]
        for note in score.notes { byOnset[note.onset, default: []].append(note) }
        let onsets = byOnset.keys.sorted()
        let melody = score.notes.filter { $0.role == .melody }
        for onset in onsets {
            let chord = byOnset[onset] ?? []
            for hand in [chord.filter { $0.role.isLeftHand }, chord.filter { !$0.role.isLeftHand }] {
                let pitches = hand.map(\.pitch.midi).sorted()
                guard let low = pitches.first, let high = pitches.last else { continue }
                // A bass alone under a chord is rolled or taken by the pedal: a tenth and a half is the limit.
                if high - low > 16 { add(.handTooWide, onset) }
                if pitches.count > 5 { add(.tooManyFingers, onset) }
                if low < 40, pitches.count > 1, pitches[1] - low < 7 { add(.lowThird, onset) }
            }
            let above = melody.first { $0.onset <= onset && $0.end > onset }
            if let above, chord.contains(where: { $0.role != .melody && $0.pitch >= above.pitch }) {
                add(.melodyNotOnTop, onset)
            }
        }
        for (a, b) in zip(melody, melody.dropFirst()) where abs(b.pitch - a.pitch) > 19 { add(.hugeLeap, b.onset) }
        findings += parallels(score, melody)
        var struck = Set(score.notes.map { $0.onset.floor / beats })
        for note in score.notes where note.length > Beat(beats) { struck.insert((note.end.floor - 1) / beats) }
        for bar in 0..<score.bars where !struck.contains(bar) { add(.emptyBar, Beat(bar * beats)) }
        for section in score.sections where section.letter != "i" {
            let end = section.onset + Beat(section.bars * beats)
            if let last = melody.last(where: { $0.onset >= section.onset && $0.onset < end }), last.length < Beat(3, 2)
            {
                add(.shortEnding, last.onset)
            }
        }
        return findings.sorted { ($0.bar, $0.rule.rawValue) < ($1.bar, $1.rule.rawValue) }
    }

    private static func parallels(_ score: Score, _ melody: [ScoreNote]) -> [Finding] {
        let basses = score.notes.filter { $0.role == .bass }
        var findings: [Finding] = []
        var previous: (melody: Int, bass: Int)?
        let beats = score.metre.beats
        for bar in 0..<score.bars {
            let at = Beat(bar * beats)
            guard let top = melody.first(where: { $0.onset == at }), let low = basses.first(where: { $0.onset == at })
            else {
                previous = nil
                continue
            }
            if let previous, previous.melody != top.pitch.midi, previous.bass != low.pitch.midi {
                let now = (top.pitch - low.pitch) % 12
                if now == (previous.melody - previous.bass) % 12, now == 0 || now == 7 {
                    let section = score.sections.lastIndex { $0.onset <= at } ?? 0
                    findings.append(Finding(rule: .parallelOctaves, bar: bar, section: section))
                }
            }
            previous = (top.pitch.midi, low.pitch.midi)
        }
        return findings
    }
}
