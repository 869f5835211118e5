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
            corrections: settings.kind == .grand ? .grand : .upright)
    }

    /// The tables of an instrument with a fit of one's own on top of its corrections.
    package static func make(
        settings: InstrumentSettings, sampleRate: Double, fit: InstrumentFit
    ) -> InstrumentTables {
        var corrections: Corrections = settings.kind == .grand ? .grand : .upright
        corrections.fit = fit
        return make(settings: settings, sampleRate: sampleRate, corrections: corrections)
    }

    /// The tables of an instrument with other corrections than its own.
    package static func make(
        settings: InstrumentSettings, sampleRate: Double, mechanisms: Mechanisms = .all, corrections: Corrections
    ) -> InstrumentTables {
        let fit = corrections.fit
        let model = InstrumentModel(settings, mechanisms, corrections)
        let board = BoardDesign(
            seed: settings.seed, spectrum: model.spectrum, mechanisms: mechanisms, corrections: corrections)
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
            burstExponent: fit.strokeExponent, burstDecay: fit.strokeDecay,
            action: ActionNoise(factor: model.actionLevel, keyBottom: fit.keyBottom, mechanisms: mechanisms),
            leftPedal: settings.kind == .grand ? .shift : .halfBlow, mechanisms: mechanisms,
            outputGain: model.outputGain)
    }
}

/// What differs between the instruments: the constants of the fit for grand (piano-fit 2) and upright (7).
struct InstrumentModel {
    let settings: InstrumentSettings
    let mechanisms: Mechanisms
    let corrections: Corrections
    var fit: InstrumentFit { corrections.fit }
    let inharmonicity: DesignTable
    let inharmonicityFactor: Double
    let spectrum: DesignTable
    /// The spectrum with its values raised to -40 dB, against which level compression measures.
    let flooredSpectrum: DesignTable
    let conductance: DesignTable
    let lossTrim: DesignTable
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

    init(_ settings: InstrumentSettings, _ mechanisms: Mechanisms, _ corrections: Corrections) {
        let fit = corrections.fit
        self.settings = settings
        self.mechanisms = mechanisms
        self.corrections = corrections
        // Felt pianos are uprights with a strip of felt in front of the hammers, heard from close by (2.15).
        let isUpright = settings.kind != .grand
        inharmonicity = isUpright ? Self.uprightInharmonicity : StringDesign.grandInharmonicity
        inharmonicityFactor = mechanisms.contains(.stiffness) ? isUpright ? 1 : 0.95 : 1e-6
        spectrum = (isUpright ? Self.uprightSpectrum : Self.grandSpectrum).raised(fit.spectrum)
        flooredSpectrum = spectrum.floored(-40)
        conductance = isUpright ? Self.uprightConductance : Self.grandConductance
        lossTrim = isUpright ? Self.uprightTrim : Self.grandTrim
        // The moderator strip in front of the hammer, continuous from 0 to 1 (piano-physics 2.15).
        felt = Double(settings.feltInPlace.value)
        let hardness = max(-1, min(1, Double(settings.hardness ?? InstrumentSettings.standardHardness)))
        stiffnessFactor =
            (isUpright ? 0.2 : 0.7) * pow(10, -1.7 * felt)
            * pow(10, hardness * (hardness < 0 ? Self.softVoicing : Self.hardVoicing))
        burstLevel = fit.stroke
        let mechanism = settings.mechanism ?? InstrumentSettings.standardMechanism
        actionLevel =
            (isUpright ? 1.5 : 1) * (1 + 4 * felt)
            * pow(10, Double(mechanism - InstrumentSettings.standardMechanism) / 20)
        microphoneDistance = Listening.fittedDistance * Double(settings.kind.nearness)
        // So that velocity 127 on C4 alone peaks at -12 dBFS: measured, and held by a test.
        let decibels =
            switch settings.kind {
            case .grand: 0.0
            case .upright: -0.5 * felt
            case .felt: -1.47 - 0.7 * felt
            }
        outputGain = (isUpright ? 0.003_059 : 0.002_866) * (1 + 0.036 * felt) * pow(10, decibels / 20)
        scatter = mechanisms.contains(.unisonSpread) ? 0.6 + 2 * Double(settings.age.value) : 0
        drift = max(0, Double(settings.age.value) - corrections.driftsFrom) / (1 - corrections.driftsFrom)
    }

    /// Decades of the felt's stiffness from the fitted hammer to the softest and the hardest voicing.
    static let softVoicing = 0.7
    static let hardVoicing = 0.4

    static let grandSpectrum = DesignTable(
        .logPlace,
        [
            30: -91.99, 45: -54.0, 65: -18.56, 90: 8.068, 130: 12.01, 180: 1.922, 260: -3.573, 370: -0.9428,
            520: 2.775, 740: -1.832, 1050: 0.3667, 1480: 4.521, 2100: 1.931, 3000: -4.764, 4200: -7.726, 6000: -9.118,
            8500: -25.46, 12000: -52.63,
        ])
    static let uprightSpectrum = DesignTable(
        .logPlace,
        [
            30: -91.99, 45: -54.0, 65: -18.56, 90: 8.068, 130: 12.01, 180: 1.922, 260: -3.573, 370: -0.9428,
            520: 2.775, 740: -3.5, 1050: -4, 1480: -3, 2100: -8.4, 3000: -14.4, 6000: -14.4, 8500: -28, 12000: -52.63,
        ])
    static let grandConductance = DesignTable(
        .logValue,
        [
            21: 2.171, 30: 1.921, 39: 7.002, 48: 4.148, 57: 4.204, 66: 5.479, 75: 3.791, 84: 3.702, 93: 1.329,
            105: 2.554,
        ])
    static let uprightConductance = DesignTable(
        .logValue,
        [21: 3.9, 30: 1.8, 39: 5.4, 48: 2.4, 57: 3.2, 66: 6.9, 75: 3.3, 84: 3.7, 93: 1.0, 105: 3.2])
    static let grandTrim = DesignTable(
        .linear,
        [
            21: 0.6399, 30: 0.484, 39: 0.8215, 48: 1.379, 57: 0.8813, 66: 1.078, 75: 0.9494, 84: 0.5769, 93: 1.135,
            105: 0.9535,
        ])
    static let uprightTrim = DesignTable(
        .linear,
        [21: 1.05, 30: 0.46, 39: 1.0, 48: 2.0, 57: 0.8, 66: 1.8, 75: 1.5, 84: 1.3, 93: 2.9, 105: 2.0])
    static let uprightInharmonicity = DesignTable(
        .logValue,
        [
            21: 4.6, 27: 3.0, 33: 2.15, 39: 2.0, 45: 1.9, 51: 1.8, 57: 2.5, 63: 3.1, 69: 4.8, 75: 8.9, 81: 16, 87: 26,
            93: 43, 99: 75, 105: 140, 108: 180,
        ])

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
            corrections.loss(key) * fit(.loss, key) * lossTrim(key) * Self.lossAt1k(key) / Self.decibelsPerNeper
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
        let level = 1e-4 * corrections.conductance(key) * conductance(key) * fit(.conductance, key)
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
            longitudinalLowPass: Butterworth.lowPass(order: 2, 9000, sampleRate),
            burstBandPass: Butterworth.bandPass(60, 3000, sampleRate))
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
