import Documents
import Moods
import Music
import Testing

struct PictureTests {
    @Test func thePostcardIsAPictureWithTitleKeyNameAndSeed() throws {
        let score = Examples.score()
        let svg = Postcard.svg(of: score, mood: Examples.mood, name: "low <tide>", seed: "amber & heron 17")
        let root = try XMLNode.parse(svg)
        #expect(root.name == "svg")
        let words = root.all("text").map(\.text)
        #expect(words.contains(score.title) && words.contains("low <tide>") && words.contains("amber & heron 17"))
        #expect(words.contains { $0.contains("D-flat major") })
    }

    @Test func everyMelodyNoteIsADropOfLight() throws {
        var score = Examples.score()
        let melody = score.notes.count { $0.role == .melody }
        let svg = Postcard.svg(of: score, mood: Examples.mood, name: "", seed: "")
        let drops = try XMLNode.parse(svg).all("circle").count
        score.notes.removeAll { $0.role == .melody }
        let empty = Postcard.svg(of: score, mood: Examples.mood, name: "", seed: "")
        #expect(drops - (try XMLNode.parse(empty).all("circle").count) == melody)
    }

    @Test func whatRingsOnPastTheEndStaysOnTheCard() throws {
        var score = Examples.score()
        let last = try #require(score.notes.lastIndex { $0.role == .melody })
        score.notes[last].length = Beat(score.beats)
        let root = try XMLNode.parse(Postcard.svg(of: score, mood: Examples.mood, name: "", seed: ""))
        let line = try #require(root.all("path").last { $0.attributes["stroke-width"] == "2.6" }?.attributes["d"])
        let numbers = line.split { "MC ".contains($0) }.compactMap { Double($0) }
        let ends = stride(from: 0, to: numbers.count, by: 2).map { numbers[$0] }
        #expect(ends.count > 6 && ends.allSatisfy { (28...800 - 28).contains($0) }, "\(ends)")
    }

    @Test func rainFogAndSnowLieBeforeSeaAndSky() throws {
        func shapes(_ weather: Set<PostcardWeather>, _ name: String) throws -> Int {
            let svg = Postcard.svg(of: Examples.score(), mood: Examples.mood, name: "", seed: "a", weather: weather)
            #expect(svg.utf8.count < 100_000)
            return try XMLNode.parse(svg).all(name).count
        }
        for name in ["path", "ellipse"] {
            let fair = try shapes([], name)
            #expect(try (shapes([.rain], name) > fair) == true || name == "ellipse")
            #expect(try (shapes([.fog], name) >= fair + 14) == (name == "ellipse"))
            #expect(try (shapes([.snow], name) >= fair + 130) == (name == "ellipse"))
        }
    }

    @Test func anotherMoodHasAnotherSky() throws {
        let dark = Mood(valence: -0.8, energy: 0.4, tension: 0.9, intimacy: 0, nostalgia: 0, openness: 0)
        func sky(_ mood: Mood) throws -> [String] {
            let root = try XMLNode.parse(Postcard.svg(of: Examples.score(), mood: mood, name: "", seed: ""))
            return root.all("stop").compactMap { $0.attributes["stop-color"] }
        }
        #expect(try sky(dark) != sky(Examples.mood))
    }

    @Test func thePianoRollShowsEveryKeyAtItsTimeAndEverySection() throws {
        let performance = Examples.performance()
        let root = try XMLNode.parse(PianoRoll.svg(of: performance, score: Examples.score()))
        let words = root.all("text").map(\.text)
        #expect(words.contains("A") && words.contains("B′") && words.contains("0:05"))
        let bare = try XMLNode.parse(
            PianoRoll.svg(
                of: Performance(title: "", notes: [performance.notes[0]], pedals: [], duration: 20), score: nil))
        #expect(!bare.all("text").map(\.text).contains("B′"))
        let bars = root.all("rect").filter { $0.attributes["height"] == "6" }
        #expect(bars.count == performance.notes.count)
        let places = bars.compactMap { $0.attributes["x"].flatMap { Double($0) } }
        #expect(places == places.sorted() && places.count == bars.count)
    }

    @Test func aPictureRefersToNothingOutsideItself() {
        let card = Postcard.svg(of: Examples.score(), mood: Examples.mood, name: "a", seed: "b")
        let roll = PianoRoll.svg(of: Examples.performance(), score: Examples.score())
        for svg in [card, roll] {
            #expect(!svg.contains("href") && !svg.contains("<script") && !svg.contains("@import"))
            #expect(svg.split(separator: "http").count == 2)
        }
    }
}
