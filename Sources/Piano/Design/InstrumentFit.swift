package import Music

/// What was fitted on top of the constants of single notes: factors over the register and a few numbers of the whole
/// piano, none per key and none per recording.
///
/// `Benchmarks` has the command that looks for them (`fit search`); `prototype` has none, so that the design can be held
/// against the reference model.
package struct InstrumentFit: Codable, Hashable, Sendable {
    /// What differs by register.
    package enum Quantity: String, CaseIterable, Codable, CodingKeyRepresentable, Hashable, Sendable {
        /// Factor on the bridge's conductance.
        case conductance
        /// Exponent of frequency on the conductance, 1 at three times the fundamental.
        case conductanceSlope
        /// Factor on the loss of an isolated string.
        case loss
        /// Exponent of frequency on that loss, 1 at three times the fundamental.
        case lossSlope
        /// Standard deviation from partial to partial of the string's loss and of the bridge's conductance, nepers:
        /// winding and bridge differ along a string.
        case lossScatter
        /// Standard deviation of the partials' pitch about the stiff string, cents.
        case pitchScatter
        /// Factor on the spread of a unison.
        case spread
        /// Factor on the second polarization, as a product of drive and read weight.
        case horizontal
        /// Cents of one standard deviation by which the second polarization stands apart.
        case horizontalOffset
        /// Exponent of the level compression; 0.5 halves in dB how far the board lifts a partial.
        case compression
        /// Factor on the knock.
        case knock
        /// Factor on the knock's corner: light hammers that are soon away knock higher.
        case knockCorner
        /// Factor on the noise of the stroke.
        case stroke
        /// Factor on the corner below which that noise falls.
        case strokeCorner
        /// Factor on the time that it takes to die.
        case strokeDecay
        /// Factor on the felt's stiffness.
        case felt
        /// Factor on the tension that a large amplitude adds: bridge and plate give way to it.
        case glide
        /// dB of the string's partials.
        case level
        /// dB of the high bank.
        case highBank

        /// The value that changes nothing.
        package var neutral: Double {
            switch self {
            case .conductance, .loss, .spread, .horizontal, .horizontalOffset, .knock, .knockCorner, .stroke,
                .strokeCorner, .strokeDecay, .felt, .glide:
                1
            case .compression: 0.5
            case .conductanceSlope, .lossSlope, .lossScatter, .pitchScatter, .level, .highBank: 0
            }
        }
    }

    /// MIDI numbers in the middle of bass, tenor, middle, alto and treble, where the values of `registers` stand.
    package static let places: [Double] = [29, 46, 60, 75, 96]

    /// Five values of each quantity that is not neutral, linear between `places`, constant outside.
    package var registers: [Quantity: [Double]] = [:]
    /// dB on the spectrum of the board's radiation, at the places of its table from 30 Hz up.
    package var spectrum = [Double](repeating: 0, count: 18)
    /// Gain of the direct branch.
    package var direct = 0.8
    /// Level of the board's low modes.
    package var lowModes = 0.66
    /// Loss factor of the board's modes.
    package var boardLoss = 0.03125
    /// Root of the energy of the stroke's noise at 1 m/s, N, and its exponent of the hammer's speed.
    package var stroke = 2.0
    package var strokeExponent = 1.5
    /// Time constant of that noise's decay, s.
    package var strokeDecay = 18e-3
    /// Noise of the key's bed, N.
    package var keyBottom = 5.0
    /// Corner of the knock, Hz.
    package var knockCorner = 266.6666667

    package init() {}

    /// Nothing on top.
    package static let prototype = InstrumentFit()

    /// The fit of each kind of piano.
    package static func fitted(_ kind: InstrumentSettings.Kind) -> InstrumentFit {
        PianoBody(InstrumentSettings(kind: kind).bodyInPlace).corrections.fit
    }

    /// The fit that lies `share` of the way, 0...1, to another.
    func blended(with other: InstrumentFit, _ share: Double) -> InstrumentFit {
        func mean(_ a: Double, _ b: Double) -> Double { (1 - share) * a + share * b }
        func means(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map(mean) }
        var fit = InstrumentFit()
        for quantity in Quantity.allCases where registers[quantity] != nil || other.registers[quantity] != nil {
            let neutral = Self.places.map { _ in quantity.neutral }
            fit.registers[quantity] = means(registers[quantity] ?? neutral, other.registers[quantity] ?? neutral)
        }
        fit.spectrum = means(spectrum, other.spectrum)
        for path in [
            \.direct, \.lowModes, \.boardLoss, \.stroke, \.strokeExponent, \.strokeDecay, \.keyBottom, \.knockCorner,
        ] as [WritableKeyPath<InstrumentFit, Double>] {
            fit[keyPath: path] = mean(self[keyPath: path], other[keyPath: path])
        }
        return fit
    }

    /// The value of a quantity at a key.
    func callAsFunction(_ quantity: Quantity, _ key: Double) -> Double {
        guard let values = registers[quantity], values.count == Self.places.count else { return quantity.neutral }
        let places = Self.places
        guard key > places[0] else { return values[0] }
        for i in 1..<places.count where key <= places[i] {
            let t = (key - places[i - 1]) / (places[i] - places[i - 1])
            return values[i - 1] + t * (values[i] - values[i - 1])
        }
        return values[values.count - 1]
    }
}
