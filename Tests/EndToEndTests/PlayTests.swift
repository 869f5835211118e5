import Foundation
import Testing

extension EndToEnd {
    @Suite("Playing live")
    struct PlayTests {
        /// ALSA with its `file` plugin as the only device: what is played lands in a file, sample by sample.
        static func alsa(_ scratch: Scratch, format: String = "raw") throws -> [String: String] {
            try scratch.write(
                "asound.conf",
                """
                pcm.null { type null }
                pcm.captured { type file slave.pcm "null" file "\(scratch.path("played.raw"))" format "\(format)" perm 0644 }
                pcm.!default { type plug slave.pcm "captured" }
                ctl.!default { type null }

                """)
            return ["ALSA_CONFIG_PATH": scratch.path("asound.conf")]
        }

        @Test("what ALSA receives equals the engine's own output, sample by sample")
        func exact() throws {
            let scratch = try Scratch()
            let environment = try Self.alsa(scratch)
            let outcome = try Program.run(
                [
                    "play", "--mood", "warm", "--seed", "5", "--duration", "20s", "--device", "captured", "--record",
                    "own.wav",
                ],
                in: scratch.url, environment: environment)
            #expect(outcome.code == 0, "\(outcome.error)")
            #expect(outcome.error.contains("playing to: captured"))
            let played = try scratch.data("played.raw")
            #expect(abs(played.count - 8 * 20 * 48000) <= 8 * 24000)
            // The recording is 32-bit float: its samples follow the header's data chunk.
            let own = try scratch.data("own.wav")
            let samples = try #require(Self.dataChunk(own))
            #expect(samples.count == 8 * 20 * 48000)
            #expect(played.prefix(samples.count) == samples)
            #expect(
                played.dropFirst(samples.count).allSatisfy { $0 == 0 }, "only the silence of the last period may follow"
            )
        }

        @Test("Ctrl-C fades out and ends with 130")
        func interrupted() throws {
            let scratch = try Scratch()
            try scratch.write("asound.conf", "pcm.null { type null }\nctl.!default { type null }\n")
            let outcome = try Program.run(
                ["play", "--mood", "warm", "--device", "null"], in: scratch.url,
                environment: ["ALSA_CONFIG_PATH": scratch.path("asound.conf")], interruptAfter: 1.5)
            #expect(outcome.code == 130, "\(outcome.error)")
        }

        @Test("without a device one line says so, with 69")
        func noDevice() throws {
            let scratch = try Scratch()
            let outcome = try Program.run(
                ["play", "--mood", "warm", "--duration", "5s", "--device", "hw:9"], in: scratch.url)
            #expect(outcome.code == 69)
            #expect(outcome.errorLines.count == 1, "\(outcome.error)")
        }

        static func dataChunk(_ wav: Data) -> Data? {
            var at = 12
            let bytes = [UInt8](wav)
            while at + 8 <= bytes.count {
                let size =
                    Int(bytes[at + 4]) | Int(bytes[at + 5]) << 8 | Int(bytes[at + 6]) << 16 | Int(bytes[at + 7]) << 24
                if bytes[at..<at + 4].elementsEqual("data".utf8) { return wav.subdata(in: at + 8..<at + 8 + size) }
                at += 8 + size + size % 2
            }
            return nil
        }
    }
}
