import Glibc

/// Sounds made for tests, 32 kHz mono: surf as bursts of filtered noise, and what may be heard with it.
///
/// Nothing here is shared with the sea that the product makes.
public struct TestSound: Sendable {
    public static let rate = 32_000
    public private(set) var samples: [Float]

    /// A small generator of its own.
    private struct Dice {
        var state: UInt64
        mutating func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) * 0x1p-53
        }
        mutating func normal() -> Double {
            var sum = -6.0
            for _ in 0..<12 { sum += next() }
            return sum
        }
    }

    /// Surf whose crests are `period` seconds apart in the mean, each a random 12 % early or late and of its own height.
    public static func surf(period: Double, seconds: Double = 120, seed: UInt64) -> TestSound {
        var dice = Dice(state: seed &* 7919 &+ 17)
        for _ in 0..<8 { _ = dice.next() }
        var gaps: [Double] = []
        let count = Int((seconds / period).rounded(.up)) + 2
        for _ in 0..<count { gaps.append(max(0.5, 1 + 0.12 * dice.normal())) }
        let scale = Double(count) * period / gaps.reduce(0, +)
        var crest = -period * dice.next()
        var level = [Double](repeating: 0.06, count: Int(seconds) * rate)
        var crests: [(at: Double, height: Double, fall: Double)] = []
        for gap in gaps {
            crests.append(
                (crest, 0.35 + 0.5 * (-log(1 - 0.95 * dice.next())).squareRoot(), period * (0.16 + 0.14 * dice.next())))
            crest += gap * scale
        }
        let rise = 0.12 * period
        for wave in crests {
            let first = max(0, Int((wave.at - 3 * rise) * Double(rate)))
            let last = min(level.count, Int((wave.at + 5 * wave.fall) * Double(rate)))
            for i in first..<max(first, last) {
                let t = Double(i) / Double(rate) - wave.at
                level[i] += wave.height * (t < 0 ? exp(t / rise * 1.5) : exp(-t / wave.fall))
            }
        }
        // Noise that falls by about 4 dB an octave above 300 Hz.
        var (slow, middle) = (0.0, 0.0)
        return TestSound(
            samples: level.map { level in
                let white = dice.next() + dice.next() - 1
                slow += 0.06 * (white - slow)
                middle += 0.35 * (white - middle)
                return Float(level * (slow * 1.2 + middle * 0.35 + white * 0.06))
            })
    }

    /// Surf of a second kind: heights after Rayleigh, so that some waves are hardly there, in sets of five to eight that
    /// grow and fade by `sets` of their height; each gap 12 % long or short by itself; brown noise and white.
    ///
    /// - Returns: the sound, and the mean seconds from crest to crest within it.
    public static func sets(
        period: Double, seconds: Double = 120, sets: Double = 0.5, seed: UInt64
    ) -> (sound: TestSound, period: Double) {
        var dice = Dice(state: seed &* 86_028_121 &+ UInt64(period * 10) &* 2_038_074_743 &+ 23)
        for _ in 0..<8 { _ = dice.next() }
        let (waves, phase) = (5 + 3 * dice.next(), 2 * .pi * dice.next())
        var level = [Double](repeating: 0.08, count: Int(seconds) * rate)
        var crest = -period * dice.next()
        var inside: [Double] = []
        var index = 0.0
        while crest < seconds + period {
            let drawn = 0.7 * (-2 * log(1 - 0.9999 * dice.next())).squareRoot()
            let height = drawn * (1 + sets * cos(2 * .pi * index / waves + phase))
            let rise = 0.175 * period * (0.8 + 0.4 * dice.next())
            let fall = 0.3 * period * (0.8 + 0.4 * dice.next())
            let first = max(0, Int((crest - 3 * rise) * Double(rate)))
            let last = min(level.count, Int((crest + 6 * fall) * Double(rate)))
            for i in first..<max(first, last) {
                let t = Double(i) / Double(rate) - crest
                level[i] += height * (t < 0 ? exp(-t * t / (rise * rise)) : exp(-t / fall))
            }
            if (0..<seconds).contains(crest) { inside.append(crest) }
            crest += period * max(0.3, 1 + 0.12 * dice.normal())
            index += 1
        }
        var brown = 0.0
        let samples = level.map { level in
            let white = dice.next() + dice.next() - 1
            brown = 0.9 * brown + white
            return Float(0.1 * level * (0.4 * brown + 0.3 * white))
        }
        let gaps = Double(max(1, inside.count - 1))
        return (TestSound(samples: samples), ((inside.last ?? 0) - (inside.first ?? 0)) / gaps)
    }

    /// Noise whose power falls by 6 dB an octave: the wind, and traffic far away.
    public static func brownNoise(seconds: Double = 120, seed: UInt64) -> TestSound {
        var dice = Dice(state: seed &* 67_867_979 &+ 13)
        var brown = 0.0
        return TestSound(
            samples: (0..<Int(seconds) * rate).map { _ in
                brown = 0.9995 * brown + 0.02 * (dice.next() + dice.next() - 1)
                return Float(brown)
            })
    }

    /// Noise whose power falls by 3 dB an octave (Kellet's filter).
    public static func pinkNoise(seconds: Double = 120, seed: UInt64) -> TestSound {
        var dice = Dice(state: seed &* 104_729 &+ 3)
        var b = [Double](repeating: 0, count: 3)
        return TestSound(
            samples: (0..<Int(seconds) * rate).map { _ in
                let white = dice.next() + dice.next() - 1
                b[0] = 0.99765 * b[0] + white * 0.0990460
                b[1] = 0.96300 * b[1] + white * 0.2965164
                b[2] = 0.57000 * b[2] + white * 1.0526913
                return Float(0.1 * (b[0] + b[1] + b[2] + white * 0.1848))
            })
    }

    public static func silence(seconds: Double = 30) -> TestSound {
        TestSound(samples: [Float](repeating: 0, count: Int(seconds) * rate))
    }

    /// Somebody talking: glottal pulses through three formants, syllables, breaths, and a hiss now and then.
    public static func voices(seconds: Double = 120, seed: UInt64) -> TestSound {
        var dice = Dice(state: seed &* 15_485_863 &+ 11)
        for _ in 0..<8 { _ = dice.next() }
        var out = [Float](repeating: 0, count: Int(seconds) * rate)
        let vowels: [[Double]] = [
            [730, 1090, 2440], [270, 2290, 3010], [530, 1840, 2480], [570, 840, 2410], [300, 870, 2240],
        ]
        var at = 0.3
        while at < seconds - 1 {
            let end = min(seconds - 0.5, at + 1.2 + 2.8 * dice.next())
            var pitch = 130 * exp2(0.9 * dice.next())
            while at < end {
                let length = 0.12 + 0.14 * dice.next()
                if dice.next() < 0.35 {
                    // A consonant's hiss.
                    var last = 0.0
                    let size = 0.05 + 0.05 * dice.next()
                    for i in 0..<Int(size * Double(rate)) {
                        let white = 2 * dice.next() - 1
                        let index = Int(at * Double(rate)) + i
                        if index < out.count {
                            out[index] += Float(0.12 * (white - last) * sin(.pi * Double(i) / (size * Double(rate))))
                        }
                        last = white
                    }
                    at += size
                }
                let vowel = vowels[Int(dice.next() * 5)]
                let glide = 1 + 0.25 * (dice.next() - 0.5)
                var phase = 0.0
                var filters = [[Double]](repeating: [0, 0], count: 3)
                for i in 0..<Int(length * Double(rate)) {
                    let share = Double(i) / (length * Double(rate))
                    phase += pitch * (1 + (glide - 1) * share) / Double(rate)
                    var pulse = 0.0
                    if phase >= 1 {
                        phase -= 1
                        pulse = 1
                    }
                    var sum = 0.0
                    for f in 0..<3 {
                        let r = exp(-Double.pi * (60 + 40 * Double(f)) / Double(rate))
                        let y =
                            pulse + 2 * r * cos(2 * .pi * vowel[f] / Double(rate)) * filters[f][0] - r * r
                            * filters[f][1]
                        filters[f][1] = filters[f][0]
                        filters[f][0] = y
                        sum += y / Double(1 + f)
                    }
                    let index = Int(at * Double(rate)) + i
                    if index < out.count { out[index] += Float(0.1 * sum * sin(.pi * share).squareRoot()) }
                }
                pitch *= 0.95 + 0.08 * dice.next()
                at += length + 0.03 * dice.next()
            }
            at = end + 0.3 + 0.9 * dice.next()
        }
        return TestSound(samples: out)
    }

    /// A slow piano: chords and a tune over bars, each note with its own partials that die away.
    public static func music(seconds: Double = 120, bar: Double = 2.6, seed: UInt64) -> TestSound {
        var dice = Dice(state: seed &* 32_452_843 &+ 5)
        for _ in 0..<8 { _ = dice.next() }
        var out = [Float](repeating: 0, count: Int(seconds) * rate)
        func note(_ midi: Int, at time: Double, _ height: Double) {
            let hz = 440 * exp2(Double(midi - 69) / 12)
            for partial in 1...8 where hz * Double(partial) < 9000 {
                let f = hz * Double(partial) * (1 + 0.0004 * Double(partial * partial)).squareRoot()
                let w = 2 * Double.pi * f / Double(rate)
                let decay = exp(-(0.8 + 0.5 * Double(partial)) / Double(rate))
                var (a, b) = (0.0, height / Double(partial * partial) * sin(w))
                let twice = 2 * cos(w) * decay
                for i in Int(time * Double(rate))..<min(out.count, Int((time + 4) * Double(rate))) {
                    out[i] += Float(a)
                    (a, b) = (b, twice * b - decay * decay * a)
                }
            }
        }
        let chords = [[48, 55, 64, 67], [45, 52, 60, 64], [41, 53, 60, 65], [43, 50, 59, 62]]
        var index = 0
        var time = 0.1
        while time < seconds - bar {
            let chord = chords[index % 4]
            for (i, midi) in chord.enumerated() { note(midi, at: time + 0.25 * bar * Double(i), 0.3) }
            for beat in 0..<3 where dice.next() < 0.7 {
                note(chord[1 + Int(dice.next() * 3)] + 12, at: time + bar * Double(beat) / 3, 0.25 + 0.2 * dice.next())
            }
            index += 1
            time += bar
        }
        return TestSound(samples: out)
    }

    /// Chirps in groups over a quiet garden.
    public static func birds(seconds: Double = 60, seed: UInt64) -> TestSound {
        var dice = Dice(state: seed &* 49_979_687 &+ 9)
        for _ in 0..<8 { _ = dice.next() }
        var out = pinkNoise(seconds: seconds, seed: seed).samples.map { $0 * 0.05 }
        var time = 0.5
        while time < seconds - 2 {
            let hz = 2800 + 2500 * dice.next()
            for call in 0..<(2 + Int(dice.next() * 4)) {
                let start = time + 0.22 * Double(call)
                var phase = 0.0
                for i in 0..<Int(0.14 * Double(rate)) {
                    let share = Double(i) / (0.14 * Double(rate))
                    phase += (hz + 600 * sin(.pi * 2 * share)) / Double(rate)
                    out[Int(start * Double(rate)) + i] += Float(0.15 * sin(2 * .pi * phase) * sin(.pi * share))
                }
            }
            time += 1.5 + 2 * dice.next()
        }
        return TestSound(samples: out)
    }

    private var level: Double {
        (samples.reduce(0) { $0 + Double($1 * $1) } / Double(samples.count)).squareRoot()
    }

    /// With another sound at the same mean level.
    public func mixed(with other: TestSound) -> TestSound {
        let gain = Float(level / other.level)
        return TestSound(samples: zip(samples, other.samples).map { $0 + gain * $1 })
    }

    public func cut(to seconds: Double) -> TestSound {
        TestSound(samples: Array(samples.prefix(Int(seconds * Double(Self.rate)))))
    }
}
