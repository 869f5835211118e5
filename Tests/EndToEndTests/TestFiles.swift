import BeachPianoTestSupport
import Foundation

/// Sound files written byte by byte.
enum WAVFile {
    /// The 44 bytes before 16-bit mono samples.
    static func header(frames: Int, rate: Int) -> Data {
        func number(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 255) } }
        var data = Data("RIFF".utf8) + number(36 + 2 * frames, 4) + Data("WAVEfmt ".utf8) + number(16, 4)
        data += number(1, 2) + number(1, 2) + number(rate, 4) + number(2 * rate, 4) + number(2, 2) + number(16, 2)
        return data + Data("data".utf8) + number(2 * frames, 4)
    }

    static func bytes(_ sound: TestSound) -> Data {
        let peak = sound.samples.reduce(1e-9) { max($0, abs($1)) }
        var data = header(frames: sound.samples.count, rate: TestSound.rate)
        data.reserveCapacity(44 + 2 * sound.samples.count)
        for sample in sound.samples {
            let value = UInt16(bitPattern: Int16(sample / peak * 20_000))
            data.append(UInt8(value & 255))
            data.append(UInt8(value >> 8))
        }
        return data
    }
}

/// Pictures written byte by byte, without compression.
enum PNGFile {
    /// Warm, low in contrast, more than half of it sky: water that glitters, and sand.
    static func dusk() -> Data {
        func grain(_ x: Int, _ y: Int) -> Double {
            let value = sin(Double(x) * 127.1 + Double(y) * 311.7) * 43758.5453
            return value - floor(value) - 0.5
        }
        return data(width: 360, height: 240) { x, y in
            let down = (Double(y) + 0.5) / 240
            if down < 0.55 { return (0.95 - 0.12 * (0.55 - down), 0.58 + 0.25 * down, 0.30 + 0.22 * down) }
            // Ripples are wider than high, grains of sand and stones are not.
            let isWater = down < 0.8
            let spot = isWater ? grain(x / 16, y / 6) : grain(x / 9, y / 9)
            let light = spot * (isWater ? 0.34 : 0.28)
            return isWater ? (0.74 + light, 0.50 + light, 0.36 + light) : (0.62 + light, 0.46 + light, 0.32 + light)
        }
    }

    private static func data(width: Int, height: Int, _ paint: (Int, Int) -> (Double, Double, Double)) -> Data {
        var raw: [UInt8] = []
        for y in 0..<height {
            raw.append(0)
            for x in 0..<width {
                let colour = paint(x, y)
                for value in [colour.0, colour.1, colour.2] { raw.append(UInt8(max(0, min(255, value * 255)))) }
            }
        }
        let header = PNGBytes.big(width) + PNGBytes.big(height) + [8, 2, 0, 0, 0]
        return Data(
            PNGBytes.signature + PNGBytes.chunk("IHDR", header) + PNGBytes.chunk("IDAT", PNGBytes.stored(raw))
                + PNGBytes.chunk("IEND", []))
    }
}
