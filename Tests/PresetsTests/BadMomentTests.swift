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
            ("piano: {una-corda: maybe}", "1:20: piano.una-corda: 'maybe' is not known, use one of auto, on, off"),
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
}
