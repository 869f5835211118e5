import CTurboJPEG

/// Decodes JPEG through libturbojpeg, at the smallest of its scales that the grid needs.
enum JPEGDecoder {
    /// Pixels of the longer side at least.
    private static let wantedSide = 384

    static func decode(_ bytes: [UInt8], _ header: JPEGHeader) throws(SenseError) -> Raster {
        let pixels = header.width * header.height
        guard pixels <= PhotoLimits.jpegPixels else {
            throw PhotoLimits.tooLarge(header.width, header.height, limit: PhotoLimits.jpegPixels)
        }
        guard
            !header.isProgressive
                || header.coefficientBytes <= PhotoLimits.coefficientBytes
                    && header.scans * pixels <= PhotoLimits.scannedPixels
        else {
            throw SenseError(
                "is a progressive JPEG of \(header.width) x \(header.height) pixels in \(header.scans) scans, which would "
                    + "take too much memory and time: make it smaller first")
        }
        guard let handle = unsafe tjInitDecompress() else { throw SenseError("cannot be decoded: no memory") }
        defer { unsafe tjDestroy(handle) }
        var (width, height, subsampling, colours) = (Int32(0), Int32(0), Int32(0), Int32(0))
        let size = UInt(bytes.count)
        let known = unsafe bytes.withUnsafeBufferPointer {
            unsafe tjDecompressHeader3(handle, $0.baseAddress, size, &width, &height, &subsampling, &colours)
        }
        guard known == 0, Int(width) * Int(height) <= PhotoLimits.jpegPixels else {
            throw unsafe damaged(handle)
        }
        let divisor = [8, 4, 2].first { max(Int(width), Int(height)) / $0 >= wantedSide } ?? 1
        let scaled = (width: (Int(width) + divisor - 1) / divisor, height: (Int(height) + divisor - 1) / divisor)
        let isCMYK = colours == Int32(TJCS_CMYK.rawValue) || colours == Int32(TJCS_YCCK.rawValue)
        let format = isCMYK ? TJPF_CMYK : TJPF_RGB
        let channels = isCMYK ? 4 : 3
        var pixelsOut = [UInt8](repeating: 0, count: scaled.width * scaled.height * channels)
        let done = unsafe bytes.withUnsafeBufferPointer { input in
            unsafe pixelsOut.withUnsafeMutableBufferPointer { output in
                unsafe tjDecompress2(
                    handle, input.baseAddress, size, output.baseAddress, Int32(scaled.width), 0,
                    Int32(scaled.height), format.rawValue, TJFLAG_LIMITSCANS)
            }
        }
        if done != 0 {
            let error = unsafe damaged(handle)
            // Of what is merely odd there is still a picture.
            guard unsafe tjGetErrorCode(handle) == Int32(TJERR_WARNING.rawValue),
                !error.description.contains("Premature end")
            else { throw error }
        }
        if isCMYK { pixelsOut = rgb(fromCMYK: pixelsOut, isInverted: header.hasAdobeMarker) }
        return Raster(width: scaled.width, height: scaled.height, bytes: pixelsOut)
    }

    private static func damaged(_ handle: tjhandle) -> SenseError {
        let reason = unsafe tjGetErrorStr2(handle).map { unsafe String(cString: $0) } ?? "unknown"
        return SenseError("is a damaged JPEG: \(reason)")
    }

    private static func rgb(fromCMYK bytes: [UInt8], isInverted: Bool) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count / 4 * 3)
        for i in stride(from: 0, to: bytes.count - 3, by: 4) {
            let black = isInverted ? Int(bytes[i + 3]) : 255 - Int(bytes[i + 3])
            for channel in 0..<3 {
                let ink = isInverted ? Int(bytes[i + channel]) : 255 - Int(bytes[i + channel])
                out.append(UInt8((ink * black + 127) / 255))
            }
        }
        return out
    }
}
