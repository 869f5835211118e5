import BeachPianoTestSupport

/// Photos of every encoding that the reader knows, some that it must refuse, and some that ask for much.
enum PhotoSeeds {
    static let small: [Sample] = jpegs + pngs + strangers

    private static func sample(_ bytes: [UInt8]) -> Sample { Sample(kind: "img", bytes: bytes) }

    private static var jpegs: [Sample] {
        let picture = Picture(width: 96, height: 64, Scenes.goldenDusk)
        let street = Picture(width: 61, height: 83, Scenes.neonStreet)
        var all = Picture.Sampling.allCases.map { picture.jpeg(sampling: $0) }
        all += [picture.jpeg(isProgressive: true), street.jpeg(quality: 40, isProgressive: true), street.cmykJPEG()]
        // The notes of makers have readers of their own in libexif.
        let makers: [(String, [UInt8])] = [
            ("Canon", [0, 2, 0, 1, 0, 3, 0, 0, 0, 4, 0, 0, 0, 40, 0, 4, 0, 3, 0, 0, 0, 9, 0, 0, 0, 60, 0, 0, 0, 0]),
            ("NIKON", Array("Nikon\0\u{2}\u{10}\0\0MM\0*\0\0\0\u{8}\0\u{1}\0\u{1}\0\u{7}\0\0\0\u{4}0210\0\0\0\0".utf8)),
            ("OLYMPUS", Array("OLYMP\0\u{1}\0\u{1}\0\u{7}\u{2}\u{4}\0\u{1}\0\0\0\0\0\0\0\0\0\0\0".utf8)),
            ("FUJIFILM", Array("FUJIFILM\u{c}\0\0\0\u{1}\0\0\0\u{7}\0\u{4}\0\0\00130\0\0\0\0".utf8)),
            ("PENTAX", Array("AOC\0MM\0\u{1}\0\u{1}\0\u{3}\0\0\0\u{1}\0\u{2}\0\0\0\0\0\0".utf8)),
            ("Apple", Array("Apple iOS\0\0\u{1}MM\0\u{1}\0\u{1}\0\u{9}\0\0\0\u{1}\0\0\0\u{5}\0\0\0\0".utf8)),
        ]
        let tiny = Picture(width: 24, height: 16, Scenes.blueHour).jpeg()
        for (i, maker) in makers.enumerated() {
            let notes = Exif.segment(
                orientation: UInt8(1 + i), when: "2024:06:21 20:45:10", zone: i.isMultiple(of: 2) ? "+01:00" : nil,
                where: [387_000, 94_200], maker: maker)
            all.append(Exif.tagged(tiny, notes))
        }
        return all.map(sample)
    }

    private static var pngs: [Sample] {
        let picture = Picture(width: 48, height: 32, Scenes.storm)
        var all = [
            picture.png(), picture.png(isDeep: true), picture.png(hasAlpha: true),
            picture.png(isDeep: true, hasAlpha: true),
        ]
        for (colour, depths) in [
            (0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16]),
        ] {
            for depth in depths {
                for isInterlaced in [false, true] {
                    all.append(
                        RawPNG(width: 19, height: 13, depth: depth, colour: colour, isInterlaced: isInterlaced).bytes)
                }
            }
        }
        let notes = Exif.segment(orientation: 6, when: "2024:06:21 20:45:10", zone: "+01:00", where: [387_000, 94_200])
        let extras: [(String, [UInt8])] = [
            ("gAMA", [0, 0, 0xB1, 0x8F]), ("sRGB", [0]), ("cHRM", [UInt8](repeating: 7, count: 32)),
            ("sBIT", [8, 8, 8]), ("bKGD", [0, 0, 0, 0, 0, 0]), ("tRNS", [0, 9, 0, 9, 0, 9]),
            ("zTXt", Array("Title\0\0".utf8) + PNGBytes.stored(Array("a sea".utf8))),
            ("tEXt", Array("Title\0a sea".utf8)),
            ("iCCP", Array("icc\0\0".utf8) + PNGBytes.stored([UInt8](repeating: 0, count: 132))),
            ("eXIf", Array(notes.dropFirst(6))), ("eXIf", []), ("tIME", [7, 0xE8, 6, 21, 20, 45, 10]),
        ]
        all += extras.map { RawPNG(width: 9, height: 5, depth: 8, colour: 2, extra: $0).bytes }
        return all.map(sample)
    }

    private static var strangers: [Sample] {
        ["", "GIF89a", "RIFF....WEBPVP8 ", "II*\0", "MM\0*", "BM", "\0\0\0\u{18}ftypheic\0\0\0\0", "hello"]
            .map { sample(Array($0.utf8)) }
    }

    /// Pictures that are as large as may be, or say so.
    static var giants: [Sample] {
        var all: [Sample] = []
        let flat = Picture(width: 64, height: 64) { _, _ in (0.5, 0.6, 0.7) }
        for jpeg in [flat.jpeg(), flat.jpeg(isProgressive: true), flat.jpeg(sampling: .none), flat.cmykJPEG()] {
            for (width, height) in [(8000, 8000), (5000, 5000), (65_500, 900), (900, 65_500), (10_000, 6000)] {
                var bytes = jpeg
                if let frame = frame(of: jpeg) {
                    bytes.replaceSubrange(
                        frame..<frame + 4,
                        with: [UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255)])
                }
                all.append(sample(bytes))
            }
        }
        let broad = Picture(width: 4000, height: 3000) { x, y in (x, y, x * y) }
        all += [broad.jpeg(quality: 60), broad.jpeg(quality: 60, isProgressive: true)].map(sample)
        for (depth, colour, isInterlaced) in [
            (8, 2, false), (16, 6, false), (16, 6, true), (1, 0, true), (1, 3, false),
        ] {
            let bits = depth * [0: 1, 2: 3, 3: 1, 6: 4][colour, default: 1]
            // Some hundred millions of bytes that a few hundred thousand pack.
            let side = min(6000, Int((Double(200_000_000 * 8) / Double(bits)).squareRoot()))
            all.append(
                sample(
                    RawPNG(width: side, height: side, depth: depth, colour: colour, isInterlaced: isInterlaced).packed))
        }
        return all
    }

    /// Where a JPEG says its height.
    private static func frame(of jpeg: [UInt8]) -> Int? {
        jpeg.indices.dropLast(8).first {
            jpeg[$0] == 0xFF && (jpeg[$0 + 1] == 0xC0 || jpeg[$0 + 1] == 0xC2) && jpeg[$0 + 2] == 0
        }.map { $0 + 5 }
    }
}
