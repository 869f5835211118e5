import Glibc

/// How long a response rings on.
public enum ReverberationTime {
    /// T60 of a band by backward integration (Schroeder 1965), from the fall between -5 and -25 dB.
    ///
    /// - Parameters:
    ///   - response: to an impulse at its first frame.
    ///   - center: of the band, Hz.
    ///   - start: seconds after the impulse from which it is measured.
    ///   - sampleRate: Hz.
    /// - Returns: seconds; nan where it does not fall so far.
    public static func t60(
        of response: [Float], around center: Double, from start: Double = 0.1, sampleRate: Double = 48_000
    ) -> Double {
        let band = bandPass(bandPass(response, center, sampleRate), center, sampleRate)
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
