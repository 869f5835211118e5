import Music
import Piano
import Testing

@Suite("Pedals and releases in the sound")
struct SostenutoTests {
    private static let rate = 48000.0

    /// Level of the left channel from 1.5 to 2 s, dB.
    private func tail(_ performance: Performance) -> Double {
        level(rendered(performance.events(sampleRate: Self.rate), frames: 96_000).left[72_000...])
    }

    private func piece(_ notes: [(key: Int, onset: Double, release: Double)], _ pedals: [PedalEvent]) -> Performance {
        Performance(
            title: "",
            notes: notes.map { NoteEvent(onset: $0.onset, release: $0.release, pitch: Pitch($0.key), velocity: 80) },
            pedals: pedals, duration: 2)
    }

    private func sostenuto(_ time: Double, _ depth: UnitInterval = .one) -> PedalEvent {
        PedalEvent(time: time, pedal: .sostenuto, depth: depth)
    }

    @Test("a key held when the sostenuto pedal goes down sustains after its release; a key struck later does not")
    func caught() {
        let held = tail(piece([(48, 0, 0.8)], [sostenuto(0.4)]))
        let free = tail(piece([(48, 0, 0.8)], []))
        print("C3 held into the sostenuto pedal \(held) dB, without it \(free) dB")
        #expect(held > free + 20)
        let later = tail(piece([(64, 0.5, 0.8)], [sostenuto(0.4)]))
        let plain = tail(piece([(64, 0.5, 0.8)], []))
        #expect(abs(later - plain) < 1, "\(later), \(plain)")
        // Both at once: the caught key sounds as it does alone.
        let both = tail(piece([(48, 0, 0.8), (64, 0.5, 0.8)], [sostenuto(0.4)]))
        #expect(abs(both - held) < 3, "\(both), \(held)")
    }

    @Test("a key that goes down with the pedal is caught, one that comes up with it is not")
    func together() {
        #expect(tail(piece([(48, 0.4, 0.8)], [sostenuto(0.4)])) > tail(piece([(48, 0.4, 0.8)], [])) + 20)
        let released = tail(piece([(48, 0, 0.4)], [sostenuto(0.4)]))
        #expect(abs(released - tail(piece([(48, 0, 0.4)], []))) < 1)
    }

    @Test("the pedal lets go of what it caught")
    func letGo() {
        let held = tail(piece([(48, 0, 0.8)], [sostenuto(0.4)]))
        #expect(tail(piece([(48, 0, 0.8)], [sostenuto(0.4), sostenuto(1.1, .zero)])) < held - 20)
    }

    @Test("it catches the dampers that the sustain pedal holds up")
    func underTheSustainPedal() {
        let down = PedalEvent(time: 0.1, pedal: .sustain, depth: .one)
        let up = PedalEvent(time: 0.9, pedal: .sustain, depth: .zero)
        let caught = tail(piece([(48, 0.2, 0.4)], [down, sostenuto(0.6), up]))
        let free = tail(piece([(48, 0.2, 0.4)], [down, up]))
        #expect(caught > free + 20, "\(caught), \(free)")
    }

    @Test("a key that comes up slowly is damped later than one that snaps up")
    func releaseVelocity() {
        func after(_ velocity: Float) -> Double {
            var performance = piece([(48, 0, 0.5)], [])
            performance.notes[0].releaseVelocity = velocity
            let events = performance.events(sampleRate: Self.rate)
            return level(rendered(events, frames: 28_800).left[24_480..<26_400])
        }
        let (slow, usual, fast) = (after(1), after(64), after(127))
        print("10-50 ms after the release: \(slow) dB at velocity 1, \(usual) at 64, \(fast) at 127")
        #expect(slow > usual + 1 && usual > fast + 1)
    }

    @Test("velocities of 14 bits reach the hammer")
    func fineVelocity() {
        func loudness(_ velocity: Float) -> Double { level(rendered([struck(60, velocity)], frames: 9600).left) }
        let levels = stride(from: Float(70), through: 71, by: 0.25).map(loudness)
        print("velocities 70 to 71 by quarters: \(levels) dB")
        #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 > $0 + 0.02 })
    }
}
