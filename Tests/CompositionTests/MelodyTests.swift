import Composition
import Moods
import Music
import Testing

@Suite struct MelodyTests {
    @Test func `Melodies stay where a right hand sings`() {
        for score in Pieces.many {
            for note in Pieces.melody(score) { #expect((52...100).contains(note.pitch.midi)) }
        }
    }

    @Test func `No two short pieces share their motif`() {
        var seen: Set<MotifFingerprint> = []
        for entry in Pieces.moods {
            for seed in 1...3 {
                let score = Pieces.score(entry.mood, seed: UInt64(seed), seconds: 30)
                #expect(score.motif.count >= 3, "\(entry.name) \(seed)")
                #expect(seen.insert(score.motifFingerprint).inserted, "\(entry.name) \(seed)")
            }
        }
    }

    @Test func `The motif is the beginning of its section and comes again`() {
        var again = 0
        for score in Pieces.many {
            guard let first = score.sections.first(where: { $0.letter == "A" }) else {
                Issue.record("\(score.title) has no section A")
                continue
            }
            let melody = Pieces.melody(score, first)
            #expect(Array(melody.prefix(score.motif.count)).map(\.pitch) == score.motif.map(\.pitch))
            // Its rhythm is heard again later, be it on other tones.
            let rhythm = score.motifFingerprint.rhythm
            let all = Pieces.melody(score).filter { $0.onset > (score.motif.last?.onset ?? 0) }
            let steps = zip(all, all.dropFirst()).map { $1.onset - $0.onset }
            if !rhythm.isEmpty, steps.count >= rhythm.count,
                (0...steps.count - rhythm.count).contains(where: { Array(steps[$0..<$0 + rhythm.count]) == rhythm })
            {
                again += 1
            }
        }
        #expect(again > Pieces.many.count * 3 / 4, "\(again) of \(Pieces.many.count)")
    }

    @Test func `A returning section keeps most of its rhythm and its tones`() {
        // music-fit A.2 3: .65 of the two-bar units exact, all but .02 recognizable.
        var (rhythms, tones, notes) = (0, 0, 0)
        for score in Pieces.many {
            for section in score.sections where section.variant > 0 {
                guard let first = score.sections.first(where: { $0.letter == section.letter }) else { continue }
                let old = Pieces.melody(score, first)
                for note in Pieces.melody(score, section) {
                    let same = old.first { $0.onset == note.onset }
                    notes += 1
                    if let same {
                        rhythms += 1
                        if (same.pitch - note.pitch) % 12 == 0 { tones += 1 }
                    }
                }
            }
        }
        #expect(Double(rhythms) > 0.7 * Double(notes), "\(rhythms) of \(notes)")
        #expect(Double(tones) > 0.5 * Double(notes), "\(tones) of \(notes)")
    }

    @Test func `Sections end on a long note`() {
        var short = 0
        var sections = 0
        for score in Pieces.many {
            for section in score.sections {
                guard let last = Pieces.melody(score, section).last else { continue }
                sections += 1
                if last.length < Beat(3, 2) { short += 1 }
            }
        }
        #expect(short * 100 <= sections, "\(short) of \(sections)")
    }

    @Test func `Most moves are steps, few are wide`() {
        var counts = [Int](repeating: 0, count: 4)
        for score in Pieces.many {
            let melody = Pieces.melody(score)
            for (a, b) in zip(melody, melody.dropFirst()) {
                switch abs(b.pitch - a.pitch) {
                case 0: counts[0] += 1
                case 1...2: counts[1] += 1
                case 3...7: counts[2] += 1
                default: counts[3] += 1
                }
            }
        }
        let total = Double(counts.reduce(0, +))
        // music-fit A.2 6: steps .35-.60, sixths and wider .08, repeats .13.
        #expect((0.35...0.60).contains(Double(counts[1]) / total), "\(counts)")
        #expect(Double(counts[3]) / total < 0.14, "\(counts)")
        #expect(Double(counts[0]) / total < 0.25, "\(counts)")
    }

    @Test func `The same seed gives the same notes, another seed others`() {
        for entry in Pieces.moods.prefix(6) {
            let a = Pieces.score(entry.mood, seed: 77)
            #expect(a == Pieces.score(entry.mood, seed: 77))
            #expect(a.notes != Pieces.score(entry.mood, seed: 78).notes)
        }
    }

    @Test func `Drawing the textures again leaves the melody alone`() {
        for entry in Pieces.moods.prefix(8) {
            var request = CompositionRequest(mood: entry.mood, title: "test", seed: Seed(5), duration: 60)
            let a = Composer.compose(request).score
            request.rerolls = [.texture: 1]
            let b = Composer.compose(request).score
            // The critic may find fault with other phrases, so that pitches of a few may differ.
            #expect(Pieces.melody(a).map(\.onset) == Pieces.melody(b).map(\.onset), "\(entry.name)")
            #expect(a.chords == b.chords)
        }
    }

    @Test func `Where a piece states its motif, three steps of four go up, down or stay as they were made`() {
        var (kept, steps) = (0, 0)
        for entry in Pieces.moods {
            for seed in 1...5 {
                let request = CompositionRequest(
                    mood: entry.mood, title: "test", seed: Seed(UInt64(seed)), duration: 60)
                let (plan, score) = Composer.compose(request)
                let wished = Composer.theme(of: plan).main
                let heard = score.motif.map(\.pitch.midi)
                for (a, b) in zip(zip(wished, wished.dropFirst()), zip(heard, heard.dropFirst())) {
                    steps += 1
                    if (a.1.step - a.0.step).signum() == (b.1 - b.0).signum() { kept += 1 }
                }
            }
        }
        #expect(Double(kept) >= 0.75 * Double(steps), "\(kept) of \(steps)")
    }

    @Test func `Songs of bright and driven moods sing a half again, note for note, more often than others`() {
        func share(_ name: String) -> Double {
            guard let mood = NamedMood.named(name)?.mood else { return 0 }
            let strophic = (1...40).filter { seed in
                let score = Pieces.score(mood, seed: UInt64(seed), seconds: 120)
                guard let first = score.sections.first(where: { $0.letter == "A" && $0.bars >= 8 && $0.bars % 4 == 0 })
                else { return false }
                let half = Beat(first.bars / 2 * score.metre.beats)
                let melody = Pieces.melody(score, first)
                // All but the last two bars, whose end is another one.
                let opening = melody.filter { $0.onset < half - Beat(2 * score.metre.beats) }
                let again = melody.filter { $0.onset >= half && $0.onset < half + half - Beat(2 * score.metre.beats) }
                return !opening.isEmpty
                    && opening.map { $0.onset + half } == again.map(\.onset)
                    && opening.map(\.pitch) == again.map(\.pitch)
            }
            return Double(strophic.count) / 40
        }
        let (joyful, nostalgic) = (share("joyful"), share("nostalgic"))
        #expect(joyful > 0.1 && joyful > nostalgic, "\(joyful), \(nostalgic)")
    }
}
