import BeachPianoKit
import BeachPianoTestSupport
import Moods
import Presets

/// What `capture` does with an input; the moment that it makes must be one that can be read.
private func capture(_ home: String, _ change: (inout Source) -> Void) throws(Fault) -> String {
    var source = Source()
    change(&source)
    let report: CaptureReport
    do throws(StudioError) {
        report = try Targets.studio(home: home).capture(source, wishes: CaptureWishes(path: "-"))
    } catch { return try Targets.refusal(error, allowed: [.badData, .usage]) }
    let read: Moment
    do throws(PresetError) { read = try MomentReader.read(bytes: Array(report.text.utf8), name: "captured") } catch {
        throw Fault(what: "the moment cannot be read: \(error.findings.first ?? "")")
    }
    guard read.moods.count == report.moment.moods.count else { throw Fault(what: "the moment reads as another") }
    return "taken: " + report.moment.why.map { Targets.outline(String($0.prefix { $0 != ">" })) }.joined(separator: ";")
}

/// Free text on the moment.
struct WordsTarget: Target {
    let limit = 1 << 20

    func read(_ path: String, home: String) throws(Fault) -> String {
        let text = String(decoding: Files.read(path) ?? [], as: UTF8.self)
        return try capture(home) { $0.words = text }
    }

    func seeds() -> [Sample] {
        [
            "on the beach with you, last light, small waves", "Not a good day, but it will be better tomorrow.",
            "I was never so happy as then; now the house is empty…", "Rain on the grave. Rain on the roof?",
            "the colour of the harbour was grey, and we waited", "WE ARE SO EXTREMELY HAPPY!!!", "isn't it lovely",
            "neither sad nor glad", "don't you dare be less than wonderful", "a quiet calm dawn, then a furious storm",
            "你好，海边", "приве́т 🌊🌊🌊", "e\u{301}ternité — «hélas»", "x", " ", "\t\n", "0 1 2 3", "a's b's c's'",
            "barely hardly not very extremely", "If only she had stayed; although, perhaps, however, yet.",
            "ocean waves lake shore breathing beach",
        ].map { Sample(kind: "txt", bytes: Array($0.utf8)) }
    }

    func giants() -> [Sample] {
        let plain = "not a very happy day, but the sea was calm and we were never alone; "
        let whole = String(repeating: plain, count: limit / plain.utf8.count)
        return [
            Sample(kind: "txt", bytes: Array(whole.utf8)),
            Sample(kind: "txt", bytes: [UInt8](repeating: UInt8(ascii: "a"), count: limit)),
            Sample(kind: "txt", bytes: Array("e".utf8) + (0..<limit / 2).flatMap { _ in [0xCC, 0x81] }),
            Sample(kind: "txt", bytes: (0..<limit / 2).flatMap { _ in Array(", ".utf8) }),
            Sample(kind: "txt", bytes: [UInt8](repeating: 0xFF, count: limit)),
            // Words that are all different.
            Sample(
                kind: "txt",
                bytes: (0..<limit / 8).flatMap { Array("s\(String($0 * 7919 % 1_000_003, radix: 26))ing ".utf8) }),
            Sample(
                kind: "txt", bytes: (0..<limit).map { UInt8(truncatingIfNeeded: ($0 &* $0 &* 2_654_435_761) >> 13) }),
            Sample(kind: "txt", bytes: (0..<limit / 4).flatMap { _ in Array("not ".utf8) }),
            Sample(kind: "txt", bytes: (0..<limit / 11).flatMap { _ in Array("🏳️‍🌈".utf8.prefix(11)) }),
        ]
    }

    var words: [[UInt8]] {
        [
            "not", "n't", "never", "very", "extremely", "barely", "but", "although", "yet", "then", "now", "was",
            "will", "I", "you", "we", "happy", "happier", "happiest", "unhappily", "sad", "storms", "stormy", "sea",
            "waves", "beach", "lake", "ocean", "breathing", "lonely", "colour", "grey", "joy", "grief", "dying",
            "loved", "?", "!", "…", "—", "“", "”", "’", "'", ".", ";", ",", "\u{0}", "\u{200D}", "\u{202E}", "\u{FEFF}",
            "\u{301}", "\u{1F1E9}\u{1F1EA}", "ß", "İ", "ﬁ", "\r\n", "\u{2028}", "\u{10FFFF}",
        ].map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF8], [0x80]]
    }
}

/// JPEG and PNG files.
struct PhotoTarget: Target {
    let limit = 1 << 20

    func read(_ path: String, home: String) throws(Fault) -> String { try capture(home) { $0.photo = path } }

    func seeds() -> [Sample] { PhotoSeeds.small }
    func giants() -> [Sample] { PhotoSeeds.giants }

    var words: [[UInt8]] {
        ["IHDR", "PLTE", "tRNS", "IDAT", "IEND", "eXIf", "gAMA", "iCCP", "zTXt", "iTXt", "sBIT", "Exif\0\0", "Adobe"]
            .map { Array($0.utf8) }
            + [
                [0xFF, 0xD8, 0xFF], [0xFF, 0xC0], [0xFF, 0xC1], [0xFF, 0xC2], [0xFF, 0xC4], [0xFF, 0xC9], [0xFF, 0xCA],
                [0xFF, 0xD9], [0xFF, 0xDA], [0xFF, 0xDB], [0xFF, 0xDD], [0xFF, 0xD0], [0xFF, 0xE1], [0xFF, 0xEE],
                [0xFF, 0xFE], Array("MM\0*\0\0\0\u{8}".utf8), Array("II*\0\u{8}\0\0\0".utf8), [0x88, 0x25, 0, 4],
                [0x87, 0x69, 0, 4], [0x92, 0x7C, 0, 7], [0x01, 0x12, 0, 3], [0, 2, 0, 5, 0, 0, 0, 3],
            ]
    }
}

/// Any file that libsndfile reads.
struct SoundTarget: Target {
    let limit = 1 << 20

    func read(_ path: String, home: String) throws(Fault) -> String { try capture(home) { $0.sound = path } }

    func seeds() -> [Sample] { SoundSeeds.small }
    func giants() -> [Sample] { SoundSeeds.giants }

    var words: [[UInt8]] {
        [
            "RIFF", "RIFX", "RF64", "WAVE", "fmt ", "data", "fact", "PEAK", "LIST", "INFO", "bext", "cart", "smpl",
            "cue ", "inst", "ds64", "FORM", "AIFF", "AIFC", "COMM", "SSND", "MARK", "INST", "APPL", "sowt", "ulaw",
            "caff", "desc", "pakt", "kuki", "chan", "alac", "fLaC", "OggS", "OpusHead", "OpusTags",
            "Creative Voice File",
            ".snd", "riff", "NIST_1A", "8SVX", "BODY", "PVF1", "MATLAB", "2BIT", "\u{1}vorbis", "ID3", "TAG",
        ].map { Array($0.utf8) } + [[0xFF, 0xFB], [0xFF, 0xF3], [0xFE, 0xFF], [0x11, 0], [0x02, 0], [0x50, 0]]
    }
}
