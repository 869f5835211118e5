import Moods
import Music
import Testing

/// music.md 2.5 with the constants of music-fit A.2; the numbers here are worked out by hand from those formulas.
@Suite("The map from mood to music")
struct MoodMapTests {
    static let golden = mood(0.60, -0.35, -0.60, 0.70, 0.35, 0.55)

    @Test("each row has its stated value at rest and at golden hour")
    func rows() {
        let rest = MusicalParameters.derived(from: mood())
        let golden = MusicalParameters.derived(from: Self.golden)
        let rows: [(String, Float, Float, Float, Float)] = [
            ("tempo", rest.tempo, 72, golden.tempo, 60.42),
            ("density", rest.density, 2.8, golden.density, 1.7022),
            ("lightness", rest.lightness, 0.55, golden.lightness, 0.815),
            ("chords per bar", rest.chordsPerBar, 1, golden.chordsPerBar, 0.6114),
            ("dissonance", rest.dissonance, 0.38, golden.dissonance, 0.221),
            ("melody centre", rest.melodyCentre, 69, golden.melodyCentre, 74.6),
            ("lowest bass", rest.lowestBass, 37, golden.lowestBass, 41.35),
            ("phrase range", rest.phraseRange, 8, golden.phraseRange, 9.3),
            ("breath", rest.breath, 0.30, golden.breath, 0.54),
            ("notes per attack", rest.notesPerAttack, 1.9, golden.notesPerAttack, 2.12),
            ("velocity", rest.velocity, 60, golden.velocity, 50.6),
        ]
        for (name, atRest, stated, atGolden, statedGolden) in rows {
            #expect(isClose(atRest, stated), "\(name) at rest: \(atRest), stated \(stated)")
            #expect(isClose(atGolden, statedGolden), "\(name) at golden hour: \(atGolden), stated \(statedGolden)")
        }
    }

    @Test("over the 64 extreme moods each row spans exactly its range: clamps are reached, and never passed")
    func corners() {
        let rows: [(String, KeyPath<MusicalParameters, Float>, ClosedRange<Float>)] = [
            // Where the formula ends inside its clamp the range is the formula's.
            ("tempo", \.tempo, 44...136.24), ("density", \.density, 1.4...7), ("lightness", \.lightness, 0...1),
            ("chords per bar", \.chordsPerBar, 0.3789...2.2974), ("dissonance", \.dissonance, 0.12...0.9),
            ("melody centre", \.melodyCentre, 60...80), ("lowest bass", \.lowestBass, 30...43),
            ("phrase range", \.phraseRange, 7...16), ("breath", \.breath, 0.1...0.6),
            ("notes per attack", \.notesPerAttack, 1.9...3.1), ("velocity", \.velocity, 40...77.5),
        ]
        for (name, row, stated) in rows {
            let range = Corners.range { MusicalParameters.derived(from: $0)[keyPath: row] }
            #expect(
                isClose(range.lowerBound, stated.lowerBound) && isClose(range.upperBound, stated.upperBound),
                "\(name) spans \(range), stated \(stated)")
        }
    }

    @Test("variation reaches the clamps that the map alone does not, and passes none")
    func variation() {
        var random = Seed(2).stream(.form)
        var seen: [(low: Float, high: Float)] = Array(repeating: (.infinity, -.infinity), count: 3)
        for mood in Corners.all {
            for _ in 0..<200 {
                let p = MusicalParameters.derived(from: mood, stream: &random)
                for (i, value) in [p.tempo, p.chordsPerBar, p.lightness].enumerated() {
                    seen[i] = (min(seen[i].low, value), max(seen[i].high, value))
                }
                #expect((58.0...82).contains(p.melodyCentre))
            }
        }
        #expect(seen[0] == (44, 138))
        #expect(seen[1] == (0.25, 3))
        #expect(seen[2] == (0, 1))
    }

    @Test("only the families of the piece's mode have shares, and they sum to one")
    func families() {
        for mood in Corners.all + NamedMood.all.map(\.mood) {
            let p = MusicalParameters.derived(from: mood)
            let f = p.families
            let major = f.golden + f.nostalgic + f.wonder + f.hopeful
            let minor = f.melancholic + f.tense
            #expect(isClose(major + minor, 1) && (p.isMinor ? major : minor) == 0)
            #expect(p.isMinor == (p.lightness < 0.48))
        }
    }

    @Test("from valence .4 on the nostalgic family has at most a quarter, and that cap is reached; below it has more")
    func nostalgicCap() {
        var largest: Float = 0
        for v: Float in [0.4, 0.6, 0.8, 1] {
            for mood in Corners.all {
                var bright = mood
                bright.valence = v
                let share = MusicalParameters.derived(from: bright).inMode(isMinor: false).families.nostalgic
                #expect(share <= 0.25 + 1e-4)
                largest = max(largest, share)
            }
        }
        #expect(isClose(largest, 0.25))
        #expect(MusicalParameters.derived(from: mood(0.39, -0.3, 0, 0.6, 1, 0)).families.nostalgic > 0.5)
    }
}

@Suite("Guards of the map")
struct MoodGuardTests {
    @Test("(a) energy that rises by over .5 at constant valence lightens the mode by .05 and the dissonance as much")
    func rise() {
        let (low, high) = (mood(0.3, -0.2, 0.1, 0.2), mood(0.3, 0.4, 0.1, 0.2))
        let risen = MusicalParameters.derived(from: high, after: low)
        let stayed = MusicalParameters.derived(from: high, after: high)
        #expect(isClose(risen.lightness - stayed.lightness, 0.05))
        #expect(isClose(risen.dissonance - stayed.dissonance, -0.05))
        // Not for a rise of .5, not downwards, and not where the valence moves as well.
        for earlier in [mood(0.3, -0.1, 0.1, 0.2), mood(0.3, 1, 0.1, 0.2), mood(-0.2, -0.6, 0.1, 0.2)] {
            #expect(MusicalParameters.derived(from: high, after: earlier) == stayed)
        }
    }

    @Test("(a) without an earlier mood, energy has risen from rest")
    func riseFromRest() {
        #expect(MoodGuards.brightening(from: mood(0.5), to: mood(0.5, 0.51)) == 0.05)
        let driven = mood(0.5, 0.8)
        #expect(MusicalParameters.derived(from: driven) == .derived(from: driven, after: mood(0.5)))
        #expect(
            MusicalParameters.derived(from: mood(0.5, 0.5)) == .derived(from: mood(0.5, 0.5), after: mood(0.5, 0.5)))
    }

    @Test("(c) no bright mood asks for a mean velocity above that of the guard")
    func threat() {
        #expect(MoodGuards.threat.pitch == 52 && MoodGuards.threat.velocity == 80)
        for mood in Corners.all where mood.valence > 0 {
            #expect(MusicalParameters.derived(from: mood).velocity <= MoodGuards.threat.velocity)
        }
    }
}
