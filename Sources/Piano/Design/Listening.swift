import Glibc

/// Lid and microphones: what lies between the board and the listener, as far as a room does not (piano-physics 3.7).
///
/// The grand's radiation was fitted to recordings made from about half a metre under a lid half open: there nothing is
/// added. Uprights and felt pianos are heard from nearer.
public struct Listening: Hashable, Sendable {
    /// Sections that both channels pass.
    public var sections: [SecondOrderSection] = []
    /// Share of the sound that comes by way of the lid.
    public var reflection = 0.0
    /// Frames that it comes later, left and right.
    public var delayLeft = 0
    public var delayRight = 0

    static let fittedLid = 0.5
    /// m.
    static let fittedDistance = 0.5

    /// Nothing in the way.
    init() {}

    /// A lid and a distance.
    ///
    /// A closed lid keeps the treble in; a lid opened wider lets out more of it, and throws an image of the strings 0.6
    /// to 1.1 m above them to the front. Close to the board, the pressure of a dipole rises by 6 dB an octave below
    /// c/(2 pi r).
    ///
    /// - Parameters:
    ///   - lid: 0 closed to 1 open.
    ///   - distance: from the strings, m.
    ///   - sampleRate: Hz.
    init(lid: Double, distance: Double, sampleRate: Double) {
        let opening = (lid - Self.fittedLid) / Self.fittedLid
        if opening != 0 {
            let decibels = opening < 0 ? 8 * opening : 2 * opening
            sections.append(Self.shelf(above: 1400, gain: pow(10, decibels / 20), sampleRate))
        }
        if opening > 0 {
            reflection = 0.25 * opening
            delayLeft = Int((0.55 / 343 * sampleRate).rounded())
            delayRight = Int((0.8 / 343 * sampleRate).rounded())
        }
        if distance != Self.fittedDistance {
            sections.append(Self.nearField(distance, sampleRate))
        }
    }

    /// First order: 1 at 0 Hz, `gain` far above a frequency.
    private static func shelf(above hz: Double, gain: Double, _ rate: Double) -> SecondOrderSection {
        // (1 + s sqrt(g)/w) / (1 + s/(w sqrt(g))), bilinear with the middle of the step at hz.
        let root = gain.squareRoot()
        return section(zero: 1 / (tan(.pi * hz / rate)) * root, pole: 1 / (tan(.pi * hz / rate)) / root, gain: 1)
    }

    /// (s + c/r) / (s + c/r0): the near field at r against the one of the fit.
    private static func nearField(_ distance: Double, _ rate: Double) -> SecondOrderSection {
        let here = 343 / distance / (2 * rate)
        let fitted = 343 / fittedDistance / (2 * rate)
        return section(zero: 1 / here, pole: 1 / fitted, gain: fittedDistance / distance)
    }

    /// gain (1 + zero s) / (1 + pole s) with s = (1 - z^-1) / (1 + z^-1).
    private static func section(zero: Double, pole: Double, gain: Double) -> SecondOrderSection {
        let n = 1 / (1 + pole)
        return SecondOrderSection(
            b0: gain * (1 + zero) * n, b1: gain * (1 - zero) * n, b2: 0, a1: (1 - pole) * n, a2: 0)
    }
}
