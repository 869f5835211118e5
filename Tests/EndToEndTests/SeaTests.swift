import Foundation
import Testing

extension EndToEnd {
    @Suite("The sea under the piano")
    struct SeaTests {
        /// Samples of both channels of a 32-bit float WAV file.
        private func samples(_ data: Data) throws -> [Float] {
            let at = try #require(data.range(of: Data("data".utf8)))
            let body = data[(at.upperBound + 4)...]
            return stride(from: body.startIndex, to: body.endIndex - 3, by: 4).map { i in
                Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(body[i + $1]) << (8 * UInt32($1)) })
            }
        }

        private func level(_ samples: ArraySlice<Float>) -> Double {
            10 * log10(samples.reduce(1e-20) { $0 + Double($1) * Double($1) } / Double(max(1, samples.count)))
        }

        @Test(
            "15 dB below the piano in any second of playing; the stems are the sound",
            arguments: ["calm", "swell", "stormy"])
        func margin(_ sea: String) throws {
            let scratch = try Scratch()
            for mood in ["golden-hour", "joyful", "grief"] {
                let outcome = try Program.run(
                    [
                        "render", "--mood", mood, "--duration", "45s", "--sea", sea, "--stems", "--bits", "32f",
                        "--force",
                        "out.wav",
                    ], in: scratch.url)
                #expect(outcome.code == 0, "\(outcome.error)")
                let both = try samples(scratch.data("out.wav"))
                let piano = try samples(scratch.data("out-piano.wav"))
                let surf = try samples(scratch.data("out-sea.wav"))
                #expect(both.count == piano.count && both.count == surf.count)
                #expect(both.indices.allSatisfy { abs(both[$0] - piano[$0] - surf[$0]) < 1e-6 })
                let second = 2 * 48_000
                let levels = (0..<both.count / second).map { s -> (piano: Double, sea: Double) in
                    let range = s * second..<(s + 1) * second
                    return (level(piano[range]), level(surf[range]))
                }
                let loudest = levels.map(\.piano).max() ?? 0
                let playing = levels.filter { $0.piano > loudest - 40 }
                let margins = playing.map { $0.piano - $0.sea }
                let sorted = margins.sorted()
                print("\(sea) under \(mood): least margin \(sorted[0]), median \(sorted[sorted.count / 2]) dB")
                #expect(sorted[0] >= 15 && sorted[sorted.count / 2] < 45)
                #expect(playing.count > 30)
            }
        }

        @Test(
            "a level that is asked for is the level over the piece",
            arguments: [("calm", -12.0, "golden-hour"), ("swell", -6, "warm"), ("stormy", -20, "joyful")])
        func level(_ sea: String, _ asked: Double, _ mood: String) throws {
            let scratch = try Scratch()
            try scratch.write(
                "beach.yaml", "mood: \(mood)\nscene: {sea: \(sea), swell: 8s, sea-level: \(Int(asked))dB}\n")
            let outcome = try Program.run(
                ["render", "--preset", "beach.yaml", "--duration", "1m", "--stems", "--bits", "32f", "out.wav"],
                in: scratch.url)
            #expect(outcome.code == 0, "\(outcome.error)")
            let piano = level(try samples(scratch.data("out-piano.wav"))[...])
            let surf = level(try samples(scratch.data("out-sea.wav"))[...])
            print("\(sea) asked for at \(asked) dB under \(mood): \(surf - piano) dB")
            #expect(abs(surf - piano - asked) < 2)
        }

        @Test("a sea that is asked for louder is louder; off is the piano alone; blocks and threads do not matter")
        func settings() throws {
            let scratch = try Scratch()
            func render(_ options: [String]) throws -> Data {
                let outcome = try Program.run(
                    ["render", "--preset", "beach.yaml", "--duration", "12s", "--force", "out.wav"] + options,
                    in: scratch.url)
                #expect(outcome.code == 0, "\(outcome.error)")
                return try scratch.data("out.wav")
            }
            try scratch.write("beach.yaml", "mood: warm\nscene: {sea: swell, swell: 9s, sea-level: -6dB}\n")
            let loud = try render(["--stems", "--bits", "32f"])
            let surf = try samples(scratch.data("out-sea.wav"))
            let piano = try samples(scratch.data("out-piano.wav"))
            #expect(level(surf[...]) > level(piano[...]) - 9)
            #expect(try render(["--bits", "32f"]) == loud)
            #expect(try render(["--bits", "32f", "--block", "77", "--threads", "2"]) == loud)
            let none = try render(["--bits", "32f", "--sea", "off"])
            #expect(none != loud)
            try scratch.write("beach.yaml", "mood: warm\nscene: {swell: 9s}\n")
            #expect(try render(["--bits", "32f"]) == none)
            let refused = try Program.run(["render", "--mood", "warm", "--stems", "x.wav"], in: scratch.url)
            #expect(refused.code == 64 && refused.error.contains("--sea calm"))
        }
    }
}
