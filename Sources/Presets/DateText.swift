/// Dates with a time of day and a zone, as the journal writes them.
package enum DateText {
    /// Seconds since 1970 of `2024-06-21T20:45:10+01:00`; nil where it is no such date.
    package static func seconds(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 25, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            bytes[22] == UInt8(ascii: ":"), let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
            let day = number(bytes[8..<10]), let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19]), let east = number(bytes[20..<22]), let part = number(bytes[23..<25]),
            (1970...9999).contains(year), (1...12).contains(month), day >= 1, day <= days(in: month, of: year),
            hour < 24, minute < 60, second < 61, east <= 14, part < 60
        else { return nil }
        let ahead = (east * 60 + part) * 60
        let local =
            ((days(before: year) + (1..<month).reduce(day - 1) { $0 + days(in: $1, of: year) }) * 24 + hour) * 3600
        switch bytes[19] {
        case UInt8(ascii: "+"): return local + minute * 60 + second - ahead
        case UInt8(ascii: "-"): return local + minute * 60 + second + ahead
        default: return nil
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.allSatisfy { (48...57).contains($0) } ? digits.reduce(0) { $0 * 10 + Int($1) - 48 } : nil
    }

    /// Days from 1970 to a year.
    private static func days(before year: Int) -> Int {
        let past = year - 1
        return past * 365 + past / 4 - past / 100 + past / 400 - 719_162
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }
}
