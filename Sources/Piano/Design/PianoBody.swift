import Glibc
import Music

/// What differs between a nine-foot grand and an upright, and every piano between them.
struct PianoBody: Sendable {
    /// How far strings are from the grand's length to the upright's, 0...1, as a share of the ratio.
    var shortness: Double
    /// Hz: boards that their case holds tighter have f' with f'^2 = f^2 + cutOff^2 for each mode f of the grand's.
    var boardCutOff: Double
    /// 1e-4 of the strings' B over the keys, and a factor on it.
    var inharmonicity: DesignTable
    var inharmonicityFactor: Double
    /// dB of the board's radiation over the frequency, without what the fit adds.
    var bareSpectrum: DesignTable
    /// 1e-4 s/kg of the bridge over the keys (piano-fit 2.4).
    var conductance: DesignTable
    /// On the strings' losses over the keys (piano-fit 2.3).
    var lossTrim: DesignTable
    /// On the stiffness of the hammers' felt (piano-fit 2.2).
    var feltStiffness: Double
    /// On the noises of the action.
    var actionLevel: Double
    /// dB over the keys to which their mezzo-forte is brought, re middle C.
    ///
    /// The top keys are a little softer, since their short sound peaks high over its mean: evened to the end, they would
    /// pass full scale at velocity 117.
    var levels: DesignTable
    /// On the engine's output.
    var outputGain: Double
    var corrections: Corrections

    /// dB of the board's radiation over the frequency.
    var spectrum: DesignTable { bareSpectrum.raised(corrections.fit.spectrum) }

    init(
        shortness: Double, boardCutOff: Double, inharmonicity: DesignTable, inharmonicityFactor: Double,
        spectrum: DesignTable, conductance: DesignTable, lossTrim: DesignTable, feltStiffness: Double,
        actionLevel: Double, levels: DesignTable, outputGain: Double, corrections: Corrections
    ) {
        self.shortness = shortness
        self.boardCutOff = boardCutOff
        self.inharmonicity = inharmonicity
        self.inharmonicityFactor = inharmonicityFactor
        bareSpectrum = spectrum
        self.conductance = conductance
        self.lossTrim = lossTrim
        self.feltStiffness = feltStiffness
        self.actionLevel = actionLevel
        self.levels = levels
        self.outputGain = outputGain
        self.corrections = corrections
    }

    /// The body that lies `share` of the way from the grand to the upright.
    init(_ share: UnitInterval) {
        switch share {
        case .zero: self = .grand
        case UnitInterval(1): self = .upright
        default: self = PianoBody.grand.blended(with: .upright, Double(share.value))
        }
    }

    private func blended(with other: PianoBody, _ share: Double) -> PianoBody {
        func mean(_ path: KeyPath<PianoBody, Double>) -> Double {
            (1 - share) * self[keyPath: path] + share * other[keyPath: path]
        }
        func ratio(_ path: KeyPath<PianoBody, Double>) -> Double {
            self[keyPath: path] * pow(other[keyPath: path] / self[keyPath: path], share)
        }
        func table(_ path: KeyPath<PianoBody, DesignTable>) -> DesignTable {
            self[keyPath: path].blended(with: other[keyPath: path], share)
        }
        return PianoBody(
            shortness: mean(\.shortness), boardCutOff: mean(\.boardCutOff), inharmonicity: table(\.inharmonicity),
            inharmonicityFactor: mean(\.inharmonicityFactor), spectrum: table(\.bareSpectrum),
            conductance: table(\.conductance), lossTrim: table(\.lossTrim), feltStiffness: ratio(\.feltStiffness),
            actionLevel: ratio(\.actionLevel), levels: table(\.levels), outputGain: ratio(\.outputGain),
            corrections: corrections.blended(with: other.corrections, share))
    }
}
