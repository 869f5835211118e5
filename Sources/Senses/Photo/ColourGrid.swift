import Glibc

/// A photo as a small grid of OKLab colours, upright, its longer side 64 cells (Ottosson, "A perceptual color space for
/// image processing", 2020).
struct ColourGrid {
    static let side = 64

    let width: Int
    let height: Int
    /// Lightness 0...1, row by row.
    private(set) var lightness: [Float]
    /// Green to red.
    private(set) var a: [Float]
    /// Blue to yellow.
    private(set) var b: [Float]

    /// Means over cells of equal size; `orientation` is Exif's, 1...8.
    init(_ raster: Raster, orientation: Int) {
        let longer = max(raster.width, raster.height)
        let cells = min(Self.side, longer)
        let across = max(1, (raster.width * cells + longer / 2) / longer)
        let down = max(1, (raster.height * cells + longer / 2) / longer)
        let isTurned = orientation >= 5
        width = isTurned ? down : across
        height = isTurned ? across : down
        lightness = Array(repeating: 0, count: across * down)
        a = lightness
        b = lightness
        for y in 0..<down {
            let rows = (y * raster.height / down)..<max(y * raster.height / down + 1, (y + 1) * raster.height / down)
            for x in 0..<across {
                let columns =
                    (x * raster.width / across)..<max(x * raster.width / across + 1, (x + 1) * raster.width / across)
                var sum = SIMD4<UInt64>.zero
                for row in rows {
                    for column in columns {
                        let i = (row * raster.width + column) * 3
                        sum &+= SIMD4(
                            UInt64(raster.bytes[i]), UInt64(raster.bytes[i + 1]), UInt64(raster.bytes[i + 2]), 1)
                    }
                }
                let count = Float(sum.w) * 255
                let colour = Self.oklab(Float(sum.x) / count, Float(sum.y) / count, Float(sum.z) / count)
                let (column, row) = Self.upright(x, y, across, down, orientation)
                let cell = row * width + column
                (lightness[cell], a[cell], b[cell]) = colour
            }
        }
    }

    /// Where a stored cell belongs in the upright picture.
    private static func upright(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ orientation: Int) -> (Int, Int) {
        let (right, bottom) = (width - 1 - x, height - 1 - y)
        return switch orientation {
        case 2: (right, y)
        case 3: (right, bottom)
        case 4: (x, bottom)
        case 5: (y, x)
        case 6: (bottom, x)
        case 7: (bottom, right)
        case 8: (y, right)
        default: (x, y)
        }
    }

    /// OKLab of an sRGB colour whose channels are 0...1.
    static func oklab(_ red: Float, _ green: Float, _ blue: Float) -> (Float, Float, Float) {
        func linear(_ x: Float) -> Float { x <= 0.04045 ? x / 12.92 : powf((x + 0.055) / 1.055, 2.4) }
        let (r, g, b) = (linear(red), linear(green), linear(blue))
        let l = cbrtf(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
        let m = cbrtf(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
        let s = cbrtf(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
        return (
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        )
    }

    var count: Int { lightness.count }

    func chroma(_ cell: Int) -> Float { (a[cell] * a[cell] + b[cell] * b[cell]).squareRoot() }
}
