/// Lengths of time as people write them.
package enum DurationText {
    /// Seconds of `90`, `90s`, `2m30s`, `1h30m`, `2:30`, `1:02:30`; nil where it is none, zero, or above a day.
    package static func parse(_ text: String) -> Double? {
        let words = text.split(separator: " ")
        // `2m 30s` is a length, `2 30s` is not.
        guard words.dropLast().allSatisfy({ $0.last.map { !$0.isNumber } == true }) else { return nil }
        let trimmed = words.joined()
        var seconds = 0.0
        if trimmed.contains(":") {
            let parts = trimmed.split(separator: ":", omittingEmptySubsequences: false)
            guard (2...3).contains(parts.count) else { return nil }
            for part in parts {
                guard let value = number(part), value < 60 || part == parts[0] else { return nil }
                seconds = seconds * 60 + value
            }
        } else {
            var rest = Substring(trimmed)
            var last = 3
            var hasUnit = false
            while !rest.isEmpty {
                let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
                guard let value = number(digits) else { return nil }
                rest = rest.dropFirst(digits.count)
                guard let unit = rest.popFirst() else {
                    if hasUnit { return nil }
                    seconds = value
                    break
                }
                guard let rank = ["s": 0, "m": 1, "h": 2][unit], rank < last else { return nil }
                last = rank
                hasUnit = true
                seconds += value * [1, 60, 3600][rank]
            }
        }
        return seconds.isFinite && seconds > 0 && seconds <= 86_400 ? seconds : nil
    }

    /// Such as `2m35s`.
    package static func text(_ seconds: Double) -> String {
        let whole = Int(seconds)
        let fraction = seconds - Double(whole)
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        var text = (hours > 0 ? "\(hours)h" : "") + (minutes > 0 ? "\(minutes)m" : "")
        let rest = Double(whole % 60) + fraction
        if rest > 0 || text.isEmpty { text += NumberText.text(rest) + "s" }
        return text
    }

    private static func number(_ text: Substring) -> Double? {
        guard !text.isEmpty, text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }) else { return nil }
        return Double(text)
    }
}

/// Numbers with a dot, whatever the locale.
enum NumberText {
    /// A finite number in decimal notation; nil for hexadecimal, infinities and all else.
    static func parse(_ text: Substring) -> Double? {
        guard text.utf8.count <= 40, text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }),
            let value = Double(text), value.isFinite
        else { return nil }
        return value
    }

    /// As few digits as it needs, up to four decimals.
    static func text(_ value: Double) -> String {
        let scaled = (abs(value) * 10_000).rounded()
        guard scaled < 1e15 else { return "\(value)" }
        let whole = Int(scaled)
        var fraction = String(whole % 10_000)
        fraction = String(repeating: "0", count: 4 - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = value < 0 && whole > 0 ? "-" : ""
        return sign + "\(whole / 10_000)" + (fraction.isEmpty ? "" : "." + fraction)
    }
}
