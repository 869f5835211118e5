import BeachPianoTestSupport
import Moods
import Music
import Senses
import Testing

private func heard(_ sound: TestSound) throws -> SoundImpression {
    var ear = try SoundEar(sampleRate: TestSound.rate)
    try ear.listen(left: sound.samples.span, right: sound.samples.span)
    return ear.impression()
}

private let periods = [5, 7, 8.6, 11, 14]

@Suite struct SwellTests {
    @Test(arguments: periods)
    func `the period of the waves is found, whatever is heard with them`(_ period: Double) throws {
        for seed: UInt64 in [1, 2] {
            let surf = TestSound.surf(period: period, seed: seed)
            let (noise, voices) = (TestSound.pinkNoise(seed: seed), TestSound.voices(seed: seed))
            let music = TestSound.music(seed: seed)
            let cases: [(name: String, sound: TestSound, allowed: Double)] = [
                ("clean", surf, 0.05), ("with noise", surf.mixed(with: noise), 0.1),
                ("with voices", surf.mixed(with: voices), 0.1), ("with music", surf.mixed(with: music), 0.1),
                ("with all three", surf.mixed(with: music).mixed(with: voices).mixed(with: noise), 0.1),
            ]
            var line = "waves of \(period) s, seed \(seed):"
            for (name, sound, allowed) in cases {
                let found = try heard(sound).swell
                let swell = try #require(found, "\(name): no waves")
                line += " \(name) \((swell.period * 100).rounded() / 100)"
                #expect(abs(swell.period / period - 1) <= allowed, "\(name): \(swell)")
            }
            print(line)
        }
    }

    @Test func `noise, silence, voices, music and birds have no waves`() throws {
        for seed: UInt64 in 1...4 {
            let cases: [(String, TestSound)] = [
                ("noise", .pinkNoise(seed: seed)), ("half a minute of noise", .pinkNoise(seconds: 30, seed: seed)),
                ("silence", .silence()), ("voices", .voices(seed: seed)), ("music", .music(seed: seed)),
                ("birds", .birds(seed: seed)),
                ("voices and noise", TestSound.voices(seed: seed).mixed(with: .pinkNoise(seed: seed))),
                ("music and noise", TestSound.music(seed: seed).mixed(with: .pinkNoise(seed: seed))),
            ]
            for (name, sound) in cases { #expect(try heard(sound).swell == nil, "\(name)") }
        }
    }

    /// Waves of another making: heights after Rayleigh, in sets, each gap its own.
    ///
    /// What is claimed of two minutes is right within 5 % clean and 10 % mixed, but for one in a hundred; what is claimed of
    /// less, within 10 %, or within 20 % where it says that it is not sure. Nothing is twice or half as long.
    @Test func `waves in sets are not taken two or four at a time, and too few are not claimed`() throws {
        var (found, wrong, asked) = (0, 0, 0)
        for period in [4, 5, 6, 7, 8.6, 11, 14] {
            var line = "sets of \(period) s:"
            for seed: UInt64 in 1...3 {
                for depth in [0, 0.5] {
                    for seconds in [120.0, 60, 30] {
                        let (surf, mean) = TestSound.sets(period: period, seconds: seconds, sets: depth, seed: seed)
                        var cases: [(name: String, sound: TestSound, allowed: Double)] = [("clean", surf, 0.05)]
                        if seconds == 120 {
                            cases += [
                                ("with noise", surf.mixed(with: .pinkNoise(seed: seed)), 0.1),
                                ("with voices", surf.mixed(with: .voices(seed: seed)), 0.1),
                                ("with music", surf.mixed(with: .music(seed: seed)), 0.1),
                            ]
                        }
                        for (name, sound, allowed) in cases {
                            let swell = try heard(sound).swell
                            if seconds == 120 { asked += 1 }
                            line += swell == nil ? " -" : ""
                            guard let swell else { continue }
                            let error = swell.period / mean - 1
                            line += " \((1000 * error).rounded() / 10)"
                            if seconds == 120 {
                                found += 1
                                if abs(error) > allowed { wrong += 1 }
                            }
                            let bound = seconds == 120 || swell.isTentative ? 0.2 : 0.1
                            #expect(
                                abs(error) <= bound,
                                "\(name), \(seconds) s, seed \(seed), sets \(depth): \(swell), not \(mean)")
                        }
                    }
                }
            }
            print("\(line) % off")
        }
        print("of two minutes \(found) of \(asked) found, \(wrong) wrong")
        #expect(Double(found) >= 0.85 * Double(asked) && wrong * 100 <= asked)
    }

    @Test func `brown noise has no waves and nobody speaks in it`() throws {
        for seed: UInt64 in 1...4 {
            for seconds in [30.0, 60, 120] {
                let brown = try heard(.brownNoise(seconds: seconds, seed: seed))
                #expect(brown.swell == nil && !brown.hasUnclearWaves)
                #expect(!brown.impression.reasons.contains { $0.contains("voices") }, "\(brown.impression.reasons)")
            }
        }
    }

    @Test func `the clock of 8_6 s is nine beats for the mood of the worked example`() {
        let mood = Axes(
            valence: 0.58, energy: -0.36, tension: -0.55, intimacy: 0.78, nostalgia: 0.42, openness: 0.55
        ).mood
        let clock = SwellClock(period: 8.6, mood: mood)
        #expect(clock.beats == 9 && clock.metre.beats == 3 && abs(clock.tempo - 62.79) < 0.01)
    }
}

@Suite struct SoundSenseTests {
    @Test func `voices come near, birds please, noise without waves does not, a bustle stirs`() throws {
        let surf = try heard(.surf(period: 8, seed: 3)).impression
        let talk = try heard(TestSound.surf(period: 8, seed: 3).mixed(with: .voices(seed: 3))).impression
        #expect(talk.axes.intimacy > surf.axes.intimacy + 0.2 && talk.axes.energy > surf.axes.energy + 0.2)
        #expect(talk.reasons.contains { $0.hasPrefix("sound, voices nearby -> intimacy +") }, "\(talk.reasons)")
        #expect(surf.confidence.intimacy == 0 && talk.confidence.intimacy > 0.3)
        let noise = try heard(.pinkNoise(seconds: 60, seed: 3)).impression
        let birds = try heard(.birds(seed: 3)).impression
        #expect(birds.axes.valence > noise.axes.valence + 0.2, "\(birds.reasons)")
        #expect(birds.reasons.contains { $0.hasPrefix("sound, birds -> valence +") })
        #expect(surf.axes.valence > noise.axes.valence + 0.1 && surf.axes.openness > 0.15)
        #expect(!surf.reasons.contains { $0.contains("birds") || $0.contains("voices") }, "\(surf.reasons)")
    }

    @Test func `silence says little`() throws {
        let silence = try heard(.silence()).impression
        #expect(silence.reasons == ["sound, nothing but silence -> energy -.80, tension -.30"])
        #expect(silence.confidence.valence == 0 && silence.confidence.energy < 0.5)
    }

    @Test func `loudness, sample rate, length beyond the limit and block size do not matter`() throws {
        let surf = TestSound.surf(period: 7, seconds: 60, seed: 4)
        let base = try heard(surf)
        var quiet = try SoundEar(sampleRate: TestSound.rate)
        let low = surf.samples.map { $0 * 0.05 }
        for start in stride(from: 0, to: low.count, by: 777) {
            let part = Array(low[start..<min(low.count, start + 777)])
            try quiet.listen(left: part.span, right: part.span)
        }
        let soft = quiet.impression()
        for axis in 0..<6 { #expect(abs(soft.impression.axes[axis] - base.impression.axes[axis]) < 0.05) }
        #expect(abs((soft.swell?.period ?? 0) / (base.swell?.period ?? 1) - 1) < 0.01)
        // Every second frame at half the rate.
        var half = try SoundEar(sampleRate: TestSound.rate / 2)
        let thin = stride(from: 0, to: surf.samples.count, by: 2).map { surf.samples[$0] }
        try half.listen(left: thin.span, right: thin.span)
        #expect(abs((half.impression().swell?.period ?? 0) / 7 - 1) < 0.05)
        var long = try SoundEar(sampleRate: 8000)
        let block = [Float](repeating: 0.1, count: 8000)
        for _ in 0..<400 { try long.listen(left: block.span, right: block.span) }
        #expect(long.isFull && long.seconds == SoundEar.longest)
    }

    @Test func `what is no sound is refused in one line`() throws {
        #expect(throws: SenseError("0 Hz is no sample rate of sound: 4000...384000 Hz are read")) {
            _ = try SoundEar(sampleRate: 0).seconds
        }
        for bad in [Float.nan, .infinity, -1e30] {
            var ear = try SoundEar(sampleRate: 8000)
            var samples = [Float](repeating: 0, count: 8000)
            samples[4000] = bad
            #expect(throws: SenseError("the sample at 0.5 s is no sound")) {
                try ear.listen(left: samples.span, right: samples.span)
            }
        }
    }
}
