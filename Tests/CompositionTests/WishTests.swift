import Composition
import Moods
import Music
import Testing

/// What a moment may wish for beyond form and key is heard.
@Suite struct WishTests {
    private static func request(seed: UInt64, _ change: (inout MusicSettings) -> Void) -> CompositionRequest {
        var music = MusicSettings(key: Key(tonic: 1, isMinor: false), metre: Metre(beats: 3), form: "rounded")
        music.sections = [
            "i3/3 alone 0.2", "A6/6 gymnopedie 0.25", "A6/6 open 0.3", "B6/6 0.45", "C6/6 swell 0.7", "A~6/6 echo 0.2",
            "o6/6 alone 0.1",
        ].compactMap { FormSection(parsing: $0) }
        change(&music)
        var request = Examples.request(seed: seed, duration: 120, music: music)
        request.swell = 8.6
        return request
    }

    @Test func sectionsHaveTheTensionAndTheMarksThatTheyAreWishedWith() {
        for seed: UInt64 in 1...6 {
            let plan = Composer.plan(Self.request(seed: seed) { _ in })
            var at = 0
            for section in plan.sections {
                let mean = plan.tension[at..<at + section.bars].reduce(0, +) / Float(section.bars)
                at += section.bars
                if let wish = section.tension { #expect(abs(mean - wish) < 0.02, "\(section.letter) \(mean)") }
            }
            let told = plan.sections.indices.filter { plan.sections[$0].isRetold }
            #expect(told == [5] && plan.sections[4].silence > 0)
            #expect(plan.lastReturn == [.octaveUp, .unaCorda, .lastNoteWithheld])
        }
    }

    @Test func theLeftHandPlaysTheTextureThatIsWishedFor() {
        for seed: UInt64 in 1...6 {
            let (plan, score) = Composer.compose(Self.request(seed: seed) { _ in })
            let section = score.sections[1]
            #expect(plan.sections[1].texture == "gymnopedie")
            let bars = (0..<section.bars - 1).filter { k in
                let start = section.onset + Beat(3 * k)
                return !score.chords.contains { $0.onset > start && $0.onset < start + 3 }
            }
            for k in bars {
                let start = section.onset + Beat(3 * k)
                let struck = Set(
                    score.notes.filter { $0.role.isLeftHand && $0.onset >= start && $0.onset < start + 3 }.map {
                        $0.onset - start
                    })
                #expect(struck == [0, 1], "\(seed) \(k): \(struck)")
            }
        }
    }

    @Test func aSurpriseThatIsWishedForIsSpentOnceInEachSection() {
        for seed: UInt64 in 1...12 {
            let (_, score) = Composer.compose(Self.request(seed: seed) { $0.surprise = "iv" })
            for section in score.sections where section.letter != "i" && section.letter != "o" {
                let end = section.onset + Beat(section.bars * 3)
                let names = score.chords.filter {
                    $0.onset >= section.onset && $0.onset < end && !$0.name.hasSuffix("*")
                }
                .map(\.name)
                let runs = zip([""] + names, names).count { $1 == "iv" && $0 != "iv" }
                #expect(runs == 1, "\(seed) \(section.letter): \(names)")
            }
        }
    }

    @Test func fewChordsABarAreFewerThanMany() {
        func rate(_ chords: Float) -> Float {
            let counts = (1...6 as ClosedRange<UInt64>).map { seed in
                Composer.compose(Self.request(seed: seed) { $0.chords = chords }).score.chords.count {
                    !$0.name.hasSuffix("*")
                }
            }
            return Float(counts.reduce(0, +))
        }
        #expect(rate(2) > 1.5 * rate(0.25))
    }

    @Test func theRaisedFourthLiesOnCrestsAndOnlyByTheSea() {
        var lit = 0
        for seed: UInt64 in 1...8 {
            var request = Self.request(seed: seed) { _ in }
            let (plan, score) = Composer.compose(request)
            guard let wave = plan.waveBars else { continue }
            for chord in score.chords
            where chord.name == "I" && chord.pitchClasses.contains((chord.localTonic + 6) % 12) {
                lit += 1
                #expect((chord.onset.floor - plan.firstCrest(wave)) % (3 * wave) == 0)
            }
            request.swell = nil
            let inland = Composer.compose(request).score
            #expect(!inland.chords.contains { $0.name == "I" && $0.pitchClasses.contains(($0.localTonic + 6) % 12) })
        }
        #expect(lit > 8)
    }

    @Test func aThemeThatIsNamedIsSungAsItIs() throws {
        let theme = try #require(
            Theme(parsing: "0:96:0 96:48:5 144:48:4 192:48:3 240:48:4 / 0:96:0 96:48:1 144:144:-1"))
        var sung = 0
        for seed: UInt64 in 1...10 {
            let (_, score) = Composer.compose(Self.request(seed: seed) { $0.theme = theme })
            let heard = theme.heard(in: score)
            if heard.main.map(\.step) == theme.main.map(\.step) { sung += 1 }
        }
        #expect(sung >= 8)
    }
}
