import Music
import Testing

@Suite struct UnitIntervalTests {
    @Test func `values are kept inside, and what is no number becomes nothing`() {
        #expect(UnitInterval(0.25).value == 0.25)
        #expect(UnitInterval(-3) == .zero)
        #expect(UnitInterval(7) == .one)
        #expect(UnitInterval(.infinity) == .one)
        #expect(UnitInterval(.nan) == .zero)
        #expect(UnitInterval(0.2) < UnitInterval(0.3))
    }
}

@Suite struct PitchTests {
    @Test func `middle C is 60 and the piano reaches from A0 to C8`() {
        #expect(Pitch(60).name == "C4")
        #expect(Pitch.pianoRange.lowerBound.name == "A0")
        #expect(Pitch.pianoRange.upperBound.name == "C8")
        #expect(Pitch(61).pitchClass == 1 && Pitch(61).name == "C#4")
        #expect(Pitch(72) - Pitch(60) == 12 && Pitch(60) + 7 == Pitch(67))
    }
}

@Suite struct HammerSpeedTests {
    @Test func `twenty-five velocity units double the speed of the hammer`() {
        #expect(abs(hammerSpeed(velocity: 52) - 1.2) < 1e-6)
        #expect(abs(hammerSpeed(velocity: 77) - 2.4) < 1e-5)
        #expect(hammerSpeed(velocity: 27) < hammerSpeed(velocity: 28))
    }
}
