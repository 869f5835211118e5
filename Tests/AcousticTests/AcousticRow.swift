/// One row of the acoustic table (piano-physics 5, targets as corrected in piano-fit 4): what is asked of the sounding
/// piano, and the readings that answer.
struct AcousticRow: Sendable {
    /// Number of the row, 1...48.
    let number: Int
    let fact: String
    let measure: @Sendable () -> [Reading]

    /// One figure against its target.
    struct Reading: Sendable {
        let what: String
        let value: Double
        let target: ClosedRange<Double>

        init(_ what: String, _ value: Double, _ target: ClosedRange<Double>) {
            self.what = what
            self.value = value
            self.target = target
        }

        var isInside: Bool { target.contains(value) }
    }
}

extension ClosedRange<Double> {
    /// `value` give or take a share of it.
    static func about(_ value: Double, share: Double) -> ClosedRange { value * (1 - share)...value * (1 + share) }

    /// `value` times or over a factor.
    static func about(_ value: Double, factor: Double) -> ClosedRange { value / factor...value * factor }

    static func atLeast(_ value: Double) -> ClosedRange { value ... .infinity }

    static func atMost(_ value: Double) -> ClosedRange { -.infinity...value }
}

/// Values in the middle.
enum Middle {
    static func median(_ values: [Double]) -> Double {
        guard !values.isEmpty else { return .nan }
        let sorted = values.sorted()
        let half = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    }

    static func deviation(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }
}
