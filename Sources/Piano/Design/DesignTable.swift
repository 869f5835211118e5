/// A table over keys or frequencies, constant outside its ends.
struct DesignTable: Sendable {
    enum Scale: Sendable { case linear, logValue, logPlace }

    let places: [Double]
    let values: [Double]
    let scale: Scale

    init(_ scale: Scale = .linear, _ pairs: KeyValuePairs<Double, Double>) {
        self.scale = scale
        places = pairs.map { scale == .logPlace ? logOf($0.key) : $0.key }
        values = pairs.map { scale == .logValue ? logOf($0.value) : $0.value }
    }

    /// The same table with its values raised to at least `floor`.
    func floored(_ floor: Double) -> DesignTable {
        DesignTable(places: places, values: values.map { max(floor, $0) }, scale: scale)
    }

    /// The same table with something added to each of its values.
    func raised(_ rise: [Double]) -> DesignTable {
        DesignTable(places: places, values: zip(values, rise).map { $0 + $1 }, scale: scale)
    }

    private init(places: [Double], values: [Double], scale: Scale) {
        self.places = places
        self.values = values
        self.scale = scale
    }

    /// The table that lies between this one and another of its scale, whose `share` is 0...1.
    func blended(with other: DesignTable, _ share: Double) -> DesignTable {
        let all = Set(places + other.places).sorted()
        return DesignTable(
            places: all, values: all.map { (1 - share) * line($0) + share * other.line($0) }, scale: scale)
    }

    /// The value at a place.
    func callAsFunction(_ place: Double) -> Double {
        let y = line(scale == .logPlace ? logOf(place) : place)
        return scale == .logValue ? expOf(y) : y
    }

    /// What stands at `x`, both as the scale draws them.
    private func line(_ x: Double) -> Double {
        if x <= places[0] { return values[0] }
        if x >= places[places.count - 1] { return values[values.count - 1] }
        var i = 1
        while places[i] < x { i += 1 }
        let t = (x - places[i - 1]) / (places[i] - places[i - 1])
        return values[i - 1] + t * (values[i] - values[i - 1])
    }
}
