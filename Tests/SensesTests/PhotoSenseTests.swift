import BeachPianoTestSupport
import Glibc
import Senses
import Testing

private func axes(_ bytes: [UInt8]) throws -> Axes {
    try PhotoSense.read(bytes, name: "photo").impression.axes
}

/// A scene turned by so many degrees about its middle.
private func tilted(_ scene: Scenes.Paint, degrees: Double) -> Picture {
    let angle = degrees * .pi / 180
    return Picture { x, y in
        let (u, v) = ((x - 0.5) * 1.5, y - 0.5)
        return scene((u * cos(angle) - v * sin(angle)) / 1.5 + 0.5, u * sin(angle) + v * cos(angle) + 0.5)
    }
}

private let scenes: [(name: String, paint: Scenes.Paint)] = [
    ("golden dusk", Scenes.goldenDusk), ("blue hour", Scenes.blueHour), ("noon sea", Scenes.noonSea),
    ("storm", Scenes.storm), ("fog", Scenes.fog), ("neon street", Scenes.neonStreet),
]

@Suite struct PhotoSenseTests {
    /// Where scenes belong, by valence, energy, tension, intimacy, nostalgia, openness: about where words and the light of
    /// the same hour lie (music.md 3.2, 3.5).
    private static let regions: [(name: String, axes: [ClosedRange<Float>])] = [
        ("golden dusk", [0.1...0.7, -0.5...0, -0.8...(-0.2), 0.35...0.8, 0.15...0.7, 0.5...1]),
        ("blue hour", [-0.6...0.05, -0.6...0, -0.3...0.3, -0.2...0.3, -0.1...0.5, 0.5...1]),
        ("noon sea", [0.2...0.8, -0.4...0.3, -0.8...(-0.2), -0.3...0.3, -0.2...0.2, 0.5...1]),
        ("storm", [-0.7...(-0.2), -0.3...0.6, 0.3...1, -0.4...0.2, -0.3...0.3, -0.1...0.5]),
        ("fog", [-0.2...0.5, -1...(-0.4), -1...(-0.3), -0.2...0.4, 0...0.6, 0.4...1]),
        ("neon street", [-0.6...0.3, 0.2...0.9, 0.4...1, -0.1...0.5, -0.3...0.3, -0.3...0.3]),
    ]

    @Test func `each scene lands where it belongs`() throws {
        let found = try Dictionary(uniqueKeysWithValues: scenes.map { ($0.name, try axes(Picture($0.paint).jpeg())) })
        for scene in scenes { print(scene.name, found[scene.name]?.effects(atMost: 6) ?? "") }
        for (name, region) in Self.regions {
            let axes = try #require(found[name])
            for (axis, range) in region.enumerated() {
                #expect(range.contains(axes[axis]), "\(name), axis \(axis): \(axes[axis]) for \(range)")
            }
        }
    }

    @Test(arguments: scenes.indices)
    func `size, quality, encoding and a small tilt move no axis by more than .05`(_ index: Int) throws {
        let scene = scenes[index].paint
        let picture = Picture(scene)
        let base = try axes(picture.jpeg())
        let others: [(String, [UInt8])] = [
            ("half", Picture(width: 240, height: 160, scene).jpeg()),
            ("twice", Picture(width: 960, height: 640, scene).jpeg()),
            ("six times", Picture(width: 2880, height: 1920, scene).jpeg()),
            ("odd size", Picture(width: 611, height: 407, scene).jpeg()), ("coarse", picture.jpeg(quality: 35)),
            ("progressive", picture.jpeg(isProgressive: true)), ("PNG", picture.png()),
            ("16-bit PNG", picture.png(isDeep: true)), ("PNG with alpha", picture.png(hasAlpha: true)),
            ("16-bit PNG with alpha", picture.png(isDeep: true, hasAlpha: true)),
            ("two degrees", tilted(scene, degrees: 2).jpeg()), ("minus two degrees", tilted(scene, degrees: -2).jpeg()),
            ("turned, orientation 8", Exif.tagged(picture.turned.jpeg(), Exif.segment(orientation: 8))),
            ("turned twice, orientation 3", Exif.tagged(picture.turned.turned.jpeg(), Exif.segment(orientation: 3))),
            (
                "turned back, orientation 6",
                Exif.tagged(picture.turned.turned.turned.jpeg(), Exif.segment(orientation: 6))
            ),
        ]
        for (name, bytes) in others {
            let moved = try axes(bytes) - base
            for axis in 0..<6 { #expect(abs(moved[axis]) <= 0.05, "\(scenes[index].name), \(name): \(moved)") }
        }
    }

    /// Palettes of four flat colours, as people sort them: faster and major goes with lighter, more saturated, yellower
    /// colours, slow and minor with darker, greyer, bluer ones (Palmer and others, 2013).
    @Test func `palettes land where people put them`() throws {
        func palette(_ colours: [(Double, Double, Double)]) throws -> Axes {
            try axes(Picture { x, _ in colours[min(3, Int(x * 4))] }.jpeg())
        }
        let sunny = try palette([(0.99, 0.85, 0.25), (0.98, 0.65, 0.2), (0.95, 0.45, 0.2), (0.99, 0.93, 0.55)])
        let pastel = try palette([(0.98, 0.86, 0.8), (0.97, 0.9, 0.78), (0.93, 0.83, 0.86), (0.96, 0.94, 0.88)])
        let bluish = try palette([(0.1, 0.15, 0.25), (0.13, 0.18, 0.3), (0.18, 0.22, 0.33), (0.08, 0.1, 0.16)])
        let grey = try palette([(0.4, 0.4, 0.41), (0.45, 0.45, 0.44), (0.38, 0.39, 0.4), (0.48, 0.47, 0.47)])
        for (name, axes) in [("sunny", sunny), ("pastel", pastel), ("bluish", bluish), ("grey", grey)] {
            print("palette", name, axes.effects(atMost: 6))
        }
        // Flat colours have no edges, and so little energy: what counts is which has more.
        #expect(sunny.valence > 0.3 && sunny.energy > max(pastel.energy, bluish.energy, grey.energy))
        #expect(pastel.valence > 0.1 && pastel.energy < 0 && pastel.tension < 0)
        #expect(bluish.valence < -0.3 && bluish.tension > max(sunny.tension, pastel.tension, grey.tension))
        #expect(grey.valence < 0 && grey.energy < 0)
        #expect(sunny.intimacy > grey.intimacy && grey.intimacy > bluish.intimacy)
        #expect(pastel.nostalgia > bluish.nostalgia)
    }

    @Test func `inks give the colours of the screen`() throws {
        let picture = Picture(Scenes.goldenDusk)
        let moved = try axes(picture.cmykJPEG()) - axes(picture.jpeg())
        for axis in 0..<6 { #expect(abs(moved[axis]) <= 0.05, "\(moved)") }
    }

    @Test(arguments: [1, 2, 5])
    func `a picture of a few pixels is a picture`(_ size: Int) throws {
        let tiny = Picture(width: size, height: size) { _, _ in (0.9, 0.5, 0.2) }
        #expect(try axes(tiny.png()).intimacy > 0.3)
        #expect(try PhotoSense.read(tiny.png(), name: "x").impression.reasons[0].contains("100 % orange"))
    }

    @Test func `the camera's time, zone and place are read, unless they are not wanted`() throws {
        let notes = Exif.segment(
            orientation: 1, when: "2024:06:21 20:45:10", zone: "+01:00", where: [387_000, 94_200])
        let bytes = Exif.tagged(Picture(Scenes.goldenDusk).jpeg(), notes)
        let read = try PhotoSense.read(bytes, name: "x").notes
        #expect(read.time == CivilTime(year: 2024, month: 6, day: 21, hour: 20, minute: 45, offset: 60))
        #expect(read.place == Place(latitude: 38.7, longitude: -9.42))
        #expect(try PhotoSense.read(bytes, name: "x", usesNotes: false).notes == CameraNotes())
    }

    @Test func `a place or a time that cannot be is left out, and a reason says so`() throws {
        let picture = Picture(Scenes.goldenDusk).jpeg()
        func read(when: String, where place: [UInt32]) throws -> PhotoImpression {
            let notes = Exif.segment(orientation: 1, when: when, zone: nil, where: place)
            return try PhotoSense.read(Exif.tagged(picture, notes), name: "x")
        }
        let good = try read(when: "2024:06:21 20:45:10", where: [387_000, 94_200])
        #expect(!good.impression.reasons.contains { $0.contains("left out") })
        let nowhere = try read(when: "2024:06:21 20:45:10", where: [1_387_000, 94_200])
        #expect(nowhere.notes.place == nil && nowhere.notes.time != nil)
        #expect(nowhere.impression.reasons.contains { $0.contains("place is none on Earth") })
        let never = try read(when: "0000:00:00 00:00:00", where: [387_000, 94_200])
        #expect(never.notes.time == nil && never.notes.place != nil)
        #expect(never.impression.reasons.contains { $0.contains("no date and time") })
    }
}

@Suite struct BadPhotoTests {
    private func complaint(_ bytes: [UInt8], name: String = "in.heic") -> String {
        do throws(SenseError) {
            _ = try PhotoSense.read(bytes, name: name)
            return ""
        } catch { return error.description }
    }

    @Test func `other formats are named, with the command that converts them`() {
        let heic = [0, 0, 0, 24] + Array("ftypheic".utf8) + [UInt8](repeating: 0, count: 40)
        #expect(complaint(heic).contains("HEIC") && complaint(heic).contains("heif-convert in.heic in.jpg"))
        #expect(complaint(Array("RIFF....WEBPVP8 ".utf8)).contains("dwebp"))
        #expect(complaint(Array("GIF89a".utf8)).contains("GIF"))
        #expect(complaint(Array("II*\0".utf8)).contains("TIFF"))
        #expect(complaint([]).contains("empty"))
        #expect(complaint(Array("hello".utf8)).contains("neither"))
    }

    @Test func `a picture of 200 megapixels is refused before it is decoded`() {
        // A JPEG frame and a PNG header that promise 20 000 x 10 000 pixels.
        let jpeg: [UInt8] = [
            0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0x27, 0x10, 0x4E, 0x20, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63,
            0,
        ]
        #expect(complaint(jpeg).contains("20000 x 10000") && complaint(jpeg).contains("200"))
        var png = Picture(width: 1, height: 1) { _, _ in (0, 0, 0) }.png()
        png.replaceSubrange(16..<24, with: [0, 0, 0x4E, 0x20, 0, 0, 0x27, 0x10])
        #expect(!complaint(png).isEmpty)
    }

    @Test func `a picture of no pixels, and one cut short, is damaged`() {
        let jpeg = Picture(Scenes.storm).jpeg()
        for length in [3, 20, 200, jpeg.count / 2] {
            #expect(complaint(Array(jpeg[..<length])).contains("damaged"), "\(length)")
        }
        let png = Picture(Scenes.storm).png()
        for length in [8, 20, 200, png.count / 2] {
            #expect(complaint(Array(png[..<length])).contains("damaged"), "\(length)")
        }
        let none: [UInt8] = [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0, 0xFF, 0xD9, 0, 0]
        #expect(complaint(none).contains("damaged"))
    }

    @Test func `damaged bytes never do harm and never take a second`() {
        let sources = [
            Exif.tagged(
                Picture(width: 96, height: 64, Scenes.neonStreet).jpeg(),
                Exif.segment(orientation: 6, when: "2024:06:21 20:45:10", zone: "+01:00", where: [387_000, 94_200])),
            Picture(width: 96, height: 64, Scenes.neonStreet).jpeg(isProgressive: true),
            Picture(width: 96, height: 64, Scenes.neonStreet).cmykJPEG(),
            Picture(width: 96, height: 64, Scenes.neonStreet).png(hasAlpha: true),
        ]
        var state: UInt64 = 7
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let clock = ContinuousClock()
        var slowest = Duration.zero
        for round in 0..<2000 {
            var bytes = sources[round % sources.count]
            for _ in 0..<(1 + random(6)) {
                // Most damage goes to the headers, where it does most.
                let at = random(2) == 0 ? random(min(bytes.count, 700)) : random(bytes.count)
                bytes[at] = UInt8(random(256))
            }
            if random(4) == 0 { bytes.removeLast(random(bytes.count - 4)) }
            slowest = max(slowest, clock.measure { _ = complaint(bytes) })
        }
        #expect(slowest < .seconds(1), "\(slowest)")
    }
}
