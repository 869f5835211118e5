import Interpretation
import Music
import Testing

@Suite struct RunnerTests {
    @Test func `a phrase slows as a runner stops: hardly at first, by as much as asked at the end`() {
        #expect(Runner.lengthening(0) == 0)
        #expect(abs(Runner.lengthening(1) - 1) < 1e-5)
        // [1 - 7/8 x]^(-1/3) - 1, by hand.
        #expect(abs(Runner.lengthening(0.5) - 0.2114) < 1e-3)
        #expect(abs(Runner.lengthening(0.25) - 0.0858) < 1e-3)
        for k in 1...20 {
            let x = Float(k) / 20
            #expect(Runner.lengthening(x) > Runner.lengthening(x - 0.05))
        }
    }

    @Test func `the final ritard follows the cube root law of music.md 5 2`() {
        // Weight .5 ends at .40: 1, .91, .81, .67, .54 at x = .9, .40.
        let expected: [(Float, Float)] = [(0, 1), (0.25, 0.91), (0.5, 0.81), (0.75, 0.67), (0.9, 0.54), (1, 0.40)]
        for (x, speed) in expected { #expect(abs(Runner.speed(x, end: 0.4) - speed) < 0.006) }
        #expect(FinalRitard.endSpeed(0.6) < FinalRitard.endSpeed(0.3))
    }
}

@Suite struct ChargeTests {
    private func chord(_ root: Int, _ triad: [Int]) -> ScoreChord {
        ScoreChord(
            name: "", onset: 0, length: 4, root: root, bass: root, triad: triad, pitchClasses: triad, localTonic: 0)
    }

    @Test func `the tonic is at rest, the dominant near it, and Neapolitan, tritone and diminished far`() {
        let tonic = Charge.harmonic(chord(0, [0, 4, 7]))
        let dominant = Charge.harmonic(chord(7, [7, 11, 2]))
        #expect(tonic == 0 && dominant == 1.5)
        #expect(Charge.harmonic(chord(1, [1, 5, 8])) == 7)
        #expect(Charge.harmonic(chord(6, [6, 10, 1])) == 7.5)
        #expect(Charge.harmonic(chord(11, [11, 2, 5])) == 5)
        #expect(Charge.harmonic(chord(9, [9, 0, 4])) == 1.5)
    }

    @Test func `roots and fifths rest in their chord, semitones above the root pull most`() {
        let tonic = chord(0, [0, 4, 7])
        #expect(Charge.melodic(Pitch(72), over: tonic) == 0)
        #expect(Charge.melodic(Pitch(67), over: tonic) == 1)
        #expect(Charge.melodic(Pitch(61), over: tonic) == 6.5)
    }
}

@Suite struct MelodyRulesTests {
    @Test func `duration contrast shortens eighths most and leaves long notes alone`() {
        #expect(MelodyRules.contrast(20) == 0)
        #expect(MelodyRules.contrast(700) == 0)
        #expect(abs(MelodyRules.contrast(200) + 11) < 1e-4)
        #expect(abs(MelodyRules.contrast(400) + 7) < 1e-4)
        #expect(abs(MelodyRules.contrast(500) + 3.5) < 1e-4)
    }

    @Test func `the pause at the end of a gesture is 20 to 60 milliseconds`() {
        #expect(MelodyRules.pause(100) == 20)
        #expect(MelodyRules.pause(400) == 40)
        #expect(MelodyRules.pause(900) == 60)
    }
}
