import Composition
import Moods
import Music
import Testing

/// Form, length, levels and keys before there are notes.
@Suite struct PlannerTests {
    static let forms = [
        "aaba", "rounded", "ternary", "binary", "rounded-binary", "variations", "rondo", "arch", "through-composed",
        "passacaglia", "verse-refrain", "bar-form", "photograph", "two-part",
    ]

    @Test func thePlannerKnowsTheFormsThatUsersCanName() {
        #expect(FormTemplate.names.sorted() == Self.forms.sorted())
    }

    @Test(arguments: PlannerTests.forms)
    func everyFormFillsItsTimeExactlyAtATempoThatTheMoodAllows(form: String) {
        for (name, mood) in Examples.moods {
            for duration in [20.0, 30, 45, 75, 150, 320, 600] {
                let plan = Composer.plan(
                    Examples.request(mood, seed: 7, duration: duration, music: MusicSettings(form: form)))
                #expect(plan.form == form)
                let played = Double(plan.bars * plan.metre.beats) * 60 / Double(plan.tempo)
                #expect(abs(played + plan.ringOut - duration) < 0.3, "\(form) \(name) \(duration)")
                let wished = plan.parameters.tempo * (plan.metre.beats == 3 ? 1.12 : 1)
                #expect(
                    abs(plan.tempo / wished - 1) < 0.095, "\(form) \(name) \(duration): \(plan.tempo) for \(wished)")
                #expect(plan.sections.allSatisfy { $0.bars >= 1 && $0.phraseBars >= 1 && $0.phraseBars <= $0.bars })
                #expect(plan.tension.count == plan.bars)
            }
        }
    }

    @Test func aPieceTooShortForItsFormSaysSo() {
        for (name, mood) in Examples.moods {
            func plan(_ duration: Double) -> Plan {
                Composer.plan(Examples.request(mood, seed: 3, duration: duration, music: MusicSettings(form: "rondo")))
            }
            let (short, whole) = (plan(8), plan(150))
            #expect(short.isShortened && short.reasons.contains { $0.contains("rondo, as asked for, shortened: A") })
            #expect(!whole.isShortened && !whole.reasons.contains { $0.contains("shortened") }, "\(name)")
        }
    }

    @Test func aRememberedFormFillsItsTimeByAnySeaWhateverItsSectionsWere() {
        var random = RandomStream(seed: 5)
        for (name, mood) in Examples.moods {
            for form in Self.forms {
                for swell in [nil, 3, 4, 5.5, 8.5, 10, 12, 14] as [Double?] {
                    let main = (0...random.index(7)).map { _ in
                        let bars = 1 + random.index(14)
                        return FormSection(
                            letter: ["A", "B", "C"][random.index(3)], bars: bars, phraseBars: 1 + random.index(bars))
                    }
                    let intro = FormSection(letter: "i", bars: 3, phraseBars: 3)
                    let outro = FormSection(letter: "o", bars: 6, phraseBars: 6)
                    let duration = [45.0, 90, 150, 151, 240, 400][random.index(6)]
                    var request = Examples.request(mood, seed: 3, duration: duration)
                    request.music.metre = Metre(beats: 3 + random.index(2))
                    request.music.form = form
                    request.music.sections = (random.chance(0.5) ? [intro] : []) + main + [outro]
                    request.swell = swell
                    let plan = Composer.plan(request)
                    let played = Double(plan.bars * plan.metre.beats) * 60 / Double(plan.tempo)
                    #expect(abs(played + plan.ringOut - duration) < 0.3, "\(name) \(form) \(duration) \(swell ?? 0)")
                    #expect(plan.sections.allSatisfy { $0.bars >= 1 })
                }
            }
        }
    }

    @Test(arguments: [10.0, 12, 3600, 7200])
    func veryShortAndVeryLongPiecesFillTheirTimeToo(duration: Double) {
        for (_, mood) in Examples.moods {
            let plan = Composer.plan(Examples.request(mood, duration: duration))
            let played = Double(plan.bars * plan.metre.beats) * 60 / Double(plan.tempo)
            #expect(abs(played + plan.ringOut - duration) < 0.3)
            #expect(plan.sections.last?.letter == "o")
        }
    }

    @Test func theStringsRingForFiveSecondsAfterAMinuteAndForFourAfterHalfOfIt() {
        #expect(Composer.plan(Examples.request(duration: 60)).ringOut == 5)
        #expect(Composer.plan(Examples.request(duration: 150)).ringOut == 5)
        #expect(Composer.plan(Examples.request(duration: 30)).ringOut == 4)
        #expect(Composer.plan(Examples.request(duration: 10)).ringOut < 2)
    }

    @Test func aHalfMinuteHoldsAStatementAnAnswerAndAClose() {
        for (_, mood) in Examples.moods {
            for seed in 1...5 as ClosedRange<UInt64> {
                let plan = Composer.plan(Examples.request(mood, seed: seed, duration: 30))
                #expect(plan.sections.contains { $0.letter == "A" })
                #expect(plan.sections.last?.letter == "o")
                #expect(plan.bars >= 5)
            }
        }
    }

    @Test func theTensionOfAMinuteAndMorePeaksAboutTwoThirdsThrough() {
        for (name, mood) in Examples.moods {
            for seed in 1...6 as ClosedRange<UInt64> {
                let plan = Composer.plan(Examples.request(mood, seed: seed))
                // As it is heard: over 22 s (Farbood's harmonic clock).
                let reach = max(1, Int(22 / (Float(plan.metre.beats) * 60 / plan.tempo)) / 2)
                let heard = plan.tension.indices.map { bar in
                    let part = plan.tension[max(0, bar - reach)...min(plan.bars - 1, bar + reach)]
                    return part.reduce(0, +) / Float(part.count)
                }
                let peak = heard.indices.max { heard[$0] < heard[$1] } ?? 0
                let place = (Float(peak) + 0.5) / Float(plan.bars)
                // A ternary piece has its middle a little earlier.
                #expect((0.45...0.8).contains(place), "\(name) \(seed): \(place)")
                // The loudest section holds the place or is the one next to it.
                var at = 0
                for section in plan.sections {
                    if section.level == 1 {
                        let from = Float(at) / Float(plan.bars)
                        let to = Float(at + section.bars) / Float(plan.bars)
                        #expect(from < 0.72 && to > 0.5, "\(name) \(seed): climax \(from) to \(to)")
                    }
                    at += section.bars
                }
            }
        }
    }

    @Test func anHourOfMusicBringsNewMaterialAndComesBackToItsFirst() {
        for seed in 1...4 as ClosedRange<UInt64> {
            let plan = Composer.plan(Examples.request(seed: seed, duration: 3600))
            let letters = plan.sections.map(\.letter).filter { $0 != "i" && $0 != "o" }
            #expect(Set(letters).count >= 6, "\(plan.form): \(letters)")
            #expect(plan.form == "through-composed" || letters.filter { $0 == "A" }.count >= 4)
            // Nothing goes on unchanged for more than four sections.
            for i in letters.indices.dropLast(4) { #expect(Set(letters[i..<i + 5]).count > 1) }
        }
    }

    @Test func aWishedKeyIsTakenWithTheChordsOfItsMode() {
        let sad = Mood(valence: -0.7, energy: -0.4, tension: 0.2, intimacy: 0.4, nostalgia: 0.4, openness: 0.2)
        let key = Key(tonic: 7, isMinor: false)
        let plan = Composer.plan(Examples.request(sad, music: MusicSettings(key: key)))
        #expect(plan.key == key)
        #expect(plan.parameters.families.melancholic == 0 && plan.parameters.families.tense == 0)
        let sum = plan.parameters.families.golden + plan.parameters.families.nostalgic
        #expect(sum + plan.parameters.families.wonder + plan.parameters.families.hopeful > 0.99)
    }

    @Test func wishesAboutMetreAndTempoAreHeard() {
        let plan = Composer.plan(Examples.request(music: MusicSettings(metre: Metre(beats: 3), tempo: 96)))
        #expect(plan.metre.beats == 3)
        #expect(abs(plan.tempo - 96) < 1)
    }

    @Test func piecesOfOneMoodDifferInFormAndKey() {
        let plans = (1...12 as ClosedRange<UInt64>).map { Composer.plan(Examples.request(seed: $0)) }
        #expect(Set(plans.map(\.form)).count >= 4)
        #expect(Set(plans.map(\.key)).count >= 4)
    }

    @Test func introAndPhrasesAreWholeWavesOfASwell() {
        // Beats of a wave, its metre, a tempo near 60.
        let clocks: [(beats: Int, metre: Int)] = [(3, 3), (4, 4), (6, 3), (8, 4), (9, 3), (12, 3), (16, 4)]
        for (beats, metre) in clocks {
            for seconds in [40, 90, 155, 600] as [Double] {
                for seed: UInt64 in 1...12 {
                    var request = Examples.request(
                        seed: seed, duration: seconds, music: MusicSettings(metre: Metre(beats: metre), tempo: 62))
                    request.swell = Double(beats) * 60 / 62
                    let plan = Composer.plan(request)
                    guard let wave = plan.waveBars else {
                        #expect(plan.bars < 8 * beats / metre)
                        continue
                    }
                    #expect(wave == beats / metre)
                    let played = 60 * Double(beats) / Double(plan.tempo)
                    #expect(abs(played / (request.swell ?? 0) - 1) < 0.05, "\(played)")
                    for section in plan.sections.dropLast() {
                        #expect(section.bars % wave == 0, "\(plan.form) \(plan.sections.map(\.bars)) of \(wave)")
                        #expect(
                            section.letter == "i" || section.phraseBars % (2 * wave) == 0 || section.bars < 2 * wave
                                || section.phraseBars == section.bars, "\(section)")
                    }
                }
            }
        }
    }

    @Test func aTempoThatFitsNoWaveIsLeftAlone() {
        var request = Examples.request(music: MusicSettings(metre: Metre(beats: 4), tempo: 62))
        let plain = Composer.plan(request)
        request.swell = 11
        let plan = Composer.plan(request)
        #expect(plan.waveBars == nil && plan.sections == plain.sections)
    }

    @Test func thePlanSaysWhy() {
        let reasons = Composer.plan(Examples.request()).reasons
        #expect(reasons.contains { $0.hasPrefix("form ") })
        #expect(reasons.contains { $0.contains("close") })
    }
}
