/// What a photo makes of a moment, and what its camera wrote down.
package struct PhotoImpression: Hashable, Sendable {
    package var impression: Impression
    package var notes: CameraNotes
}

/// Looks at photos (music.md 3.3): colour goes to mood, never to notes.
package enum PhotoSense {
    /// Bytes of a file at most.
    package static let byteLimit = PhotoLimits.bytes
    /// Colour tells valence, energy and tension (Valdez and Mehrabian), and the picture's plan how wide it is; whether two
    /// people are close, and how much of the past is in it, it hardly shows.
    private static let confidence = Axes(
        valence: 0.7, energy: 0.7, tension: 0.7, intimacy: 0.3, nostalgia: 0.5, openness: 0.7)

    /// What a JPEG or PNG file makes of a moment.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - name: its name, for the advice on how to convert what is not read.
    ///   - usesNotes: false leaves the camera's notes alone, orientation too.
    /// - Returns: the impression, and the notes.
    /// - Throws: what is wrong with the file.
    package static func read(_ bytes: [UInt8], name: String, usesNotes: Bool = true) throws(SenseError)
        -> PhotoImpression
    {
        var notes = CameraNotes()
        let raster: Raster
        switch try PhotoFormat(bytes, name: name) {
        case .jpeg:
            let header = try JPEGHeader(bytes)
            if usesNotes, let exif = header.exif { notes = CameraNotes(Array(bytes[exif])) }
            raster = try JPEGDecoder.decode(bytes, header)
        case .png:
            let chunks = try PNGChunks(bytes)
            if usesNotes, let exif = chunks.exif { notes = CameraNotes(exif) }
            raster = try PNGDecoder.decode(chunks)
        }
        let grid = ColourGrid(raster, orientation: notes.orientation)
        var seen = impression(grid)
        seen.reasons += notes.remarks
        return PhotoImpression(impression: seen, notes: notes)
    }

    /// The recipe of music.md 3.3 with Valdez and Mehrabian's weights; yellower is happier too, as Palmer and others found.
    private static func impression(_ grid: ColourGrid) -> Impression {
        let seen = PhotoMeasures(grid)
        func z(_ x: Float, _ mean: Float, _ deviation: Float) -> Float { max(-1.5, min(1.5, (x - mean) / deviation)) }
        let brightness = z(seen.lightness, 0.55, 0.2)
        let saturation = z(seen.chroma, 0.10, 0.06)
        let contrast = z(seen.contrast, 0.045, 0.04)
        let warmth = max(-1, min(1, seen.warmth))
        let faded = max(0, min(1, (seen.blacks - 0.15) / 0.3)) * max(0, min(1, 1 - seen.spread / 0.2))
        let light = Axes(
            valence: 0.45 * (0.69 * brightness + 0.22 * saturation) + 0.2 * warmth,
            energy: 0.35 * saturation + 0.35 * z(seen.edges, 0.03, 0.03),
            tension: 0.35 * contrast - 0.25 * brightness + 0.2 * seen.darkShare)
        let tone = Axes(
            intimacy: 0.5 * warmth + 0.3 * (1 - seen.depth),
            nostalgia: 0.4 * max(0, warmth) * (1 - max(0, min(1, saturation))) + 0.3 * faded)
        let room = Axes(openness: 0.6 * seen.emptyShare + 0.3 * seen.horizon)
        var reasons: [String] = []
        func reason(_ what: String, _ axes: Axes) {
            let effects = axes.clamped.effects()
            if !effects.isEmpty { reasons.append("photo, \(what) -> \(effects)") }
        }
        reason(Palette.description(grid), light)
        reason(warmth >= 0.1 ? "warm tones" : warmth <= -0.1 ? "cold tones" : "neutral tones", tone)
        let empty = Int((seen.emptyShare * 100).rounded())
        reason("\(empty) % empty\(seen.horizon > 0.5 ? ", a horizon" : "")", room)
        return Impression(
            sense: .photo, axes: (light + tone + room).clamped, confidence: confidence,
            reasons: reasons)
    }
}
