import BeachPianoTestSupport
import Foundation
import Testing

extension EndToEnd {
    @Suite("Performing MIDI files")
    struct PerformTests {
        typealias Note = MIDIMaker.Note

        /// Left-channel samples of a file at the instrument's own level, 48 kHz, without dither.
        private func sound(_ midi: MIDIMaker, _ options: [String] = []) throws -> [Float] {
            let scratch = try Scratch()
            try midi.data.write(to: scratch.url.appendingPathComponent("in.mid"))
            let outcome = try Program.run(
                ["perform", "in.mid", "out.wav", "--loudness", "off", "--bits", "32f"] + options, in: scratch.url)
            #expect(outcome.code == 0, "\(outcome.error)")
            return Self.left(try #require(PlayTests.dataChunk(try scratch.data("out.wav"))))
        }

        /// Every other of the 32-bit floats.
        private static func left(_ data: Data) -> [Float] {
            let bytes = [UInt8](data)
            return stride(from: 0, to: bytes.count - 7, by: 8).map { at in
                Float(
                    bitPattern: UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
                        | UInt32(bytes[at + 3]) << 24)
            }
        }

        private static func peak(_ samples: some Sequence<Float>) -> Double {
            20 * log10(Double(samples.reduce(0) { max($0, abs($1)) }) + 1e-12)
        }

        /// Level between two times in seconds, dB.
        private static func level(_ samples: [Float], _ from: Double, _ to: Double) -> Double {
            let part = samples[Int(from * 48000)..<min(samples.count, Int(to * 48000))]
            return 10 * log10(part.reduce(0) { $0 + Double($1) * Double($1) } / Double(part.count) + 1e-24)
        }

        // MARK: - Time

        /// Nine notes under changing pedals, all registers; milliseconds that no block grid shares.
        private static let pedalled = MIDIMaker(
            notes: [
                Note(on: 0, off: 700, key: 36, velocity: 90), Note(on: 333, off: 900, key: 60, velocity: 45),
                Note(on: 667, off: 1200, key: 64, velocity: 70), Note(on: 1001, off: 1600, key: 43, velocity: 60),
                Note(on: 1334, off: 1500, key: 72, velocity: 100), Note(on: 1557, off: 1900, key: 60, velocity: 110),
                Note(on: 1893, off: 2400, key: 88, velocity: 30), Note(on: 2219, off: 2700, key: 28, velocity: 50),
                Note(on: 2451, off: 2800, key: 100, velocity: 80),
            ],
            controls: [(50, 64, 127), (990, 64, 0), (1060, 64, 90), (1880, 64, 30), (1950, 64, 127), (2700, 64, 0)],
            end: 5200)

        @Test("a note that is left out changes the sound from its onset on, within 2 ms of the file's time")
        func onsets() throws {
            let whole = try sound(Self.pedalled)
            #expect(whole.count == 48 * 5200)
            for (i, note) in Self.pedalled.notes.enumerated() {
                var fewer = Self.pedalled
                fewer.notes.remove(at: i)
                let difference = zip(whole, try sound(fewer)).map { $0 - $1 }
                // The steps from frame to frame: the finger on the key is heard before the blow, low and soft.
                let steps = zip(difference, difference.dropFirst()).prefix(48 * (note.on + 60)).map { abs($1 - $0) }
                let reached = (steps.max() ?? 0) / 20
                let onset = try #require(steps.firstIndex { $0 >= reached })
                let error = Double(onset) / 48 - Double(note.on)
                let peak = difference[..<min(difference.count, 48 * note.off)].reduce(0) { max($0, abs($1)) }
                print("key \(note.key) at \(note.on) ms: heard \(error) ms off, peak \(20 * log10(peak)) dBFS")
                #expect(abs(error) <= 2, "key \(note.key) at \(note.on) ms: \(error) ms off")
            }
        }

        @Test("the end of the file is kept where the sound has died by then, and given time where it has not")
        func length() throws {
            let note = Note(on: 100, off: 1000, key: 60, velocity: 80)
            #expect(try sound(MIDIMaker(notes: [note], end: 3210)).count == 48 * 3210)
            for (controls, range) in [([], 2.0...3.5), ([(50, 64, 127)], 10.0...14)] as [([(Int, UInt8, UInt8)], _)] {
                let samples = try sound(MIDIMaker(notes: [note], controls: controls, end: 1000))
                #expect(range.contains(Double(samples.count) / 48000), "\(samples.count)")
                let end = Double(samples.count) / 48000
                // What the closing fade takes away was faint already.
                #expect(Self.level(samples, end - 1.6, end - 1.5) < Self.level(samples, 0.1, 0.6) - 35)
                #expect(Self.level(samples, end - 0.1, end) < -80)
            }
        }

        @Test("a performance that was rendered is as long again, and has the same file")
        func again() throws {
            let scratch = try Scratch()
            for room in ["near", "hall"] {
                let command = ["--room", room, "--force"]
                let first = try Program.run(
                    ["render", "--mood", "warm", "--duration", "9s", "a.wav", "--midi", "a.mid"] + command,
                    in: scratch.url)
                let second = try Program.run(
                    ["perform", "a.mid", "b.wav", "--midi", "b.mid"] + command, in: scratch.url)
                let third = try Program.run(["perform", "b.mid", "--midi", "c.mid"] + command, in: scratch.url)
                #expect(first.code == 0 && second.code == 0 && third.code == 0, "\(second.error)\(third.error)")
                // Six bytes a frame; a tick of the slow last bar is two milliseconds.
                let frames = try (scratch.data("a.wav").count - scratch.data("b.wav").count) / 6
                #expect(abs(frames) <= 96, "\(room): \(frames) frames")
                #expect(try scratch.data("b.mid") == scratch.data("c.mid"))
                #expect(third.text.contains("c.mid"))
            }
        }

        // MARK: - Dynamics and pedals

        @Test("velocities are heard")
        func velocities() throws {
            let notes = (0..<4).map { i in
                Note(on: 200 + 1000 * i, off: 600 + 1000 * i, key: 60, velocity: UInt8(30 + 30 * i))
            }
            let samples = try sound(MIDIMaker(notes: notes, end: 5000))
            let peaks = notes.map { Self.peak(samples[48 * $0.on..<48 * $0.off]) }
            print("C4 at 30, 60, 90, 120: peaks \(peaks) dBFS")
            #expect(zip(peaks, peaks.dropFirst()).allSatisfy { (4...14).contains($1 - $0) }, "\(peaks)")
        }

        @Test("sustain, half pedal, una corda and sostenuto are heard")
        func pedals() throws {
            func piece(_ controls: [(Int, UInt8, UInt8)]) throws -> [Float] {
                try sound(
                    MIDIMaker(
                        notes: [Note(on: 200, off: 900, key: 48, velocity: 80)], controls: controls, end: 4000))
            }
            let tails = try [0, 64, 127].map { Self.level(try piece([(400, 64, $0)]), 1.4, 1.9) }
            print("C3, half a second after its release: no pedal \(tails[0]), half \(tails[1]), whole \(tails[2]) dB")
            #expect(tails[2] > tails[1] + 6 && tails[1] > tails[0] + 6)
            func note(_ depth: UInt8) throws -> Double {
                let note = Note(on: 200, off: 900, key: 60, velocity: 80)
                return Self.level(try sound(MIDIMaker(notes: [note], controls: [(0, 67, depth)], end: 3000)), 0.2, 0.8)
            }
            let change = try note(127) - note(0)
            print("una corda on C4: \(change) dB")
            // Weinreich, Valiente: one to three and a half decibels.
            #expect((-4 ... -0.8).contains(change))
            let caught = Self.level(try piece([(400, 66, 127)]), 1.4, 1.9)
            let late = Self.level(try piece([(1000, 66, 127)]), 1.4, 1.9)
            print("sostenuto while the key is down: \(caught) dB, after it: \(late) dB")
            #expect(caught > late + 20)
        }

        @Test("a key pressed with velocity 1 to 4 is silent by itself, and rings when its octave is struck")
        func silentPress() throws {
            let octave = Note(on: 500, off: 1000, key: 60, velocity: 117)
            func level(_ notes: [Note]) throws -> Double {
                Self.level(try sound(MIDIMaker(notes: notes, end: 4500)), 2.4, 2.9)
            }
            let plain = try level([octave])
            for velocity in [UInt8(1), 4] {
                let pressed = Note(on: 100, off: 3500, key: 48, velocity: velocity)
                let alone = try sound(MIDIMaker(notes: [pressed], end: 4500))
                // The felt is heard when the key comes up.
                #expect(alone.prefix(48 * 3400).allSatisfy { $0 == 0 })
                let woken = try level([pressed, octave])
                print("C3 pressed with velocity \(velocity), C4 gone: \(woken) dB, without it \(plain) dB")
                #expect(woken > plain + 10)
                // It comes up like any other key.
                var short = pressed
                short.off = 1500
                #expect(try level([short, octave]) < woken - 10)
            }
            let slowest = try sound(
                MIDIMaker(notes: [Note(on: 100, off: 3500, key: 48, velocity: 5)], end: 4500))
            #expect(Self.peak(slowest) > -70)
        }

        /// Figure 6 of the piano: the chord is as loud as ten hammers make it, and no format bends it.
        @Test("ten notes fortissimo at the piano's own level: what passes full scale is kept or refused, never cut")
        func fullScale() throws {
            // As the reviewer of a piano would: all fingers, no patience.
            var midi = MIDIMaker(controls: [(0, 64, 127)], end: 6000)
            for strike in 0..<20 {
                for key: UInt8 in [28, 40, 47, 52, 56, 59, 64, 68, 71, 76] {
                    midi.notes.append(
                        Note(on: 50 + 100 * strike, off: 140 + 100 * strike, key: key, velocity: 117))
                }
            }
            let kept = try sound(midi)
            let scratch = try Scratch()
            try midi.data.write(to: scratch.url.appendingPathComponent("in.mid"))
            let integers = try Program.run(["perform", "in.mid", "off.wav", "--loudness", "off"], in: scratch.url)
            let peak = Self.peak(kept)
            print("twenty chords within two seconds: left peaks at \(peak) dBFS; \(integers.code) \(integers.error)")
            // The right channel may be the louder one.
            if integers.code == 0 {
                #expect(peak <= 0)
            } else {
                #expect(integers.code == 65 && integers.errorLines.count == 1 && scratch.names == ["in.mid"])
                #expect(integers.error.contains("dB would fit, or use --bits 32f"))
            }
            // A sound that was cut has neighbours of one height at its top.
            let top = kept.reduce(0) { max($0, abs($1)) }
            #expect(zip(kept, kept.dropFirst()).count { abs($0) > 0.999 * top && $0 == $1 } == 0)
            let usual = try Program.run(["perform", "in.mid", "usual.wav"], in: scratch.url)
            #expect(usual.code == 0, "\(usual.error)")
            let data = [UInt8](try #require(PlayTests.dataChunk(try scratch.data("usual.wav"))))
            let loudest = stride(from: 0, to: data.count - 2, by: 3).reduce(0) { most, at in
                let value = Int32(data[at]) << 8 | Int32(data[at + 1]) << 16 | Int32(data[at + 2]) << 24
                return max(most, abs(Double(value) / 2_147_483_648))
            }
            #expect(loudest < Levels.power(10, -0.99 / 20), "\(loudest)")
        }

        @Test("a stroke at the very start keeps its attack")
        func start() throws {
            let note = Note(on: 0, off: 500, key: 60, velocity: 90)
            let first = try sound(MIDIMaker(notes: [note], end: 3000))
            var later = note
            (later.on, later.off) = (1000, 1500)
            let second = try sound(MIDIMaker(notes: [later], end: 4000))
            let (a, b) = (Self.peak(first[..<480]), Self.peak(second[48000..<48480]))
            // The finger on the way down has no time at the very start: a touch of noise less.
            #expect(abs(a - b) < 1, "first 10 ms: \(a) dB at the start, \(b) dB later")
        }

        // MARK: - Options

        @Test("drums are left out with one line; --channel chooses")
        func channels() throws {
            let scratch = try Scratch()
            let drum = Note(on: 100, off: 200, key: 36, velocity: 80, channel: 9)
            let note = Note(on: 100, off: 900, key: 60, velocity: 80)
            try MIDIMaker(notes: [drum, note], end: 2500).data.write(to: scratch.url.appendingPathComponent("in.mid"))
            let all = try Program.run(["perform", "in.mid", "--midi", "all.mid"], in: scratch.url)
            #expect(all.code == 0 && all.errorLines.count == 1, "\(all.error)")
            #expect(all.error.contains("1 note") && all.error.contains("--channel 10"))
            #expect(all.text.contains(" 1 notes") == false && all.text.contains("in · 0:03 · 1 note"))
            let both = try Program.run(
                ["perform", "in.mid", "--channel", "1,10", "--midi", "both.mid", "--json"], in: scratch.url)
            #expect(both.code == 0 && both.error.isEmpty, "\(both.error)")
            let object = try #require(try JSONSerialization.jsonObject(with: both.output) as? [String: Any])
            #expect(object["notes"] as? Int == 2)
            for (channel, code) in [("2", 65), ("0", 64), ("17", 64), ("1,", 64), ("drums", 64)] as [(String, Int32)] {
                let wrong = try Program.run(["perform", "in.mid", "x.wav", "--channel", channel], in: scratch.url)
                #expect(wrong.code == code && wrong.errorLines.count == 1, "\(channel): \(wrong.error)")
            }
            let twice = try Program.run(["perform", "in.mid", "x.wav", "--midi", "x.wav"], in: scratch.url)
            #expect(twice.code == 64 && twice.errorLines.count == 1, "\(twice.error)")
            #expect(scratch.names == ["all.mid", "both.mid", "in.mid"])
        }

        @Test("tempo, metre and key of a file are in the file that is written")
        func tempoMap() throws {
            let scratch = try Scratch()
            let metas: [[UInt8]] = [
                [0x51, 3, 0x0A, 0x2C, 0x2A], [0x58, 4, 6, 3, 36, 8], [0x59, 2, 0xFD, 1],
            ]
            var midi = MIDIMaker(notes: [Note(on: 0, off: 400, key: 60, velocity: 80)], end: 3000)
            midi.metas = metas.map { (0, $0) } + [(1000, [0x51, 3, 0x06, 0x1A, 0x80])]
            try midi.data.write(to: scratch.url.appendingPathComponent("in.mid"))
            let outcome = try Program.run(["perform", "in.mid", "--midi", "out.mid"], in: scratch.url)
            #expect(outcome.code == 0, "\(outcome.error)")
            let written = try scratch.data("out.mid")
            for meta in midi.metas { #expect(written.range(of: Data([0xFF] + meta.1)) != nil, "\(meta.1)") }
            let again = try Program.run(["perform", "in.mid", "--midi", "out.mid"], in: scratch.url)
            #expect(again.code == 73 && again.errorLines.count == 1, "\(again.error)")
        }

        // MARK: - Live

        @Test("with no output named the piece is played live: the sound of the file, at one gain")
        func live() throws {
            let scratch = try Scratch()
            let environment = try PlayTests.alsa(scratch)
            try Self.pedalled.data.write(to: scratch.url.appendingPathComponent("in.mid"))
            let outcome = try Program.run(
                ["perform", "in.mid", "--device", "captured"], in: scratch.url, environment: environment)
            #expect(outcome.code == 0, "\(outcome.error)")
            #expect(outcome.error.contains("in · 9 notes · 0:05"), "\(outcome.error)")
            let played = Self.left(try scratch.data("played.raw"))
            let file = try sound(Self.pedalled)
            #expect(played.count >= file.count)
            let loudest = try #require(file.indices.max { abs(file[$0]) < abs(file[$1]) })
            let gain = played[loudest] / file[loudest]
            // The device starts with a fade of 10 ms.
            let furthest = zip(file, played).dropFirst(500).reduce(Float(0)) { max($0, abs($1.0 * gain - $1.1)) }
            #expect(furthest < 1e-4 * abs(played[loudest]), "\(furthest)")
            #expect(played.dropFirst(file.count).allSatisfy { $0 == 0 })
        }

        @Test("live, one note is announced as one")
        func oneNote() throws {
            let scratch = try Scratch()
            let note = Note(on: 0, off: 300, key: 60, velocity: 60)
            try MIDIMaker(notes: [note], end: 1000).data.write(to: scratch.url.appendingPathComponent("in.mid"))
            let outcome = try Program.run(
                ["perform", "in.mid", "--device", "captured"], in: scratch.url,
                environment: try PlayTests.alsa(scratch))
            #expect(outcome.code == 0 && outcome.error.contains("in · 1 note · "), "\(outcome.error)")
        }

        @Test("live, Ctrl-C ends with 130, and no device with 69 and one line")
        func liveEnds() throws {
            let scratch = try Scratch()
            try Self.pedalled.data.write(to: scratch.url.appendingPathComponent("in.mid"))
            let none = try Program.run(["perform", "in.mid", "--device", "hw:9"], in: scratch.url)
            #expect(none.code == 69 && none.errorLines.count == 1, "\(none.error)")
            try scratch.write("asound.conf", "pcm.null { type null }\nctl.!default { type null }\n")
            var long = Self.pedalled
            // The null device plays as fast as it is served: an hour lasts.
            for i in 1..<1200 {
                long.notes += Self.pedalled.notes.map { note in
                    Note(on: note.on + 3000 * i, off: note.off + 3000 * i, key: note.key, velocity: 100)
                }
            }
            long.end = 3_600_000
            try long.data.write(to: scratch.url.appendingPathComponent("long.mid"))
            let stopped = try Program.run(
                ["perform", "long.mid", "--device", "null"], in: scratch.url,
                environment: ["ALSA_CONFIG_PATH": scratch.path("asound.conf")], interruptAfter: 1)
            #expect(stopped.code == 130, "\(stopped.error)")
        }
    }
}
