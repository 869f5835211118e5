import CEXIF

/// What the camera wrote down: which way up, when and where.
package struct CameraNotes: Hashable, Sendable {
    /// 1...8 as Exif numbers them; 1 is upright.
    package var orientation = 1
    /// When the picture was taken, by the camera's clock.
    package var time: CivilTime?
    package var place: Place?
    /// What is written there and makes no sense, a line each.
    package var remarks: [String] = []

    package init() {}

    /// Reads an Exif segment that begins with `Exif`, through libexif; what makes no sense is left out.
    init(_ segment: [UInt8]) {
        guard segment.count > 8, segment.count <= 1 << 16 else { return }
        let data = unsafe segment.withUnsafeBufferPointer {
            unsafe exif_data_new_from_data($0.baseAddress, UInt32($0.count))
        }
        guard let data = unsafe data else { return }
        defer { unsafe exif_data_unref(data) }
        let order = unsafe exif_data_get_byte_order(data)
        let (main, photo, gps) = unsafe (data.pointee.ifd.0, data.pointee.ifd.2, data.pointee.ifd.3)
        if let entry = unsafe Self.entry(main, 0x0112), unsafe entry.pointee.size >= 2 {
            let value = unsafe Int(exif_get_short(entry.pointee.data, order))
            if (1...8).contains(value) { orientation = value }
        }
        if let degrees = unsafe Self.degrees(gps, order) {
            place = Place(latitude: degrees.north, longitude: degrees.east)
            if place == nil { remarks.append("photo: the camera's place is none on Earth, and is left out") }
        }
        if let text = unsafe Self.text(photo, 0x9003) ?? Self.text(photo, 0x9004) {
            unsafe time = Self.time(text, photo, gps, order)
            if time == nil { remarks.append("photo: the camera's time is no date and time, and is left out") }
        }
    }

    // MARK: - Entries

    private static func entry(_ content: UnsafeMutablePointer<ExifContent>?, _ tag: UInt32)
        -> UnsafeMutablePointer<ExifEntry>?
    {
        guard let content = unsafe content,
            let entry = unsafe exif_content_get_entry(content, ExifTag(rawValue: tag)), unsafe entry.pointee.data != nil
        else { return nil }
        return unsafe entry
    }

    private static func text(_ content: UnsafeMutablePointer<ExifContent>?, _ tag: UInt32) -> String? {
        guard let entry = unsafe entry(content, tag), let data = unsafe entry.pointee.data else { return nil }
        let count = unsafe min(64, Int(entry.pointee.size))
        let bytes = unsafe UnsafeBufferPointer(start: data, count: count)
        return unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Rational numbers of an entry; nil unless there are `count` of them.
    private static func rationals(
        _ content: UnsafeMutablePointer<ExifContent>?, _ tag: UInt32, _ count: Int, _ order: ExifByteOrder
    ) -> [Double]? {
        guard let entry = unsafe entry(content, tag), let data = unsafe entry.pointee.data,
            unsafe entry.pointee.format == EXIF_FORMAT_RATIONAL, unsafe Int(entry.pointee.size) >= 8 * count
        else { return nil }
        return (0..<count).map {
            let ratio = unsafe exif_get_rational(data + 8 * $0, order)
            return ratio.denominator == 0 ? 0 : Double(ratio.numerator) / Double(ratio.denominator)
        }
    }

    /// Degrees to the north and to the east, as they stand there; nil where none do.
    private static func degrees(_ gps: UnsafeMutablePointer<ExifContent>?, _ order: ExifByteOrder) -> (
        north: Double, east: Double
    )? {
        guard let north = unsafe rationals(gps, 2, 3, order), let east = unsafe rationals(gps, 4, 3, order) else {
            return nil
        }
        func degrees(_ parts: [Double]) -> Double { parts[0] + parts[1] / 60 + parts[2] / 3600 }
        let latitude = degrees(north) * (unsafe text(gps, 1)?.hasPrefix("S") == true ? -1 : 1)
        let longitude = degrees(east) * (unsafe text(gps, 3)?.hasPrefix("W") == true ? -1 : 1)
        // Cameras without a fix write zeros.
        return latitude == 0 && longitude == 0 ? nil : (latitude, longitude)
    }

    /// The time when the picture was taken or digitized, with its zone where the camera or the satellites tell.
    private static func time(
        _ text: String, _ photo: UnsafeMutablePointer<ExifContent>?, _ gps: UnsafeMutablePointer<ExifContent>?,
        _ order: ExifByteOrder
    ) -> CivilTime? {
        // `2024:06:21 20:45:10`
        let parts = text.split { ": ".contains($0) }.compactMap { Int($0) }
        guard parts.count >= 5,
            var time = CivilTime(year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4])
        else { return nil }
        if let zone = unsafe Self.text(photo, 0x9011), let sign = zone.first, sign == "+" || sign == "-" {
            let digits = zone.dropFirst().split(separator: ":").compactMap { Int($0) }
            if digits.count == 2, digits[0] <= 14, (0...59).contains(digits[1]) {
                time.offset = (digits[0] * 60 + digits[1]) * (sign == "-" ? -1 : 1)
            }
        } else if let clock = unsafe rationals(gps, 7, 3, order), clock[0] < 24, clock[1] < 60 {
            // The satellites' clock is UTC; zones are whole quarters of an hour.
            let ahead = Double(time.minutes) - clock[0] * 60 - clock[1]
            let wrapped = ahead > 840 ? ahead - 1440 : ahead < -720 ? ahead + 1440 : ahead
            time.offset = Int((wrapped / 15).rounded()) * 15
        }
        return time
    }
}
