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

    /// The value at a place.
    func callAsFunction(_ place: Double) -> Double {
        let x = scale == .logPlace ? logOf(place) : place
        let y: Double
        if x <= places[0] {
            y = values[0]
        } else if x >= places[places.count - 1] {
            y = values[values.count - 1]
        } else {
            var i = 1
            while places[i] < x { i += 1 }
            let t = (x - places[i - 1]) / (places[i] - places[i - 1])
            y = values[i - 1] + t * (values[i] - values[i - 1])
        }
        return scale == .logValue ? expOf(y) : y
    }
}
