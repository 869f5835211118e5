/// A measurement and its window in digits that show whether it lies inside.
package enum WindowText {
    /// Digits after the point at most.
    private static let finest = 6

    /// Two digits after the point, and more where the bound has more.
    package static func bounds(_ window: ClosedRange<Float>) -> String {
        [window.lowerBound, window.upperBound].map { bound in
            let places = (2..<finest).first { Float(decimal(Double(bound), $0)) == bound } ?? finest
            return decimal(Double(bound), places)
        }.joined(separator: "...")
    }

    /// Two digits after the point, and more where rounding would carry the value over a bound.
    package static func value(_ value: Float, beside window: ClosedRange<Float>) -> String {
        let texts = (2...finest).map { decimal(Double(value), $0) }
        let isInside = window.contains(value)
        return texts.first { Float($0).map(window.contains) == isInside } ?? "\(value)"
    }
}
