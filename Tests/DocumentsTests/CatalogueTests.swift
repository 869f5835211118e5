import Documents
import Testing

struct CatalogueTests {
    private static let hostile = "<b>\"x\" & 'y'</b>\u{1}\u{202E}"

    @Test func aCardSaysWhatIsKnownAndNamesItsFiles() throws {
        let piece = CataloguePage.Piece(
            title: "Low tide", mood: "Warm", key: "D-flat major", tempo: 62.6, form: "rounded", duration: 3725.2,
            loudness: -23, seed: "salt-lantern-window", sounds: ["a.mp3", "a.flac"],
            companions: ["a.mid", "a.roll.svg"])
        let card = try XMLNode.parse(CataloguePage.card(piece))
        #expect(card.all("h2").map(\.text) == ["Low tide"])
        #expect(
            card.all("dd").map(\.text) == [
                "D-flat major", "♩ = 63", "1:02:05", "-23.0 LUFS", "rounded", "salt-lantern-window",
            ])
        // The best first: a browser takes the first that it can play.
        #expect(card.all("source").compactMap { $0.attributes["src"] } == ["a.flac", "a.mp3"])
        #expect(card.all("a").map(\.text) == ["mp3", "flac", "mid", "roll"])
    }

    @Test func whatIsNotKnownIsLeftOut() throws {
        let card = try XMLNode.parse(CataloguePage.card(.init(title: "x", sounds: ["x.wav"])))
        #expect(card.all("dl").isEmpty && card.all("img").isEmpty && card.all("audio").count == 1)
    }

    @Test func textStaysTextAndNamesStayNames() throws {
        let text = Self.hostile
        let piece = CataloguePage.Piece(
            title: text, mood: text, key: text, form: text, seed: text, sounds: [text + "#?%.wav"],
            companions: ["javascript:alert(1).mid"], postcard: .svg("<svg>\"'#%&</svg>"))
        let card = try XMLNode.parse(CataloguePage.card(piece))
        #expect(card.all("b").isEmpty && card.all("svg").isEmpty)
        #expect(card.all("h2").map(\.text) == ["<b>\"x\" & 'y'</b>\u{202E}"])
        let links =
            card.all("a").compactMap { $0.attributes["href"] } + card.all("source").compactMap { $0.attributes["src"] }
        #expect(links.count == 3)
        for link in links { #expect(link.allSatisfy { !":/?#&<>\"'\\ ".contains($0) }, "\(link)") }
        let picture = card.all("img").first?.attributes["src"]
        #expect(picture == "data:image/svg+xml,%3Csvg%3E%22%27%23%25%26%3C%2Fsvg%3E")
    }

    @Test func thePageLoadsNothing() {
        let page = CataloguePage.head(pieces: 1, seconds: 61, software: "beachpiano") + CataloguePage.foot
        #expect(page.hasPrefix(CataloguePage.signature) && page.contains("1:01 of music"))
        #expect(page.contains("default-src 'none'"))
        for word in ["http:", "https:", "//", "<script", "@import", "url("] {
            #expect(!page.contains(word), "\(word)")
        }
    }
}
