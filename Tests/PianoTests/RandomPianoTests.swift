import Foundation
import Music
import Piano
import Testing

/// Any legal piano plays any note without harm.
///
/// Sixty of them here; `BEACHPIANO_PIANOS=5000 swift test -c release --disable-xctest --filter RandomPianoTests` plays as
/// many as one likes.
@Suite("Random pianos")
struct RandomPianoTests {
    /// One piano and one short note, drawn from a number.
    struct Draw {
        let settings: InstrumentSettings
        let rate: Double
        let mechanisms: Mechanisms
        let events: [EngineEvent]

        init(_ number: UInt32) {
            var random = MersenneTwister(seed: number)
            let kinds = InstrumentSettings.Kind.allCases
            func unit(_ random: inout MersenneTwister) -> UnitInterval {
                // The ends are the likeliest to break.
                let x = random.uniform(-0.2, 1.2)
                return UnitInterval(Float(min(1, max(0, x))))
            }
            settings = InstrumentSettings(
                kind: kinds[Int(random.uniform(0, Double(kinds.count)))], felt: unit(&random),
                hardness: Float(random.uniform(-1, 1)), lid: unit(&random), mechanism: Float(random.uniform(-70, -20)),
                age: unit(&random), a4: random.uniform(415, 466), seed: UInt32(random.uniform(0, 4_294_967_295)))
            rate = [44100.0, 48000, 88200, 96000][Int(random.uniform(0, 4))]
            let whole = random.uniform() < 0.5
            mechanisms = whole ? .all : Mechanisms(rawValue: UInt32(random.uniform(0, Double(1 << 30))))
            let key = Pitch(21 + Int(random.uniform(0, 88)))
            let velocity = Float(random.uniform(1, 127))
            events = [
                EngineEvent(frame: 0, action: .pedal(.sustain, depth: unit(&random))),
                EngineEvent(frame: 1, action: .pedal(.unaCorda, depth: unit(&random))),
                EngineEvent(frame: 2, action: .approach(pitch: key, velocity: velocity, lead: 900)),
                EngineEvent(frame: 902, action: .strike(pitch: key, velocity: velocity)),
                EngineEvent(frame: 7000, action: .release(pitch: key)),
            ]
        }

        /// Largest sample of 0.2 s; infinite where one is not a number.
        var peak: Float {
            let tables = InstrumentTables.make(settings: settings, sampleRate: rate, mechanisms: mechanisms)
            let (left, right) = rendered(events, frames: Int(0.2 * rate), tables: tables)
            return (left + right).reduce(0) { max($0, $1.isFinite ? abs($1) : .infinity) }
        }
    }

    @Test("no NaN, and nothing 12 dB over full scale")
    func play() async {
        let asked = ProcessInfo.processInfo.environment["BEACHPIANO_PIANOS"].flatMap { UInt32($0) }
        let count = asked ?? 60
        let lanes = UInt32(max(1, ProcessInfo.processInfo.activeProcessorCount))
        let loudest = await withTaskGroup(of: (number: UInt32, peak: Float).self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    var worst: (number: UInt32, peak: Float) = (0, 0)
                    for number in stride(from: lane, to: count, by: Int(lanes)) {
                        let peak = Draw(number).peak
                        if peak > worst.peak { worst = (number, peak) }
                    }
                    return worst
                }
            }
            var worst: (number: UInt32, peak: Float) = (0, 0)
            for await one in group where one.peak > worst.peak { worst = one }
            return worst
        }
        let decibels = 20 * log10Of(Double(loudest.peak))
        print("\(count) random pianos: the loudest, number \(loudest.number), peaks at \(decibels) dBFS")
        #expect(loudest.peak > 0 && decibels < 12, "\(Draw(loudest.number))")
    }
}
