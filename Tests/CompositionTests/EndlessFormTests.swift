import Composition
import Glibc
import Moods
import Music
import Testing

@Suite("Endless form")
struct EndlessFormTests {
    static let isLong = unsafe getenv("BEACHPIANO_LONG") != nil
    /// Seconds that are looked at: an hour where the long forms are asked for.
    private static let span = isLong ? 3600.0 : 1800

    /// What is heard in so many seconds, nobody steering.
    static func sections(_ mood: String, seconds: Double, seed: UInt64 = 7) throws -> [EndlessForm.Section] {
        var form = EndlessForm(mood: try #require(NamedMood.named(mood)).mood, title: mood, seed: Seed(seed))
        var sections: [EndlessForm.Section] = []
        var time = 0.0
        while time < seconds {
            sections.append(form.next(at: time))
            time += sections[sections.count - 1].length
        }
        return sections
    }

    /// All notes one after another, each section from a bar line.
    static func notes(_ sections: [EndlessForm.Section]) -> [ScoreNote] {
        var notes: [ScoreNote] = []
        var beats = 0
        for section in sections {
            notes += section.score.notes.map { note in
                var note = note
                note.onset = note.onset + Beat(beats)
                return note
            }
            beats += section.score.bars * section.score.metre.beats
        }
        return notes
    }

    @Test(
        "the structure of a long piece lies in the windows",
        arguments: ["golden-hour", "stormy", "lullaby", "longing", "joyful"])
    func windows(mood: String) throws {
        let sections = try Self.sections(mood, seconds: Self.span)
        let metrics = StructureMetrics(notes: Self.notes(sections), metre: sections[0].score.metre)
        print("ENDLESS", mood, sections.count, metrics.newBlocks, metrics.bestEarlierBlock)
        #expect((0.30...0.50).contains(metrics.newBlocks))
        #expect((0.40...0.62).contains(metrics.bestEarlierBlock))
    }

    @Test(
        "nothing comes again within six minutes but marked returns",
        arguments: isLong ? ["golden-hour", "stormy", "lullaby", "longing", "joyful"] : ["golden-hour", "stormy"])
    func repetition(mood: String) throws {
        var heard: [[Int]: Double] = [:]
        var time = 0.0
        var (repeats, marked, blocks) = (0, 0, 0)
        for section in try Self.sections(mood, seconds: Self.span) {
            let beats = section.score.metre.beats
            let bar = Double(beats) * 60 / Double(section.score.tempo)
            var bars = [[Int]](repeating: [], count: section.score.bars)
            for note in section.score.notes {
                let index = min(bars.count - 1, max(0, note.onset.floor) / beats)
                let place = ((note.onset - Beat(index * beats)) * 48).floor
                bars[index].append(place * 128 + note.pitch.midi)
            }
            for start in 0..<max(0, bars.count - 3) {
                let block = Array(bars[start..<start + 4].joined(separator: [-1]))
                guard block.filter({ $0 >= 0 }).count > 4 else { continue }
                blocks += 1
                let now = time + Double(start) * bar
                let letter = section.score.sections.last { $0.onset <= Beat(start * beats) }
                if let before = heard[block], now - before < 360 {
                    if (letter?.variant ?? 0) > 0 { marked += 1 } else { repeats += 1 }
                }
                heard[block] = now
            }
            time += section.length
        }
        print("REPEATS", mood, repeats, marked, blocks)
        // A return that the form marks may be literal, but few are.
        #expect(repeats == 0 && blocks > 200 && marked < blocks / 10)
    }

    @Test("the first theme comes home every six to nine minutes, and a theme rests before it is recalled")
    func homecoming() throws {
        var time = 0.0
        var lastHome = 0.0
        var gaps: [Double] = []
        let sections = try Self.sections("golden-hour", seconds: 3600)
        for section in sections {
            if section.action == .homecoming {
                #expect(section.theme == 1 && section.score.key == sections[0].score.key)
                gaps.append(time - lastHome)
                lastHome = time
            }
            time += section.length
        }
        #expect(gaps.count >= 5)
        #expect(gaps.allSatisfy { (360...540).contains($0) }, "\(gaps)")
        #expect(Set(sections.map(\.theme)).count >= 3)
        #expect(Set(sections.map(\.action)).isSuperset(of: [.variation, .recall, .new, .retelling]))
    }

    @Test("something changes after 45 to 70 seconds; returns may take longer, interludes are short")
    func change() throws {
        let sections = try Self.sections("longing", seconds: 1800)
        for (a, b) in zip(sections, sections.dropFirst()) {
            let wanted: ClosedRange<Double> =
                switch a.action {
                case .homecoming: 64...84
                case .interlude: 18...26
                default: 45...70
                }
            // An even number of bars is as near as it comes.
            let bar = Double(a.score.metre.beats) * 60 / Double(a.score.tempo)
            #expect(a.length > wanted.lowerBound - bar && a.length < wanted.upperBound + bar, "\(a.action) \(a.length)")
            #expect(a.score.key != b.score.key || a.request.seed != b.request.seed)
        }
    }

    @Test("the same orders give the same sections, another seed others, and a copy goes on by itself")
    func determinism() throws {
        let notes = { (s: [EndlessForm.Section]) in s.map(\.score.notes) }
        let first = try Self.sections("warm", seconds: 200)
        #expect(try notes(first) == notes(Self.sections("warm", seconds: 200)))
        #expect(try notes(first) != notes(Self.sections("warm", seconds: 200, seed: 8)))
        var form = EndlessForm(mood: first[0].request.mood, title: "", seed: Seed(7))
        _ = form.next(at: 0)
        var copy = form
        #expect(form.next(at: 60).score == copy.next(at: 60).score)
    }

    @Test("a section is a piece of its own: its request composes the same notes again")
    func again() throws {
        for section in try Self.sections("wonder", seconds: 300) {
            #expect(Composer.compose(section.request).score.notes == section.score.notes)
        }
    }

    @Test("a mood that is asked for carries the theme across; the last stretch is an ending of exactly that length")
    func wishes() throws {
        let stormy = try #require(NamedMood.named("stormy")).mood
        var form = EndlessForm(mood: try #require(NamedMood.named("serene")).mood, title: "", seed: Seed(3))
        let first = form.next(at: 0)
        let turned = form.next(.mood(stormy), at: 20)
        #expect(turned.action == .turn && turned.theme == first.theme && turned.request.mood == stormy)
        #expect(turned.request.music.theme == Composer.theme(of: first.plan))
        #expect(form.next(.other, at: 60).theme == 2)
        #expect(form.next(.theme, at: 100).theme == 1)
        let end = form.next(at: 200, remaining: 61.5)
        #expect(end.action == .ending && end.request.duration == 61.5)
        #expect(end.score.cadences.last?.isFinal == true)
    }
}

@Suite("Theme")
struct ThemeTests {
    @Test("a theme reads back from its text, and nonsense is none")
    func text() throws {
        let theme = try #require(Theme(parsing: "0:48:0 48:96:4 / 0:96:0 96:48:-1"))
        #expect(theme.main.count == 2 && theme.answer[1] == Theme.Note(onset: 96, length: 48, step: -1))
        #expect(Theme(parsing: theme.text) == theme)
        for bad in [
            "", "/", "0:48:0", "0:48:0 / ", "0:48:0 0:48:1 / 0:48:0", "0:0:0 / 0:48:0", "0:48 / 0:48:0",
            "0:99999:0 / 0:48:0", "0:48:99 / 0:48:0", "-1:48:0 / 0:48:0", "0:48:0 / 0:48:0 / 0:48:0",
        ] {
            #expect(Theme(parsing: bad) == nil, "\(bad)")
        }
    }

    @Test("a piece on a theme begins with its rhythm, without an intro, whatever its seed")
    func carried() throws {
        let theme = try #require(Theme(parsing: "0:72:0 72:24:1 96:48:2 144:96:-1 / 0:96:0 96:48:2 144:96:1"))
        for seed: UInt64 in 1...5 {
            let request = CompositionRequest(
                mood: try #require(NamedMood.named("warm")).mood, title: "", seed: Seed(seed), duration: 60,
                music: MusicSettings(metre: Metre(beats: 4), theme: theme))
            let (plan, score) = Composer.compose(request)
            #expect(plan.sections[0].letter != "i")
            #expect(Composer.theme(of: plan) == theme)
            let onsets = score.notes.filter { $0.role == .melody && $0.onset < Beat(8) }.map { ($0.onset * 48).floor }
            #expect(!onsets.isEmpty && Set(onsets.prefix(3)).isSubset(of: [0, 24, 48, 72, 96, 144]), "\(onsets)")
        }
    }
}
