import CPNG

/// Decodes PNG through libpng's simplified reader: any depth becomes eight bits, what is transparent lies on white.
enum PNGDecoder {
    static func decode(_ bytes: [UInt8]) throws(SenseError) -> Raster {
        let result: Result<Raster, SenseError> = unsafe bytes.withUnsafeBytes { input in
            var image = unsafe png_image()
            unsafe image.version = png_uint_32(PNG_IMAGE_VERSION)
            defer { unsafe png_image_free(&image) }
            guard unsafe png_image_begin_read_from_memory(&image, input.baseAddress, input.count) != 0 else {
                return unsafe .failure(damaged(&image))
            }
            let (width, height) = unsafe (Int(image.width), Int(image.height))
            guard width > 0, height > 0, width <= PhotoLimits.pngPixels / height else {
                return .failure(PhotoLimits.tooLarge(width, height, limit: PhotoLimits.pngPixels))
            }
            unsafe image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
            var background = png_color(red: 255, green: 255, blue: 255)
            var pixels = [UInt8](repeating: 0, count: width * height * 3)
            let done = unsafe pixels.withUnsafeMutableBytes {
                unsafe png_image_finish_read(&image, &background, $0.baseAddress, png_int_32(width * 3), nil)
            }
            guard done != 0 else { return unsafe .failure(damaged(&image)) }
            return .success(Raster(width: width, height: height, bytes: pixels))
        }
        return try result.get()
    }

    private static func damaged(_ image: inout png_image) -> SenseError {
        let reason = unsafe withUnsafeBytes(of: &image.message) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return SenseError("is a damaged PNG: \(reason)")
    }

    /// The bytes of the chunk that holds Exif data, with the head that libexif wants; nil without one.
    static func exif(_ bytes: [UInt8]) -> [UInt8]? {
        var i = 8
        while i + 12 <= bytes.count {
            let length = bytes[i..<i + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= bytes.count - i - 12 else { return nil }
            let name = bytes[(i + 4)..<(i + 8)]
            if name.elementsEqual("eXIf".utf8) { return Array("Exif\0\0".utf8) + bytes[(i + 8)..<(i + 8 + length)] }
            if name.elementsEqual("IEND".utf8) { return nil }
            i += 12 + length
        }
        return nil
    }
}
