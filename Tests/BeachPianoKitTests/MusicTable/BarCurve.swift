import Music

/// Curves over bars.
enum BarCurve {
    /// The mean over so many seconds around each bar.
    static func smoothed(_ values: [Double], seconds: Double, barSeconds: Double) -> [Double] {
        let reach = max(0, Int((seconds / barSeconds / 2).rounded()))
        return values.indices.map { bar in
            mean(Array(values[max(0, bar - reach)...min(values.count - 1, bar + reach)]))
        }
    }

    /// Zero mean, unit deviation; a constant stays zero.
    static func standardised(_ values: [Double]) -> [Double] {
        let (m, s) = (mean(values), deviation(values))
        return values.map { s > 1e-9 ? ($0 - m) / s : 0 }
    }
}
