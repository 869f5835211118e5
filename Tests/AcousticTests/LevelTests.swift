import BeachPianoTestSupport
import Music
import Piano
import Testing

@Suite("Acoustic rows of the fact sheet: measured / target")
struct LevelTests {
    @Test("T19: level rises with velocity as physics and pianos have it")
    func levelPerVelocity() {
        func level(_ key: Int, _ velocity: Float) -> Double { Sound.note(key, velocity, seconds: 0.5).level(0..<0.4) }
        for (key, range) in [
            (24, 0.22...0.28), (36, 0.22...0.28), (48, 0.22...0.28), (57, 0.22...0.28), (72, 0.28...0.46),
            (84, 0.28...0.46), (96, 0.28...0.46),
        ] {
            let slope = (level(key, 110) - level(key, 40)) / 70
            print("T19 level per velocity step, key \(key): \(slope) dB, target \(range)")
            #expect(range.contains(slope))
        }
        let span = level(60, 127) - level(60, 10)
        print("T19 C4 velocity 10 to 127: \(span) dB, target 25...45")
        #expect((25...45).contains(span))
    }

    @Test("T16: soft and loud notes die away at the same rate", arguments: [36, 48, 60, 72, 84])
    func decay(_ key: Int) {
        func rate(_ velocity: Float) -> Double {
            let sound = Sound.note(key, velocity, seconds: 2.2)
            return (sound.level(0.3..<0.5) - sound.level(1.8..<2.0)) / 1.5
        }
        let (soft, loud) = (rate(40), rate(117))
        print("T16 decay of key \(key): soft \(soft), loud \(loud) dB/s, target equal within 10 %")
        #expect(abs(soft - loud) <= 0.1 * max(soft, loud))
    }

    @Test("T46: the same bytes for any block and any run")
    func bytes() {
        let one = Sound.note(60, 90, seconds: 0.3)
        let other = Sound.render([.strike(60, 90)], seconds: 0.3, block: 64)
        #expect(one.left == other.left && one.right == other.right)
        #expect(one.left == Sound.note(60, 90, seconds: 0.3).left)
    }
}
