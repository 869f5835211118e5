import Glibc
import Senses

/// The machine's clock and time zone.
enum LocalClock {
    /// Date and time now, with the zone's offset.
    static func now() -> CivilTime? {
        var seconds = time(nil)
        var parts = unsafe tm()
        guard unsafe localtime_r(&seconds, &parts) != nil else { return nil }
        return unsafe CivilTime(
            year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
            hour: Int(parts.tm_hour), minute: Int(parts.tm_min), offset: parts.tm_gmtoff / 60)
    }

    /// Date and time now, with the zone, such as `2024-06-21T20:45:10+01:00`; nil where the clock cannot be read.
    static func stamp() -> String? {
        var seconds = time(nil)
        var parts = unsafe tm()
        guard unsafe localtime_r(&seconds, &parts) != nil else { return nil }
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        let (year, month, day) = unsafe (Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
        let (hour, minute, second) = unsafe (Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec))
        let ahead = unsafe parts.tm_gmtoff / 60
        return "\(year)-\(two(month))-\(two(day))T\(two(hour)):\(two(minute)):\(two(second))"
            + "\(ahead < 0 ? "-" : "+")\(two(abs(ahead) / 60)):\(two(abs(ahead) % 60))"
    }

    /// Minutes that this machine's zone is ahead of UTC at a time on its wall.
    static func offset(at civil: CivilTime) -> Int {
        var parts = unsafe tm()
        unsafe parts.tm_year = Int32(civil.year - 1900)
        unsafe parts.tm_mon = Int32(civil.month - 1)
        unsafe parts.tm_mday = Int32(civil.day)
        unsafe parts.tm_hour = Int32(civil.hour)
        unsafe parts.tm_min = Int32(civil.minute)
        unsafe parts.tm_isdst = -1
        _ = unsafe mktime(&parts)
        return unsafe parts.tm_gmtoff / 60
    }
}
