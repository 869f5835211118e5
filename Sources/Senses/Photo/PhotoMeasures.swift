import Music

/// What can be measured in a colour grid.
struct PhotoMeasures {
    /// Means with half as much again in the middle of the picture.
    var lightness: Float = 0
    var chroma: Float = 0
    /// Chroma towards orange in units of .15: below 0 cold, above 0 warm.
    var warmth: Float = 0
    /// Mean step of lightness from cell to cell.
    var edges: Float = 0
    /// Mean deviation of lightness within small windows.
    var contrast: Float = 0
    /// Deviation of lightness over the whole picture.
    var spread: Float = 0
    /// Lightness that 5 % of the picture stay below.
    var blacks: Float = 0
    /// Share that is nearly black.
    var darkShare: Float = 0
    /// Share of sky, water, fog: nothing in it, and not black.
    var emptyShare: Float = 0
    /// A line from side to side: 0 none, 1 a clear one.
    var horizon: Float = 0
    /// How much finer the lower half is than the upper, 0...1: the near against the far.
    var depth: Float = 0

    init(_ grid: ColourGrid) {
        var weights: Float = 0
        var upper: Float = 0
        var lower: Float = 0
        var steps: Float = 0
        var mean: Float = 0
        for y in 0..<grid.height {
            for x in 0..<grid.width {
                let cell = y * grid.width + x
                let light = grid.lightness[cell]
                let weight = 1 + 0.5 * Self.centrality(x, y, grid)
                weights += weight
                lightness += weight * light
                chroma += weight * grid.chroma(cell)
                // cos(hue - 55 degrees) times chroma.
                warmth += weight * (0.5736 * grid.a[cell] + 0.8192 * grid.b[cell]) / 0.15
                mean += light
                darkShare += Self.ramp(light, from: 0.26, to: 0.14)
                let step = max(
                    x > 0 ? abs(light - grid.lightness[cell - 1]) : 0,
                    y > 0 ? abs(light - grid.lightness[cell - grid.width]) : 0)
                steps += step
                if 2 * y < grid.height { upper += step } else { lower += step }
                let (deviation, colourful) = Self.window(x, y, grid)
                contrast += deviation
                emptyShare +=
                    Self.ramp(deviation + colourful, from: 0.06, to: 0.015) * Self.ramp(light, from: 0.1, to: 0.25)
            }
        }
        let count = Float(grid.count)
        lightness /= weights
        chroma /= weights
        warmth /= weights
        mean /= count
        darkShare /= count
        emptyShare /= count
        contrast /= count
        edges = steps / count
        depth = lower > upper ? (lower - upper) / (lower + upper + 0.002 * count) : 0
        spread = (grid.lightness.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        blacks = grid.lightness.sorted()[grid.count / 20]
        horizon = Self.horizon(grid)
    }

    /// 1 in the middle, 0 in the corners.
    private static func centrality(_ x: Int, _ y: Int, _ grid: ColourGrid) -> Float {
        let across = 2 * (Float(x) + 0.5) / Float(grid.width) - 1
        let down = 2 * (Float(y) + 0.5) / Float(grid.height) - 1
        return 1 - ((across * across + down * down) / 2).squareRoot()
    }

    /// Deviation of lightness, and of colour, in the five by five cells around one.
    private static func window(_ x: Int, _ y: Int, _ grid: ColourGrid) -> (Float, Float) {
        var sum = SIMD4<Float>.zero
        var squares = SIMD4<Float>.zero
        var count: Float = 0
        for row in max(0, y - 2)...min(grid.height - 1, y + 2) {
            for column in max(0, x - 2)...min(grid.width - 1, x + 2) {
                let cell = row * grid.width + column
                let colour = SIMD4(grid.lightness[cell], grid.a[cell], grid.b[cell], 0)
                sum += colour
                squares += colour * colour
                count += 1
            }
        }
        let mean = sum / count
        let variance = squares / count - mean * mean
        return (max(0, variance.x).squareRoot(), max(0, variance.y + variance.z).squareRoot())
    }

    /// The clearest step between bands of rows above and below a line, against how uneven the bands are.
    private static func horizon(_ grid: ColourGrid) -> Float {
        guard grid.height >= 16 else { return 0 }
        func band(_ rows: Range<Int>) -> (mean: SIMD4<Float>, deviation: Float) {
            var sum = SIMD4<Float>.zero
            var squares = SIMD4<Float>.zero
            for cell in (rows.lowerBound * grid.width)..<(rows.upperBound * grid.width) {
                let colour = SIMD4(grid.lightness[cell], grid.a[cell], grid.b[cell], 0)
                sum += colour
                squares += colour * colour
            }
            let count = Float(rows.count * grid.width)
            let mean = sum / count
            return (mean, max(0, (squares / count - mean * mean).sum()).squareRoot())
        }
        var best: Float = 0
        for line in 6...(grid.height - 6) {
            let above = band((line - 6)..<(line - 2))
            let below = band((line + 2)..<(line + 6))
            let step = above.mean - below.mean
            let size = (step * step).sum().squareRoot()
            best = max(best, size / (0.04 + above.deviation + below.deviation))
        }
        return ramp(best, from: 0.5, to: 1.8)
    }

    /// 0 at `from`, 1 at `to`, straight between, whichever is larger.
    private static func ramp(_ x: Float, from low: Float, to high: Float) -> Float {
        max(0, min(1, (x - low) / (high - low)))
    }
}
