import Moods
import Music

/// Sizes of what moves a note's velocity, in MIDI velocity unless said otherwise (music-fit B.2, B.3).
///
/// Neither a metrical accent nor a bass bonus is among them: pianists have none (music-fit B.2).
enum Dynamics {
    static let melodyUp: Float = 13.5
    static let accompanimentDown: Float = 2
    /// Which part of the melody's rise the whole piano pays for, so that the mean stays.
    static let balancePoint: Float = 0.45
    /// Per semitone of the accompaniment's own pitch.
    static let ownPitch: Float = 0.2
    /// Per semitone of the melody above its two-bar mean.
    static let contour: Float = 0.42
    /// dB per semitone.
    static let highLoud: Float = 0.04
    static let melodicCharge: Float = 0.45
    /// Per root of the harmonic charge.
    static let harmonicCharge: Float = 1.65
    /// Per doubling of the local density of notes.
    static let density: Float = 5.2
    /// For notes below G2.
    static let lowBass: Float = 6
    /// How far the accompaniment stays under the melody.
    static let reserve: Float = 6
    static let melodyNoise: (sd: Float, correlation: Float) = (5.5, 0.3)
    static let accompanimentNoise: Float = 5.5
    /// Shares of noise and balance that a pianist repeats every evening.
    static let noiseHabit: Float = 0.5
    static let balanceHabit: Float = 0.7
    /// The slow drift of each voice against the others, per beat.
    static let balance: (sd: Float, correlation: Float) = (3.5, 0.6)
    /// From here on hands hold back: what would be louder by one is louder by a part of it.
    static let reserved: (from: Float, share: Float) = (78, 0.5)
    /// Caps of music.md 5.1.
    static let softest: Float = 8
    static let loudest: Float = 118
}

/// The velocity of every note.
struct Touch {
    private let reading: Reading
    private let hands: Individuality
    private(set) var velocity: [Float]

    init(_ reading: Reading, _ curves: Curves, _ hands: Individuality) {
        self.reading = reading
        self.hands = hands
        velocity = []
        guard !reading.notes.isEmpty else { return }
        velocity = Self.planned(reading, curves)
        addContour()
        addCharge()
        addDensity()
        for (i, change) in HandVoicing.changes(reading).enumerated() { velocity[i] += change }
        addBalance()
        keepBelowMelody()
        addNoise()
        holdBack()
        calmThreats()
        velocity = velocity.map { ExpressiveWeights.clamp($0, Dynamics.softest, Dynamics.loudest) }
    }

    /// Sections, arches, emphasis and written marks in dB about the mood's velocity; the melody above the rest.
    private static func planned(_ reading: Reading, _ curves: Curves) -> [Float] {
        let weights = reading.weights
        let top = reading.meanMelodyPitch
        var level = reading.notes.indices.map { i in
            let cell = min(curves.level.count - 1, max(0, Grid.cell(reading.notes[i].onset)))
            let height = Dynamics.highLoud * weights.highLoud * (reading.pitch[i] - top)
            return curves.level[cell] + reading.notes[i].dynamic + height * (reading.isMelody[i] ? 1 : 0.5)
        }
        for (j, i) in reading.melody.enumerated() { level[i] += curves.emphasis[j] }
        let line = reading.melody.isEmpty ? Array(level.indices) : reading.melody
        let mean = line.reduce(0) { $0 + level[$1] } / Float(line.count)
        let up = Dynamics.melodyUp * weights.voicing
        return level.indices.map { i in
            weights.velocity * Exact.exp2((level[i] - mean) * Exact.log2(10) / 40) - Dynamics.accompanimentDown
                - Dynamics.balancePoint * up + (reading.isMelody[i] ? up : 0)
        }
    }

    /// Rises with the melody's contour in all voices, and with its own pitch in the accompaniment.
    private mutating func addContour() {
        let line = reading.melody
        let places = line.map { reading.onset[$0] }
        let pitches = line.map { reading.pitch[$0] }
        let means = gaussianSums(at: places, places: places, weights: pitches, width: 2 * Float(reading.metre))
        let contour = PiecewiseLinear(xs: places, ys: zip(pitches, means).map { $0 - $1.sum / max(1e-6, $1.mass) })
        let others = reading.notes.indices.filter { !reading.isMelody[$0] }
        let sorted = others.map { reading.pitch[$0] }.sorted()
        let middle = sorted.isEmpty ? 0 : (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
        for i in velocity.indices { velocity[i] += Dynamics.contour * contour(reading.onset[i]) }
        for i in others { velocity[i] += Dynamics.ownPitch * (reading.pitch[i] - middle) }
        for i in velocity.indices where reading.pitch[i] < 43 { velocity[i] += Dynamics.lowBass }
    }

    /// Tense chords and tense tones are louder.
    private mutating func addCharge() {
        let mean = reading.tension.reduce(0, +) / Float(velocity.count)
        for i in velocity.indices {
            velocity[i] +=
                reading.weights.charge
                * (Dynamics.harmonicCharge * (reading.tension[i] - mean)
                    + Dynamics.melodicCharge * (reading.isMelody[i] ? 1 : 0.6) * (reading.charge[i] - 2.5))
        }
    }

    /// Where notes crowd, against the bars around, it grows louder.
    private mutating func addDensity() {
        let beats = (0...reading.beats).map { Float($0) }
        let ones = [Float](repeating: 1, count: reading.onset.count)
        let bar = Float(reading.metre)
        let near = gaussianSums(at: beats, places: reading.onset, weights: ones, width: bar)
        let far = gaussianSums(at: beats, places: reading.onset, weights: ones, width: 4 * bar)
        let ratios = zip(near, far).map { near, far in
            Exact.log2(near.mass / bar + 0.1) - Exact.log2(far.mass / (4 * bar) + 0.1)
        }
        let mean = ratios.reduce(0, +) / Float(ratios.count)
        let ratio = PiecewiseLinear(values: ratios)
        for i in velocity.indices { velocity[i] += Dynamics.density * (ratio(reading.onset[i]) - mean) }
    }

    private mutating func addBalance() {
        for (voice, roles): (String, Set<VoiceRole>) in [
            ("melody", [.melody]), ("bass", [.bass]), ("middle", [.inner, .figure]),
        ] {
            let drift = PiecewiseLinear(
                values: hands.noise(
                    "balance/" + voice, reading.beats + 2, correlation: Dynamics.balance.correlation,
                    habit: Dynamics.balanceHabit))
            for i in velocity.indices where roles.contains(reading.notes[i].role) {
                velocity[i] += hands.freedom * Dynamics.balance.sd * drift(reading.onset[i])
            }
        }
    }

    /// The accompaniment stays under the melody that sounds with it.
    private mutating func keepBelowMelody() {
        let line = reading.melody
        guard !line.isEmpty else { return }
        let tune = PiecewiseLinear(xs: line.map { reading.onset[$0] }, ys: line.map { velocity[$0] })
        var random = hands.stream("reserve")
        for i in velocity.indices where !reading.isMelody[i] {
            let cap = tune(reading.onset[i]) - Dynamics.reserve + 2 * hands.freedom * random.normal()
            velocity[i] = min(velocity[i], max(20, cap))
        }
    }

    private mutating func addNoise() {
        var random = hands.stream("touch of the accompaniment")
        let noise = hands.noise(
            "touch", reading.melody.count, correlation: Dynamics.melodyNoise.correlation, habit: Dynamics.noiseHabit)
        for (j, i) in reading.melody.enumerated() {
            velocity[i] += hands.freedom * Dynamics.melodyNoise.sd * noise[j]
        }
        for i in velocity.indices where !reading.isMelody[i] {
            velocity[i] += hands.freedom * Dynamics.accompanimentNoise * random.normal()
        }
    }

    /// Nobody plays at full strength for long: the loudest tenth of an energetic piece ends near 90 (music.md 5.0).
    private mutating func holdBack() {
        let (limit, share) = Dynamics.reserved
        velocity = velocity.map { $0 > limit ? limit + share * ($0 - limit) : $0 }
    }

    /// Bright moods have no bar that is low and loud: one below the guard's pitch is held at its velocity (guard c).
    private mutating func calmThreats() {
        guard reading.weights.forbidsThreat else { return }
        let bars = Dictionary(grouping: velocity.indices) { reading.notes[$0].onset.floor / reading.metre }
        for members in bars.values {
            let count = Float(members.count)
            let pitch = members.reduce(0) { $0 + reading.pitch[$1] } / count
            let excess = members.reduce(0) { $0 + velocity[$1] } / count - MoodGuards.threat.velocity
            guard pitch < MoodGuards.threat.pitch, excess > 0 else { continue }
            for i in members { velocity[i] -= excess }
        }
    }
}
