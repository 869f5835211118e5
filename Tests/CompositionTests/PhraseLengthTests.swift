import Composition
import Moods
import Music
import Testing

/// Phrases that are longer or shorter than their neighbours, so that nothing is square (music-plans 3).
@Suite struct PhraseLengthTests {
    private static let plans: [Plan] = Pieces.moods.flatMap { entry in
        (1...10).map { seed in
            Composer.plan(
                CompositionRequest(mood: entry.mood, title: "", seed: Seed(UInt64(seed)), duration: 120))
        }
    }

    private static func sections(_ plan: Plan) -> [PlannedSection] {
        plan.sections.filter { $0.letter != "i" && $0.letter != "o" }
    }

    /// Bars of the phrases of a section, a rest of half a phrase or less with the phrase before it.
    private static func phrases(_ section: PlannedSection) -> [Int] {
        let length = section.phraseBars
        let starts = stride(from: 0, to: section.bars, by: length).filter {
            $0 == 0 || 2 * (section.bars - $0) > length
        }
        return zip(starts, starts.dropFirst() + [section.bars]).map { $1 - $0 }
    }

    @Test func `Of all phrases 15 to 25 in a hundred are extended or cut short`() {
        var off = 0
        var all = 0
        for plan in Self.plans {
            let sections = Self.sections(plan)
            let usual = sections.map(\.phraseBars).max() ?? 0
            let lengths = sections.flatMap(Self.phrases)
            off += lengths.count { $0 != usual }
            all += lengths.count
        }
        let share = Double(off) / Double(all)
        #expect((0.15...0.25).contains(share), "\(share)")
    }

    @Test func `Some pieces run the last but one section into the last, most do not`() {
        let elided = Self.plans.filter { Self.sections($0).contains(where: \.isElided) }
        let share = Double(elided.count) / Double(Self.plans.count)
        #expect((0.08...0.2).contains(share), "\(share)")
        for plan in elided {
            let sections = Self.sections(plan)
            #expect(sections.firstIndex(where: \.isElided) == sections.count - 2)
            #expect(sections.allSatisfy { !$0.isElided || $0.silence == 0 })
        }
    }

    @Test func `A section that runs into the next one does not close and does not slacken`() {
        var busy = 0
        let elided = Self.plans.filter { $0.sections.contains(where: \.isElided) }
        for plan in elided {
            let score = Composer.compose(plan)
            guard let i = plan.sections.firstIndex(where: \.isElided) else { continue }
            let next = score.sections[i + 1].onset
            #expect(score.cadences.last { $0.onset < next }?.kind == .half)
            let bar = Beat(score.metre.beats)
            func attacks(_ start: Beat) -> Int {
                Set(
                    score.notes.filter { $0.role.isLeftHand && $0.onset >= start && $0.onset < start + bar }
                        .map(\.onset)
                ).count
            }
            if attacks(next - bar) >= attacks(next - bar - bar) { busy += 1 }
        }
        #expect(10 * busy >= 7 * elided.count, "\(busy) of \(elided.count)")
    }

    @Test(arguments: [60.0, 120, 240, 480])
    func `A refrain follows every verse, however long the piece`(duration: Double) {
        for entry in Pieces.moods {
            let plan = Composer.plan(
                CompositionRequest(
                    mood: entry.mood, title: "", seed: Seed(3), duration: duration,
                    music: MusicSettings(form: "verse-refrain")))
            let letters = Self.sections(plan).map(\.letter)
            guard letters.count > 3 else { continue }
            for (letter, next) in zip(letters, letters.dropFirst()) where letter == "A" {
                #expect(next == "B", "\(letters)")
            }
            #expect(letters.last == "B")
        }
    }

    @Test func `A bar form names what closes its first round B`() {
        for duration in [60.0, 120, 240] {
            let plan = Composer.plan(
                Examples.request(seed: 2, duration: duration, music: MusicSettings(form: "bar-form")))
            #expect(Self.sections(plan).first { $0.letter != "A" }?.letter == "B")
        }
    }
}
