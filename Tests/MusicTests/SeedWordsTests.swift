import Music
import Testing

@Suite("Seeds as words")
struct SeedWordsTests {
    @Test("2,048 words are distinct, lower-case and plain")
    func list() {
        let words = (0..<2048 as Range<UInt64>).compactMap { Seed($0).words?.split(separator: "-").last }
        #expect(words.count == 2048 && Set(words).count == 2048)
        #expect(words.allSatisfy { word in word.count >= 3 && word.allSatisfy { ("a"..."z").contains($0) } })
        #expect(Set(words).isSuperset(of: ["salt", "lantern", "window"]))
    }

    @Test("words and value lead to one another")
    func roundTrip() {
        var random = Seed(3).stream(.form)
        for _ in 0..<1000 {
            let seed = Seed(random.next() >> 31)
            #expect(seed.words.flatMap { Seed(parsing: $0) } == seed)
        }
        #expect(Seed(1 << 33).words == nil)
        #expect(Seed(parsing: "\(UInt64.max)")?.value == .max)
        #expect(Seed(parsing: "Salt Lantern Window") == Seed(parsing: "salt-lantern-window"))
    }

    @Test("a text has one seed, which can be said in words")
    func derived() {
        #expect(Seed.derived(from: "warm") == Seed.derived(from: "warm"))
        #expect(Seed.derived(from: "warm") != Seed.derived(from: "tender"))
        #expect(Seed.derived(from: "warm").words != nil)
    }
}
