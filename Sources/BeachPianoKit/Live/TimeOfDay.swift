import Glibc

/// Hours and minutes as people write them.
package enum TimeOfDay {
    /// Seconds in a day.
    private static let day = 86_400

    /// Seconds from midnight of a time such as `23:00` or `7:30`; nil where it is none.
    package static func parse(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2, let hours = Int(parts[0]), let minutes = Int(parts[1]),
            (0..<24).contains(hours), (0..<60).contains(minutes),
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
        else { return nil }
        return hours * 3600 + minutes * 60
    }

    /// Seconds until the clock shows `time`, both from midnight; tomorrow where it has passed today.
    package static func wait(from now: Int, until time: Int) -> Int { time > now ? time - now : time - now + day }

    /// Seconds since midnight on the clock of this place.
    static func now() -> Int {
        var seconds = Glibc.time(nil)
        var parts = unsafe tm()
        unsafe localtime_r(&seconds, &parts)
        return unsafe Int(parts.tm_hour) * 3600 + Int(parts.tm_min) * 60 + Int(parts.tm_sec)
    }
}
