import Moods
import Music
import Presets
import Testing

@Suite("The configuration")
struct ConfigurationTests {
    private static func read(_ text: String) throws(PresetError) -> Configuration {
        try Configuration(bytes: Array(text.utf8), name: "config.yaml")
    }

    @Test("changes what it names and nothing else")
    func overlay() throws {
        let before = try PresetTests.read(
            "mood: grief\nseed: 7\nmusic: {tempo: 50, key: C minor}\npiano: {felt: 0.3, lid: 0.1, seed: 9}\n")
        var after = before
        let configuration = try Self.read(
            "music: {tempo: 60}\npiano: {lid: 1}\noutput: {format: flac, rate: 44100}\nduration: 30s\n"
                + "play: {device: pipewire, latency: 80}\n")
        configuration.apply(to: &after)
        #expect(configuration.device == "pipewire" && configuration.latency == 80)
        var expected = before
        expected.music.tempo = 60
        expected.instrument.lid = UnitInterval(1)
        expected.output.format = "flac"
        expected.output.rate = 44100
        expected.duration = 30
        #expect(after == expected)
    }

    @Test("another piano brings its own felt")
    func felt() throws {
        var moment = try PresetTests.read("piano: {instrument: grand, felt: 0.2}\n")
        try Self.read("piano: {instrument: felt}\n").apply(to: &moment)
        #expect(moment.instrument == InstrumentSettings(kind: .felt))
    }

    @Test("an empty one asks for nothing")
    func empty() throws {
        let before = try PresetTests.read("mood: warm\n")
        for text in ["", "# nothing yet\n"] {
            var after = before
            try Self.read(text).apply(to: &after)
            #expect(after == before)
        }
    }

    @Test(
        "what is wrong is said as in a moment file",
        arguments: [
            ("seed: 7", "1:1: seed: belongs to one piece, in a moment file"),
            ("mood: warm", "1:1: mood: belongs to one piece, in a moment file"),
            ("output: {rate: 1}", "1:16: output.rate: '1' is not known, use one of 44100, 48000, 88200, 96000"),
            ("play: {latency: 5}", "1:17: play.latency: '5' is not an integer in 20...2000"),
            ("play: {devise: x}", "1:8: play.devise: no such key, did you mean 'play.device'?"),
            ("- a", "1:1: a configuration file holds keys and values, such as 'output: {format: flac}'"),
        ])
    func findings(_ text: String, _ finding: String) {
        let error = #expect(throws: PresetError.self) { try Self.read(text + "\n") }
        #expect(error?.findings == ["config.yaml:" + finding])
    }
}
