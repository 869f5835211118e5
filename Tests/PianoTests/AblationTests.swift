import BeachPianoTestSupport
import Foundation
import Music
import Piano
import Testing

/// One mechanism, and the figure that it exists for.
struct Ablation: Sendable {
    let name: String
    let mechanism: Mechanisms
    let settings: InstrumentSettings
    /// By how much the figure is at least higher with it; lower, where negative.
    let least: Double
    /// Where the figure stands on a piano, with the mechanism: for those without which there is silence, so that any
    /// sound at all would be more.
    let window: ClosedRange<Double>?
    let figure: @Sendable (InstrumentTables) -> Double

    init(
        _ name: String, _ mechanism: Mechanisms, _ settings: InstrumentSettings = .init(), least: Double,
        within window: ClosedRange<Double>? = nil, figure: @escaping @Sendable (InstrumentTables) -> Double
    ) {
        self.name = name
        self.mechanism = mechanism
        self.settings = settings
        self.least = least
        self.window = window
        self.figure = figure
    }

    func measure(_ mechanisms: Mechanisms) -> Double {
        figure(.make(settings: settings, sampleRate: 48000, mechanisms: mechanisms))
    }
}

/// Each mechanism is switched off, and its figure must move.
@Suite("Every mechanism can be heard")
struct AblationTests {
    static let rows = strings + blow + pedals + noises + board + listening + keyboard

    @Test("with and without", arguments: rows.map(\.name))
    func row(_ name: String) throws {
        let row = try #require(Self.rows.first { $0.name == name })
        let (with, without) = (row.measure(.all), row.measure(.all.subtracting(row.mechanism)))
        print("ablation: \(name): with \(with), without \(without), asked for \(row.least)")
        #expect(row.least > 0 ? with - without >= row.least : with - without <= row.least)
        if let window = row.window { #expect(window.contains(with), "\(with) outside \(window)") }
    }

    @Test("no mechanism without its place in the article on how a note is made")
    func article() throws {
        func text(_ path: String) throws -> String {
            var root = URL(filePath: #filePath)
            for _ in 0..<3 { root.deleteLastPathComponent() }
            return try String(contentsOf: root.appending(path: path), encoding: .utf8)
        }
        let names = try text("Sources/Piano/Mechanisms.swift").matches(of: /static let (\w+) = Mechanisms/).map(\.1)
        let article = try text("Sources/Piano/Piano.docc/HowANoteIsMade.md")
        #expect(names.count == Mechanisms.all.rawValue.nonzeroBitCount + 1)
        for name in names where name != "all" {
            #expect(article.contains("``Mechanisms/\(name)``"), "\(name)")
        }
    }

    @Test("no mechanism without a test")
    func complete() {
        let tested = Self.rows.reduce(into: Mechanisms()) { $0.formUnion($1.mechanism) }
        #expect(tested == .all)
        #expect(Self.rows.allSatisfy { $0.mechanism.rawValue.nonzeroBitCount == 1 })
    }

    // MARK: - Strings

    static let strings: [Ablation] = [
        Ablation("stiffness: partial 8 of C4 over the harmonic, cents", .stiffness, least: 10) { t in
            let spectrum = Take(t, key: 60, 90, seconds: 1).spectrum(padding: 8)
            let first = spectrum.peak(near: 261.6, cents: 30).hz
            return Levels.cents(spectrum.peak(near: 8.05 * first, cents: 40).hz, 8 * first)
        },
        Ablation("unison spread: beats of C5's partials 1 to 6, dB", .unisonSpread, least: 0.5) { t in
            let take = Take(t, key: 72, 90, seconds: 3)
            return (1...6).reduce(0) { $0 + deviation(take.envelope(72, $1).residual(0.1...2)) } / 6
        },
        Ablation("unison coupling: prompt sound of C4 over its aftersound, ratio of rates", .unisonCoupling, least: 1) {
            t in
            let take = Take(t, key: 60, 90, seconds: 4)
            let ratios = (1...5).map { n in
                take.envelope(60, n).rate(0.1...0.6) / max(0.5, take.envelope(60, n).rate(1.5...3.8))
            }
            return ratios.reduce(0, +) / 5
        },
        Ablation(
            "second polarization: aftersound of C4's partials 1 to 4, dB re the start", .secondPolarization, least: 2
        ) { t in
            let take = Take(t, key: 60, 90, seconds: 3)
            return (1...4).reduce(0) { sum, n in
                let envelope = take.envelope(60, n, window: 0.3)
                return sum + envelope.level(at: 2.5) - envelope.level(at: 0.15)
            } / 4
        },
        Ablation(
            "board admittance: scatter of partial 1's early decay, keys 45 to 64, nepers", .boardAdmittance, least: 0.05
        ) { t in
            let rates = (45...64).map { key in
                Levels.ln(max(0.5, Take(t, key: key, 80, seconds: 0.8).envelope(key, 1).rate(0.1...0.7)))
            }
            return deviation(zip(rates, rates.dropFirst()).map { $1 - $0 })
        },
        Ablation("longitudinal: C2 fortissimo between its partials, dB re all", .longitudinal, least: 6) { t in
            let take = Take(t, key: 36, 117, seconds: 1.5)
            return take.between(36, 500..<2500, from: 0.2) - 10 * Levels.log10(48000) - take.level(0.2..<1.5)
        },
        Ablation("glide: how much sharper C2 fortissimo starts, cents", .glide, least: 0.5) { t in
            let take = Take(t, key: 36, 117, seconds: 3)
            let early = Spectrum(channels: [take.left[960..<15360], take.right[960..<15360]], padding: 32)
            let late = Spectrum(channels: [take.left[96000...], take.right[96000...]], padding: 8)
            let cents = (2...7).map { n in
                Levels.cents(
                    early.peak(near: take.hz(36, n), cents: 20).hz, late.peak(near: take.hz(36, n), cents: 20).hz)
            }
            return cents.sorted()[3]
        },
        Ablation("sympathy: C4 under the pedal between its partials, dB", .sympathy, least: 6) { t in
            Take(t, [pedal(.sustain, 1), struck(60, 90, at: 4800)], seconds: 4).between(60, 60..<2500, from: 1.1)
        },
        // As T17 reads it: each key against the mean of its neighbours.
        Ablation(
            "individuality: scatter of decay times from key to key, C3 to E5, nepers", .individuality, least: 0.03,
            within: 0.12...0.25
        ) { t in
            let times = (48...76).map { promptTime(t, $0) }
            let around = zip(times, times.dropFirst(2)).map { (before: Double, after: Double) in (before + after) / 2 }
            let apart = zip(times.dropFirst(), around).map { (own: Double, mean: Double) in own - mean }
            return deviation(apart) / 1.5.squareRoot()
        },
        Ablation(
            "individuality: how far neighbours of an old piano are out of tune, C4 to B4, cents", .individuality,
            .init(age: .one), least: 0.7, within: 1...4
        ) { t in
            let cents = (60...71).map { key -> Double in
                let hz = 440 * Levels.power(2, Double(key - 69) / 12)
                let spectrum = Take(t, key: key, 90, seconds: 2).spectrum(from: 0.1)
                return Levels.cents(spectrum.centre(near: spectrum.peak(near: hz, cents: 40).hz, cents: 12), hz)
            }
            return deviation(zip(cents, cents.dropFirst()).map { $1 - $0 }) / 2.0.squareRoot()
        },
    ]

    /// Logarithm of the time in which a key's prompt sound dies: the middle of partials 1 to 4.
    static func promptTime(_ t: InstrumentTables, _ key: Int) -> Double {
        let tau = min(1.3, max(0.15, Levels.power(2, -Double(key - 60) / 18)))
        let take = Take(t, key: key, 100, seconds: 0.2 + tau)
        let rates = (1...4).map { take.envelope(key, $0, window: 0.05).rate(0.05...0.05 + 0.6 * tau) }.sorted()
        return -Levels.ln(max(0.5, (rates[1] + rates[2]) / 2))
    }

    // MARK: - Hammer

    static let blow: [Ablation] = [
        Ablation("felt rate: time that C4's hammer stays at 4 m/s, ms", .feltRate, least: -0.1) { t in
            var engine = PianoEngine(tables: t)
            engine.schedule(struck(60, 95.4))
            var force: [Float] = []
            var (left, right) = ([Float](repeating: 0, count: 64), [Float](repeating: 0, count: 64))
            while force.count < 960 {
                var l = left.mutableSpan
                var r = right.mutableSpan
                engine.render(left: &l, right: &r)
                force += engine.contactForce
            }
            let peak = force.max() ?? 0
            return Double(force.count { $0 > 0.01 * peak }) / 48
        },
        Ablation("motion: what a second blow changes against a first, partials of C4, dB", .motion, least: 0.5) { t in
            let once = Take(t, key: 60, 90, seconds: 1)
            let twice = Take(t, [struck(60, 90), struck(60, 90, at: 24000)], seconds: 1.5)
            return (1...8).map { n in
                abs(
                    twice.envelope(60, n, window: 0.06).level(at: 0.6)
                        - once.envelope(60, n, window: 0.06).level(at: 0.1))
            }.max() ?? 0
        },
        Ablation("una corda: what the pedal does to C4, dB", .unaCorda, least: -1) { softer($0, 60) },
        Ablation("una corda: what the pedal does to A0's one string from 1 to 4 kHz, dB", .unaCorda, least: -0.5) { t in
            Take(t, [pedal(.unaCorda, 1), struck(21, 80)], seconds: 0.5).spectrum().band(1000..<4000)
                - Take(t, key: 21, 80, seconds: 0.5).spectrum().band(1000..<4000)
        },
        Ablation(
            "una corda: what the left pedal of an upright does to C4, dB", .unaCorda, .init(kind: .upright), least: -1.5
        ) { softer($0, 60) },
    ]

    static func softer(_ t: InstrumentTables, _ key: Int) -> Double {
        Take(t, [pedal(.unaCorda, 1), struck(key, 80)], seconds: 0.5).level(0..<0.4)
            - Take(t, key: key, 80, seconds: 0.5).level(0..<0.4)
    }

    // MARK: - Dampers and keys

    static let pedals: [Ablation] = [
        Ablation("dampers: C4 half a second after its release, dB", .dampers, least: -30) { afterRelease($0, 60) },
        Ablation("undamped top: A6 half a second after its release, dB", .undampedTop, least: 15) {
            afterRelease($0, 93)
        },
        Ablation("half pedal: C4 after its release under .45 of the pedal, dB over none", .halfPedal, least: 6) { t in
            afterRelease(t, 60, sustain: 0.45) - afterRelease(t, 60)
        },
        Ablation("sostenuto: C4 held by it, dB over let go", .sostenuto, least: 20) { t in
            let note = [struck(60, 90), pedal(.sostenuto, 1, at: 4800), released(60, at: 9600)]
            return Take(t, note, seconds: 0.9).level(0.7..<0.9)
        },
        Ablation("silent keys: C3 pressed before a short C4 fortissimo, dB", .silentKeys, least: 20) { t in
            let events = [
                EngineEvent(frame: 0, action: .press(pitch: Pitch(48))), struck(60, 110, at: 4800),
                released(60, at: 24000),
            ]
            return Take(t, events, seconds: 2).level(1..<2)
        },
    ]

    static func afterRelease(_ t: InstrumentTables, _ key: Int, sustain: Float = 0) -> Double {
        Take(t, [pedal(.sustain, sustain), struck(key, 90, at: 4800), released(key, at: 14400)], seconds: 0.9)
            .level(0.8..<0.9)
    }

    // MARK: - Noises

    static let noises: [Ablation] = [
        Ablation("knock: a muted blow on C4, dB", .knock, least: 6) {
            Take(muted($0), key: 60, 90, seconds: 0.2).level(0..<0.1)
        },
        Ablation("stroke noise: a muted blow on C4 above 1 kHz, dB", .strokeNoise, least: 6) {
            Take(muted($0), key: 60, 90, seconds: 0.2).spectrum().band(1000..<3000)
        },
        // 25 to 40 dB under the string's precursor, which is 9 to 14 dB under the first wave (piano-physics 2.11, 2.12).
        Ablation("touch: the 20 ms before a blow on C4, dB re the 20 ms after", .touch, least: 40, within: -54 ... -34)
        {
            t in
            let approach = EngineEvent(frame: 0, action: .approach(pitch: Pitch(60), velocity: 70, lead: 1200))
            let take = Take(t, [approach, struck(60, 70, at: 1200)], seconds: 0.1)
            return take.level(0..<0.02) - take.level(0.025..<0.045)
        },
        Ablation("key bottom: a muted soft blow on C6 without knock, 12 to 30 ms after it, dB", .keyBottom, least: 2) {
            var t = muted($0)
            (t.keys[63].knockShare, t.keys[63].stroke.share, t.keys[63].staticShare) = (0, 0, 0)
            return Take(t, key: 84, 30, seconds: 0.1).level(0.012..<0.03)
        },
        // Levels re the note that is let go, or one at mezzo-forte, as piano-physics 2.12 has them.
        Ablation(
            "damper noise: 16 to 40 ms after C4's release, dB re the note then", .damperNoise, least: 10,
            within: -45 ... -35
        ) {
            let note = [struck(60, 75), released(60, at: 24000)]
            return Take(muted($0), note, seconds: 0.6).level(0.516..<0.54)
                - Take($0, note, seconds: 0.6).level(0.46..<0.5)
        },
        Ablation(
            "pedal noise: the pedal going down, dB re C4 mezzo-forte", .pedalNoise, least: 40, within: -45 ... -35
        ) {
            Take($0, [pedal(.sustain, 1)], seconds: 0.2).level(0..<0.1) - mezzoforte($0)
        },
        Ablation("pedal noise: the rail landing, dB re C4 mezzo-forte", .pedalNoise, least: 40, within: -40 ... -30) {
            Take($0, [pedal(.sustain, 1), pedal(.sustain, 0, at: 24000)], seconds: 0.7).level(0.5..<0.6)
                - mezzoforte($0)
        },
    ]

    /// C4 over the first tenth of a second, dB.
    static func mezzoforte(_ t: InstrumentTables) -> Double { Take(t, key: 60, 75, seconds: 0.1).level(0..<0.1) }

    // MARK: - Soundboard

    static let board: [Ablation] = [
        Ablation("low modes: a muted blow on C3, 60 to 250 Hz, dB", .lowModes, least: 3) {
            Take(muted($0), key: 48, 90, seconds: 0.4).spectrum().band(60..<250)
        },
        Ablation("high bank: noise of a muted blow on C6, 2 to 4 kHz, dB", .highBank, least: 3) {
            Take(muted($0), key: 84, 90, seconds: 0.4).spectrum().band(2000..<4000)
        },
        Ablation("direct branch: a muted blow on C3 above 250 Hz, dB", .directBranch, least: 0.5) {
            // What regulation made of the blow taken off again.
            let evened = 20 * Levels.log10($0.keys[48 - 21].stroke.share)
            return Take(muted($0), key: 48, 90, seconds: 0.4).spectrum().band(250..<1000) - evened
        },
        Ablation("level compression: steps of partial 1 from key to key, C3 to C5, dB", .levelCompression, least: -0.3)
        {
            t in
            let levels = (48...72).map { key in Take(t, key: key, 80, seconds: 0.3).envelope(key, 1).level(at: 0.15) }
            return deviation(zip(levels, levels.dropFirst()).map { $1 - $0 })
        },
    ]

    // MARK: - Listening

    static let listening: [Ablation] = [
        // Channels of coherence .4 to .85 (piano-physics 3.7) differ by -5 to +1 dB of either, and more where one is louder.
        Ablation("stereo: difference of the channels, C3 to C5, dB re both", .stereo, least: 20, within: -5...2.5) {
            t in
            [48, 53, 60, 65, 72].reduce(0) { sum, key in
                let take = Take(t, key: key, 80, seconds: 0.5)
                return sum
                    + (Levels.decibels(zip(take.left, take.right).map { $0 - $1 }) - take.level(0..<0.5)) / 5
            }
        },
        Ablation("lid: closed, C5 above 2 kHz, dB re all", .lid, .init(lid: .zero), least: -3) { bright($0) },
        Ablation("lid: open, C5 above 2 kHz, dB re all", .lid, .init(lid: .one), least: 0.5) { bright($0) },
        Ablation(
            "near microphones: the felt piano's C3 below 160 Hz, dB", .nearMicrophones, .init(kind: .felt), least: 2
        ) {
            Take($0, key: 48, 80, seconds: 0.5).spectrum().band(20..<160)
        },
    ]

    // MARK: - The whole keyboard

    static let keyboard: [Ablation] = [
        Ablation("regulation: steps of level from key to key, C3 to C7, dB", .regulation, least: -0.5) { t in
            let levels = (48...96).map { key in Take(t, key: key, 75, seconds: 0.4).level(0..<0.4) }
            return deviation(zip(levels, levels.dropFirst()).map { $1 - $0 })
        }
    ]

    static func bright(_ t: InstrumentTables) -> Double {
        let spectrum = Take(t, key: 72, 90, seconds: 0.5).spectrum()
        return spectrum.band(2000..<16000) - spectrum.band(20..<16000)
    }
}
