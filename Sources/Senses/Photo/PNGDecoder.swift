import CPNG

/// Decodes PNG through libpng's simplified reader: any depth becomes eight bits, what is transparent lies on white.
enum PNGDecoder {
    static func decode(_ chunks: PNGChunks) throws(SenseError) -> Raster {
        let result: Result<Raster, SenseError> = unsafe chunks.picture.withUnsafeBytes { input in
            var image = unsafe png_image()
            unsafe image.version = png_uint_32(PNG_IMAGE_VERSION)
            defer { unsafe png_image_free(&image) }
            guard unsafe png_image_begin_read_from_memory(&image, input.baseAddress, input.count) != 0 else {
                return unsafe .failure(damaged(&image))
            }
            let (width, height) = unsafe (Int(image.width), Int(image.height))
            guard width == chunks.width, height == chunks.height else { return unsafe .failure(damaged(&image)) }
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
}
