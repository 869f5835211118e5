/// Decimal numbers without Foundation, rounded to the nearest.
enum Decimal {
    /// Exactly `decimals` digits after the point (0...9); what is not finite or beyond 10^9 is clamped.
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1) { product, _ in product * 10 }
        let clamped = value.isNaN ? 0 : max(-1e9, min(1e9, value))
        let scaled = Int((clamped * Double(scale)).rounded())
        let sign = scaled < 0 ? "-" : ""
        let whole = scaled.magnitude / scale.magnitude
        guard decimals > 0 else { return sign + String(whole) }
        let fraction = String(scaled.magnitude % scale.magnitude)
        return sign + "\(whole)." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }

    /// As `fixed` without zeros at the end.
    static func short(_ value: Double, _ decimals: Int) -> String {
        var text = fixed(value, decimals)
        guard text.contains(".") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text == "-0" ? "0" : text
    }
}
