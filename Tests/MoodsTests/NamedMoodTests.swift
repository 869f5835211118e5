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

    @Test("all values stay in their ranges for the most extreme moods")
    func clamps() {
        var random = Seed(2).stream(.form)
        for bits in 0..<64 {
            func axis(_ bit: Int, _ low: Float) -> Float { bits >> bit & 1 == 1 ? 1 : low }
            let mood = Mood(
                valence: axis(0, -1), energy: axis(1, -1), tension: axis(2, -1), intimacy: axis(3, -1),
                nostalgia: axis(4, 0), openness: axis(5, 0))
            let p = MusicalParameters.derived(from: mood, stream: &random)
            #expect((44...138).contains(p.tempo) && (1.4...7).contains(p.density))
            #expect((36...92).contains(p.velocity) && (0.12...0.9).contains(p.dissonance))
            let f = p.families
            let total = f.golden + f.nostalgic + f.melancholic + f.wonder + f.hopeful + f.tense
            #expect(abs(total - 1) < 1e-4)
        }
    }
}
