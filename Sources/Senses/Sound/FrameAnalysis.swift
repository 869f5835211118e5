import Music

/// From power spectra to frames, at one sample rate.
struct FrameAnalysis {
    private let binWidth: Float
    /// Power weights of the A curve (IEC 61672).
    private let weights: [Float]
    private let ranges: [Range<Int>]
    private let flat: Range<Int>
    private let voices: Range<Int>
    private let birds: Range<Int>
    private var sorted: [Float] = []

    /// The share of the bins in a band that the noise between the tones is read at.
    private static let quantile: Float = 0.3
    /// What that share of the power of noise is re its mean: -ln(1 - quantile).
    private static let bias: Float = 0.357

    init(sampleRate: Int, size: Int) {
        let width = Float(sampleRate) / Float(size)
        binWidth = width
        func bins(_ low: Float, _ high: Float) -> Range<Int> {
            let from = min(size / 2, Int((low / width).rounded(.up)))
            return from..<max(from, min(size / 2, Int((high / width).rounded(.up))))
        }
        weights = (0..<size / 2).map { Self.aWeight(Float($0) * width) }
        ranges = zip(SoundFrame.edges, SoundFrame.edges.dropFirst()).map { bins($0, $1) }
        flat = bins(100, 8000)
        voices = bins(250, 2000)
        birds = bins(2000, 8000)
    }

    private static func aWeight(_ hz: Float) -> Float {
        let f = hz * hz
        let numerator = 148_693_632 * f * f
        let denominator =
            (f + 424.36) * ((f + 11_599.29) * (f + 544_496.41)).squareRoot() * (f + 148_693_632)
        let gain = numerator / denominator * 1.2589
        return gain * gain
    }

    mutating func frame(_ power: [Float]) -> SoundFrame {
        var total: Float = 0
        var weighted: Float = 0
        var moment: Float = 0
        for k in power.indices {
            weighted += power[k] * weights[k]
            total += power[k]
            moment += power[k] * Float(k)
        }
        var logarithms: Float = 0
        var sum: Float = 0
        for k in flat {
            logarithms += Exact.log(power[k] + 1e-14)
            sum += power[k] + 1e-14
        }
        let count = Float(max(1, flat.count))
        var floor = SIMD8<Float>(repeating: SoundFrame.silence)
        var bands = floor
        for (i, range) in ranges.enumerated() where range.count >= 3 {
            sorted.removeAll(keepingCapacity: true)
            sorted.append(contentsOf: power[range])
            sorted.sort()
            let low = sorted[Int(Self.quantile * Float(sorted.count - 1))] / Self.bias * Float(range.count)
            floor[i] = Self.decibels(low)
            bands[i] = Self.decibels(sorted.reduce(0, +))
        }
        return SoundFrame(
            level: Self.decibels(weighted), centroid: moment * binWidth / max(total, 1e-20),
            flatness: Exact.exp(logarithms / count) / (sum / count), floor: floor, bands: bands,
            voice: tone(power, voices), bird: tone(power, birds))
    }

    /// The strongest bin of a range over the median of the range.
    private mutating func tone(_ power: [Float], _ range: Range<Int>) -> SoundFrame.Tone {
        guard range.count >= 3, let top = range.max(by: { power[$0] < power[$1] }) else {
            return SoundFrame.Tone(level: SoundFrame.silence, prominence: 0, frequency: 0)
        }
        sorted.removeAll(keepingCapacity: true)
        sorted.append(contentsOf: power[range])
        sorted.sort()
        let median = sorted[sorted.count / 2]
        let level = Self.decibels(power[top])
        return SoundFrame.Tone(
            level: level, prominence: level - Self.decibels(median), frequency: Float(top) * binWidth)
    }

    static func decibels(_ power: Float) -> Float {
        max(SoundFrame.silence, 4.3429448 * Exact.log(max(power, 1e-14)))
    }
}
