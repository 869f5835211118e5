import Glibc

/// Where the sun stands (music.md 3.5, after NOAA's general solar position equations), within 0.2 degrees.
package enum SunPosition {
    /// Degrees above the horizon, refraction left out, rounded to tenths so that every machine finds the same.
    ///
    /// - Parameters:
    ///   - place: where.
    ///   - dayOfYear: 1...366, of the local date.
    ///   - utcMinutes: minutes since midnight UTC of that date, possibly below 0 or above 1440.
    /// - Returns: degrees, -90...90.
    package static func elevation(place: Place, dayOfYear: Int, utcMinutes: Double) -> Double {
        let gamma = 2 * Double.pi / 365 * (Double(dayOfYear) - 1 + (utcMinutes / 60 - 12) / 24)
        let declination =
            0.006918 - 0.399912 * cos(gamma) + 0.070257 * sin(gamma) - 0.006758 * cos(2 * gamma)
            + 0.000907 * sin(2 * gamma) - 0.002697 * cos(3 * gamma) + 0.00148 * sin(3 * gamma)
        let equationOfTime =
            229.18
            * (0.000075 + 0.001868 * cos(gamma) - 0.032077 * sin(gamma) - 0.014615 * cos(2 * gamma)
                - 0.040849 * sin(2 * gamma))
        let hourAngle = ((utcMinutes + equationOfTime + 4 * place.longitude) / 4 - 180) * .pi / 180
        let latitude = place.latitude * .pi / 180
        let sine = sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(hourAngle)
        return (asin(max(-1, min(1, sine))) * 1800 / .pi).rounded() / 10
    }
}
