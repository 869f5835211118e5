import BeachPianoKit
import Composition
import Moods
import Testing

/// Figure 7 of the music table, as far as plan and score tell it: `BEACHPIANO_LONG=1` takes six moods, else two.
///
/// How near the pieces of a mood come to each other as music is told by the pairs at the end of the music report:
/// `for s in $(seq 20); do beachpiano performance --mood joyful --seed $s --midi joyful/$s.mid; done`, then
/// `music_report.py joyful`.
@Suite("Music table, diversity")
struct DiversityTests {
    private static let moods = ["joyful", "stormy", "golden-hour", "nostalgic", "serene", "bittersweet"]

    @Test("7: twenty seeds of a mood have four forms, six keys, four textures and five harmonic plans at least")
    func diversity() throws {
        for name in MusicTableTests.isLong ? Self.moods : Array(Self.moods.prefix(2)) {
            let mood = try #require(NamedMood.named(name)?.mood)
            let found = Diversity(mood, seeds: 1...20)
            let rows: [(String, Int, Int)] = [
                ("forms", found.forms.count, 4), ("keys", found.keys.count, 6),
                ("textures", found.textures.count, 4), ("harmonic plans", found.harmonies.count, 5),
            ]
            print("DIVERSITY \(name) | " + rows.map { "\($0.0) \($0.1), at least \($0.2)" }.joined(separator: " | "))
            for (row, count, least) in rows { #expect(count >= least, "\(row) of \(name)") }
        }
    }
}
