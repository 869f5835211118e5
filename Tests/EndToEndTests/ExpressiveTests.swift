import Foundation
import Testing

extension EndToEnd {
    @Suite("Performing flat scores")
    struct ExpressiveTests {
        /// Sixteen bars of a tune over broken chords, every velocity 64, every note on its beat; a marker in bar 8.
        private static var score: MIDIMaker {
            var midi = MIDIMaker(end: 16 * 4 * 500)
            let roots: [UInt8] = [48, 53, 55, 48]
            let tune: [UInt8] = [72, 74, 76, 79, 77, 76, 74, 72]
            for bar in 0..<16 {
                let start = bar * 2000
                let root = roots[bar % 4]
                for (k, step) in [0, 4, 7, 4].enumerated() {
                    let on = start + k * 500
                    midi.notes.append(
                        .init(on: on, off: on + 500, key: root - (k == 0 ? 12 : 0) + UInt8(step), velocity: 64))
                }
                for k in 0..<(bar % 4 == 3 ? 1 : 4) {
                    let on = start + k * 500
                    let length = bar % 4 == 3 ? 1500 : 500
                    midi.notes.append(.init(on: on, off: on + length, key: tune[(bar + k) % 8], velocity: 64))
                }
            }
            midi.metas.append((8 * 2000, [0x06, 1, 0x42]))
            return midi
        }

        @Test("`perform --expressive` plays the same keys with loudness, time and pedal of a pianist")
        func expressive() throws {
            let scratch = try Scratch()
            try Self.score.data.write(to: scratch.url.appendingPathComponent("flat.mid"))
            for (out, options) in [
                ("plain.mid", []), ("shaped.mid", ["--expressive"]), ("again.mid", ["--expressive"]),
            ] {
                let outcome = try Program.run(["perform", "flat.mid", "--midi", out] + options, in: scratch.url)
                #expect(outcome.code == 0, "\(outcome.error)")
            }
            let plain = try Self.strikes(scratch.data("plain.mid"))
            let shaped = try Self.strikes(scratch.data("shaped.mid"))
            #expect(try scratch.data("shaped.mid") == scratch.data("again.mid"))
            #expect(shaped.map(\.key).sorted() == Self.score.notes.map { Int($0.key) }.sorted())
            #expect(Set(plain.map(\.velocity)) == [64])
            #expect(Set(shaped.map(\.velocity)).count > 15)
            let sound = try Program.run(["perform", "flat.mid", "a.wav", "--expressive"], in: scratch.url)
            #expect(sound.code == 0, "\(sound.error)")
            #expect(try scratch.data("a.wav").count > 30 * 48000 * 6)
        }

        /// Keys and velocities of all note-on events of a file of ours.
        private static func strikes(_ data: Data) -> [(key: Int, velocity: Int)] {
            let bytes = [UInt8](data)
            var strikes: [(key: Int, velocity: Int)] = []
            var at = 14
            while at + 8 <= bytes.count {
                let length = bytes[at + 4..<at + 8].reduce(0) { $0 << 8 | Int($1) }
                let end = min(bytes.count, at + 8 + length)
                var place = at + 8
                var status: UInt8 = 0
                func number() -> Int {
                    var value = 0
                    while place < end {
                        let byte = bytes[place]
                        place += 1
                        value = value << 7 | Int(byte & 0x7F)
                        if byte & 0x80 == 0 { break }
                    }
                    return value
                }
                while place < end {
                    _ = number()
                    if bytes[place] >= 0x80 {
                        status = bytes[place]
                        place += 1
                    }
                    if status == 0xFF {
                        place += 1
                        place += number()
                        continue
                    }
                    if status & 0xF0 == 0x90, bytes[place + 1] > 0 {
                        strikes.append((Int(bytes[place]), Int(bytes[place + 1])))
                    }
                    place += status & 0xE0 == 0xC0 ? 1 : 2
                }
                at = end
            }
            return strikes
        }
    }
}
