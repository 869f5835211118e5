import Glibc
import Music

/// All that belongs to one key: strings, unison modes, second polarization, hammer, noises, way to the board.
struct KeyDesign {
    let tables: KeyTables
    /// The coupled strings of each partial from 1.
    private(set) var unisons: [UnisonEigenmodes] = []
    /// How loud the board radiates each mode of the tables, whatever the key.
    private(set) var radiated: [Double] = []
    /// The same over bands: squared magnitude times width, Hz.
    private(set) var bands: [Double] = []

    private static let halfSpread = DesignTable(.linear, [60: 0.35, 84: 0.45])
    private static let knock = DesignTable(.linear, [21: 1, 57: 1, 75: 0.7, 90: 0.35, 108: 0.3])
    private static let fade = DesignTable(.linear, [57: 1, 72: 0])
    private static let core = DesignTable(.linear, [21: 1.3, 40: 0.9, 41: 1.1, 108: 0.75])
    private static let longitudinal = DesignTable(
        .linear,
        [
            21: 14.2, 24: 14.2, 27: 14.1, 30: 14.0, 33: 14.0, 36: 13.9, 40: 13.7, 41: 15.8, 45: 15.6, 48: 15.4,
            52: 15.2, 56: 15, 60: 14.8, 64: 14.5, 68: 14.3, 72: 14.1, 76: 13.9, 80: 13.7, 84: 13.5, 88: 13.3, 92: 13,
            96: 12.8, 100: 12.6, 104: 12.4, 107: 12.3, 108: 12.4,
        ])
    private static let keyGain = DesignTable(
        .linear,
        [
            21: -0.486, 33: -1.991, 45: -1.216, 57: -0.226, 66: 0.1765, 75: 1.777, 84: -1.909, 90: -8.0, 96: -5.118,
            102: 6.471, 108: 12.2,
        ])

    init(key: Int, model: InstrumentModel, board: BoardDesign, radiation: Radiation) {
        let rate = radiation.sampleRate
        let m = Double(key)
        let isHere = model.mechanisms.contains
        let drift =
            isHere(.individuality) ? DriftDraws(seed: model.settings.seed, key: key) : DriftDraws.none
        let string = StringDesign(
            key: key, a4: model.settings.a4, drift: Self.tuningDrift * model.drift * drift.tuning,
            factor: model.inharmonicityFactor, widening: Self.feltWidening * model.felt, body: model.body)
        // The draws are those of the partials below 15 kHz at 440 Hz, whatever the tuning and the sample rate: tuning a
        // piano makes no other piano of it.
        let concert = StringDesign(
            key: key, a4: 440, drift: 0, factor: model.inharmonicityFactor, widening: 0, body: model.body)
        let drawn = concert.partials(below: 15000)
        let count = min(drawn, string.partials(below: 0.45 * rate))
        let draws =
            isHere(.individuality)
            ? KeyDraws(seed: model.settings.seed, key: key, partials: drawn, strings: string.count)
            : KeyDraws(evenPartials: drawn, strings: string.count)
        let loss = model.loss(key: m)
        let conductance = model.bridgeConductance(key: m)
        let fit = model.fit
        let grain =
            isHere(.individuality)
            ? GrainDraws(seed: model.settings.seed, key: key, partials: drawn) : GrainDraws(none: drawn)
        let (pitchGrain, lossGrain) = (fit(.pitchScatter, m) / 1200, fit(.lossScatter, m))
        let seated = Self.damping(key, model.mechanisms)
        let gains = radiation.gains(key: key)
        let keyGain = pow(10, (Self.keyGain(m) + fit(.level, m)) / 20)
        let half = Self.halfSpread(m) * fit(.spread, m) * draws.spread * model.scatter
        let tuned: [Double] =
            switch string.count {
            case 1: [0]
            case 2: [-half / 2, half / 2]
            default: [-half, 2 * half * draws.centre, half]
            }
        var shares = draws.strike.map { 1 + 0.03333333333 * model.scatter * $0 }
        let total = shares.reduce(0, +)
        shares = shares.map { $0 / total }
        // Una corda: the hammer misses the last string of two or three; the others take the whole force (2.14).
        var soft = shares
        if string.count > 1, isHere(.unaCorda) {
            soft[string.count - 1] = 0
            let rest = soft.reduce(0, +)
            soft = soft.map { $0 / rest }
        }

        var vertical: [StringMode] = []
        var horizontal: [StringMode] = []
        var along: [Double] = []
        var across: [Double] = []
        var kept = 0.0
        var passed = 0.0
        // Equal strings have no eigenvectors of their own: a hundredth of a cent, as piano-physics 3.1 asks.
        let jitter = isHere(.unisonSpread) ? 0.03 : 0.01
        for n in 1...max(1, count) {
            let f = string.frequency(n) * exp2(pitchGrain * grain.pitch[n - 1])
            let w = 2 * Double.pi * f
            let alpha = loss(f) * expOf(lossGrain * grain.loss[n - 1])
            let phi = string.hammerShape(n)
            let scale = 2 / (string.density * string.length * w)
            kept += 2 * phi * phi / (Double(string.count) * string.density * string.length * w * w)
            passed += string.bridgeShape(n) * phi * scale / w
            var y = board.relativeAdmittance(key: key, f)
            let ramp = min(1, max(0, (f - 800) / 600))
            let g =
                conductance(f)
                * expOf(
                    1.5 * draws.admittance[n - 1] * ramp / InstrumentModel.decibelsPerNeper
                        + lossGrain * grain.conductance[n - 1])
            y = y * g
            let kappa = y * (2 * string.f0 * string.impedance)
            let poles = tuned.indices.map { j in
                ComplexDouble(-alpha, w * exp2((tuned[j] + jitter * draws.jitter[n - 1][j]) / 1200))
            }
            let coupled =
                isHere(.unisonCoupling)
                ? UnisonEigenmodes(poles: poles, coupling: kappa) : UnisonEigenmodes(apart: poles, coupling: kappa)
            let eigen = coupled.turned(toward: shares)
            unisons.append(eigen)
            let bridge = string.bridgeShape(n)
            let damping = seated * pow(Double(min(n, 6)), 0.6)
            for (value, vector) in zip(eigen.values, eigen.vectors) {
                func sum(_ weights: [Double]) -> ComplexDouble {
                    zip(weights, vector).reduce(ComplexDouble(0)) { $0 + $1.1 * $1.0 }
                }
                let struck = sum(shares)
                let softly = sum(soft)
                let moved = sum(shares.map { _ in 1 })
                let hz = abs(value.im) / (2 * .pi)
                let magnitude = radiation.magnitude(hz, gains)
                along.append(magnitude)
                let level = Self.compression(hz, m, magnitude, model) * keyGain
                let takesPart = n <= 16 && f < (seated > 0 ? 2500 : Self.undampedLimit) && isHere(.sympathy)
                let sympathetic =
                    takesPart ? moved * bridge * (y / ComplexDouble(0, w)) : ComplexDouble(0)
                vertical.append(
                    StringMode(
                        partial: n, isHorizontal: false, pole: value, drive: struck * phi,
                        feedback: struck * (phi * scale), read: moved * (bridge * scale * level),
                        unaCordaDrive: softly * phi, unaCordaFeedback: softly * (phi * scale),
                        sympatheticDrive: sympathetic, damping: damping))
            }
            if n <= min(20, count), isHere(.secondPolarization) {
                let h = n - 1
                let product =
                    0.15 * model.corrections.horizontal(m) * fit(.horizontal, m)
                    * expOf(0.35 * draws.horizontalProduct[h])
                    * (1 - 0.4 * expOf(-Double(n - 1) / 1.5))
                let viaBridge =
                    0.5 * Double(string.count) * kappa.re / 6 * expOf(0.4 * draws.horizontalBridge[h])
                let pole = ComplexDouble(
                    -(alpha + viaBridge), w * exp2(fit(.horizontalOffset, m) * draws.horizontalOffset[h] / 1200))
                let root = product.squareRoot()
                let hz = pole.im / (2 * .pi)
                let magnitude = radiation.magnitude(hz, gains)
                across.append(magnitude)
                let level = Self.compression(hz, m, magnitude, model) * keyGain
                let drive = ComplexDouble(phi * root)
                let feedback = ComplexDouble(phi * root * scale / Double(string.count))
                horizontal.append(
                    StringMode(
                        partial: n, isHorizontal: true, pole: pole, drive: drive, feedback: feedback,
                        read: ComplexDouble(draws.horizontalSign[h] * root * bridge * scale * level),
                        unaCordaDrive: drive, unaCordaFeedback: feedback, sympatheticDrive: ComplexDouble(0),
                        damping: damping))
            }
        }
        radiated = along + across
        bands = Self.bands(radiation, gains)
        let statics =
            string.strike * string.length * (1 - string.strike) / (Double(string.count) * string.tension)

        let stiffness = 202e9 * .pi * pow(1e-3 * Self.core(m), 2) / 4
        let share = isHere(.longitudinal) ? 0.05 * model.corrections.longitudinal * Self.fade(m) : 0
        let decay = 6.9 / 0.2
        let resonances = (1...6).map { 2 * .pi * Self.longitudinal(m) * string.f0 * Double($0) }.filter {
            $0 < 2 * .pi * min(10000, 0.45 * rate)
        }
        let longitudinal = resonances.map { w -> LongitudinalMode in
            let r = expOf(-decay / rate)
            return LongitudinalMode(
                rotation: ComplexDouble(r * cos(w / rate), r * sin(w / rate)),
                gain: (w * w + decay * decay) / (w * rate) / Double(resonances.count))
        }
        tables = KeyTables(
            pitch: Pitch(key), strings: string.count,
            hammer: model.hammer(key: key, voicing: expOf(Self.voicingDrift * model.drift * drift.voicing)),
            softFelt: isHere(.unaCorda) ? Self.softFelt : 1, residualCompliance: max(0, statics - kept),
            motion: 2 / (string.density * string.length),
            glide: isHere(.glide)
                ? .pi * .pi * stiffness
                    / (16 * string.length * string.length * string.tension * Double(string.count)) * fit(.glide, m) : 0,
            staticShare: model.corrections.passesStatics ? keyGain * (string.strike - passed) : 0,
            modes: vertical + horizontal, longitudinalShare: share,
            longitudinalDrive: stiffness / (2 * string.tension * string.tension) / Double(string.count),
            longitudinalModes: share > 0 ? longitudinal : [],
            knockShare: isHere(.knock) ? 0.6 * model.corrections.knock(m) * Self.knock(m) * fit(.knock, m) : 0,
            knockLowPass: Self.knockLowPass(fit.knockCorner * fit(.knockCorner, m), rate),
            stroke: StrokeNoise(
                share: fit(.stroke, m), bandPass: Butterworth.bandPass(60 * fit(.strokeCorner, m), 3000, rate)[0],
                decay: fit.strokeDecay * fit(.strokeDecay, m)),
            hasDamper: seated > 0, bridgeRegion: Self.bridgeRegion(key),
            lowLeft: gains.low.left.map { Float($0 / rate) }, lowRight: gains.low.right.map { Float($0 / rate) },
            highLeft: gains.high.left.map { Float($0 / rate) }, highRight: gains.high.right.map { Float($0 / rate) })
    }

    /// Hz up to which strings without a damper ring along: their fundamentals, at a quarter of the lowest sample rate.
    private static let undampedLimit = 4400.0

    /// Cents and nepers of one standard deviation of an old piano's keys: neighbours stand 1 to 3 cents apart
    /// (Hinrichsen: piano-physics 2.4).
    private static let tuningDrift = 2.0
    private static let voicingDrift = 0.3

    /// The una corda pedal brings felt under the strings that has not been hammered hard.
    private static let softFelt = 0.4

    /// How much wider the contact gets with the whole moderator strip, m (piano-physics 2.15: 4 to 10 mm).
    private static let feltWidening = 7e-3

    private static func knockLowPass(_ hz: Double, _ rate: Double) -> SecondOrderSection {
        Butterworth.lowPass(order: 2, hz, rate)[0]
    }

    /// Regions 0 to 2 lie on the bass bridge, the others on the long one (piano-physics 3.4).
    private static func bridgeRegion(_ key: Int) -> Int {
        let bass = 3
        if key <= 40 { return (key - 21) * bass / 20 }
        return bass + (key - 41) * (InstrumentTables.bridgeRegions - bass) / 68
    }

    /// Factor on a mode's read weight that halves, in dB, how far the soundboard lifts or buries it (piano-fit 2.6).
    private static func compression(
        _ f: Double, _ key: Double, _ magnitude: Double, _ model: InstrumentModel
    ) -> Double {
        let smooth = pow(10, (model.flooredSpectrum(f) + model.corrections.spectrum(f)) / 20)
        guard model.mechanisms.contains(.levelCompression) else { return 1 }
        let ratio = min(10, max(0.1, magnitude / smooth))
        return pow(ratio, -model.fit(.compression, key))
    }

    /// What the board radiates of the key over 64 bands from 40 to 3000 Hz: squared magnitude times width.
    private static func bands(
        _ radiation: Radiation,
        _ gains: (low: (left: [Double], right: [Double]), high: (left: [Double], right: [Double]))
    ) -> [Double] {
        bandHz.map { hz in
            let magnitude = radiation.magnitude(hz, gains)
            return magnitude * magnitude * hz * (bandStep - 1)
        }
    }

    static let bandStep = pow(3000.0 / 40, 1.0 / 64)
    static let bandHz = (0..<64).map { 40 * pow(bandStep, Double($0) + 0.5) }

    private static let seated = DesignTable(
        .linear, [21: 8, 33: 10, 45: 14, 57: 20, 69: 28, 81: 36, 84: 38, 90: 10, 91: 0])

    /// Extra decay of partial 1 with the damper seated, 1/s: fading from 84, none from 91 (piano-physics 2.13).
    private static func damping(_ key: Int, _ mechanisms: Mechanisms) -> Double {
        guard mechanisms.contains(.dampers) else { return 0 }
        return seated(mechanisms.contains(.undampedTop) ? Double(key) : Double(min(key, 84)))
    }
}
