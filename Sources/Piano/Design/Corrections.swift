/// What the acoustic table (piano-physics 5) asked for beyond the fit of single notes (piano-fit 2): factors on its tables
/// over the register, none per key.
///
/// Obtained by going through the rows of the table that stood outside, with the seed of the standard piano. The fit's own
/// piano is the one without corrections: against it the vectors of the reference model are held.
package struct Corrections: Sendable {
    /// On the bridge's conductance: less of it in the treble, whose top two octaves died too early (T8).
    let conductance: DesignTable
    /// On the strings' own losses: more of them where the aftersound of high partials stood too long (T42).
    let loss: DesignTable
    /// On how strongly a blow drives the second polarization (T10, T11, T12).
    let horizontal: DesignTable
    /// On the knock, which stood 6 to 9 dB too low in the treble (piano-fit 5; T20).
    let knock: DesignTable
    /// On the longitudinal force at the bridge, up to 4 dB strong in a fortissimo (T35).
    let longitudinal: Double
    /// Where hammers strike, x0/L: at .124 the eighth partial has its node under the hammer (T26); at Conklin's .122 it lies at 8.2.
    let strike: DesignTable
    /// Hz and order of the high-pass behind everything, and Hz of that of the direct branch: A0's fundamental is weak, not
    /// gone (T24), and D#1's nearly as weak, as recorded ones are.
    let highPass: Double
    let highPassOrder: Int
    let directHighPass: Double
    /// How far the two channels of the low modes part by chance (T39).
    let width: DesignTable
    /// dB on the board's spectrum (T41).
    let spectrum: DesignTable
    /// Whether the listening points are moved until keys lean as they stand (T39).
    let aimsImage: Bool
    /// Whether keys are evened (T18).
    let evensLevels: Bool
    /// Whether what partials beyond those kept would hand on to the bridge is handed on.
    let passesStatics: Bool

    /// Age from which keys drift: at 0 all that happens between two tunings is there, at the fit's own 0.2 it is not.
    let driftsFrom: Double

    /// What was fitted to the tone report on top (`Benchmarks`, `fit search`).
    var fit = InstrumentFit.prototype

    private static let one = DesignTable(.linear, [60: 1])

    /// The corrections that lie `share` of the way, 0...1, to others; what is on or off is this one's.
    func blended(with other: Corrections, _ share: Double) -> Corrections {
        func mean(_ path: KeyPath<Corrections, Double>) -> Double {
            (1 - share) * self[keyPath: path] + share * other[keyPath: path]
        }
        func table(_ path: KeyPath<Corrections, DesignTable>) -> DesignTable {
            self[keyPath: path].blended(with: other[keyPath: path], share)
        }
        return Corrections(
            conductance: table(\.conductance), loss: table(\.loss), horizontal: table(\.horizontal),
            knock: table(\.knock), longitudinal: mean(\.longitudinal), strike: table(\.strike),
            highPass: mean(\.highPass), highPassOrder: highPassOrder, directHighPass: mean(\.directHighPass),
            width: table(\.width), spectrum: table(\.spectrum), aimsImage: aimsImage, evensLevels: evensLevels,
            passesStatics: passesStatics, driftsFrom: mean(\.driftsFrom), fit: fit.blended(with: other.fit, share))
    }

    /// The piano of the fit.
    package static let none = Corrections(
        conductance: one, loss: one, horizontal: one, knock: one, longitudinal: 1, strike: StringDesign.strikePoint,
        highPass: 47.82608696, highPassOrder: 4, directHighPass: 57.14285714, width: DesignTable(.linear, [60: 0.5]),
        spectrum: DesignTable(.linear, [60: 0]), aimsImage: false, evensLevels: false, passesStatics: false,
        driftsFrom: 0.2)

    static let grand = Corrections(
        conductance: DesignTable(
            .logValue,
            [
                21: 1.77, 30: 1.41, 39: 0.85, 48: 1, 57: 1.05, 66: 0.95, 75: 0.7, 84: 0.72, 93: 0.3, 97: 0.3, 102: 0.5,
            ]),
        loss: DesignTable(
            .linear, [21: 0.56, 30: 0.99, 39: 1.35, 48: 1, 57: 1.1, 66: 1, 75: 1, 84: 2, 97: 1, 105: 1.6]),
        horizontal: DesignTable(.linear, [21: 1.55, 30: 1.12, 39: 1, 48: 1, 57: 0.85, 66: 0.85, 75: 1.1, 84: 1]),
        knock: DesignTable(.linear, [75: 1, 93: 2, 108: 2.2]),
        longitudinal: 0.9,
        strike: DesignTable(
            .linear, [21: 0.1242, 60: 0.1242, 70: 0.115, 75: 0.108, 80: 0.1, 90: 0.09, 100: 0.075, 108: 0.065]),
        highPass: 54, highPassOrder: 2, directHighPass: 48, width: DesignTable(.logPlace, [250: 0.5, 500: 0.6]),
        spectrum: DesignTable(.logPlace, [180: 0, 260: 4.3, 370: 0.7, 520: -0.6, 740: 0]), aimsImage: true,
        evensLevels: true, passesStatics: true, driftsFrom: 0, fit: .grand)

    /// The grand's where they are not of its strings: the rows of the table are a grand's.
    static let upright = Corrections(
        conductance: DesignTable(.logValue, [60: 1]), loss: one, horizontal: one, knock: one, longitudinal: 1,
        strike: grand.strike,
        highPass: grand.highPass, highPassOrder: grand.highPassOrder, directHighPass: grand.directHighPass,
        width: grand.width,
        spectrum: grand.spectrum, aimsImage: true, evensLevels: true, passesStatics: true, driftsFrom: 0,
        fit: .upright)
}
