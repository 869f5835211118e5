import Moods
import Presets
import Testing

@Suite("Bad moment files")
struct BadMomentTests {
    @Test(
        "are refused with the place, the key, and what would be right",
        arguments: [
            ("mood: {energy: 2}", "1:16: energy is 2, outside -1...1"),
            ("mood: {energy: 1.00001}", "1:16: energy is 1.00001, outside -1...1"),
            ("mood: {valence: abc}", "1:17: valence is 'abc', not a number in -1...1"),
            ("mood: {tension: .inf}", "1:17: tension is '.inf', not a number in -1...1"),
            ("mood: {openness: inf}", "1:18: openness is 'inf', not a number in 0...1"),
            ("mood: {valance: 0.5}", "1:8: mood.valance: no such key, did you mean 'mood.valence'?"),
            ("mood: []", "1:7: mood: the list is empty"),
            ("mood: {}", "1:7: mood: needs a name or axes, such as {valence: 0.4, energy: -0.2}"),
            ("mood:\n  - {at: 0s}", "2:5: mood: needs a name or axes, such as {valence: 0.4, energy: -0.2}"),
            ("mood:", "1:6: mood: needs a name or axes, such as {valence: 0.4, energy: -0.2}"),
            ("mood: {valence: 0x1p-2}", "1:17: valence is '0x1p-2', not a number in -1...1"),
            ("music: {tempo: 0x40}", "1:16: tempo is '0x40', not a number in 30...200 bpm"),
            ("music: {metre: 5/4}", "1:16: music.metre: '5/4' is not composed, use 3/4 or 4/4"),
            ("scene: {reverb: 1 0dB}", "1:17: reverb is '1 0dB', not a number in -60...0 dB"),
            ("output: {format: wav12}", "1:18: output.format: 'wav12' is not known, did you mean 'wav16'?"),
            ("output: {format: flac32f}", "1:18: output.format: 'flac32f' is not known, did you mean 'flac24'?"),
            ("play: {device: hw}", "1:1: play: belongs to the configuration, in config.yaml"),
            ("mood: \"\\e[31m\\n\"", "1:7: mood: '\\u{1B}[31m\\n' is not known, did you mean 'golden-hour'?"),
            ("\"zzzzzz\\nqqqqqq\": 1", "1:1: zzzzzz\\nqqqqqq: no such key"),
            ("mood:\n  - warm", "2:5: mood: a point is {at: 1m40s, name: golden-hour} or has axes"),
            ("mood:\n  - {name: warm}", "2:5: mood: a timed point needs 'at', such as at: 1m40s"),
            ("mood:\n  - {at: soon, name: warm}", "2:10: mood.at: 'soon' is no time, such as 1m40s"),
            ("mood:\n  - {at: 5s, name: warm}", "2:5: mood: the first point is at 0s"),
            (
                "mood:\n  - {at: 0s, name: warm}\n  - {at: 0s, name: tender}",
                "3:5: mood: each point comes later than the one before"
            ),
            ("music: fast", "1:8: music: holds keys and values, such as {tempo: 63}"),
            ("music: {key: H major}", "1:14: music.key: 'H major' is no key, such as D-flat major"),
            ("music: {tempo: 60, tempo: 61}", "1:20: music.tempo: stands here twice, keep one"),
            ("piano: {felt: 1.5}", "1:15: felt is 1.5, outside 0...1"),
            ("piano: {a4: 500}", "1:13: a4 is 500, outside 415...466 Hz"),
            ("piano: {seed: -1}", "1:15: piano.seed: '-1' is not an integer in 0...4294967295"),
            (
                "piano: {una-corda: maybe}",
                "1:20: piano.una-corda: 'maybe' is not known, use one of auto, on, off, outside-climax"
            ),
            ("piano: {lidd: 1}", "1:9: piano.lidd: no such key, did you mean 'piano.lid'?"),
            ("scene: {room: hal}", "1:15: scene.room: 'hal' is not known, did you mean 'hall'?"),
            ("scene: {microphones: 9m}", "1:22: microphones is 9, outside 0.2...8 m"),
            ("scene: {reverb: 3dB}", "1:17: reverb is 3, outside -60...0 dB"),
            ("scene: {swell: 1m}", "1:16: scene.swell: '1m' is not a length from 3s to 20s, such as 2m30s"),
            (
                "output: {rate: 22050}",
                "1:16: output.rate: '22050' is not known, use one of 44100, 48000, 88200, 96000"
            ),
            ("output: {loudness: -70}", "1:20: loudness is -70, outside -60...0 LUFS"),
            ("title: [a]", "1:8: title: is one line of text"),
            ("why: because", "1:6: why: is a list of texts"),
            ("why:\n  - a: b", "2:5: why: is one line of text"),
            ("tempo: 63", "1:1: tempo: no such key, did you mean 'music.tempo'?"),
            ("room: hall", "1:1: room: no such key, did you mean 'scene.room'?"),
            ("duration: 25h", "1:11: duration: '25h' is not a length from 3s to 24h, such as 2m30s"),
            (
                "seed: 18446744073709551616",
                "1:7: seed: '18446744073709551616' is neither an integer nor three words"
            ),
        ])
    func refused(_ text: String, _ finding: String) {
        let error = #expect(throws: PresetError.self) { try PresetTests.read(text + "\n") }
        #expect(error?.findings == ["a.yaml:" + finding])
        #expect(error?.kind == .invalid)
    }

    @Test(
        "are refused where they stop being text",
        arguments: [
            ([0x74, 0x69, 0x74, 0x6C, 0x65, 0x3A, 0x20, 0x61, 0xFF, 0x0A], "1:9: is not UTF-8 text from here on"),
            ([0x0A, 0xC3, 0xA9, 0xED, 0xA0, 0x80], "2:2: is not UTF-8 text from here on"),
            ([0xFF, 0xFE, 0x61, 0x00], "1:1: is not UTF-8 text from here on"),
            ([0x61, 0x3A, 0x20, 0x62, 0x0A, 0x20, 0x1B, 0x5B], "2:2: holds the control character \\u{1B}"),
            ([0x61, 0x00], "1:2: holds the control character \\u{0}"),
        ] as [([UInt8], String)])
    func noText(_ bytes: [UInt8], _ finding: String) {
        let error = #expect(throws: PresetError.self) { try MomentReader.read(bytes: bytes, name: "a.yaml") }
        #expect(error?.findings == ["a.yaml:" + finding])
        let same = #expect(throws: PresetError.self) { try MomentText.checked(bytes, name: "a.yaml") }
        #expect(same?.findings == error?.findings)
    }

    @Test("a byte order mark and other line endings do no harm")
    func lineEndings() throws {
        let moment = try PresetTests.read("\u{FEFF}mood: warm\r\nmusic: {tempo: 64}\r\n")
        #expect(moment.music.tempo == 64 && moment.moods[0].name == "warm")
    }

    @Test("a file's own name cannot write on the terminal")
    func fileName() {
        let error = #expect(throws: PresetError.self) {
            try MomentReader.read(bytes: Array("a: b".utf8), name: "x\u{1B}[2J\n.yaml")
        }
        #expect(error?.findings == ["x\\u{1B}[2J\\n.yaml:1:1: a: no such key, did you mean 'piano.a4'?"])
    }
}
