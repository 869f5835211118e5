import Glibc
import Music

/// The synthetic soundboard: what the bridge feels and what radiates come from the same modes (piano-fit 2.4, 2.6).
struct BoardDesign {
    let hz: [Double]
    let eta: [Double]
    /// Per key from 21, per mode: Phi, normalised over the keys.
    let shape: [[Double]]
    let draws: BoardDraws
    let bank: HighBankDraws
    let spectrum: DesignTable
    let lowCount: Int
    let mechanisms: Mechanisms
    let corrections: Corrections
    /// How much more of each mode left hears than right, for half of their sum.
    var lowSide: [Double]
    var highSide: [Double]

    static let highCount = 96

    init(_ model: InstrumentModel) {
        mechanisms = model.mechanisms
        corrections = model.corrections
        let corrections = corrections
        draws = BoardDraws(seed: model.settings.seed)
        bank = HighBankDraws(seed: model.settings.seed, count: Self.highCount)
        spectrum = model.spectrum
        let lowest = model.body.boardCutOff
        hz = draws.frequency.map { ($0 * $0 + lowest * lowest).squareRoot() }
        eta = draws.lossFactor.map { min(2, max(0.5, expOf(0.25 * $0))) * corrections.fit.boardLoss }
        lowCount = hz.filter { $0 < 1500 }.count
        let isStereo = mechanisms.contains(.stereo)
        lowSide = zip(hz, draws.side).prefix(lowCount).map { isStereo ? corrections.width($0) * $1 : 0 }
        highSide = bank.side.map { isStereo ? 0.25 * $0 : 0 }
        // Wave numbers in order of the ladder's frequency (3.6.2).
        var ladder: [(f: Double, p: Double, r: Double)] = []
        for p in 1..<60 {
            for r in 1..<9 {
                ladder.append((2.5 * Double(p * p) + 72.5 * Double(r * r), Double(p), Double(r)))
            }
        }
        ladder.sort { ($0.f, $0.p, $0.r) < ($1.f, $1.p, $1.r) }
        let waves = ladder.prefix(hz.count)
        var raw: [[Double]] = []
        for key in 21...108 {
            let t = Double(key - 21) / 87
            let x = 0.049 + 0.574 * t
            let y = 0.112 + 0.085 * t - 0.171 * t * (1 - t) + (key <= 40 ? 0.09 : 0)
            raw.append(waves.map { 2 * sin($0.p * .pi * x) * sin($0.r * .pi * y) })
        }
        // Each mode divided by its own rms over the keys, so that none starves.
        let rms = waves.indices.map { m in
            (raw.reduce(0) { $0 + $1[m] * $1[m] } / 88).squareRoot()
        }
        shape = raw.map { row in zip(row, rms).map { $0 / $1 } }
    }

    /// Yhat(f), complex, around 1: the modal sum, its raggedness compressed, 1 above the modal band.
    func relativeAdmittance(key: Int, _ f: Double) -> ComplexDouble {
        if f >= 1500 || !mechanisms.contains(.boardAdmittance) { return ComplexDouble(1) }
        let w = 2 * Double.pi * f
        var sum = ComplexDouble(0)
        for m in hz.indices {
            let wm = 2 * Double.pi * hz[m]
            let phi = shape[key - 21][m]
            sum = sum + ComplexDouble(0, w * phi * phi) / ComplexDouble(wm * wm - w * w, wm * wm * eta[m])
        }
        sum = sum * (1 / (0.055 / 4))
        let re = max(sum.re, 0.08)
        let r = 0.35
        let y = ComplexDouble(pow(re, r), r * sum.im * min(1, pow(re, r - 1)))
        let high = min(1, max(0, (f - 1000) / 500))
        return ComplexDouble(y.re * (1 - high) + high, y.im * (1 - high))
    }

    /// 10^(S/20).
    func gain(_ f: Double) -> Double { pow(10, (spectrum(f) + corrections.spectrum(f)) / 20) }

    // MARK: - Radiation

    /// Decay of a low mode, 1/s.
    func lowDecay(_ m: Int) -> Double { max(.pi * eta[m] * hz[m], 6.908 / 0.7) }

    /// Gains of the low modes, left and right, before the division by the sample rate.
    func lowGains(key: Int) -> (left: [Double], right: [Double]) {
        var left: [Double] = []
        var right: [Double] = []
        let level = mechanisms.contains(.lowModes) ? corrections.fit.lowModes : 0
        for m in 0..<lowCount {
            let phi = shape[key - 21][m]
            let magnitude = pow(abs(phi), 0.98)
            var g = level * lowDecay(m) * (phi < 0 ? -magnitude : magnitude)
            g *= draws.sign[m] * (1 + 0.3 * draws.common[m]) * gain(hz[m]) * min(1, max(0, (1500 - hz[m]) / 400))
            left.append(g * (1 + lowSide[m]))
            right.append(g * (1 - lowSide[m]))
        }
        return (left, right)
    }

    private static let keyTilt = DesignTable(.linear, [45: -2.5, 66: 0, 108: 5])

    /// Frequencies of the high bank, left channel; the right one lies half a step higher.
    var highFrequencies: [Double] {
        (0..<Self.highCount).map {
            1150 * pow(16000 / 1150, (Double($0) + 0.3 * bank.jitter[$0]) / Double(Self.highCount))
        }
    }

    /// Ratio of the right channel's frequencies to the left one's.
    var halfStep: Double { mechanisms.contains(.stereo) ? pow(16000 / 1150, 0.5 / Double(Self.highCount)) : 1 }

    func highGains(key: Int, _ hz: [Double]) -> (left: [Double], right: [Double]) {
        let tilt =
            pow(10, (Self.keyTilt(Double(key)) + corrections.fit(.highBank, Double(key))) / 20)
            * (mechanisms.contains(.highBank) ? 1 : 0)
        var left: [Double] = []
        var right: [Double] = []
        for k in hz.indices {
            let c = 2.0.squareRoot() * cos(2 * .pi * bank.phase[k] + (0.25 + 0.5 * bank.rate[k]) * Double(key - 21))
            let wave = (c < 0 ? -1 : 1) * abs(c).squareRoot()
            var g = 0.88 * .pi * 0.02 * hz[k] * bank.sign[k] * wave * gain(hz[k])
            g *= min(1, max(0.2, (hz[k] - 1100) / 400)) * tilt
            left.append(g * (1 + highSide[k]))
            right.append(g * (1 - highSide[k]))
        }
        return (left, right)
    }

    /// Gains of a key's modes, the mean of both channels.
    func commonGains(key: Int, _ hz: [Double]) -> (low: [Double], high: [Double]) {
        let (low, high) = (lowGains(key: key), highGains(key: key, hz))
        return (zip(low.left, low.right).map { ($0 + $1) / 2 }, zip(high.left, high.right).map { ($0 + $1) / 2 })
    }
}
