import Music
import Piano
import Testing

@Suite("Noises of the action")
struct ActionNoiseTests {
    /// When the key meets its bed after the blow, ms, as it sounds: all else is silent.
    static func lag(_ speed: Float) -> Double {
        let alone = Mechanisms.all.subtracting([.knock, .strokeNoise, .touch])
        let tables = muted(.make(settings: InstrumentSettings(), sampleRate: 48000, mechanisms: alone))
        var velocity: Float = 0
        while hammerSpeed(velocity: velocity) < speed { velocity += 0.01 }
        let blow = 4800
        let events = [
            EngineEvent(frame: blow - 1200, action: .approach(pitch: Pitch(60), velocity: velocity, lead: 1200)),
            struck(60, velocity, at: blow),
        ]
        let sound = rendered(events, frames: 9600, tables: tables).left.map(abs)
        let peak = sound.max() ?? 0
        return Double((sound.firstIndex { $0 > 0.05 * peak } ?? 0) - blow) / 48
    }

    @Test("T38: the key meets its bed 12 ms after a soft blow and 3 ms before a hard one")
    func keyBottom() {
        let (soft, hard) = (Self.lag(1), Self.lag(5))
        print("T38: key bottom \(soft) ms after the blow at 1 m/s, target 12+-2; \(hard) ms at 5 m/s, target -3+-2")
        #expect(abs(soft - 12) <= 2 && abs(hard + 3) <= 2)
    }

    @Test("a rail that a slow foot lets down lands softly")
    func slowPedal() {
        func landing(_ steps: Int) -> Double {
            let up = (1...steps).map { pedal(.sustain, 1 - Float($0) / Float(steps), at: 9600 + 480 * $0) }
            let sound = rendered([pedal(.sustain, 1)] + up, frames: 9600 + 480 * steps + 14400)
            return level(sound.left.dropFirst(9600))
                + 10 * log10Of(Double(sound.left.count - 9600))
        }
        let (fast, steady, slow) = (landing(1), landing(10), landing(100))
        print("the rail lands at once: \(fast) dB, within .1 s: \(steady), within 1 s: \(slow)")
        #expect(abs(fast - steady) < 3 && slow < steady - 15)
    }

    @Test("a performance tells of the way down before the blow, but of none before the key is up")
    func approach() {
        let notes = [
            NoteEvent(onset: 1, release: 1.19, pitch: Pitch(60), velocity: 60),
            NoteEvent(onset: 1.2, release: 1.5, pitch: Pitch(60), velocity: 70),
        ]
        let events = Performance(title: "", notes: notes, pedals: [], duration: 2).events(sampleRate: 48000)
        let starts = events.compactMap { event -> (frame: Int, lead: Int)? in
            if case .approach(_, _, let lead) = event.action { return (event.frame, lead) }
            return nil
        }
        #expect(starts.map(\.frame) == [46800, 57120])
        #expect(starts.map(\.lead) == [1200, 480])
    }
}
