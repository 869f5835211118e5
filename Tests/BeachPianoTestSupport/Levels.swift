import Glibc

/// Levels and intervals for tests.
public enum Levels {
    /// Root of the mean square, dB.
    public static func decibels(_ samples: [Float]) -> Double {
        let sum = samples.reduce(0.0) { $0 + Double($1) * Double($1) }
        return 10 * log10(sum / Double(max(1, samples.count)) + 1e-30)
    }

    /// Cents from one frequency to another.
    public static func cents(_ hz: Double, _ reference: Double) -> Double { 1200 * log2(hz / reference) }

    public static func log10(_ x: Double) -> Double { Glibc.log10(x) }

    public static func ln(_ x: Double) -> Double { log(x) }

    public static func log2(_ x: Double) -> Double { Glibc.log2(x) }
    public static func angle(_ re: Double, _ im: Double) -> Double { atan2(im, re) }

    public static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
}

extension Levels {
    public static func cosine(_ x: Double) -> Double { cos(x) }
    public static func sine(_ x: Double) -> Double { sin(x) }
}
