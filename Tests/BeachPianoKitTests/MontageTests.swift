import BeachPianoKit
import Composition
import Moods
import Music
import Testing

@Suite("Montage")
struct MontageTests {
    /// Six moments of different light.
    private static let words = [
        "on the beach with you, last light, small waves", "rain on the window, nobody calls",
        "we danced and laughed all night", "the storm came over the pier", "snow, and the house asleep",
        "the long way home, singing",
    ]
    private static let moods = ["wonder", "grief", "joyful", "lullaby", "anxious", "nostalgic"]

    /// Moments that are kept: three sets of words, three of moods with seeds of their own, in different orders.
    private static func names(_ set: Int, _ count: Int, _ home: Home) throws -> [String] {
        let turned = (0..<count).map { ($0 * (set == 1 ? 5 : 1) + set * 2) % 6 }
        return set < 3
            ? try turned.map { try home.capture(words[$0]) }
            : try turned.map { try home.capture(mood: moods[$0], seed: "\(100 * set + $0)") }
    }

    /// The motif of a kept moment as its own piece sings it.
    private static func theme(_ name: String, _ home: Home) throws -> Theme {
        let old = try home.piece(kept: name)
        return Composer.theme(of: old.plan).heard(in: old.score)
    }

    /// A row of the table beside what sounds there.
    private struct Heard {
        /// Similarity of the motif, in what was written, begun where the row says.
        var written: Float = 0
        /// Whether every note of it was played, on its key and within a third of a beat.
        var isPlayed = false
        /// Similarity as it was played, rubato and all.
        var played: Float = 0

        init(_ row: MontageRow, _ theme: Theme, in piece: Piece) {
            let role: VoiceRole = row.place == .under ? .figure : .melody
            let first = row.onset + Beat(theme.main[0].onset, Theme.beat)
            let line = piece.score.notes.filter { $0.role == role && $0.onset >= row.onset && $0.onset < row.end }
            guard let stretch = MotifSimilarity.stretches(theme.main, in: line).first(where: { $0.onset == first })
            else { return }
            written = stretch.similarity
            let motif = line.filter { $0.onset >= first }.prefix(theme.main.count)
            let sounding = zip(piece.performance.notes, WrittenGrid.onsets(piece.performance)).filter {
                $0.0.role == role
            }
            let played = motif.compactMap { note -> ScoreNote? in
                guard
                    let onset = sounding.filter({ $0.0.pitch == note.pitch }).map(\.1).min(by: {
                        abs($0 - note.onset.value) < abs($1 - note.onset.value)
                    }), abs(onset - note.onset.value) < 0.34
                else { return nil }
                var copy = note
                copy.onset = Beat(nearest: max(0, onset), per: 192)
                return copy
            }
            isPlayed = played.count == motif.count
            self.played = MotifSimilarity.best(theme.main, in: played)
        }
    }

    @Test(
        "every motif is found where the table says, one key at the end, the windows hold",
        arguments: [2, 4, 6])
    func table(count: Int) throws {
        var (rows, found, asPlayed, strangers, places, outside) = (0, 0, 0, 0, 0, 0)
        for set in 0..<6 {
            let home = Home()
            let names = try Self.names(set, count, home)
            let themes = try Dictionary(uniqueKeysWithValues: names.map { ($0, try Self.theme($0, home)) })
            let report = try home.studio.montage(names, wishes: MontageWishes())
            let piece = try home.piece(kept: home.name(of: report.moment))
            #expect(Montage.table(piece.plan) == report.table && piece.score.metre == piece.plan.metre)
            for place in MontagePart.Place.allCases { #expect(report.table.contains { $0.place == place }, "\(place)") }
            #expect(Set(report.table.filter { $0.place == .states }.map(\.voice)) == Set(names))
            let climax = report.table.filter { $0.place == .leads || $0.place == .under }.map(\.voice)
            #expect(Set(climax) == Set(names))
            #expect(report.table.last?.voice == names[0] && report.table.last?.place == .closes)
            for row in report.table {
                let heard = Heard(row, try #require(themes[row.voice]), in: piece)
                rows += 1
                found += heard.written >= MotifSimilarity.threshold && heard.isPlayed ? 1 : 0
                asPlayed += heard.played >= MotifSimilarity.threshold ? 1 : 0
                #expect(heard.written >= MotifSimilarity.threshold && heard.isPlayed, "\(row.text) \(heard)")
                // Where a moment speaks alone, the others' motifs are not found.
                guard row.place == .states else { continue }
                let line = piece.score.notes.filter {
                    $0.role == .melody && $0.onset >= row.onset && $0.onset < row.end
                }
                for (name, other) in themes where name != row.voice {
                    places += 1
                    strangers += MotifSimilarity.best(other.main, in: line) >= MotifSimilarity.threshold ? 1 : 0
                }
            }
            // Each window holds four of five of people's pieces (music.md 6.3); a loop or noise leaves three at once.
            let metrics = StructureMetrics(piece.score)
            outside += StructureMetrics.windows.count { !$0.holds(metrics) }
            #expect(!Judgement(notes: piece.score.notes, metre: piece.score.metre).isDamaged)
            print(
                "MONTAGE", count, "set", set, piece.score.key.name, piece.score.metre, "bars", piece.score.bars, "rows",
                report.table.count, "windows", StructureMetrics.windows.map { $0.value(metrics) })
            Self.expectPlayable(piece.score)
            Self.expectHome(piece)
        }
        print(
            "MONTAGE of", count, "found", found, "of", rows, "rows; as played", asPlayed, "; strangers", strangers,
            "of", places, "; windows left", outside, "of 24")
        #expect(outside == 0)
        #expect(Double(strangers) <= 0.05 * Double(places))
        #expect(Double(asPlayed) >= 0.9 * Double(rows))
    }

    /// At most five notes and a tenth a hand in every attack, no key struck while it is held.
    private static func expectPlayable(_ score: Score) {
        let hands: [Finding.Rule] = [.handTooWide, .tooManyFingers, .keyCollision]
        let findings = Critic.review(score)
        #expect(!findings.contains { hands.contains($0.rule) })
        #expect(Double(findings.count) < 0.35 * Double(score.bars), "\(findings.map(\.rule))")
    }

    /// The last third of what sounds is in the key of all, and its last chord stands on the tonic.
    private static func expectHome(_ piece: Piece) {
        let (key, notes) = (piece.score.key, WrittenGrid.notes(piece.performance))
        let scale = (key.isMinor ? [0, 2, 3, 5, 7, 8, 10] : [0, 2, 4, 5, 7, 9, 11]).map { ($0 + key.tonic) % 12 }
        let late = notes.filter { $0.onset.value > 0.67 * Double(piece.score.beats) }
        let share = Double(late.count { scale.contains($0.pitch.pitchClass) }) / Double(late.count)
        #expect(share > 0.85, "\(share)")
        let last = notes.map(\.onset).max() ?? 0
        #expect(notes.filter { $0.onset == last }.map(\.pitch.midi).min().map { $0 % 12 } == key.tonic)
        #expect(piece.score.chords.last?.localTonic == key.tonic)
        #expect(Montage.table(piece.plan).filter { $0.place != .states }.allSatisfy { $0.key == key })
    }

    @Test("a moment of the other mode is stated in the relative key, and home later")
    func modes() throws {
        let home = Home()
        let names = try [home.capture(mood: "joyful", seed: "1"), home.capture(mood: "grief", seed: "2")]
        let table = try home.studio.montage(names, wishes: MontageWishes()).table
        let key = try #require(table.first?.key)
        let other = try #require(table.first { $0.voice == names[1] && $0.place == .states }?.key)
        #expect(!key.isMinor && other == Key(tonic: key.tonic + 9, isMinor: true))
        #expect(table.filter { $0.voice == names[1] && $0.place != .states }.allSatisfy { $0.key == key })
    }

    @Test("long and short montages still have everybody's say; too short ones say what they need")
    func lengths() throws {
        let home = Home()
        let names = try Self.names(0, 6, home)
        let themes = try Dictionary(uniqueKeysWithValues: names.map { ($0, try Self.theme($0, home)) })
        for duration in ["2m", "12m"] {
            let report = try home.studio.montage(names, wishes: MontageWishes(duration: duration))
            let piece = try home.piece(kept: home.name(of: report.moment))
            for row in report.table {
                let heard = Heard(row, try #require(themes[row.voice]), in: piece)
                #expect(
                    heard.written >= MotifSimilarity.threshold && heard.isPlayed, "\(duration) \(row.text) \(heard)")
            }
        }
        let before = try home.studio.momentList(json: false).text
        let error = #expect(throws: StudioError.self) {
            try home.studio.montage(names, wishes: MontageWishes(duration: "20s"))
        }
        #expect(error?.kind == .usage && error?.message.hasPrefix("a montage of 6 needs about ") == true)
        #expect(try home.studio.momentList(json: false).text == before)
    }

    @Test("a montage is retold with its motifs and its table")
    func retold() throws {
        let home = Home()
        let names = try Self.names(1, 3, home)
        let report = try home.studio.montage(names, wishes: MontageWishes())
        let again = try home.studio.retell(home.name(of: report.moment), wishes: RetellWishes(mood: "lonely"))
        let piece = try home.piece(kept: home.name(of: again))
        let themes = try Dictionary(uniqueKeysWithValues: names.map { ($0, try Self.theme($0, home)) })
        let table = Montage.table(piece.plan)
        #expect(piece.score.form == "montage" && Set(table.map(\.voice)) == Set(names))
        for row in table where row.place == .states || row.place == .asks {
            let line = piece.score.notes.filter {
                $0.role == .melody && $0.onset >= row.onset && $0.onset < row.end
            }
            let best = MotifSimilarity.best(try #require(themes[row.voice]).main, in: line)
            #expect(best >= MotifSimilarity.threshold, "\(row.text) \(best)")
        }
    }
}
