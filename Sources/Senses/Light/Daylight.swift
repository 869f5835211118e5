/// What the light of a place and a time adds to a moment (music.md 3.5).
package enum Daylight {
    /// A stretch of the sun's elevation, from `above` degrees up to the next one.
    private struct Band {
        var above: Double
        var name: String
        var axes: Axes
    }

    private static let bands: [Band] = [
        Band(
            above: 40, name: "high day",
            axes: Axes(valence: 0.15, energy: 0.15, intimacy: -0.1, nostalgia: -0.1, openness: 0.05)),
        Band(above: 6, name: "day", axes: Axes(valence: 0.1, energy: 0.05)),
        Band(
            above: -4, name: "golden hour",
            axes: Axes(valence: 0.15, energy: -0.15, tension: -0.15, intimacy: 0.3, nostalgia: 0.3, openness: 0.2)),
        Band(
            above: -6, name: "blue hour",
            axes: Axes(valence: -0.05, energy: -0.25, tension: 0.05, intimacy: 0.2, nostalgia: 0.25, openness: 0.4)),
        Band(
            above: -18, name: "twilight",
            axes: Axes(valence: -0.05, energy: -0.3, tension: 0.1, intimacy: 0.15, nostalgia: 0.2, openness: 0.4)),
        Band(
            above: -91, name: "night",
            axes: Axes(energy: -0.35, tension: 0.05, intimacy: 0.25, nostalgia: 0.2, openness: 0.4)),
    ]
    /// The golden hour of a morning.
    private static let sunrise = Axes(
        valence: 0.15, energy: 0.05, tension: -0.15, intimacy: 0.3, nostalgia: -0.1, openness: 0.3)
    /// How sure the clock and the map are of the light: clouds and walls they do not know.
    private static let confidence: Float = 0.85
    /// What is left of it where a photo has seen the light itself.
    private static let seenConfidence: Float = 0.45

    /// The light and the season of a place and a time.
    ///
    /// - Parameters:
    ///   - place: where; nil counts as 45 degrees north under the middle of its zone, and has no season.
    ///   - time: the clock on the wall.
    ///   - offset: minutes that the clock is ahead of UTC.
    ///   - isSeen: whether a photo has seen the light, so that it would count twice.
    /// - Returns: what each of them adds.
    package static func nudges(place: Place?, time: CivilTime, offset: Int, isSeen: Bool = false) -> [Nudge] {
        guard let now = elevation(place: place, time: time, offset: offset),
            let soon = elevation(place: place, time: time, offset: offset - 6)
        else { return [] }
        var light = sun(now, isRising: soon > now, isSeen: isSeen)
        if place == nil { light.reason += " (no place given: as at 45 degrees north)" }
        return [light] + (place.map { season($0, time.dayOfYear) } ?? [])
    }

    /// Degrees of the sun above the horizon at a place and a time, as `nudges` takes them.
    package static func elevation(place: Place?, time: CivilTime, offset: Int) -> Double? {
        let middle = Place(latitude: 45, longitude: max(-180, min(180, Double(offset) / 4)))
        return (place ?? middle).map {
            SunPosition.elevation(place: $0, dayOfYear: time.dayOfYear, utcMinutes: Double(time.minutes - offset))
        }
    }

    /// The light of a sun so many degrees above the horizon; neighbouring bands run into one another over two degrees.
    package static func sun(_ elevation: Double, isRising: Bool, isSeen: Bool = false) -> Nudge {
        func share(above edge: Double) -> Float { Float(max(0, min(1, (elevation - edge + 1) / 2))) }
        var axes = Axes()
        var upper: Float = 0
        for band in bands {
            let reached = share(above: band.above)
            let own = isRising && band.name == "golden hour" ? sunrise : band.axes
            axes += own * (reached - upper)
            upper = reached
        }
        axes = axes * (isSeen ? seenConfidence : confidence)
        let name = bands.first { elevation >= $0.above }?.name ?? "night"
        let degrees = Int(abs(elevation).rounded())
        let side = elevation < 0 ? "below" : "above"
        let way = abs(elevation) < 20 ? (isRising ? ", rising" : ", setting") : ""
        return Nudge(
            axes: axes,
            reason: "sun \(degrees) degree\(degrees == 1 ? "" : "s") \(side) the horizon\(way): \(name) -> "
                + axes.effects())
    }

    /// Autumn looks back, winter is slow; near the equator there is neither.
    private static func season(_ place: Place, _ dayOfYear: Int) -> [Nudge] {
        let strength = Float(max(0, min(1, (abs(place.latitude) - 10) / 20)))
        let day = place.latitude < 0 ? (dayOfYear + 182) % 365 : dayOfYear
        /// 1 in the middle of a season, 0 two months away from it.
        func near(_ middle: Int) -> Float {
            let distance = min(abs(day - middle), 365 - abs(day - middle))
            return max(0, 1 - Float(distance) / 61)
        }
        let autumn = Axes(nostalgia: 0.2) * (near(298) * strength)
        let winter = Axes(energy: -0.1) * (near(20) * strength)
        var nudges: [Nudge] = []
        for (name, axes) in [("autumn", autumn), ("winter", winter)] where axes.effects() != "" {
            nudges.append(Nudge(axes: axes, reason: "season \(name) -> \(axes.effects())"))
        }
        return nudges
    }
}
