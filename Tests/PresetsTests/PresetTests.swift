import Foundation
import Moods
import Music
import Presets
import Testing

@Suite("Presets and moment files")
struct PresetTests {
    static func read(_ text: String) throws(PresetError) -> Moment {
        try MomentReader.read(bytes: Array(text.utf8), name: "a.yaml")
    }

    @Test("every shipped preset is valid, small, described, and reads back as it was written")
    func shipped() throws {
        #expect(PresetLibrary.shipped.count >= 24)
        for preset in PresetLibrary.shipped {
            let moment = try MomentReader.read(bytes: Array(preset.text.utf8), name: preset.name)
            #expect(preset.text.utf8.count < 1024 && moment.description?.isEmpty == false)
            #expect(try Self.read(MomentWriter.text(moment)) == moment, "\(preset.name)")
        }
    }

    @Test(
        "what is wrong is said with its place, and what would be right",
        arguments: [
            ("mood:\n  nostalgia: 1.4\n", "a.yaml:2:14: nostalgia is 1.4, outside 0...1"),
            ("tempoo: 90\n", "a.yaml:1:1: tempoo: no such key, did you mean 'music.tempo'?"),
            ("musik: {tempo: 90}\n", "a.yaml:1:1: musik: no such key, did you mean 'music'?"),
            ("music:\n  tempo: .nan\n", "a.yaml:2:10: tempo is '.nan', not a number in 30...200 bpm"),
            ("music: {tempo: 900}\n", "a.yaml:1:16: tempo is 900, outside 30...200 bpm"),
            ("music: {form: rondoo}\n", "a.yaml:1:15: music.form: 'rondoo' is not known, did you mean 'rondo'?"),
            ("mood: wram\n", "a.yaml:1:7: mood: 'wram' is not known, did you mean 'warm'?"),
            ("mood: warm\nmood: warm\n", "a.yaml:2:1: mood: stands here twice, keep one"),
            ("seed: salt-lantern\n", "a.yaml:1:7: seed: 'salt-lantern' is neither an integer nor three words"),
            ("music: {metre: 7/8}\n", "a.yaml:1:16: music.metre: '7/8' is not composed, use 3/4 or 4/4"),
            ("- a\n", "a.yaml:1:1: a moment file holds keys and values, such as 'mood: warm'"),
            ("duration: 0s\n", "a.yaml:1:11: duration: '0s' is not a length from 3s to 24h, such as 2m30s"),
        ])
    func findings(_ text: String, _ finding: String) {
        let error = #expect(throws: PresetError.self) { try Self.read(text) }
        #expect(error?.findings.first == finding)
    }

    @Test("all findings of a file are collected, and hostile files end in one")
    func hostile() {
        let several = #expect(throws: PresetError.self) {
            try Self.read("seed: x\nmusic: {tempo: 1}\nscene: {room: cave}\n")
        }
        #expect(several?.findings.count == 3)
        let started = ContinuousClock.now
        let deep = String(repeating: "[", count: 400_000)
        #expect(throws: PresetError.self) { try Self.read(deep) }
        #expect(throws: PresetError.self) { try Self.read(String(repeating: "{a: ", count: 200_000)) }
        let anchors = (0..<80_000).map { "- &a\($0) x\n" }.joined()
        #expect(throws: PresetError.self) { try Self.read(anchors) }
        #expect(ContinuousClock.now - started < .seconds(1))
        #expect(throws: PresetError.self) { try Self.read(String(repeating: "#", count: 2 << 20)) }
    }

    @Test("a second document is refused where it begins")
    func secondDocument() {
        let error = #expect(throws: PresetError.self) { try Self.read("mood: warm\n---\nmood: sad\n") }
        #expect(error?.findings.first == "a.yaml:3:1: a second document begins here; a file holds one")
    }

    @Test("lengths of time read as people write them")
    func durations() {
        let good = ["90": 90.0, "90s": 90, "2m30s": 150, "1h30m": 5400, "2:30": 150, "1:02:30": 3750, "8.6s": 8.6]
        for (text, seconds) in good { #expect(DurationText.parse(text) == seconds) }
        #expect(DurationText.parse("2m 30s") == 150)
        for text in ["", "0", "-5", "nan", "inf", "2m2m", "30s2m", "1e9", "25h", "a", "1 5s", "0x10"] {
            #expect(DurationText.parse(text) == nil, "\(text)")
        }
        #expect(DurationText.text(155) == "2m35s")
    }

    @Test("seeds are three words or a number")
    func seeds() {
        #expect(Seed(parsing: "salt-lantern-window")?.words == "salt-lantern-window")
        #expect(Seed(parsing: "12")?.value == 12)
        #expect(Seed(parsing: "salt-lantern-x") == nil)
        for value: UInt64 in [0, 1, 2047, 1 << 32, (1 << 33) - 1] {
            #expect(Seed(parsing: Seed(value).words ?? "")?.value == value)
        }
    }
}

@Suite("Presets/README.md")
struct PresetReadmeTests {
    @Test("is what the parameter table says")
    func readme() throws {
        let presets = try PresetLibrary.shipped.map { preset in
            let moment = try MomentReader.read(bytes: Array(preset.text.utf8), name: preset.name)
            return (name: preset.name, description: moment.description ?? "")
        }
        let wanted = ParameterTable.markdown(presets: presets)
        let path = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/Presets/README.md"
        if let out = ProcessInfo.processInfo.environment["BEACHPIANO_WRITE_README"], !out.isEmpty {
            try wanted.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == wanted)
    }
}
