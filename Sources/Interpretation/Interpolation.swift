/// Straight lines between points of rising abscissa, level beyond the ends.
struct PiecewiseLinear {
    private let xs: [Float]
    private let ys: [Float]

    /// The points must be sorted; an empty curve is 0 everywhere.
    init(xs: [Float], ys: [Float]) {
        precondition(xs.count == ys.count, "a point has two coordinates")
        self.xs = xs
        self.ys = ys
    }

    /// Values at 0, 1, 2, ....
    init(values: [Float]) { self.init(xs: values.indices.map { Float($0) }, ys: values) }

    func callAsFunction(_ x: Float) -> Float {
        guard let first = xs.first, let last = xs.last else { return 0 }
        if x <= first { return ys[0] }
        if x >= last { return ys[ys.count - 1] }
        let right = xs.lowerBound { $0 > x }
        let left = right - 1
        let width = xs[right] - xs[left]
        return width > 0 ? ys[left] + (ys[right] - ys[left]) * (x - xs[left]) / width : ys[right]
    }
}

extension Array {
    /// The first index from which on `condition` holds, or `count`; it must hold for a suffix only.
    func lowerBound(where condition: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// A Gaussian window of width `width` around each of `centres`, summed over `places` (sorted) with `weights`.
///
/// Returns the weighted sum and the sum of the window; places beyond four widths count nothing.
func gaussianSums(at centres: [Float], places: [Float], weights: [Float], width: Float) -> [(sum: Float, mass: Float)] {
    centres.map { centre in
        var index = places.lowerBound { $0 >= centre - 4 * width }
        var sum: Float = 0
        var mass: Float = 0
        while index < places.count, places[index] <= centre + 4 * width {
            let z = (places[index] - centre) / width
            let window = Kernel.gaussian(z)
            sum += window * weights[index]
            mass += window
            index += 1
        }
        return (sum, mass)
    }
}
