import Glibc
public import Music

extension InstrumentTables {
    /// The tables of an instrument: physical data and the frozen draws of its seed, worked out once.
    ///
    /// - Parameters:
    ///   - settings: which piano.
    ///   - sampleRate: 44100...96000 Hz.
    ///   - mechanisms: what it is made of.
    /// - Returns: what `PianoEngine` plays.
    public static func make(
        settings: InstrumentSettings, sampleRate: Double, mechanisms: Mechanisms = .all
    ) -> InstrumentTables {
        make(
            settings: settings, sampleRate: sampleRate, mechanisms: mechanisms,
            body: PianoBody(settings.bodyInPlace))
    }

    /// The tables of an instrument with a fit of one's own on top of its corrections.
    package static func make(
        settings: InstrumentSettings, sampleRate: Double, fit: InstrumentFit
    ) -> InstrumentTables {
        var body = PianoBody(settings.bodyInPlace)
        body.corrections.fit = fit
        return make(settings: settings, sampleRate: sampleRate, mechanisms: .all, body: body)
    }

    /// The tables of an instrument with other corrections than its own.
    package static func make(
        settings: InstrumentSettings, sampleRate: Double, mechanisms: Mechanisms = .all, corrections: Corrections
    ) -> InstrumentTables {
        var body = PianoBody(settings.bodyInPlace)
        body.corrections = corrections
        return make(settings: settings, sampleRate: sampleRate, mechanisms: mechanisms, body: body)
    }

    private static func make(
        settings: InstrumentSettings, sampleRate: Double, mechanisms: Mechanisms, body: PianoBody
    ) -> InstrumentTables {
        let corrections = body.corrections
        let fit = corrections.fit
        let model = InstrumentModel(settings, mechanisms, body)
        let board = BoardDesign(model)
        var radiation = Radiation(board: board, sampleRate: sampleRate)
        if corrections.aimsImage { radiation.aim(model) }
        radiation.tables.listening = Listening(
            lid: mechanisms.contains(.lid)
                ? Double((settings.lid ?? InstrumentSettings.standardLid).value) : Listening.fittedLid,
            distance: mechanisms.contains(.nearMicrophones) ? model.microphoneDistance : Listening.fittedDistance,
            sampleRate: sampleRate)
        let designs = (21...108).map { KeyDesign(key: $0, model: model, board: board, radiation: radiation) }
        let isEven = mechanisms.contains(.regulation) && corrections.evensLevels
        let keys = isEven ? Regulation(model: model, radiation: radiation).even(designs) : designs.map(\.tables)
        return InstrumentTables(
            settings: settings, sampleRate: sampleRate, keys: keys, board: radiation.tables,
            burstLevel: mechanisms.contains(.strokeNoise) ? model.burstLevel : 0,
            burstExponent: fit.strokeExponent,
            action: ActionNoise(factor: model.actionLevel, keyBottom: fit.keyBottom, mechanisms: mechanisms),
            halfBlow: settings.bodyInPlace, mechanisms: mechanisms,
            outputGain: model.outputGain)
    }
}

/// An instrument as its settings, its mechanisms and its body make it.
struct InstrumentModel {
    let settings: InstrumentSettings
    let mechanisms: Mechanisms
    let body: PianoBody
    var corrections: Corrections { body.corrections }
    var fit: InstrumentFit { body.corrections.fit }
    /// On the body's table of inharmonicity.
    let inharmonicityFactor: Double
    let spectrum: DesignTable
    /// The spectrum with its values raised to -40 dB, against which level compression measures.
    let flooredSpectrum: DesignTable
    let stiffnessFactor: Double
    let felt: Double
    let burstLevel: Double
    let outputGain: Double
    /// 1 at the age that the constants were fitted at; scales tuning and voicing scatter.
    let scatter: Double
    /// 0 for a piano fresh from tuning and voicing, 1 for an old friend: what has drifted since.
    let drift: Double
    /// Factor on the noises of the action.
    let actionLevel: Double
    /// m.
    let microphoneDistance: Double

    init(_ settings: InstrumentSettings, _ mechanisms: Mechanisms, _ body: PianoBody) {
        let fit = body.corrections.fit
        self.settings = settings
        self.mechanisms = mechanisms
        self.body = body
        inharmonicityFactor = mechanisms.contains(.stiffness) ? body.inharmonicityFactor : 1e-6
        spectrum = body.spectrum
        flooredSpectrum = spectrum.floored(-40)
        // The moderator strip in front of the hammer, continuous from 0 to 1 (piano-physics 2.15).
        felt = Double(settings.feltInPlace.value)
        let hardness = max(-1, min(1, Double(settings.hardness ?? InstrumentSettings.standardHardness)))
        stiffnessFactor =
            body.feltStiffness * pow(10, -1.7 * felt)
            * pow(10, hardness * (hardness < 0 ? Self.softVoicing : Self.hardVoicing))
        burstLevel = fit.stroke
        let mechanism = settings.mechanism ?? InstrumentSettings.standardMechanism
        actionLevel =
            body.actionLevel * (1 + 4 * felt)
            * pow(10, Double(mechanism - InstrumentSettings.standardMechanism) / 20)
        microphoneDistance = Listening.fittedDistance * Double(settings.nearness)
        // So that velocity 127 on C4 alone peaks at -12 dBFS: measured, and held by a test.
        let decibels = -0.25 * felt * Double(settings.bodyInPlace.value)
        outputGain = body.outputGain * (1 + 0.036 * felt) * pow(10, decibels / 20)
        scatter = mechanisms.contains(.unisonSpread) ? 0.6 + 2 * Double(settings.age.value) : 0
        let fresh = body.corrections.driftsFrom
        drift = max(0, Double(settings.age.value) - fresh) / (1 - fresh)
    }

    /// Decades of the felt's stiffness from the fitted hammer to the softest and the hardest voicing.
    static let softVoicing = 0.7
    static let hardVoicing = 0.4

    private static let lossAt1k = DesignTable(
        .logValue,
        [21: 2.7, 25: 2.5, 36: 1.7, 45: 2.1, 55: 3.0, 63: 4.2, 71: 5.6, 80: 6.5, 90: 6.5, 100: 11.0, 108: 17.0])
    private static let lossExponent = DesignTable(
        .linear,
        [21: 0, 25: 0, 36: 0.15, 45: 0.1, 55: 0.25, 63: 0.38, 71: 0.5, 80: 0.5, 90: 0.55, 100: 0.5, 108: 0.5])
    static let conductanceShape = DesignTable(
        .logPlace,
        [40: 1.6, 80: 1.8, 130: 1.8, 250: 1.3, 500: 1, 1000: 1.1, 2000: 1.7, 4000: 2.3, 8000: 2.5])

    static let decibelsPerNeper = 20 / logOf(10)

    /// Decay of one isolated string on a rigid bridge, 1/s, as a function of the frequency (piano-fit 2.3).
    func loss(key: Double) -> (Double) -> Double {
        let level =
            corrections.loss(key) * fit(.loss, key) * body.lossTrim(key) * Self.lossAt1k(key) / Self.decibelsPerNeper
        let exponent = Self.lossExponent(key)
        let (slope, third) = (fit(.lossSlope, key), Self.third(key))
        return { f in
            level * pow(f / 1000, exponent) * pow(f / third, slope) + 0.025 * (f / 1000) * (f / 1000)
        }
    }

    /// Three times the fundamental of a key at 440 Hz, where the slopes of the fit turn.
    private static func third(_ key: Double) -> Double { 3 * 440 * exp2((key - 69) / 12) }

    /// Conductance of the bridge, s/kg, as a function of the frequency, without the board's modes (piano-fit 2.4).
    func bridgeConductance(key: Double) -> (Double) -> Double {
        let level = 1e-4 * corrections.conductance(key) * body.conductance(key) * fit(.conductance, key)
        let (slope, third) = (fit(.conductanceSlope, key), Self.third(key))
        return { f in level * Self.conductanceShape(f) * pow(max(0.3, min(3, f / third)), slope) }
    }

    /// Stulov's hammer with the factors of the fit (2.7; piano-fit 2.2).
    ///
    /// - Parameters:
    ///   - key: MIDI number.
    ///   - voicing: factor on the stiffness.
    /// - Returns: mass and felt.
    func hammer(key: Int, voicing: Double) -> HammerTables {
        let i = Double(key - 20)
        let mass = 11.074 - 0.074 * i + 0.0001 * i * i
        let rate = 259.5 - 0.58 * i + 0.066 * i * i - 0.00125 * i * i * i + 1.172e-05 * i * i * i * i
        return HammerTables(
            mass: 1e-3 * (0.8 * mass + felt),
            stiffness: fit(.felt, Double(key)) * voicing * stiffnessFactor * 183 * expOf(0.045 * i),
            exponent: 4.116666667 + 0.004583333333 * i,
            rate: mechanisms.contains(.feltRate) ? 1e-6 * rate * (1 + felt) : 0)
    }
}

/// The board as the engine plays it, and its frequency response.
struct Radiation {
    var board: BoardDesign
    var tables: BoardTables
    let sampleRate: Double
    let highHz: [Double]
    // Each mode's taps cos(w n) exp(-a n) as a section, for the response.
    let low: [SecondOrderSection]
    let highLeft: [SecondOrderSection]
    let highRight: [SecondOrderSection]

    init(board: BoardDesign, sampleRate: Double) {
        self.board = board
        self.sampleRate = sampleRate
        highHz = board.highFrequencies
        func branch(_ higher: Double) -> [SecondOrderSection] {
            Butterworth.lowPass(order: 1, 928.5714286, sampleRate)
                + (0..<6).map { Butterworth.allPass(150 * pow(1.62, Double($0)) * higher, q: 0.7, sampleRate) }
                + Butterworth.highPass(order: 2, board.corrections.directHighPass, sampleRate)
        }
        tables = BoardTables(
            lowPoles: (0..<board.lowCount).map { ComplexDouble(-board.lowDecay($0), 2 * .pi * board.hz[$0]) },
            highLeftPoles: highHz.map { ComplexDouble(-.pi * 0.02 * $0, 2 * .pi * $0) },
            highRightPoles: highHz.map {
                ComplexDouble(-.pi * 0.02 * $0, 2 * .pi * $0 * board.halfStep)
            },
            directGain: board.mechanisms.contains(.directBranch) ? board.corrections.fit.direct : 0,
            directLeft: branch(1),
            directRight: branch(board.mechanisms.contains(.stereo) ? 1.13 : 1),
            highPass: Butterworth.highPass(
                order: board.corrections.highPassOrder, board.corrections.highPass, sampleRate),
            longitudinalLowPass: Butterworth.lowPass(order: 2, 9000, sampleRate))
        func section(_ pole: ComplexDouble) -> SecondOrderSection {
            let r = exp(pole.re / sampleRate)
            let c = cos(pole.im / sampleRate)
            return SecondOrderSection(b0: 1, b1: -r * c, b2: 0, a1: -2 * r * c, a2: r * r)
        }
        low = tables.lowPoles.map(section)
        highLeft = tables.highLeftPoles.map(section)
        highRight = tables.highRightPoles.map(section)
    }

    /// Gains of a key's modes per sample, as the engine applies them.
    func gains(key: Int) -> (low: (left: [Double], right: [Double]), high: (left: [Double], right: [Double])) {
        (board.lowGains(key: key), board.highGains(key: key, highHz))
    }

    /// rms of left and right of the whole response at `f` Hz, without room.
    func magnitude(
        _ f: Double,
        _ gains: (low: (left: [Double], right: [Double]), high: (left: [Double], right: [Double]))
    ) -> Double {
        let w = 2 * Double.pi * f
        let (c, s) = (cos(w / sampleRate), sin(w / sampleRate))
        var left = ComplexDouble(0)
        var right = ComplexDouble(0)
        for m in 0..<board.lowCount {
            let h = low[m].response(cos: c, sin: s)
            left = left + h * (gains.low.left[m] / sampleRate)
            right = right + h * (gains.low.right[m] / sampleRate)
        }
        for k in highLeft.indices {
            left = left + highLeft[k].response(cos: c, sin: s) * (gains.high.left[k] / sampleRate)
            right = right + highRight[k].response(cos: c, sin: s) * (gains.high.right[k] / sampleRate)
        }
        func direct(_ sections: [SecondOrderSection]) -> ComplexDouble {
            sections.reduce(ComplexDouble(tables.directGain)) { $0 * $1.response(cos: c, sin: s) }
        }
        left = left + direct(tables.directLeft)
        right = right + direct(tables.directRight)
        let highPass = tables.highPass.reduce(ComplexDouble(1)) { $0 * $1.response(cos: c, sin: s) }
        return ((left.magnitudeSquared + right.magnitudeSquared) / 2).squareRoot() * highPass.magnitude
    }
}
