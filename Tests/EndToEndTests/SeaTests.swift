import Foundation
import Music
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
                        "--force", "--midi", "out.mid",
                        "out.wav",
                    ], in: scratch.url)
                let strokes = try PlayTests.strikes(scratch.data("out.mid")).map(\.onset)
                #expect(outcome.code == 0, "\(outcome.error)")
                let both = try samples(scratch.data("out.wav"))
                let piano = try samples(scratch.data("out-piano.wav"))
                let surf = try samples(scratch.data("out-sea.wav"))
                #expect(both.count == piano.count && both.count == surf.count)
                #expect(both.indices.allSatisfy { abs(both[$0] - piano[$0] - surf[$0]) < 1e-6 })
                // A second may begin at any quarter. One of playing is within 20 dB of the loudest, or has a stroke in its
                // first half: what lies below are rests and what rings out.
                let quarter = 24_000
                let levels = (0..<both.count / quarter - 3).map { s -> (piano: Double, sea: Double, isStruck: Bool) in
                    let range = s * quarter..<(s + 4) * quarter
                    let start = Double(s) / 4
                    let isStruck = strokes.contains { start <= $0 && $0 < start + 0.5 }
                    return (level(piano[range]), level(surf[range]), isStruck)
                }
                let loudest = levels.map(\.piano).max() ?? 0
                let playing = levels.filter { $0.piano > loudest - 20 || $0.isStruck }
                let margins = playing.map { $0.piano - $0.sea }
                let sorted = margins.sorted()
                print("\(sea) under \(mood): least margin \(sorted[0]), median \(sorted[sorted.count / 2]) dB")
                #expect(sorted[0] >= 15 && sorted[sorted.count / 2] < 36)
                #expect(playing.count > 4 * 28)
            }
        }

        @Test(
            "its waves are its own: their period is heard under a piece, and their level does not follow the piano's",
            arguments: [("swell", 8.6, "golden-hour"), ("calm", 7, "warm")])
        func waves(_ sea: String, _ period: Double, _ mood: String) throws {
            let scratch = try Scratch()
            try scratch.write("beach.yaml", "mood: \(mood)\nscene: {sea: \(sea), swell: \(period)s}\n")
            let outcome = try Program.run(
                ["render", "--preset", "beach.yaml", "--duration", "2m", "--stems", "--bits", "32f", "out.wav"],
                in: scratch.url)
            #expect(outcome.code == 0, "\(outcome.error)")
            let heard = try Program.run(["capture", "--sound", "out-sea.wav", "--json", "-"], in: scratch.url)
            let moment = try #require(try JSONSerialization.jsonObject(with: heard.output) as? [String: Any])
            let swell = try #require(moment["swell"] as? Double, "no waves: \(heard.error)")
            // The waves go with the beats of the piece, which hurry where it is loud: their mean is not quite what was asked.
            #expect(abs(swell / period - 1) < 0.08, "\(swell)")
            // Levels in tenths of a second, from where the sea has come in to where the piano rings out.
            let piano = try samples(scratch.data("out-piano.wav"))
            let surf = try samples(scratch.data("out-sea.wav"))
            let tenth = 9600
            let levels = (40..<surf.count / tenth - 110).map { s -> (piano: Double, sea: Double) in
                (level(piano[s * tenth..<(s + 1) * tenth]), level(surf[s * tenth..<(s + 1) * tenth]))
            }
            let count = Double(levels.count)
            let a = levels.reduce(0) { $0 + $1.piano } / count
            let b = levels.reduce(0) { $0 + $1.sea } / count
            let product = levels.reduce(0) { $0 + ($1.piano - a) * ($1.sea - b) }
            let squares =
                levels.reduce(0) { $0 + ($1.piano - a) * ($1.piano - a) }
                * levels.reduce(0) { $0 + ($1.sea - b) * ($1.sea - b) }
            let r = product / squares.squareRoot()
            print("\(sea) of \(period) s under \(mood): \(swell) s, its level re the piano's r \(r)")
            // The highest waves are on the loudest phrases, so that the two are not strangers.
            #expect(abs(r) < 0.6)
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
