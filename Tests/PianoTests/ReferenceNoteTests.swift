import Foundation
import Music
import Piano
import Testing

@Suite("One note, in Double")
struct ReferenceNoteTests {
    @Test("hammer and string meet as in the reference model", arguments: Vectors.keys, [30, 60, 92, 117])
    func strike(_ key: Int, _ velocity: Int) {
        let vectors = Vectors.key(key)
        let expected = vectors["velocities"]["\(velocity)"]
        let speed = 1.2 * exp2((Double(velocity) - 52) / 25)
        #expect(abs(speed - expected["speed"].number) < 1e-6 * speed)
        let note = ReferenceNote(DesignVectorTests.reference, key: key, speed: speed, frames: 1200, theta: 1)
        let compliance = vectors["hammer"]["step_compliance"].number
        #expect(abs(note.stepCompliance - compliance) < 1e-5 * compliance)
        let peak = note.hammerForce.max() ?? 0
        #expect(abs(peak - expected["peak_force"].number) < 1e-3 * peak)
        let impulse = note.hammerForce.reduce(0, +) / 48000
        #expect(abs(impulse - expected["impulse"].number) < 1e-3 * impulse)
        #expect(abs(note.rebound - expected["rebound_speed"].number) < 1e-3 * speed)
        #expect(abs(1000 * note.contactSeconds - expected["contact_ms"].number) <= 1001.0 / 48000)
        #expect(note.contacts == Int(expected["contacts"].number))
        for (k, force) in expected["hammer_force"].numbers.enumerated() {
            #expect(abs(note.hammerForce[4 * k] - force) < 1e-3 * peak)
        }
        // Level compression stands in the bridge force: its 0.1 dB is 1.2 %.
        let bridge = expected["bridge_force"].numbers
        let loudest = bridge.map(abs).max() ?? 0
        for (k, force) in bridge.enumerated() { #expect(abs(note.bridgeForce[16 * k] - force) < 0.012 * loudest) }
    }

    /// Without noises, dampers, glide and strings that ring along, as the reference has none.
    private static let bare = InstrumentTables.make(
        settings: InstrumentSettings(), sampleRate: 48000,
        mechanisms: .all.subtracting([.strokeNoise, .keyBottom, .dampers, .glide, .sympathy]))

    @Test("the engine plays what the reference plays", arguments: [21, 33, 48, 60, 72, 84, 105], [40, 100])
    func engine(_ key: Int, _ velocity: Int) {
        let frames = 14400
        let speed = Double(hammerSpeed(velocity: Float(velocity)))
        let expected = ReferenceNote(Self.bare, key: key, speed: speed, frames: frames).radiated()
        let played = rendered([struck(key, Float(velocity))], frames: frames, tables: Self.bare)
        for (ours, theirs) in [(played.left, expected.left), (played.right, expected.right)] {
            let power = theirs.reduce(0) { $0 + $1 * $1 }
            let error = zip(ours, theirs).reduce(0) { $0 + pow(Double($1.0) - $1.1, 2) }
            // Float against Double, and what the engine puts to rest.
            #expect(10 * log10(error / power) < -60)
        }
    }
}
