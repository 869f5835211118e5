import Composition
import Moods
import Music
import Testing

@Suite struct CriticTests {
    /// Four bars of C major in 4/4 that break no rule.
    private static func clean() -> Score {
        var notes: [ScoreNote] = []
        for (bar, tune) in [[72, 74], [76, 74], [77, 76], [72]].enumerated() {
            let at = Beat(4 * bar)
            let length = Beat(4, tune.count)
            for (i, pitch) in tune.enumerated() {
                notes.append(note(at + length * i, length, pitch, .melody))
            }
            let (bass, above) = [(48, 64), (43, 59), (45, 60), (48, 64)][bar]
            notes.append(note(at, 4, bass, .bass))
            notes.append(note(at, 4, above, .figure))
        }
        func chord(_ name: String, _ bar: Int, _ root: Int, _ triad: [Int]) -> ScoreChord {
            ScoreChord(
                name: name, onset: Beat(4 * bar), length: 4, root: root, bass: root, triad: triad, pitchClasses: triad,
                localTonic: 0)
        }
        let home = Key(tonic: 0, isMinor: false)
        return Score(
            title: "clean", key: home, metre: Metre(beats: 4), tempo: 80, form: "short",
            bars: 4, sections: [ScoreSection(letter: "A", variant: 0, onset: 0, bars: 4, level: 0.5, key: home)],
            phrases: [],
            chords: [
                chord("I", 0, 0, [0, 4, 7]), chord("V", 1, 7, [7, 11, 2, 4]), chord("vi", 2, 9, [9, 0, 4, 5]),
                chord("I", 3, 0, [0, 4, 7]),
            ], cadences: [], notes: sorted(notes), motif: [])
    }

    private static func note(_ onset: Beat, _ length: Beat, _ pitch: Int, _ role: VoiceRole) -> ScoreNote {
        ScoreNote(onset: onset, length: length, pitch: Pitch(pitch), role: role)
    }

    private static func sorted(_ notes: [ScoreNote]) -> [ScoreNote] {
        notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
    }

    private static func rules(_ change: (inout Score) -> Void) -> [Finding.Rule] {
        var score = clean()
        change(&score)
        score.notes = sorted(score.notes)
        return Critic.review(score).map(\.rule)
    }

    @Test func `A clean score has no findings`() {
        #expect(Critic.review(Self.clean()).isEmpty, "\(Critic.review(Self.clean()))")
    }

    @Test func `An accompaniment tone above the melody is found in its bar`() {
        var score = Self.clean()
        score.notes = Self.sorted(score.notes + [Self.note(5, 1, 79, .inner)])
        let findings = Critic.review(score)
        #expect(findings.map(\.rule) == [.melodyNotOnTop])
        #expect(findings.first?.bar == 1 && findings.first?.onset == 5 && findings.first?.half == 0)
    }

    @Test func `A stretch of an eleventh is found`() {
        #expect(Self.rules { $0.notes.append(Self.note(0, 1, 67, .figure)) }.contains(.handTooWide))
    }

    @Test func `Six notes in one hand are found`() {
        let added = [52, 55, 57, 59].map { Self.note(0, 1, $0, .figure) }
        #expect(Self.rules { $0.notes += added }.contains(.tooManyFingers))
    }

    @Test func `A key struck while it is held is found`() {
        #expect(Self.rules { $0.notes.append(Self.note(1, 1, 64, .inner)) } == [.keyCollision])
    }

    @Test func `A third on a low bass is found`() {
        let rules = Self.rules { score in
            score.notes.removeAll { $0.onset == .zero && $0.role.isLeftHand }
            score.notes += [Self.note(0, 4, 33, .bass), Self.note(0, 4, 37, .figure)]
        }
        #expect(rules.contains(.lowInterval))
    }

    @Test func `Parallel octaves of the outer voices are found`() {
        let rules = Self.rules { score in
            score.notes.removeAll { $0.onset < 8 }
            score.notes += [
                Self.note(0, 4, 72, .melody), Self.note(0, 4, 48, .bass), Self.note(4, 4, 74, .melody),
                Self.note(4, 4, 50, .bass),
            ]
        }
        #expect(rules.contains(.parallels))
    }

    @Test func `A minor ninth under the melody is found`() {
        #expect(Self.rules { $0.notes.append(Self.note(0, 1, 59, .inner)) } == [.semitoneClash])
    }

    @Test func `A strong foreign tone left by leap is found, a chord tone is not`() {
        func melody(_ pitch: Int) -> [Finding.Rule] {
            Self.rules { score in
                for i in score.notes.indices where score.notes[i].onset == .zero && score.notes[i].role == .melody {
                    score.notes[i].pitch = Pitch(pitch)
                }
            }
        }
        #expect(melody(69) == [.unresolvedDissonance])
        #expect(melody(67).isEmpty)
    }

    @Test func `Leaps over a twelfth and notes out of range are found`() {
        let rules = Self.rules { score in
            for i in score.notes.indices where score.notes[i].onset == 2 { score.notes[i].pitch = Pitch(103) }
        }
        #expect(rules.filter { $0 == .hugeLeap }.count == 2 && rules.filter { $0 == .outOfRange }.count == 1)
    }

    @Test func `A third climax and a tone said six times are found`() {
        let tune = [77, 72, 77, 72, 77, 72, 72, 72, 72, 72, 72]
        let rules = Self.rules { score in
            score.notes.removeAll { $0.role == .melody && $0.onset < 12 }
            score.notes += tune.enumerated().map { Self.note(Beat($0.offset), 1, $0.element, .melody) }
        }
        #expect(rules.contains(.severalClimaxes) && rules.contains(.repeatedTone))
    }

    @Test func `A short last note is found`() {
        let rules = Self.rules { score in
            for i in score.notes.indices where score.notes[i].onset == 12 && score.notes[i].role == .melody {
                score.notes[i].length = 1
            }
        }
        #expect(rules == [.shortEnding])
    }

    @Test func `An empty bar is found`() {
        #expect(Self.rules { score in score.notes.removeAll { $0.onset >= 4 && $0.onset < 8 } }.contains(.emptyBar))
    }

    @Test func `A third bar in a row that begins with a rest is found`() {
        let rules = Self.rules { score in
            for i in score.notes.indices where score.notes[i].role == .melody && score.notes[i].onset < 12 {
                if score.notes[i].onset.floor % 4 == 0 { score.notes[i].onset = score.notes[i].onset + 1 }
                score.notes[i].length = 1
            }
        }
        #expect(rules.contains(.lateBars))
    }

    @Test func `A last bar struck twice is found`() {
        #expect(Self.rules { $0.notes.append(Self.note(14, 1, 55, .inner)) } == [.restlessEnding])
    }

    @Test func `Composed pieces break few rules, and none about the hands`() {
        var counts: [Finding.Rule: Int] = [:]
        var bars = 0
        for score in Pieces.many {
            bars += score.bars
            for finding in Critic.review(score) { counts[finding.rule, default: 0] += 1 }
        }
        for rule in [Finding.Rule.handTooWide, .tooManyFingers, .keyCollision, .emptyBar, .restlessEnding, .outOfRange]
        {
            #expect(counts[rule] == nil, "\(rule) \(counts[rule] ?? 0)")
        }
        #expect(Double(counts.values.reduce(0, +)) < 0.04 * Double(bars), "\(counts) in \(bars) bars")
    }
}
