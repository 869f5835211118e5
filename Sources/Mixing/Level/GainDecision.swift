import Glibc

/// The one gain of a piece: the asked loudness, unless the true peak forbids it.
package struct GainDecision: Hashable, Sendable {
    /// dB to apply.
    package let gain: Float
    /// LUFS after the gain; nil for silence.
    package let loudness: Float?
    /// dBTP after the gain; nil for silence.
    package let truePeak: Float?
    /// Whether the peak kept the loudness below what was asked.
    package let isLimitedByPeak: Bool

    /// As a factor.
    package var factor: Float { Float(gainFromDecibels: gain) }

    /// Decides.
    /// - Parameters:
    ///   - measured: the piece before gain.
    ///   - target: LUFS, -60...0; nil leaves the calibrated level alone.
    ///   - ceiling: dBTP that the piece may reach; ignored without a target.
    package init(measured: LoudnessMeasurement, target: Float?, ceiling: Float = -1) {
        var gain: Float = 0
        var limited = false
        if let target, let truePeak = measured.truePeak {
            let room = ceiling - truePeak
            let wanted = measured.integrated.map { target - $0 } ?? min(0, room)
            limited = wanted > room
            // A hair below, so that rounding never lands above the ceiling.
            gain = limited ? room - 0.001 : wanted
        }
        self.gain = gain
        isLimitedByPeak = limited
        loudness = measured.integrated.map { $0 + gain }
        truePeak = measured.truePeak.map { $0 + gain }
    }
}

extension Float {
    /// 20 lg of an amplitude.
    init(decibels amplitude: Double) { self = Float(20 * log10(amplitude)) }

    /// The factor for a gain in dB; exactly 1 for 0.
    init(gainFromDecibels gain: Float) { self = gain == 0 ? 1 : powf(10, gain / 20) }
}
