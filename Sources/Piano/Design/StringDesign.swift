import Glibc

/// One string of a key and how many of them the key has (piano-physics 2.1, 2.2; piano-fit 2.1).
struct StringDesign {
    let key: Double
    /// m.
    let length: Double
    /// kg/m.
    let density: Double
    /// N; follows from the pitch.
    let tension: Double
    /// kg/s.
    let impedance: Double
    /// Ideal-string fundamental, Hz.
    let f0: Double
    let inharmonicity: Double
    /// x0/L.
    let strike: Double
    let count: Int
    /// Hammer width, m.
    let width: Double

    private static let keys: [Double] = [
        21, 24, 27, 30, 33, 36, 40, 41, 45, 48, 52, 56, 60, 64, 68, 72, 76, 80, 84, 88, 92, 96, 100, 104, 107, 108,
    ]
    private static let lengths: [Double] = [
        2.01, 2.007, 1.965, 1.879, 1.762, 1.602, 1.378, 1.837, 1.482, 1.259, 1.013, 0.816, 0.657, 0.529, 0.426, 0.344,
        0.277, 0.223, 0.18, 0.145, 0.117, 0.095, 0.076, 0.062, 0.052, 0.049,
    ]
    private static let densities: [Double] = [
        140.9, 99.4, 75.5, 49.9, 31.6, 20.8, 14.3, 7.73, 7.07, 6.97, 6.84, 6.58, 6.24, 5.89, 5.59, 5.36, 5.18, 5.04,
        4.89, 4.72, 4.51, 4.26, 3.97, 3.66, 3.4, 3.32,
    ]
}

extension StringDesign {
    private static let tuning = DesignTable(
        .linear,
        [
            21: -20, 24: -14, 27: -9, 33: -5, 39: -3, 48: -2, 60: -0.8, 69: 0, 72: 1, 84: 6, 90: 9, 96: 11, 102: 15,
            108: 22,
        ])
    /// Where hammers strike (Conklin: piano-physics 2.6), x0/L.
    static let strikePoint = DesignTable(
        .linear,
        [21: 0.122, 48: 0.122, 60: 0.121, 70: 0.115, 75: 0.108, 80: 0.1, 90: 0.09, 100: 0.075, 108: 0.065])
    private static let hammerWidth = DesignTable(.linear, [21: 12, 108: 8])

    /// The string of a key.
    ///
    /// - Parameters:
    ///   - midi: the key.
    ///   - a4: Hz.
    ///   - drift: cents that the key has drifted.
    ///   - factor: on the body's inharmonicity.
    ///   - widening: of the hammer's contact, m.
    ///   - body: how long its strings are, how stiff, and where they are struck.
    init(key midi: Int, a4: Double, drift: Double, factor: Double, widening: Double, body: PianoBody) {
        key = Double(midi)
        let shorter = pow(Self.uprightLength(key) / expOf(Self.interpolated(Self.lengths, key)), body.shortness)
        length = expOf(Self.interpolated(Self.lengths, key)) * shorter
        // At the pull of the longer string: what it lacks in length it has in weight.
        density = 1e-3 * expOf(Self.interpolated(Self.densities, key)) / (shorter * shorter)
        inharmonicity = 1e-4 * factor * body.inharmonicity(key)
        let f1 = a4 * exp2((key - 69) / 12 + (Self.tuning(key) + drift) / 1200)
        f0 = f1 / (1 + inharmonicity).squareRoot()
        tension = density * (2 * length * f0) * (2 * length * f0)
        impedance = (tension * density).squareRoot()
        strike = body.corrections.strike(key)
        count = midi <= 30 ? 1 : midi <= 40 ? 2 : 3
        width = 1e-3 * Self.hammerWidth(key) + widening
    }

    /// m: speaking lengths of an upright 1.3 m high, whose longest string has 1.22 m (piano-physics 2.1).
    private static func uprightLength(_ key: Double) -> Double {
        let free = 0.052 * pow(4186 / (440 * exp2((key - 69) / 12)), 0.9)
        return pow(pow(free, -3) + pow(1.22, -3), -1.0 / 3)
    }

    /// The logarithm of a column, wound and plain strings apart.
    private static func interpolated(_ values: [Double], _ key: Double) -> Double {
        let range = key <= 40 ? 0..<7 : 7..<26
        var i = range.lowerBound + 1
        while i < range.upperBound - 1, keys[i] < key { i += 1 }
        let t = (key - keys[i - 1]) / (keys[i] - keys[i - 1])
        return logOf(values[i - 1]) + t * (logOf(values[i]) - logOf(values[i - 1]))
    }

    /// f_n = n f0 sqrt(1 + B n^2), Hz.
    func frequency(_ n: Int) -> Double {
        Double(n) * f0 * (1 + inharmonicity * Double(n * n)).squareRoot()
    }

    /// How many partials lie below `highest` Hz, at most 180.
    func partials(below highest: Double) -> Int {
        var n = 0
        while n < 180, frequency(n + 1) < highest { n += 1 }
        return n
    }

    /// phi_n: how strongly a force at the strike point, spread over the felt, drives partial n (2.6, 3.1).
    func hammerShape(_ n: Int) -> Double {
        let x = Double(n) * .pi
        let spread = x * width / length
        return sin(x * strike) * expOf(-spread * spread / 24)
    }

    /// w_n, N/m: transverse force on the bridge per displacement of partial n, sign included (3.1).
    func bridgeShape(_ n: Int) -> Double { (n % 2 == 1 ? 1 : -1) * Double(n) * .pi * tension / length }
}
