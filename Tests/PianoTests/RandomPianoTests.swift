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
    /// One piano and what is done on it, drawn from a number: a short note, and others pressed silently, caught, struck
    /// again, or left to ring.
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
                kind: kinds[Int(random.uniform(0, Double(kinds.count)))],
                body: random.uniform() < 0.5 ? nil : unit(&random), felt: unit(&random),
                hardness: Float(random.uniform(-1, 1)), lid: unit(&random), mechanism: Float(random.uniform(-70, -20)),
                age: unit(&random), a4: random.uniform(415, 466), seed: UInt32(random.uniform(0, 4_294_967_295)))
            rate = [44100.0, 48000, 88200, 96000][Int(random.uniform(0, 4))]
            let whole = random.uniform() < 0.5
            mechanisms = whole ? .all : Mechanisms(rawValue: UInt32(random.uniform(0, Double(UInt32(1) << 31))))
            var drawn: [EngineEvent] = []
            func add(_ frame: Double, _ action: EngineEvent.Action) {
                drawn.append(EngineEvent(frame: Int(frame), action: action))
            }
            add(0, .pedal(.sustain, depth: unit(&random)))
            add(1, .pedal(.unaCorda, depth: unit(&random)))
            let (key, velocity) = (Pitch(21 + Int(random.uniform(0, 88))), Float(random.uniform(1, 127)))
            add(2, .approach(pitch: key, velocity: velocity, lead: 900))
            add(902, .strike(pitch: key, velocity: velocity))
            // Half of them ring on, and are struck again while they do.
            if random.uniform() < 0.5 { add(7000, .release(pitch: key, velocity: Float(random.uniform(1, 127)))) }
            for _ in 0..<Int(random.uniform(0, 4)) {
                add(random.uniform(1000, 15000), .strike(pitch: key, velocity: Float(random.uniform(1, 127))))
            }
            for _ in 0..<Int(random.uniform(0, 4)) {
                let other = Pitch(21 + Int(random.uniform(0, 88)))
                let frame = random.uniform(0, 12000)
                add(frame, .down(other, velocity: Float(random.uniform(-20, 127))))
                if random.uniform() < 0.7 { add(frame + random.uniform(1, 8000), .release(pitch: other)) }
            }
            for _ in 0..<Int(random.uniform(0, 3)) {
                let pedal = Pedal.allCases[Int(random.uniform(0, 3))]
                add(random.uniform(0, 15000), .pedal(pedal, depth: unit(&random)))
            }
            events = drawn.sorted { $0.frame < $1.frame }
        }

        /// Largest sample of 0.4 s; infinite where one is not a number.
        var peak: Float {
            let tables = InstrumentTables.make(settings: settings, sampleRate: rate, mechanisms: mechanisms)
            let (left, right) = rendered(events, frames: Int(0.4 * rate), tables: tables)
            return (left + right).reduce(0) { max($0, $1.isFinite ? abs($1) : .infinity) }
        }
    }

    @Test("the draws hold all that hands and feet do")
    func draws() {
        let actions = (0..<UInt32(60)).flatMap { Draw($0).events.map(\.action) }
        func count(_ wanted: (EngineEvent.Action) -> Bool) -> Int { actions.count(where: wanted) }
        #expect(count { if case .press = $0 { true } else { false } } > 5)
        #expect(count { if case .pedal(.sostenuto, _) = $0 { true } else { false } } > 5)
        let strikes = count { if case .strike = $0 { true } else { false } }
        let releases = count { if case .release = $0 { true } else { false } }
        #expect(strikes > 100 && releases < strikes)
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
