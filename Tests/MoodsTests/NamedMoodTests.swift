import Moods
import Music
import Testing

@Suite("Moods")
struct NamedMoodTests {
    @Test("25 moods and their aliases are found, whatever the case and the spaces")
    func names() {
        #expect(NamedMood.all.filter { $0.aliasOf == nil }.count == 25)
        for named in NamedMood.all {
            #expect(NamedMood.named(named.name.uppercased())?.mood == named.mood)
            #expect(!named.sentence.isEmpty)
        }
        #expect(NamedMood.named("Golden Hour")?.name == "golden-hour")
        #expect(NamedMood.named("calm")?.aliasOf == "serene")
        #expect(NamedMood.nearest(to: "wram") == "warm")
        #expect(Set(NamedMood.all.map(\.name)).count == NamedMood.all.count)
    }

    @Test("tempo and density rise with energy, and dark moods are minor")
    func map() {
        var random = Seed(1).stream(.form)
        func parameters(_ name: String) -> MusicalParameters {
            MusicalParameters.derived(from: NamedMood.named(name)?.mood ?? NamedMood.all[0].mood, stream: &random)
        }
        #expect(parameters("exhilarated").tempo > parameters("joyful").tempo)
        #expect(parameters("joyful").density > parameters("lullaby").density)
        #expect(parameters("grief").isMinor && !parameters("content").isMinor)
    }
}
