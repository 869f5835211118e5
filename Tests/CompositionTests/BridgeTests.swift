import Composition
import Moods
import Music
import Testing

@Suite("Bridge")
struct BridgeTests {
    private static let theme = Theme(parsing: "0:72:0 72:24:1 96:48:2 192:96:-1 / 0:96:0 96:48:2 144:96:1")

    /// Forty pairs of states and keys.
    private static var cases: [(BridgeState, BridgeState, Key, Key)] {
        var random = RandomStream(seed: 11)
        func state() -> BridgeState {
            BridgeState(
                tempo: random.uniform(48, 130), velocity: random.uniform(36, 92), density: random.uniform(1.4, 7),
                register: random.uniform(54, 70))
        }
        func key() -> Key { Key(tonic: random.index(12), isMinor: random.chance(0.5)) }
        return (0..<40).map { _ in (state(), state(), key(), key()) }
    }

    @Test(
        "no bar changes tempo, loudness, density or register faster than the limits, and the goal is reached as fast as they allow"
    )
    func slew() throws {
        let theme = try #require(Self.theme)
        for (from, to, home, away) in Self.cases {
            let writer = BridgeWriter(theme: theme, metre: Metre(beats: 4), from: home, to: away)
            let bars = writer.bars(from: from, to: to, seed: Seed(1))
            let states = [from] + bars.map(\.state) + [to]
            for (a, b) in zip(states, states.dropFirst()) {
                #expect(max(a.tempo / b.tempo, b.tempo / a.tempo) <= 1.0251)
                #expect(max(a.velocity / b.velocity, b.velocity / a.velocity) <= 1.1221)
                #expect(max(a.density / b.density, b.density / a.density) <= 1.2501)
                #expect(abs(a.register - b.register) <= 3.001)
            }
            let needed =
                [
                    abs(Exact.log(to.tempo / from.tempo)) / Exact.log(1.025),
                    abs(Exact.log(to.velocity / from.velocity)) / Exact.log(1.122),
                    abs(Exact.log(to.density / from.density)) / Exact.log(1.25), abs(to.register - from.register) / 3,
                ].max() ?? 0
            #expect(bars.count <= max(1, Int(needed.rounded(.up))) && bars.count >= 1)
        }
    }

    @Test("the notes are what the states say")
    func notes() throws {
        let theme = try #require(Self.theme)
        for (from, to, home, away) in Self.cases {
            let writer = BridgeWriter(theme: theme, metre: Metre(beats: 3), from: home, to: away)
            for bar in writer.bars(from: from, to: to, seed: Seed(1)) {
                let attacks = Set(bar.notes.map(\.onset)).count
                let wanted = bar.state.density * Float(bar.seconds)
                #expect(abs(Float(attacks) - min(12, max(1, wanted))) <= 1)
                let mean = bar.notes.reduce(Float(0)) { $0 + Float($1.pitch.midi) } / Float(bar.notes.count)
                #expect(abs(mean - bar.state.register) < 2.5, "\(mean) for \(bar.state.register)")
                #expect(bar.notes.allSatisfy { (24...100).contains($0.pitch.midi) && $0.onset < Beat(3) })
            }
        }
    }

    @Test("what is heard steps no further than three semitones from bar to bar, and a tone of the chord more")
    func heardSteps() throws {
        let theme = try #require(Self.theme)
        var greatest: Float = 0
        for (from, to, home, away) in Self.cases {
            for seed in 1...5 {
                let writer = BridgeWriter(theme: theme, metre: Metre(beats: 4), from: home, to: away)
                let means = writer.bars(from: from, to: to, seed: Seed(UInt64(seed))).map { bar in
                    bar.notes.reduce(Float(0)) { $0 + Float($1.pitch.midi) } / Float(bar.notes.count)
                }
                for (a, b) in zip([from.register] + means, means) {
                    greatest = max(greatest, abs(a - b))
                }
            }
        }
        #expect(greatest <= BridgeState.Slew.register + 1)
    }

    @Test("a change of key goes through a bar without a third, and ends before the new tonic")
    func pivot() throws {
        let theme = try #require(Self.theme)
        for (from, to, home, away) in Self.cases where home != away {
            let writer = BridgeWriter(theme: theme, metre: Metre(beats: 4), from: home, to: away)
            let bars = writer.bars(from: from, to: to, seed: Seed(1))
            let pivot = try #require(bars.firstIndex { $0.chord.name == "Vsus" })
            #expect(bars[..<pivot].allSatisfy { $0.chord.localTonic == home.tonic })
            #expect(bars[pivot...].allSatisfy { $0.chord.localTonic == away.tonic })
            let third = (away.tonic + 7 + 4) % 12
            #expect(
                bars[pivot].notes.allSatisfy {
                    $0.pitch.pitchClass != third && $0.pitch.pitchClass != (third + 11) % 12
                })
            #expect(bars[bars.count - 1].chord.name == "Vsus")
        }
    }
}
