import BeachPianoTestSupport
import Documents
import Foundation
import Music
import Testing

extension EndToEnd {
    @Suite("The piano under a MIDI keyboard")
    struct InstrumentTests {
        /// Samples of a 32-bit float WAV file, both channels.
        private static func samples(_ file: Data) throws -> [Float] {
            let bytes = try #require(PlayTests.dataChunk(file))
            return stride(from: 0, to: bytes.count - 3, by: 4).map { offset in
                let at = bytes.startIndex + offset
                let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[at + $1]) << (8 * $1) }
                return Float(bitPattern: bits)
            }
        }

        @Test("bytes on standard input sound when they come, and ring out when they end")
        func standardInput() throws {
            let scratch = try Scratch()
            let environment = try PacedDevice.configuration(scratch)
            let outcome = try Program.run(
                ["instrument", "--midi-in", "-", "--device", "paced", "--record", "own.wav"], in: scratch.url,
                environment: environment, bytes: [(0.5, [0x90, 60, 100]), (1, [0x80, 60, 64])])
            #expect(outcome.code == 0, "\(outcome.error)")
            #expect(outcome.error.contains("listening to: standard input"))
            let own = try Self.samples(scratch.data("own.wav"))
            let played = try Self.samples(Self.wrapped(scratch.data("played.raw")))
            #expect(Array(played.prefix(own.count)) == own, "what is recorded is what is heard")
            let peak = own.map(abs).max() ?? 0
            #expect((0.05...1).contains(peak), "\(peak)")
            // The end leaves silence, without a click.
            #expect(own.suffix(200).allSatisfy { abs($0) < 1e-4 })
        }

        @Test("what is played becomes a MIDI file at the time of its sound")
        func midiFile() throws {
            let scratch = try Scratch()
            let environment = try PacedDevice.configuration(scratch)
            let outcome = try Program.run(
                ["instrument", "--midi-in", "-", "--device", "paced", "--record", "own.wav", "--midi", "own.mid"],
                in: scratch.url, environment: environment,
                bytes: [
                    (0.5, [0xB0, 64, 127]), (0.1, [0x90, 60, 100]), (0.5, [0x90, 67, 40, 0x80, 60, 64]),
                    (0.25, [0x80, 67, 20]), (0.1, [0xB0, 64, 0]),
                ])
            #expect(outcome.code == 0, "\(outcome.error)")
            let performance = try MIDIFileReader.read([UInt8](scratch.data("own.mid"))).performance
            let notes = performance.notes
            #expect(notes.map(\.pitch.midi) == [60, 67] && notes.map { Int($0.velocity.rounded()) } == [100, 40])
            try #require(notes.count == 2)
            #expect(abs(notes[1].onset - notes[0].onset - 0.5) < 0.05 && abs(notes[0].release - notes[1].onset) < 0.02)
            #expect(abs(notes[1].release - notes[1].onset - 0.25) < 0.05)
            #expect(performance.pedals.map(\.depth) == [.one, .zero])
            // The first stroke sounds where the file has it.
            let own = try Self.samples(scratch.data("own.wav"))
            let first = try #require(own.firstIndex { abs($0) > 0.01 })
            #expect(abs(Double(first / 2) / 48_000 - notes[0].onset) < 0.03)
        }

        @Test("a key that goes down with velocity 1 to 4 is silent, is open to the others, and is written down")
        func silentKey() throws {
            func play(_ first: [UInt8]) throws -> (own: [Float], notes: [NoteEvent]) {
                let scratch = try Scratch()
                let environment = try PacedDevice.configuration(scratch)
                let outcome = try Program.run(
                    ["instrument", "--midi-in", "-", "--device", "paced", "--record", "own.wav", "--midi", "own.mid"],
                    in: scratch.url, environment: environment,
                    bytes: [(0.3, first), (0.7, [0x90, 60, 117]), (0.4, [0x80, 60, 64]), (2, [])])
                #expect(outcome.code == 0, "\(outcome.error)")
                let notes = try PlayTests.strikes(scratch.data("own.mid"))
                return (try Self.samples(scratch.data("own.wav")), notes)
            }
            let (plain, _) = try play([])
            let (woken, notes) = try play([0x90, 48, 4])
            #expect(notes.map(\.pitch.midi) == [48, 60] && notes.first?.isSilent == true, "\(notes)")
            func level(_ own: [Float]) throws -> Double {
                // From the blow on C4, which is what is heard first: both channels, 48 kHz.
                let blow = try #require(own.firstIndex { abs($0) > 0.01 })
                return Levels.decibels(Array(own[blow + 96_000 * 17 / 10..<blow + 96_000 * 22 / 10]))
            }
            let (after, without) = (try level(woken), try level(plain))
            print("C4 gone: \(after) dB over C3 pressed silently, \(without) without")
            #expect(after > without + 6)
            let blow = try #require(woken.firstIndex { abs($0) > 0.01 })
            #expect(woken[..<(blow - 4800)].allSatisfy { abs($0) < 1e-5 })
        }

        @Test("a named pipe is played by one writer after another; Ctrl-C ends with 130")
        func pipe() throws {
            let scratch = try Scratch()
            let environment = try PacedDevice.configuration(scratch)
            let made = unsafe mkfifo(scratch.path("keys"), 0o600)
            #expect(made == 0)
            let path = scratch.path("keys")
            for (delay, key) in [(0.7, UInt8(60)), (1.2, UInt8(67))] {
                Thread.detachNewThread {
                    Thread.sleep(forTimeInterval: delay)
                    guard let pipe = FileHandle(forWritingAtPath: path) else { return }
                    try? pipe.write(contentsOf: Data([0x90, key, 90]))
                    try? pipe.close()
                }
            }
            let outcome = try Program.run(
                ["instrument", "--midi-in", "keys", "--device", "paced", "--record", "own.wav"], in: scratch.url,
                environment: environment, interruptAfter: 2)
            #expect(outcome.code == 130, "\(outcome.error)")
            #expect((try Self.samples(scratch.data("own.wav")).map(abs).max() ?? 0) > 0.03)
        }

        @Test("what is played in a pause is not struck all at once after it")
        func pause() throws {
            let scratch = try Scratch()
            let environment = try PacedDevice.configuration(scratch)
            let made = unsafe mkfifo(scratch.path("keys"), 0o600)
            #expect(made == 0)
            let path = scratch.path("keys")
            Thread.detachNewThread {
                guard let pipe = FileHandle(forWritingAtPath: path) else { return }
                for key in UInt8(60)..<90 {
                    // Two seconds of a pause lie between the first keys and the last.
                    try? pipe.write(contentsOf: Data([0x90, key, 90]))
                    Thread.sleep(forTimeInterval: 0.12)
                    try? pipe.write(contentsOf: Data([0x80, key, 0]))
                }
                try? pipe.close()
            }
            let outcome = try Program.run(
                ["instrument", "--midi-in", "keys", "--device", "paced", "--midi", "own.mid"], in: scratch.url,
                environment: environment, input: [(1, "pause"), (1.5, "resume"), (2, "quit")])
            #expect(outcome.code == 0, "\(outcome.error)")
            let strokes = try PlayTests.strikes(scratch.data("own.mid")).sorted { $0.onset < $1.onset }
            #expect((8...26).contains(strokes.count), "\(strokes.count)")
            #expect(zip(strokes, strokes.dropFirst()).allSatisfy { $1.onset - $0.onset > 0.02 })
        }

        @Test(
            "what is no keyboard is refused in one line",
            arguments: [
                ("gone/keys", 66, "no such device or pipe"), ("./there.mid", 65, "beachpiano perform"),
                ("No Such Port", 69, "ALSA sequencer"),
            ])
        func refused(_ name: String, _ code: Int32, _ says: String) throws {
            let scratch = try Scratch()
            try scratch.write("there.mid", "MThd")
            let environment = try PacedDevice.configuration(scratch)
            let outcome = try Program.run(
                ["instrument", "--midi-in", name, "--device", "paced"], in: scratch.url, environment: environment)
            #expect(outcome.code == code, "\(outcome.error)")
            #expect(outcome.errorLines.count == 1 && outcome.error.contains(says), "\(outcome.error)")
        }

        @Test("a MIDI file on standard input is named as one")
        func fileOnInput() throws {
            let scratch = try Scratch()
            let environment = try PacedDevice.configuration(scratch)
            let outcome = try Program.run(
                ["instrument", "--midi-in", "-", "--device", "paced"], in: scratch.url, environment: environment,
                bytes: [(0.2, Array("MThd".utf8))])
            #expect(outcome.code == 65 && outcome.error.contains("'beachpiano perform' plays it"), "\(outcome.error)")
        }

        /// Raw samples as the data chunk of a file.
        private static func wrapped(_ raw: Data) -> Data {
            let size = UInt32(raw.count)
            return Data(count: 12) + Data("data".utf8)
                + Data((0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }) + raw
        }
    }
}
