import Music

/// What can be measured in a sound that has been listened to.
struct SoundMeasures {
    var seconds: Double
    /// Whether there is nothing to hear.
    var isSilent = true
    /// Mean A-weighted level, dB re full scale.
    var level: Float = SoundFrame.silence
    /// Hz.
    var centroid: Float = 0
    /// 0 for a tone, 1 for noise.
    var flatness: Float = 0
    /// Sounds that begin, in a second.
    var onsets: Float = 0
    /// Sudden loud sounds in a minute.
    var impulses: Float = 0
    /// Mean change of the level within a twentieth of a second, dB.
    var roughness: Float = 0
    /// Seconds in which a sudden sound falls by 60 dB; nil where there are too few.
    var reverberation: Float?
    /// Share of the time in which somebody speaks, or sings.
    var voices: Float = 0
    /// Share of the time in which birds are heard.
    var birds: Float = 0
    var swell: Swell?
    /// Whether there may be waves whose period cannot be told.
    var hasUnclearWaves = false

    /// - Parameters:
    ///   - frames: twenty a second.
    ///   - framesPerSecond: exactly.
    ///   - seconds: length of the sound.
    init(_ frames: [SoundFrame], framesPerSecond: Double, seconds: Double) {
        self.seconds = seconds
        let heard = frames.filter { $0.level > -100 }
        guard let loudest = heard.map(\.level).max(), loudest > -80 else { return }
        isSilent = false
        let count = Float(heard.count)
        level = FrameAnalysis.decibels(heard.reduce(0) { $0 + Exact.pow(10, $1.level / 10) } / Float(frames.count))
        centroid = heard.reduce(0) { $0 + $1.centroid } / count
        flatness = heard.reduce(0) { $0 + $1.flatness } / count
        let changes = zip(frames, frames.dropFirst()).map { $1.level - $0.level }
        roughness = changes.reduce(0) { $0 + min(12, abs($1)) } / Float(max(1, changes.count))
        hearOnsets(frames, seconds)
        voices = Self.shareOfVoices(frames)
        birds = Self.shareOfBirds(frames)
        switch Self.swell(frames, framesPerSecond) {
        case .none: break
        case .unclear: hasUnclearWaves = true
        case .waves(let found): swell = found
        }
    }

    // MARK: - Onsets

    /// Sounds begin where the bands together rise steeply, at most ten a second; the sudden ones rise by 12 dB.
    private mutating func hearOnsets(_ frames: [SoundFrame], _ seconds: Double) {
        guard frames.count > 4 else { return }
        var rises = [Float](repeating: 0, count: frames.count)
        for i in 2..<frames.count {
            let step = frames[i].bands - frames[i - 2].bands
            // What is 50 dB below the loudest does not count.
            let audible = frames[i].bands .> level - 50
            rises[i] =
                step.replacing(with: 0, where: .!audible).clamped(
                    lowerBound: .zero, upperBound: SIMD8(repeating: 24)
                ).sum() / 6
        }
        var beginnings = 0
        var sudden: [Int] = []
        for i in 2..<frames.count - 2
        where rises[i] > 4.5 && (i - 2...i + 2).allSatisfy({ rises[$0] <= rises[i] }) {
            beginnings += 1
            if rises[i] > 12, frames[i].level > level + 3 || frames[i + 1].level > level + 3 { sudden.append(i) }
        }
        onsets = Float(beginnings) / Float(max(1, seconds))
        impulses = Float(sudden.count) * 60 / Float(max(1, seconds))
        // From 50 to 250 ms behind a sudden sound it falls in the room.
        let falls = sudden.filter { $0 + 6 < frames.count }.map { frames[$0 + 2].level - frames[$0 + 6].level }
            .filter { $0 > 1 }
        if falls.count >= 3 { reverberation = 60 * 0.2 * Float(falls.count) / falls.reduce(0, +) }
    }

    // MARK: - Voices and birds

    /// What the syllables of speech move its level by at least, dB: wind and traffic, however dark, stay below.
    private static let leastSyllables: Float = 2

    /// Voices: tones that stand out and glide, while those of instruments stay or leap, in syllables.
    private static func shareOfVoices(_ frames: [SoundFrame]) -> Float {
        let window = 40
        guard frames.count > window else { return 0 }
        var voiced = 0
        var windows = 0
        for start in stride(from: 0, through: frames.count - window, by: window / 2) {
            let part = frames[start..<start + window]
            var tonal: Float = 0
            var gliding: Float = 0
            for (a, b) in zip(part, part.dropFirst()) where a.voice.prominence > 14 && b.voice.prominence > 14 {
                tonal += 1
                let (f, g) = (a.voice.frequency, b.voice.frequency)
                if f != g, max(f, g) < 1.25 * min(f, g) { gliding += 1 }
            }
            windows += 1
            if tonal >= 0.2 * Float(window), gliding >= 0.25 * tonal, syllables(part) >= leastSyllables { voiced += 1 }
        }
        return Float(voiced) / Float(max(1, windows))
    }

    /// How much the level from 250 Hz to 2 kHz moves three to eight times a second, dB, in two seconds of frames: speech
    /// has its syllables there.
    private static func syllables(_ frames: ArraySlice<SoundFrame>) -> Float {
        let levels = frames.map { frame in
            FrameAnalysis.decibels((2...4).reduce(0) { $0 + Exact.pow(10, frame.bands[$1] / 10) })
        }
        let count = Float(levels.count)
        var power: Float = 0
        for cycles in 6...16 {
            var (a, b): (Float, Float) = (0, 0)
            for (i, level) in levels.enumerated() {
                let angle = 2 * Float.pi * Float(cycles * i) / count
                a += level * Exact.cos(angle)
                b += level * Exact.cos(angle - Float.pi / 2)
            }
            power += 2 * (a * a + b * b) / (count * count)
        }
        return power.squareRoot()
    }

    /// Birds: high tones far above the noise around them, in short calls.
    private static func shareOfBirds(_ frames: [SoundFrame]) -> Float {
        let window = 40
        var calling = 0
        var windows = 0
        for start in stride(from: 0, through: frames.count - window, by: window) {
            let part = frames[start..<start + window]
            let tones = part.filter {
                $0.bird.prominence > 20 && $0.bird.frequency > 2200 && $0.bird.level > $0.voice.level
            }
            windows += 1
            if tones.count >= 3, tones.count <= window * 3 / 4 { calling += 1 }
        }
        return Float(calling) / Float(max(1, windows))
    }

    // MARK: - Waves

    /// What the noise must be re all that sounds, dB.
    private static let leastNoise: Float = -1

    /// The level of the noise: in each band what lies between the partials, and of half a second the quiet part.
    private static func swell(_ frames: [SoundFrame], _ framesPerSecond: Double) -> SwellFinding {
        guard frames.count > 120 else { return .none }
        let levels = noise(frames)
        // The loud quarter of the time is the waves' own: where it is all partials, it is music that comes and goes.
        let loud = levels.sorted()[levels.count * 3 / 4]
        let crests = zip(frames, levels).filter { $1 >= loud }.map(\.0)
        let share = crests.reduce(0) { $0 + noiseShare($1) } / Float(max(1, crests.count))
        guard share >= leastNoise else { return .none }
        // To ten values a second.
        let count = Int(Double(levels.count) / framesPerSecond * 10)
        let even = (0..<count).map { i -> Float in
            let at = Double(i) * framesPerSecond / 10
            let low = min(levels.count - 1, Int(at))
            let high = min(levels.count - 1, low + 1)
            return levels[low] + (levels[high] - levels[low]) * Float(at - Double(low))
        }
        return SwellDetector.swell(in: even)
    }

    /// Noise re all that sounds, dB, in the band within 30 dB of the loudest where there is most of it: 0 for noise alone.
    private static func noiseShare(_ frame: SoundFrame) -> Float {
        let audible = frame.bands.max() - 30
        let shares = (2..<8).filter { frame.bands[$0] > audible }.map { frame.floor[$0] - frame.bands[$0] }
        return shares.max() ?? SoundFrame.silence
    }

    private static func noise(_ frames: [SoundFrame]) -> [Float] {
        let reach = 5
        var mean = [Float](repeating: 0, count: frames.count)
        var bands: Float = 0
        let highest = frames.map { $0.floor.max() }.max() ?? 0
        for band in 2..<8 {
            let raw = frames.map { max($0.floor[band], highest - 60) }
            guard raw.contains(where: { $0 > highest - 50 }) else { continue }
            bands += 1
            for i in raw.indices {
                let part = raw[max(0, i - reach)...min(raw.count - 1, i + reach)].sorted()
                mean[i] += part[part.count / 4]
            }
        }
        return mean.map { $0 / max(1, bands) }
    }
}
