import Glibc

/// Butterworth sections by the bilinear transform, and the allpass of Bristow-Johnson's cookbook.
enum Butterworth {
    /// Low-pass of order 1, 2 or 4.
    static func lowPass(order: Int, _ hz: Double, _ rate: Double) -> [SecondOrderSection] {
        sections(order, hz, rate) { k, a in
            // First order: a = nil.
            guard let q = a else {
                return SecondOrderSection(b0: k / (1 + k), b1: k / (1 + k), b2: 0, a1: (k - 1) / (k + 1), a2: 0)
            }
            let norm = 1 / (1 + k * q + k * k)
            return SecondOrderSection(
                b0: k * k * norm, b1: 2 * k * k * norm, b2: k * k * norm, a1: 2 * (k * k - 1) * norm,
                a2: (1 - k * q + k * k) * norm)
        }
    }

    /// High-pass of order 1, 2 or 4.
    static func highPass(order: Int, _ hz: Double, _ rate: Double) -> [SecondOrderSection] {
        sections(order, hz, rate) { k, a in
            guard let q = a else {
                return SecondOrderSection(b0: 1 / (1 + k), b1: -1 / (1 + k), b2: 0, a1: (k - 1) / (k + 1), a2: 0)
            }
            let norm = 1 / (1 + k * q + k * k)
            return SecondOrderSection(
                b0: norm, b1: -2 * norm, b2: norm, a1: 2 * (k * k - 1) * norm, a2: (1 - k * q + k * k) * norm)
        }
    }

    /// Band-pass of order 1: one section.
    static func bandPass(_ low: Double, _ high: Double, _ rate: Double) -> [SecondOrderSection] {
        let (l, h) = (tan(.pi * low / rate), tan(.pi * high / rate))
        let (b, w) = (h - l, l * h)
        let norm = 1 / (1 + b + w)
        return [
            SecondOrderSection(
                b0: b * norm, b1: 0, b2: -b * norm, a1: 2 * (w - 1) * norm, a2: (1 - b + w) * norm)
        ]
    }

    static func allPass(_ hz: Double, q: Double, _ rate: Double) -> SecondOrderSection {
        let w = 2 * .pi * hz / rate
        let alpha = sin(w) / (2 * q)
        let n = 1 / (1 + alpha)
        return SecondOrderSection(
            b0: (1 - alpha) * n, b1: -2 * cos(w) * n, b2: 1, a1: -2 * cos(w) * n, a2: (1 - alpha) * n)
    }

    private static func sections(
        _ order: Int, _ hz: Double, _ rate: Double, _ make: (Double, Double?) -> SecondOrderSection
    ) -> [SecondOrderSection] {
        let k = tan(.pi * hz / rate)
        if order == 1 { return [make(k, nil)] }
        // 1/Q of each pair of poles.
        return (0..<order / 2).map { make(k, 2 * cos(.pi * (2 * Double($0) + 1) / (2 * Double(order)))) }
    }
}

extension SecondOrderSection {
    /// Response at z = exp(i w).
    func response(cos c: Double, sin s: Double) -> ComplexDouble {
        // z^-1 = c - i s; z^-2 = (c - i s)^2.
        let (c2, s2) = (c * c - s * s, 2 * c * s)
        let top = ComplexDouble(b0 + b1 * c + b2 * c2, -b1 * s - b2 * s2)
        let bottom = ComplexDouble(1 + a1 * c + a2 * c2, -a1 * s - a2 * s2)
        return top / bottom
    }
}
