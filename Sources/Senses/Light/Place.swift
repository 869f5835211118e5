/// A place on the earth in degrees, north and east positive.
package struct Place: Hashable, Sendable {
    package var latitude: Double
    package var longitude: Double

    package init?(latitude: Double, longitude: Double) {
        guard latitude.isFinite, longitude.isFinite, abs(latitude) <= 90, abs(longitude) <= 180 else { return nil }
        self.latitude = latitude
        self.longitude = longitude
    }

    /// Of `38.7,-9.42` or `38.7N 9.42W`; nil where it is none.
    package init?(parsing text: String) {
        let parts = text.split { $0 == "," || $0 == " " || $0 == ";" }
        guard parts.count == 2 else { return nil }
        func degrees(_ part: Substring, _ positive: Character, _ negative: Character) -> Double? {
            guard let last = part.uppercased().last else { return nil }
            guard last == positive || last == negative else { return Double(part) }
            guard let value = Double(part.dropLast()), value >= 0 else { return nil }
            return last == positive ? value : -value
        }
        guard let latitude = degrees(parts[0], "N", "S"), let longitude = degrees(parts[1], "E", "W") else {
            return nil
        }
        self.init(latitude: latitude, longitude: longitude)
    }
}
