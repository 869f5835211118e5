import CPNG
import CTurboJPEG
import Glibc

/// Pictures painted by formula, and encoded.
public struct Picture: Sendable {
    public private(set) var width: Int
    public private(set) var height: Int
    /// Red, green, blue.
    public private(set) var bytes: [UInt8]

    /// Paints with a function of the place, 0...1 across and down, to sRGB 0...1.
    public init(width: Int = 480, height: Int = 320, _ paint: (_ x: Double, _ y: Double) -> (Double, Double, Double)) {
        self.width = width
        self.height = height
        bytes = []
        bytes.reserveCapacity(width * height * 3)
        for row in 0..<height {
            for column in 0..<width {
                let colour = paint((Double(column) + 0.5) / Double(width), (Double(row) + 0.5) / Double(height))
                for value in [colour.0, colour.1, colour.2] { bytes.append(UInt8(max(0, min(255, value * 255 + 0.5)))) }
            }
        }
    }

    /// The picture turned by 90 degrees clockwise.
    public var turned: Picture {
        var out = self
        (out.width, out.height) = (height, width)
        for y in 0..<out.height {
            for x in 0..<out.width {
                for c in 0..<3 {
                    out.bytes[(y * out.width + x) * 3 + c] = bytes[((height - 1 - x) * width + y) * 3 + c]
                }
            }
        }
        return out
    }

    public func jpeg(quality: Int32 = 92, isProgressive: Bool = false, sampling: Sampling = .half) -> [UInt8] {
        encode(bytes, TJPF_RGB, quality, isProgressive ? TJFLAG_PROGRESSIVE : 0, sampling)
    }

    /// How finely a JPEG keeps its colours.
    public enum Sampling: CaseIterable, Sendable { case full, half, across, down, none }

    /// As print shops store it: inks upside down, with Adobe's marker.
    public func cmykJPEG() -> [UInt8] {
        var inks: [UInt8] = []
        for i in stride(from: 0, to: bytes.count, by: 3) { inks += [bytes[i], bytes[i + 1], bytes[i + 2], 255] }
        return encode(inks, TJPF_CMYK, 95, 0)
    }

    private func encode(
        _ pixels: [UInt8], _ format: TJPF, _ quality: Int32, _ flags: Int32, _ sampling: Sampling = .half
    )
        -> [UInt8]
    {
        let subsampling =
            switch sampling {
            case .full: TJSAMP_444
            case .half: TJSAMP_420
            case .across: TJSAMP_422
            case .down: TJSAMP_440
            case .none: TJSAMP_GRAY
            }
        guard let handle = unsafe tjInitCompress() else { return [] }
        defer { unsafe tjDestroy(handle) }
        var data: UnsafeMutablePointer<UInt8>?
        var size: UInt = 0
        unsafe pixels.withUnsafeBufferPointer {
            _ = unsafe tjCompress2(
                handle, $0.baseAddress, Int32(width), 0, Int32(height), format.rawValue, &data, &size,
                Int32(subsampling.rawValue), quality, flags)
        }
        defer { unsafe tjFree(data) }
        return unsafe Array(UnsafeBufferPointer(start: data, count: Int(size)))
    }

    /// PNG with eight bits, or sixteen, with or without an alpha of one.
    public func png(isDeep: Bool = false, hasAlpha: Bool = false) -> [UInt8] {
        var image = unsafe png_image()
        unsafe image.version = png_uint_32(PNG_IMAGE_VERSION)
        unsafe image.width = png_uint_32(width)
        unsafe image.height = png_uint_32(height)
        let flags =
            PNG_FORMAT_FLAG_COLOR | (isDeep ? PNG_FORMAT_FLAG_LINEAR : 0) | (hasAlpha ? PNG_FORMAT_FLAG_ALPHA : 0)
        unsafe image.format = png_uint_32(flags)
        var out = [UInt8](repeating: 0, count: width * height * 8 + 65536)
        var size = out.count
        func write(_ pixels: UnsafeRawPointer?) {
            _ = unsafe out.withUnsafeMutableBytes {
                unsafe png_image_write_to_memory(&image, $0.baseAddress, &size, 0, pixels, 0, nil)
            }
        }
        if isDeep {
            var deep: [UInt16] = []
            for i in stride(from: 0, to: bytes.count, by: 3) {
                for c in 0..<3 {
                    let x = Double(bytes[i + c]) / 255
                    deep.append(UInt16(65535 * (x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4)) + 0.5))
                }
                if hasAlpha { deep.append(65535) }
            }
            unsafe deep.withUnsafeBytes { unsafe write($0.baseAddress) }
        } else {
            var plain = bytes
            if hasAlpha {
                plain = []
                for i in stride(from: 0, to: bytes.count, by: 3) { plain += bytes[i..<i + 3] + [255] }
            }
            unsafe plain.withUnsafeBytes { unsafe write($0.baseAddress) }
        }
        return Array(out[..<size])
    }
}

/// A value that looks random, the same for the same place.
public func grain(_ x: Double, _ y: Double) -> Double {
    let value = sin(x * 127.1 + y * 311.7) * 43758.5453
    return value - floor(value)
}

/// Smooth noise with so many cells across.
public func clouds(_ x: Double, _ y: Double, _ cells: Double) -> Double {
    let (column, row) = (floor(x * cells), floor(y * cells))
    let (s, t) = (x * cells - column, y * cells - row)
    let (u, v) = (s * s * (3 - 2 * s), t * t * (3 - 2 * t))
    let top = grain(column, row) * (1 - u) + grain(column + 1, row) * u
    let bottom = grain(column, row + 1) * (1 - u) + grain(column + 1, row + 1) * u
    return top * (1 - v) + bottom * v
}

/// The scenes that the recipe must place, as functions so that they can be painted at any size and tilt.
public enum Scenes {
    public typealias Paint = @Sendable (_ x: Double, _ y: Double) -> (Double, Double, Double)

    public static func goldenDusk(_ x: Double, _ y: Double) -> (Double, Double, Double) {
        let haze = 0.03 * clouds(x, y * 3, 5)
        if y < 0.55 { return (0.95 - 0.12 * (0.55 - y), 0.58 + 0.25 * y + haze, 0.30 + 0.22 * y) }
        if y < 0.8 {
            let glint = 0.08 * clouds(x * 2, y * 8, 12)
            return (0.72 + glint, 0.48 + glint, 0.36)
        }
        return (0.62 + haze, 0.46 + haze, 0.32)
    }

    public static func blueHour(_ x: Double, _ y: Double) -> (Double, Double, Double) {
        if y < 0.6 { return (0.12 + 0.22 * y, 0.18 + 0.28 * y, 0.42 + 0.30 * y) }
        return (0.10 + 0.02 * clouds(x, y * 4, 9), 0.15, 0.32)
    }

    public static func noonSea(_ x: Double, _ y: Double) -> (Double, Double, Double) {
        if y < 0.45 { return (0.50 + 0.35 * y, 0.75 + 0.25 * y, 0.98) }
        if y < 0.8 {
            let glint = 0.10 * clouds(x * 2, y * 6, 14)
            return (0.15 + glint, 0.62 + glint, 0.78 + glint)
        }
        return (0.95, 0.88, 0.72)
    }

    public static func storm(_ x: Double, _ y: Double) -> (Double, Double, Double) {
        let dark = y < 0.5 ? 0.14 + 0.22 * clouds(x, y * 2, 7) : 0.10 + 0.12 * clouds(x * 2, y * 4, 8)
        let foam = y > 0.5 && clouds(x * 3 + 7, y * 5, 9) > 0.68 ? 0.6 : 0
        return (dark + foam, dark + 0.02 + foam, dark + 0.05 + foam)
    }

    public static func fog(_ x: Double, _ y: Double) -> (Double, Double, Double) {
        let grey = 0.72 + 0.06 * y + 0.02 * clouds(x, y, 3)
        return (grey, grey, grey + 0.01)
    }

    public static func neonStreet(_ x: Double, _ y: Double) -> (Double, Double, Double) {
        let lamp = clouds(x * 1.7 + 3, y * 2.3, 11)
        if lamp > 0.62 { return clouds(x, y, 6) > 0.5 ? (1.0, 0.1, 0.6) : (0.05, 0.9, 0.95) }
        let wall = 0.06 + 0.08 * clouds(x, y, 18)
        return (wall, wall, wall + 0.05)
    }
}
