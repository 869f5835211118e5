import Moods
import Music
import Presets
import Testing

@Suite("Written moments")
struct MomentWriterTests {
    @Test("read back equal to the last bit of every number")
    func numbers() throws {
        for seed: UInt64 in 0..<200 {
            var random = Seed(seed).stream(.form)
            func unit() -> Float { random.uniform() }
            func axis() -> Float { unit() * 2 - 1 }
            func mood() -> Mood {
                Mood(
                    valence: axis(), energy: axis(), tension: axis(), intimacy: axis(), nostalgia: unit(),
                    openness: unit())
            }
            let instrument = InstrumentSettings(
                kind: .upright, body: UnitInterval(unit()), felt: UnitInterval(unit()), hardness: axis(),
                lid: UnitInterval(unit()),
                mechanism: -70 + 50 * unit(), age: UnitInterval(unit()), a4: 415 + 51 * Double(unit()),
                seed: UInt32(seed))
            let moment = Moment(
                moods: [TimedMood(mood: mood()), TimedMood(at: 1 + Double(unit()) / 3, name: "warm", mood: mood())],
                duration: 3 + 1000 * Double(unit()) / 7,
                music: MusicSettings(tempo: 30 + 170 * unit(), density: unit()), instrument: instrument,
                room: RoomSettings(
                    kind: .hall, microphoneDistance: 0.2 + 7 * unit(), reverbLevel: -60 * unit(),
                    reverbTime: 0.2 + 5 * unit()),
                sea: SeaSettings(state: .calm, swell: 3 + 17 * Double(unit()), level: -60 * unit()),
                output: OutputSettings(rate: 44100, format: "flac", loudness: -60 * unit()))
            #expect(try PresetTests.read(MomentWriter.text(moment)) == moment)
        }
    }

    @Test(
        "read back equal whatever the text",
        arguments: [
            "plain", " spaces ", "a: b", "a #b", "- list", "null", "~", "\"quoted\"", "back\\slash", "two\nlines",
            "tab\there", "{brace", "a, b", "1.5", "", "caf\u{E9}", "line\u{2028}break", "next\u{85}line",
            "\u{FEFF}mark",
            "\u{1F30A} sea", "%percent", "@at", "it's", "off",
        ])
    func texts(_ text: String) throws {
        let moment = Moment(
            title: text, description: text, words: text, moods: [TimedMood(mood: NamedMood.all[0].mood)],
            why: [text, text], retoldFrom: text)
        #expect(try PresetTests.read(MomentWriter.text(moment)) == moment)
    }

    @Test("keep a seed as it was typed", arguments: ["7", "salt-lantern-window", "- salt lantern window"])
    func seeds(_ seed: String) throws {
        let moment = Moment(moods: [TimedMood(mood: NamedMood.all[0].mood)], seed: seed)
        #expect(try PresetTests.read(MomentWriter.text(moment)).seed == seed)
    }
}
