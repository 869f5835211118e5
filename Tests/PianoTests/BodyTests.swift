import BeachPianoTestSupport
import Music
import Piano
import Testing

@Suite("There are pianos between the grand and the upright")
struct BodyTests {
    private static let shares: [Float] = [0, 0.25, 0.5, 0.75, 1]
    private static let bodies = shares.map { tables(.grand, $0) }

    private static func tables(_ kind: InstrumentSettings.Kind, _ body: Float?) -> InstrumentTables {
        .make(settings: InstrumentSettings(kind: kind, body: body.map { UnitInterval($0) }), sampleRate: 48000)
    }

    /// What a body is known by, each written so that it grows from the grand to the upright.
    private static let measures: [(name: String, measure: @Sendable (InstrumentTables) -> Double)] = [
        ("how far A0's tenth partial is sharp", { sharpness($0, key: 21, partial: 10) }),
        ("the lowest mode of the board, Hz", { $0.board.lowPoles[0].im }),
        ("how soft the felt is", { -$0.keys[60 - 21].hammer.stiffness }),
        ("how dark middle notes are above 1.5 kHz, dB", { darkness($0) }),
        ("noises of the action", { $0.action.damper }),
    ]

    private static func sharpness(_ tables: InstrumentTables, key: Int, partial: Int) -> Double {
        func hz(_ n: Int) -> Double {
            tables.keys[key - 21].modes.first { $0.partial == n && !$0.isHorizontal }.map { $0.pole.im } ?? 0
        }
        return hz(partial) / (Double(partial) * hz(1))
    }

    private static func darkness(_ tables: InstrumentTables) -> Double {
        [41, 48, 60, 72].reduce(0) { sum, key in
            let sound = ReferenceNote(tables, key: key, speed: 2, frames: 9600).radiated().left
            return sum + InstrumentPhysicsTests.band(sound, 100...700) - InstrumentPhysicsTests.band(sound, 1500...5000)
        }
    }

    @Test("each step towards the upright goes the same way, and none goes most of it", arguments: measures.indices)
    func steps(_ place: Int) {
        let (name, measure) = Self.measures[place]
        let values = Self.bodies.map(measure)
        let whole = values[values.count - 1] - values[0]
        for (a, b) in zip(values, values.dropFirst()) {
            #expect(b > a && b - a < 0.6 * whole, "\(name): \(values)")
        }
    }

    @Test("a grand with the whole body of an upright is one, and the felt piano has it")
    func ends() {
        let upright = Self.tables(.upright, nil)
        let other = Self.bodies[Self.bodies.count - 1]
        #expect(other.keys.map(\.modes) == upright.keys.map(\.modes))
        #expect(other.outputGain == upright.outputGain && other.halfBlow == upright.halfBlow)
        #expect(Self.tables(.felt, nil).board.lowPoles == upright.board.lowPoles)
        #expect(Self.bodies.map(\.halfBlow.value) == Self.shares)
    }

    @Test("a felt piano in the body of a grand keeps its felt and its near microphones")
    func feltGrand() {
        let felt = InstrumentSettings(kind: .felt, body: .zero)
        #expect(felt.feltInPlace == UnitInterval(0.7) && felt.nearness == 0.5)
        #expect(Self.tables(.felt, 0).board.lowPoles == Self.bodies[0].board.lowPoles)
    }

    @Test("the left pedal of a piano between shifts a little less and brings the hammers a little nearer")
    func leftPedal() {
        func level(_ share: Float) -> Double {
            let tables = Self.tables(.grand, share)
            var engine = PianoEngine(tables: tables)
            engine.schedule(EngineEvent(frame: 0, action: .pedal(.unaCorda, depth: .one)))
            engine.schedule(EngineEvent(frame: 1024, action: .strike(pitch: Pitch(60), velocity: 60)))
            var (left, right) = ([Float](repeating: 0, count: 24000), [Float](repeating: 0, count: 24000))
            var l = left.mutableSpan
            var r = right.mutableSpan
            engine.render(left: &l, right: &r)
            return Levels.decibels(left)
        }
        #expect(abs(level(0.49) - level(0.51)) < 0.3)
    }
}
