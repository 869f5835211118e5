import Foundation
import Testing

/// A wrong call: its arguments, the exit code, and words that the one line must hold.
struct BadInput: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var code: Int32
    var says: [String]
    var testDescription: String { arguments.joined(separator: " ") }

    init(_ arguments: String..., code: Int32, says: String...) {
        self.arguments = arguments
        self.code = code
        self.says = says
    }
}

extension EndToEnd {
    @Suite("Bad input gets one clear line, the right exit code, and leaves no file")
    struct BadInputTests {
        static let table: [BadInput] = [
            BadInput("render", "--mood", "wram", "out.wav", code: 64, says: "wram", "warm"),
            BadInput("render", "--mood", "", "out.wav", code: 64, says: "mood"),
            BadInput("render", "--preset", "on-the-beech", "out.wav", code: 64, says: "on-the-beech", "on-the-beach"),
            BadInput("render", "--preset", "nowhere/gone.yaml", "out.wav", code: 66, says: "nowhere/gone.yaml"),
            BadInput(
                "render", "--preset", "bad-range.yaml", "out.wav", code: 65, says: "bad-range.yaml:2:14", "nostalgia"),
            BadInput("render", "--preset", "bad-key.yaml", "out.wav", code: 65, says: "bad-key.yaml:1:1", "tempoo"),
            BadInput("render", "--preset", "bad-nan.yaml", "out.wav", code: 65, says: "bad-nan.yaml:2"),
            BadInput("render", "--preset", "bad-syntax.yaml", "out.wav", code: 65, says: "bad-syntax.yaml:"),
            BadInput("render", "--mood", "warm", "--valence", "1.5", "out.wav", code: 64, says: "valence", "1.5"),
            BadInput("render", "--mood", "warm", "--energy", "nan", "out.wav", code: 64, says: "energy"),
            BadInput("render", "--mood", "warm", "--nostalgia", "-0.2", "out.wav", code: 64, says: "nostalgia"),
            BadInput("render", "--mood", "warm", "--duration", "0", "out.wav", code: 64, says: "duration"),
            BadInput("render", "--mood", "warm", "--duration", "nan", "out.wav", code: 64, says: "duration"),
            BadInput("render", "--mood", "warm", "--duration", "-5s", "out.wav", code: 64, says: "duration"),
            BadInput("render", "--mood", "warm", "--duration", "1e9", "out.wav", code: 64, says: "duration"),
            BadInput("render", "--mood", "warm", "--tempo", "900", "out.wav", code: 64, says: "tempo"),
            BadInput(
                "render", "--mood", "warm", "--piano", "harpsichord", "out.wav", code: 64, says: "harpsichord", "grand"),
            BadInput("render", "--mood", "warm", "--room", "cathedral", "out.wav", code: 64, says: "cathedral", "hall"),
            BadInput("render", "--mood", "warm", "--key", "H major", "out.wav", code: 64, says: "H major"),
            BadInput("render", "--mood", "warm", "--form", "sonata", "out.wav", code: 64, says: "sonata"),
            BadInput("render", "--mood", "warm", "--seed", "salt-lantern", "out.wav", code: 64, says: "salt-lantern"),
            BadInput("render", "--mood", "warm", "--reroll", "melodie", "out.wav", code: 64, says: "melodie", "melody"),
            BadInput("render", "--mood", "warm", "--loudness", "5", "out.wav", code: 64, says: "loudness"),
            BadInput("render", "--mood", "warm", "--loudness", "loud", "out.wav", code: 64, says: "loudness"),
            BadInput("render", "--mood", "warm", "out.xyz", code: 64, says: "xyz", "wav"),
            BadInput("render", "--mood", "warm", "--rate", "44100", "out.opus", code: 64, says: "opus", "48000"),
            BadInput("render", "--mood", "warm", "--rate", "96000", "out.mp3", code: 64, says: "mp3"),
            BadInput("render", "--mood", "warm", "--rate", "12345", "out.wav", code: 64, says: "12345"),
            BadInput("render", "--mood", "warm", "--bits", "12", "out.wav", code: 64, says: "12"),
            BadInput("render", "--mood", "warm", "missing/out.wav", code: 73, says: "missing"),
            BadInput("render", "--mood", "warm", "folder", "--format", "wav", code: 73, says: "folder"),
            BadInput("render", "--mood", "warm", "there.wav", code: 73, says: "there.wav", "--force"),
            BadInput(
                "render", "--mood", "warm", "out.wav", "--midi", "there.wav", code: 73, says: "there.wav", "--force"),
            BadInput(
                "render", "--mood", "warm", "--duration", "10s", "--format", "wav", "--force", "/dev/full",
                code: 74, says: "/dev/full"),
            BadInput("render", "--mood", "warm", "/proc/out.wav", code: 73, says: "/proc/out.wav"),
            BadInput("render", "--mood", "warm", "out.wav", "--format", "flac", code: 64, says: "out.wav", "flac"),
            BadInput("render", "--mood", "warm", "--pianist", "9999999999", "out.wav", code: 64, says: "pianist"),
            BadInput("render", "--mood", "warm", "--json", "--quiet", "x.xyz", code: 64, says: "\"code\": 64", "xyz"),
            BadInput("render", "--mod", "warm", "--json", "out.wav", code: 64, says: "\"code\": 64", "--mod"),
            BadInput(
                "render", "--preset", "bad-layer.yaml", "out.wav", code: 65, says: "bad-layer.yaml:1:10", "melodie"),
            BadInput("render", "--mood", "warm", code: 64, says: "out"),
            BadInput("render", "--mod", "warm", "out.wav", code: 64, says: "--mod", "--mood"),
            BadInput("rendr", "out.wav", code: 64, says: "rendr"),
            BadInput("perform", "gone.mid", "out.wav", code: 66, says: "gone.mid"),
            BadInput("perform", "empty.mid", "out.wav", code: 65, says: "empty.mid"),
            BadInput("perform", "broken.mid", "out.wav", code: 65, says: "broken.mid"),
            BadInput("perform", "bad-key.yaml", "out.wav", code: 65, says: "bad-key.yaml"),
            BadInput("batch", "gone", "--out", "renders", code: 66, says: "gone"),
            BadInput("batch", "folder", "--out", "renders", code: 66, says: "folder"),
            BadInput("batch", "folder", code: 64, says: "--out"),
            BadInput("batch", "folder", "--out", "renders", "--shard", "4/4", code: 64, says: "shard", "0/4"),
            BadInput("batch", "folder", "--out", "renders", "--shard", "auto", code: 64, says: "SLURM_ARRAY_TASK_ID"),
            BadInput("batch", "folder", "--out", "renders", "--moods", "warm,saad", code: 64, says: "saad", "sad"),
            BadInput("batch", "folder", "--out", "renders", "--formats", "wav,wma", code: 64, says: "wma", "wav"),
            BadInput("batch", "folder", "--out", "renders", "--name", "{x}", code: 64, says: "{x}", "{preset}"),
            BadInput("batch", "folder", "--out", "renders", "--name", "../{preset}", code: 64, says: "../{preset}"),
            BadInput("batch", "bad-key.yaml", "--out", "renders", code: 65, says: "bad-key.yaml:1:1", "list of rows"),
            BadInput("batch", "--verify", "folder", code: 66, says: "folder", "manifest"),
            BadInput("batch", "--merge", "gone", code: 66, says: "gone"),
            BadInput("batch", "folder", "--out", "renders", "--jobs", "0", code: 64, says: "jobs"),
            BadInput("batch", "folder", "--out", "renders", "--seeds", "0", code: 64, says: "seeds"),
            BadInput(
                "play", "--mood", "warm", "--device", "nosuchdevice", "--duration", "10s", code: 69,
                says: "nosuchdevice"),
            BadInput("play", "--mood", "warm", "--latency", "1", code: 64, says: "latency"),
            BadInput("render", "--words", " \n", "out.wav", code: 64, says: "words are empty"),
            BadInput("render", "--at", "95,0", "out.wav", code: 64, says: "95,0", "38.7,-9.42"),
            BadInput("render", "--at", "10,10", "--time", "2023-02-30T10:00", "out.wav", code: 64, says: "2023-02-30"),
            BadInput("render", "--words", "sea", "--weather", "rian", "out.wav", code: 64, says: "rian", "rain"),
            BadInput("render", "--photo", "gone.jpg", "out.wav", code: 66, says: "gone.jpg"),
            BadInput(
                "render", "--photo", "there.wav", "out.wav", code: 65, says: "there.wav", "neither a JPEG nor a PNG"),
            BadInput("render", "--photo", "photo.heic", "out.wav", code: 65, says: "photo.heic", "heif-convert"),
            BadInput("render", "--sound", "gone.wav", "out.wav", code: 66, says: "gone.wav"),
            BadInput("render", "--sound", "folder", "out.wav", code: 65, says: "folder"),
            BadInput("render", "--sound", "there.wav", "out.wav", code: 65, says: "there.wav"),
            BadInput("render", "--sound", "empty.mid", "out.wav", code: 65, says: "empty.mid"),
            BadInput("render", "--sound", "/dev/null", "out.wav", code: 65, says: "/dev/null"),
            BadInput("capture", "--listen", "long", code: 64, says: "long", "30s"),
            BadInput("capture", "--listen", "2s", code: 64, says: "2s", "30s"),
            BadInput("capture", "--listen", "30s", "--microphone", "nosuchmic", code: 69, says: "nosuchmic", "--sound"),
            BadInput("capture", "--microphone", "x", "--words", "sea", code: 64, says: "--listen"),
            BadInput("capture", code: 64, says: "nothing to capture", "--words"),
            BadInput("capture", "--words", "sea", "there.wav", code: 73, says: "there.wav", "--force"),
            BadInput("presets", "check", "bad-range.yaml", code: 65, says: "bad-range.yaml:2:14"),
            BadInput("presets", "check", "bad-text.yaml", code: 65, says: "bad-text.yaml:1:8", "UTF-8"),
            BadInput("presets", "show", "./bad-text.yaml", code: 65, says: "bad-text.yaml:1:8", "UTF-8"),
            BadInput("render", "--preset", "bad-text.yaml", "out.wav", code: 65, says: "bad-text.yaml:1:8", "UTF-8"),
            BadInput("render", "--preset", "bad-escape.yaml", "out.wav", code: 65, says: "\\u{1B}[31m"),
            BadInput("render", "--preset", "bad-metre.yaml", "out.wav", code: 65, says: "5/4", "3/4 or 4/4"),
            BadInput("render", "--preset", "bad-format.yaml", "out.wav", code: 65, says: "wma", "output.format"),
            BadInput("render", "--preset", "gone\u{1B}[2J.yaml", "out.wav", code: 66, says: "gone\\u{1B}[2J.yaml"),
            BadInput("presets", "show", "on-the-beech", code: 64, says: "on-the-beach"),
        ]

        static func scratch() throws -> Scratch {
            let scratch = try Scratch()
            try scratch.write("bad-range.yaml", "mood:\n  nostalgia: 1.4\n")
            try scratch.write("bad-key.yaml", "tempoo: 90\n")
            try scratch.write("bad-nan.yaml", "music:\n  tempo: .nan\n")
            try scratch.write("bad-syntax.yaml", "mood: [warm\n")
            try scratch.write("bad-escape.yaml", "mood: \"\\e[31m\"\n")
            try scratch.write("bad-metre.yaml", "music: {metre: 5/4}\n")
            try scratch.write("bad-format.yaml", "output: {format: wma}\n")
            try Data([0x74, 0x69, 0x74, 0x6C, 0x65, 0x3A, 0x20, 0xFF, 0x0A]).write(
                to: scratch.url.appendingPathComponent("bad-text.yaml"))
            try scratch.write("bad-layer.yaml", "reroll: [melodie]\n")
            try scratch.write("empty.mid", "")
            try scratch.write("broken.mid", "MThd\u{0}\u{0}\u{0}\u{6}\u{0}\u{1}\u{0}\u{1}\u{1}")
            try scratch.write("photo.heic", "\u{0}\u{0}\u{0}\u{18}ftypheic\u{0}\u{0}\u{0}\u{0}")
            try scratch.write("there.wav", "precious")
            try FileManager.default.createDirectory(
                at: scratch.url.appendingPathComponent("folder"), withIntermediateDirectories: true)
            return scratch
        }

        @Test("each wrong call", arguments: table)
        func wrongCall(_ input: BadInput) throws {
            let scratch = try Self.scratch()
            let before = scratch.names
            let outcome = try Program.run(input.arguments, in: scratch.url)
            #expect(outcome.code == input.code, "\(outcome.error)")
            #expect(outcome.errorLines.count == 1, "\(outcome.error)")
            for word in input.says { #expect(outcome.error.contains(word), "\(outcome.error) does not say \(word)") }
            #expect(outcome.output.isEmpty)
            #expect(!outcome.error.contains("\u{1B}"))
            #expect(scratch.names.filter { $0 != "renders" } == before, "files were left behind: \(scratch.names)")
            #expect(try scratch.data("there.wav") == Data("precious".utf8))
        }
    }
}
