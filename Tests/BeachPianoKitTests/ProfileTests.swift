import BeachPianoKit
import Composition
import Foundation
import Moods
import Music
import Testing

@Suite("The owner's profile")
struct ProfileTests {
    private static func answers(_ home: Home, _ text: String) throws {
        let path = home.folder + "/answers.yaml"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try home.studio.hello(answersFrom: path)
    }

    @Test(
        "the motif of the words is in every piece of a bare mood, and in none without the profile",
        arguments: ["warm", "stormy", "lonely"])
    func motif(mood: String) throws {
        let home = Home()
        let plain = try home.piece(mood: mood)
        try Self.answers(
            home, "voice: felt\nplace: the pier at low tide\nwords: the sea comes back, it always does\npace: slower\n")
        let own = try home.piece(mood: mood)
        let signature = try #require(own.source.moment.music.signature)
        let melody = own.score.notes.filter { $0.role == .melody }
        let found = MotifSimilarity.best(signature, in: melody)
        // It answers the theme before it closes the piece.
        let close = try #require(own.score.sections.first { $0.letter == "o" }).onset
        let inside = MotifSimilarity.best(signature, in: melody.filter { $0.onset < close })
        let without = MotifSimilarity.best(signature, in: plain.score.notes.filter { $0.role == .melody })
        print("PROFILE", mood, signature.count, found, inside, without)
        #expect(
            found >= MotifSimilarity.threshold && inside >= MotifSimilarity.threshold
                && without < MotifSimilarity.threshold)
        #expect(own.source.moment.why.contains { $0.hasPrefix("profile: your motif") })
        #expect(own.source.moment.instrument.kind == .felt && own.source.seed == plain.source.seed)
        #expect(try home.piece(mood: mood, profile: false).score == plain.score)
        #expect(try home.piece(mood: mood, isOwn: false).score == plain.score)
    }

    @Test("a motif has four to seven notes in two bars of three, one leap, and is another for other words")
    func shape() throws {
        var seen = Set<String>()
        for words in [
            "the sea comes back", "hello", "are you there?", "海辺で", "7", "good night, my dear old house", "brr", "pst",
            "grrr hmpf",
        ] {
            let home = Home()
            try Self.answers(home, "words: \"\(words)\"\n")
            let motif = try #require(try home.piece(mood: "warm").source.moment.music.signature)
            #expect((4...7).contains(motif.count) && motif.last.map { $0.onset + $0.length } == 288, "\(words)")
            #expect(Set(motif.map(\.length)).count > 1, "\(words) \(motif)")
            let moves = zip(motif, motif.dropFirst()).map { abs($1.step - $0.step) }
            #expect(moves.filter { $0 >= 3 }.count == 1, "\(words) \(moves)")
            seen.insert(Theme.text(of: motif))
        }
        #expect(seen.count == 9)
    }
}
