import Glibc
import Mixing
import Music

/// A room's response to an impulse, and what is measured on it.
struct ImpulseResponse {
    var left: [Float]
    var right: [Float]
    let sampleRate: Double

    /// The response of a new room to `impulse` in left and right at frame 0.
    init(
        _ settings: RoomSettings, nearness: Float = 1, sampleRate: Double = 48_000, seconds: Double,
        impulse: (Float, Float) = (1, 1)
    ) {
        var room = Room(settings: settings, nearness: nearness, sampleRate: sampleRate)
        var first = [Float](repeating: 0, count: Int(seconds * sampleRate))
        var second = first
        first[0] = impulse.0
        second[0] = impulse.1
        var l = first.mutableSpan
        var r = second.mutableSpan
        room.process(left: &l, right: &r)
        left = first
        right = second
        self.sampleRate = sampleRate
    }

    /// Energy of the reverberation, dB re the impulse in that channel.
    static func level(_ channel: [Float]) -> Double {
        10 * log10(channel.dropFirst().reduce(0.0) { $0 + Double($1) * Double($1) })
    }

    /// Level at a frequency, dB.
    func decibels(_ hz: Double) -> Double {
        var (re, im) = (0.0, 0.0)
        for (n, x) in left.enumerated() {
            let phase = 2 * Double.pi * hz * Double(n) / sampleRate
            re += Double(x) * cos(phase)
            im += Double(x) * sin(phase)
        }
        return 10 * log10(re * re + im * im)
    }

    /// T60 of a band by backward integration (Schroeder 1965), from the fall between -5 and -25 dB.
    func t60(around center: Double, from start: Double = 0.1) -> Double {
        let band = Self.bandPass(Self.bandPass(left, center, sampleRate), center, sampleRate)
        let first = Int(start * sampleRate)
        var energy = 0.0
        var curve = [Double](repeating: 0, count: band.count)
        for i in stride(from: band.count - 1, through: first, by: -1) {
            energy += band[i] * band[i]
            curve[i] = energy
        }
        let total = curve[first]
        guard let high = (first..<band.count).first(where: { curve[$0] < total * pow(10, -0.5) }),
            let low = (first..<band.count).first(where: { curve[$0] < total * pow(10, -2.5) })
        else { return .nan }
        return 3 * Double(low - high) / sampleRate
    }

    /// A band-pass of Q 1.4.
    private static func bandPass<C: Collection>(_ x: C, _ center: Double, _ sampleRate: Double) -> [Double]
    where C.Element: BinaryFloatingPoint {
        let w = 2 * Double.pi * center / sampleRate
        let alpha = sin(w) / 2.8
        let (a0, a1, a2) = (1 + alpha, -2 * cos(w), 1 - alpha)
        var (x1, x2, y1, y2) = (0.0, 0.0, 0.0, 0.0)
        return x.map { sample in
            let input = Double(sample)
            let y = (alpha * (input - x2) - a1 * y1 - a2 * y2) / a0
            (x2, x1, y2, y1) = (x1, input, y1, y)
            return y
        }
    }
}
