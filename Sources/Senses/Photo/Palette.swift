import Glibc

/// The main colours of a photo, for its reasons: five means in OKLab, those that look alike together.
enum Palette {
    /// Such as `44 % orange, 31 % dark blue`.
    static func description(_ grid: ColourGrid) -> String {
        let points = (0..<grid.count).map { SIMD4(grid.lightness[$0], grid.a[$0], grid.b[$0], 0) }
        let sorted = points.sorted { $0.x < $1.x }
        var means = [1, 3, 5, 7, 9].map { sorted[$0 * (sorted.count - 1) / 10] }
        var counts = [Int](repeating: 0, count: means.count)
        for _ in 0..<12 {
            var sums = [SIMD4<Float>](repeating: .zero, count: means.count)
            counts = [Int](repeating: 0, count: means.count)
            for point in points {
                var nearest = 0
                var least = Float.infinity
                for (i, mean) in means.enumerated() {
                    let difference = point - mean
                    let distance = (difference * difference).sum()
                    if distance < least { (nearest, least) = (i, distance) }
                }
                sums[nearest] += point
                counts[nearest] += 1
            }
            for i in means.indices where counts[i] > 0 { means[i] = sums[i] / Float(counts[i]) }
        }
        var shares: [(name: String, count: Int)] = []
        for (mean, count) in zip(means, counts) where count > 0 {
            let name = name(mean.x, mean.y, mean.z)
            if let i = shares.firstIndex(where: { $0.name == name }) {
                shares[i].count += count
            } else {
                shares.append((name, count))
            }
        }
        shares.sort { ($1.count, $0.name) < ($0.count, $1.name) }
        return shares.prefix(3).map { "\(($0.count * 100 + grid.count / 2) / grid.count) % \($0.name)" }
            .joined(separator: ", ")
    }

    /// An everyday name of an OKLab colour.
    static func name(_ lightness: Float, _ a: Float, _ b: Float) -> String {
        let chroma = (a * a + b * b).squareRoot()
        if lightness < 0.18 { return "black" }
        if chroma < 0.025 { return lightness > 0.9 ? "white" : lightness < 0.4 ? "dark gray" : "gray" }
        let degrees = atan2f(b, a) * 180 / .pi
        let hue = degrees < 0 ? degrees + 360 : degrees
        let names: [(upTo: Float, name: String)] = [
            (15, "pink"), (45, "red"), (75, "orange"), (110, "yellow"), (165, "green"), (215, "teal"), (280, "blue"),
            (325, "violet"), (360, "pink"),
        ]
        let name = names.first { hue <= $0.upTo }?.name ?? "pink"
        if lightness < 0.45 { return name == "orange" || name == "yellow" ? "brown" : "dark \(name)" }
        return chroma < 0.06 && lightness > 0.6 ? "pale \(name)" : name
    }
}
