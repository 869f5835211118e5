import Composition
import Moods
import Music
import Testing

/// What single operators do to the notes: the same piece with and without one.
@Suite("Retelling operators")
struct RetellingTests {
    private static let theme = Theme(
        main: [(0, 48, 0), (48, 24, 2), (72, 24, 1), (96, 96, 4), (192, 48, 3), (240, 48, 1)].map {
            Theme.Note(onset: $0.0, length: $0.1, step: $0.2)
        }, answer: [Theme.Note(onset: 0, length: 96, step: 1), Theme.Note(onset: 96, length: 96, step: 0)])

    private static func score(
        _ mood: String, _ operators: [RetellingOperator], seed: UInt64
    ) throws -> Score {
        var music = MusicSettings()
        music.theme = theme
        music.form = "aaba"
        music.key = Key(tonic: 0, isMinor: false)
        music.metre = Metre(beats: 4)
        music.retelling = operators
        let request = CompositionRequest(
            mood: try #require(NamedMood.named(mood)).mood, title: "", seed: Seed(seed), duration: 150, music: music)
        return Composer.compose(request).score
    }

    /// Notes of the last return of A.
    private static func last(_ score: Score) throws -> (notes: [ScoreNote], section: ScoreSection, end: Beat) {
        let section = try #require(score.sections.last { $0.letter == "A" })
        let end = section.onset + Beat(section.bars * score.metre.beats)
        return (score.notes.filter { $0.onset >= section.onset && $0.onset < end }, section, end)
    }

    private static let hands: [Finding.Rule] = [.handTooWide, .tooManyFingers, .keyCollision]

    private static func isPlayable(_ score: Score) -> Bool {
        !Critic.review(score).contains { hands.contains($0.rule) }
    }

    @Test("mode-mixture lowers the sixth of the last return, and nothing before it", arguments: [UInt64(1), 2, 3])
    func mixture(seed: UInt64) throws {
        let (plain, mixed) = (
            try Self.score("golden-hour", [], seed: seed), try Self.score("golden-hour", [.modeMixture], seed: seed)
        )
        func flat(_ score: Score) throws -> Int { try Self.last(score).notes.count { $0.pitch.pitchClass == 8 } }
        #expect(try flat(mixed) > flat(plain) + 1)
        #expect(Self.isPlayable(mixed))
    }

    @Test(
        "fragmented leaves two notes of melody in the last two bars of the last return", arguments: [UInt64(1), 2, 3])
    func fragment(seed: UInt64) throws {
        let score = try Self.score("golden-hour", [.fragmented], seed: seed)
        let (notes, _, end) = try Self.last(score)
        let tail = notes.filter { $0.role == .melody && $0.onset >= end - Beat(2 * score.metre.beats) }
        #expect(tail.count <= 2 && Self.isPlayable(score), "\(tail)")
    }

    @Test("three-three-two strikes the left hand in threes, threes and twos", arguments: [UInt64(1), 2, 3])
    func threes(seed: UInt64) throws {
        let score = try Self.score("stormy", [.threeThreeTwo], seed: seed)
        let main = score.sections.filter { $0.letter != "i" && $0.letter != "o" }
        var (inThrees, bars) = (0, 0)
        for section in main {
            for k in 0..<section.bars - 1 {
                let start = section.onset + Beat(k * 4)
                let places = Set(
                    score.notes.filter { $0.role == .figure && $0.onset >= start && $0.onset < start + 4 }
                        .map { ($0.onset - start).value })
                guard !places.isEmpty else { continue }
                bars += 1
                inThrees += places.isSubset(of: [0, 0.75, 1.5, 2, 2.75, 3, 3.5]) ? 1 : 0
            }
        }
        #expect(bars > 10 && Double(inThrees) > 0.9 * Double(bars), "\(inThrees) of \(bars)")
        #expect(Self.isPlayable(score))
    }

    @Test(
        "canon: the tenor follows with the theme half a bar behind, or a bar or two later",
        arguments: [UInt64(1), 2, 3])
    func canon(seed: UInt64) throws {
        let score = try Self.score("tender", [.canon], seed: seed)
        let (notes, section, _) = try Self.last(score)
        let found = (0..<3).contains { bars in
            let start = section.onset + Beat(2 + 4 * bars)
            let tenor = notes.filter { $0.role == .figure && $0.onset >= start && $0.onset < start + Beat(8) }
            return MotifSimilarity.stretches(Self.theme.main, in: tenor).contains {
                $0.onset == start && $0.similarity >= MotifSimilarity.threshold
            }
        }
        #expect(found && Self.isPlayable(score))
    }

    @Test(
        "falling-bass: the bass of the last return falls by step twice in five changes, and more often than it did",
        arguments: [UInt64(1), 2, 3])
    func fallingBass(seed: UInt64) throws {
        func steps(_ score: Score) throws -> (down: Int, all: Int) {
            let (notes, section, end) = try Self.last(score)
            let chords = score.chords.filter { $0.onset >= section.onset && $0.onset < end }
            let line = chords.compactMap { chord in
                notes.filter { $0.role == .bass && $0.onset >= chord.onset && $0.onset < chord.onset + chord.length }
                    .map(\.pitch.midi).min()
            }
            return (zip(line, line.dropFirst()).count { (1...2).contains($0 - $1) }, max(1, line.count - 1))
        }
        let score = try Self.score("golden-hour", [.fallingBass], seed: seed)
        let (told, plain) = (try steps(score), try steps(try Self.score("golden-hour", [], seed: seed)))
        #expect(5 * told.down >= 2 * told.all && told.down > plain.down, "\(told), before \(plain)")
        #expect(Self.isPlayable(score))
    }
}
