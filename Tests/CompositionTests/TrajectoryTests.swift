import Composition
import Moods
import Music
import Testing

/// What a mood that changes within the piece does to its notes (music.md 4.13).
@Suite("Trajectory")
struct TrajectoryTests {
    static let dark = Mood(valence: -0.8, energy: -0.4, tension: 0.2, intimacy: 0.3, nostalgia: 0.3, openness: 0.2)
    static let bright = Mood(valence: 0.8, energy: 0.4, tension: -0.3, intimacy: 0.3, nostalgia: 0.1, openness: 0.4)
    static let seeds: ClosedRange<UInt64> = 1...40

    enum Way: String, CaseIterable, CustomTestStringConvertible {
        case darkToBright, brightToDark, thereAndBack

        var course: [TimedMood] {
            switch self {
            case .darkToBright: [TimedMood(mood: dark), TimedMood(at: 140, mood: bright)]
            case .brightToDark: [TimedMood(mood: bright), TimedMood(at: 140, mood: dark)]
            case .thereAndBack:
                [
                    TimedMood(mood: bright), TimedMood(at: 40, mood: bright), TimedMood(at: 50, mood: dark),
                    TimedMood(at: 90, mood: dark), TimedMood(at: 100, mood: bright),
                ]
            }
        }

        var testDescription: String { rawValue }
    }

    static func request(_ course: [TimedMood], seed: UInt64, seconds: Double = 150) -> CompositionRequest {
        CompositionRequest(
            mood: Moment(moods: course).mood(over: seconds), title: "test", seed: Seed(seed), duration: seconds,
            course: course)
    }

    static let pieces: [Way: [(plan: Plan, score: Score)]] = Dictionary(
        uniqueKeysWithValues: Way.allCases.map { way in
            (way, seeds.map { Composer.compose(request(way.course, seed: $0)) })
        })

    static func key(_ plan: Plan, _ section: PlannedSection) -> Key {
        Key(tonic: plan.key.tonic + section.transposition, isMinor: section.isMinor)
    }

    static func scale(_ key: Key) -> Set<Int> {
        Set((key.isMinor ? [0, 2, 3, 5, 7, 8, 10] : [0, 2, 4, 5, 7, 9, 11]).map { ($0 + key.tonic) % 12 })
    }

    /// Seconds of sounding minor thirds over the section's tonic less those of major ones, as a share of both.
    private static func darkness(_ score: Score, _ section: ScoreSection, tonic: Int) -> Float {
        let end = section.onset + Beat(section.bars * score.metre.beats)
        var thirds: (minor: Float, major: Float) = (0, 0)
        for note in score.notes where note.onset >= section.onset && note.onset < end {
            switch (note.pitch.pitchClass - tonic + 12) % 12 {
            case 3: thirds.minor += Float(note.length.value)
            case 4: thirds.major += Float(note.length.value)
            default: break
            }
        }
        return (thirds.minor - thirds.major) / max(0.01, thirds.minor + thirds.major)
    }

    @Test(
        "a section that is dark from end to end sings the minor third, a bright one the major one",
        arguments: Way.allCases)
    func modes(way: Way) throws {
        let moment = Moment(moods: way.course)
        var (right, all) = (0, 0)
        for (plan, score) in try #require(Self.pieces[way]) {
            let seconds = 145 / Double(plan.bars)
            var bar = 0
            for (section, heard) in zip(plan.sections, score.sections) {
                let valences = [0, 0.5, 1].map { share in
                    moment.mood(at: (Double(bar) + share * Double(section.bars)) * seconds).valence
                }
                bar += section.bars
                let (lowest, highest) = (valences.min() ?? 0, valences.max() ?? 0)
                guard section.letter != "i", section.letter != "o", lowest > 0.3 || highest < -0.3 else { continue }
                all += 1
                let darkness = Self.darkness(score, heard, tonic: Self.key(plan, section).tonic)
                if (darkness > 0) == (highest < 0) { right += 1 }
            }
        }
        print("TRAJECTORY \(way): \(right) of \(all) sections in the mode of their mood")
        #expect(all >= 50)
        #expect(Double(right) >= 0.95 * Double(all))
    }

    @Test(
        "the last chord before every change of key or mode, and all that sounds over it, belongs to both keys",
        arguments: Way.allCases)
    func pivots(way: Way) throws {
        var (joints, prepared, pure) = (0, 0, 0)
        var names: [String: Int] = [:]
        for (plan, score) in try #require(Self.pieces[way]) {
            for i in 1..<plan.sections.count {
                let (from, to) = (Self.key(plan, plan.sections[i - 1]), Self.key(plan, plan.sections[i]))
                guard from != to else { continue }
                joints += 1
                let common = Self.scale(from).intersection(Self.scale(to))
                let turn = score.sections[i].onset
                let chord = try #require(score.chords.last { $0.onset < turn })
                names[chord.name, default: 0] += 1
                if chord.pitchClasses.allSatisfy({ common.contains($0) }) { prepared += 1 }
                let over = score.notes.filter { $0.onset >= chord.onset && $0.onset < turn }
                if over.allSatisfy({ common.contains($0.pitch.pitchClass) }) { pure += 1 }
            }
        }
        print(
            "TRAJECTORY \(way): \(joints) turns, \(prepared) prepared, \(pure) pure; \(names.sorted { $0.value > $1.value })"
        )
        #expect(joints >= Self.seeds.count * 3 / 4)
        #expect(prepared == joints)
        #expect(pure == joints)
    }

    @Test(
        "the new key begins on its tonic, and the piece ends on that of the key that it has reached",
        arguments: Way.allCases)
    func arrivals(way: Way) throws {
        for (plan, score) in try #require(Self.pieces[way]) {
            for i in 1..<plan.sections.count
            where Self.key(plan, plan.sections[i]) != Self.key(plan, plan.sections[i - 1]) {
                let tonic = Self.key(plan, plan.sections[i]).tonic
                let turn = score.sections[i].onset
                let early = score.chords.filter { $0.onset >= turn }.prefix(2)
                #expect(early.contains { $0.root == tonic }, "\(early.map(\.name))")
            }
            let end = try #require(score.chords.last)
            let last = try #require(plan.sections.last)
            let key = Self.key(plan, last)
            #expect(end.root == key.tonic && end.triad.contains((key.tonic + (key.isMinor ? 3 : 4)) % 12))
        }
    }

    @Test(
        "inside one mode the chords follow as well: where longing grows, minor and borrowed ones do, and the other way round"
    )
    func families() {
        let open = Mood(valence: 0.8, energy: 0, tension: -0.3, intimacy: 0.3, nostalgia: 0, openness: 0.3)
        let longing = Mood(valence: 0.05, energy: 0, tension: -0.3, intimacy: 0.3, nostalgia: 0.8, openness: 0.3)
        /// Share of the time, in thirds of the piece, under a minor chord or one that is not of the key.
        func shade(_ score: Score) -> [Float] {
            (0..<3).map { third in
                let span = Beat(third * score.beats, 3)..<Beat((third + 1) * score.beats, 3)
                let chords = score.chords.filter { span.contains($0.onset) }
                let dark = chords.filter { chord in
                    let isMinor = chord.triad.contains((chord.root + 3) % 12)
                    let scale = Self.scale(Key(tonic: chord.localTonic, isMinor: false))
                    return isMinor || !chord.triad.allSatisfy { scale.contains($0) }
                }
                func time(_ chords: [ScoreChord]) -> Float { chords.reduce(0) { $0 + Float($1.length.value) } }
                return time(dark) / max(1, time(chords))
            }
        }
        for (from, to, sign) in [(open, longing, Float(1)), (longing, open, -1)] {
            let course = [TimedMood(mood: from), TimedMood(at: 45, mood: from), TimedMood(at: 100, mood: to)]
            let scores = Self.seeds.map { Composer.compose(Self.request(course, seed: $0)).score }
            let inMajor = scores.filter { !$0.key.isMinor }.map(shade)
            let first = inMajor.reduce(0) { $0 + $1[0] } / Float(inMajor.count)
            let last = inMajor.reduce(0) { $0 + $1[2] } / Float(inMajor.count)
            print("TRAJECTORY shade of \(inMajor.count) pieces: first third \(first), last \(last)")
            #expect(inMajor.count >= 30)
            #expect(sign * (last - first) > 0.1)
        }
    }

    @Test("the tune is carried across: it is known in the other mode as it is where it comes back in its own")
    func tunes() {
        var (turned, plain, foreign): ([Float], [Float], [Float]) = ([], [], [])
        for pieces in Self.pieces.values {
            for (k, (plan, score)) in pieces.enumerated() {
                let motif = Composer.theme(of: plan).heard(in: score).main
                let other = pieces[(k + 7) % pieces.count]
                let theirs = Composer.theme(of: other.plan).heard(in: other.score).main
                let first = plan.sections.first { $0.letter == "A" }
                for (section, heard) in zip(plan.sections, score.sections)
                where section.letter == "A" && section.variant > 0 {
                    let melody = Pieces.melody(score, heard)
                    let similarity = MotifSimilarity.best(motif, in: melody)
                    if section.isMinor == first?.isMinor {
                        plain.append(similarity)
                    } else {
                        turned.append(similarity)
                        foreign.append(MotifSimilarity.best(theirs, in: melody))
                    }
                }
            }
        }
        func known(_ values: [Float]) -> Float {
            Float(values.filter { $0 >= MotifSimilarity.threshold }.count) / Float(max(1, values.count))
        }
        print(
            "TRAJECTORY tune known in \(known(turned)) of \(turned.count) returns in the other mode,",
            "\(known(plain)) of \(plain.count) in its own, another piece's in \(known(foreign))")
        #expect(turned.count >= 100)
        #expect(known(turned) >= known(plain) - 0.1)
        #expect(known(foreign) <= 0.05)
    }
}
