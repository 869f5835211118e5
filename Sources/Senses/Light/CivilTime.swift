/// A date and a time of day as a clock on the wall shows it, with the wall's zone where it is known.
package struct CivilTime: Hashable, Sendable {
    package var year: Int
    package var month: Int
    package var day: Int
    package var hour: Int
    package var minute: Int
    /// Minutes ahead of UTC; nil where nobody says.
    package var offset: Int?

    package init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, offset: Int? = nil) {
        guard (1800...2200).contains(year), (1...12).contains(month), (0...23).contains(hour),
            (0...59).contains(minute), day >= 1, day <= Self.days(in: month, of: year),
            abs(offset ?? 0) <= 14 * 60
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.offset = offset
    }

    /// Of `2024-06-21T20:45`, the same with a space, seconds, `Z` or `+02:00`, or `20:45` alone on the day of `today`.
    package init?(parsing text: String, today: CivilTime) {
        var rest = Substring(text)
        var offset: Int?
        func two(_ digits: some StringProtocol) -> Int? {
            digits.utf8.count == 2 && digits.utf8.allSatisfy { (48...57).contains($0) } ? Int(digits) : nil
        }
        if let last = rest.last, last == "Z" || last == "z" {
            offset = 0
            rest = rest.dropLast()
        } else if let mark = rest.lastIndex(where: { $0 == "+" || $0 == "-" }), let colon = rest.firstIndex(of: ":"),
            mark > colon
        {
            let zone = rest[rest.index(after: mark)...].filter { $0 != ":" }
            guard let hours = two(zone.prefix(2)), zone.count == 2 || two(zone.suffix(2)) != nil, zone.count <= 4 else {
                return nil
            }
            let minutes = hours * 60 + (zone.count == 4 ? two(zone.suffix(2)) ?? 0 : 0)
            offset = rest[mark] == "-" ? -minutes : minutes
            rest = rest[..<mark]
        }
        var (year, month, day) = (today.year, today.month, today.day)
        var clock = rest
        if let gap = rest.firstIndex(where: { $0 == "T" || $0 == "t" || $0 == " " }) {
            let date = rest[..<gap].split(separator: "-", omittingEmptySubsequences: false)
            guard date.count == 3, date[0].utf8.count == 4, let y = Int(date[0]), let m = two(date[1]),
                let d = two(date[2])
            else { return nil }
            (year, month, day) = (y, m, d)
            clock = rest[rest.index(after: gap)...]
        }
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3 && two(parts[2].prefix(2)).map({ $0 < 61 }) == true,
            let hour = two(parts[0]), let minute = two(parts[1])
        else { return nil }
        self.init(year: year, month: month, day: day, hour: hour, minute: minute, offset: offset)
    }

    /// 1...366.
    package var dayOfYear: Int { (1..<month).reduce(day) { $0 + Self.days(in: $1, of: year) } }

    /// Minutes of the day, 0...1439.
    package var minutes: Int { hour * 60 + minute }

    package var description: String {
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "\(year)-\(two(month))-\(two(day)) \(two(hour)):\(two(minute))"
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }
}
