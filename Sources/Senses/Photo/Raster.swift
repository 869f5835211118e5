/// A decoded picture: three bytes a pixel, red, green, blue, rows from the top.
struct Raster {
    var width: Int
    var height: Int
    var bytes: [UInt8]
}

/// What a photo may be before it is decoded.
enum PhotoLimits {
    /// Bytes of the file.
    static let bytes = 48 << 20
    /// Pixels of a JPEG: cameras of telephones reach 108 million; it is decoded at an eighth of its size.
    static let jpegPixels = 120_000_000
    /// Bytes that the coefficients of a progressive JPEG take while it is decoded.
    static let coefficientBytes = 192_000_000
    /// Pixels times scans of a progressive JPEG: a small file can ask for hours otherwise.
    static let scannedPixels = 800_000_000
    /// Pixels of a PNG, which is decoded whole.
    static let pngPixels = 36_000_000
    /// Bytes of its rows as they lie in the file, unpacked.
    static let pngBytes = 150_000_000

    static func tooLarge(_ width: Int, _ height: Int, limit: Int) -> SenseError {
        let megapixels = (Double(width) * Double(height) / 1e5).rounded() / 10
        return SenseError(
            "has \(width) x \(height) pixels, \(megapixels) million, more than the \(limit / 1_000_000) million that are "
                + "taken: make it smaller first")
    }
}
