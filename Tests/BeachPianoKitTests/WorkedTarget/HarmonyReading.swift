import BeachPianoKit
import Composition
import Moods
import Music

/// The chords of a piece as music.md 4.14 speaks of them.
struct HarmonyReading {
    private let piece: Piece
    /// Changes of harmony: neighbour chords are part of what they adorn.
    let chords: [ScoreChord]

    init(_ piece: Piece) {
        self.piece = piece
        var chords: [ScoreChord] = []
        for chord in piece.score.chords where !chord.name.hasSuffix("*") {
            if chords.last?.name == chord.name { continue }
            chords.append(chord)
        }
        self.chords = chords
    }

    var perBar: Double { Double(chords.count) / Double(piece.score.bars) }

    /// Shares of triads, of added ninths and fourths, of sevenths, and of ninths over sevenths and raised elevenths, as they
    /// sound: the tune's notes of a beat and more colour the chord that they stand over.
    var colours: [Double] {
        let kinds = chords.map { chord -> Int in
            let sung = piece.score.notes.filter {
                $0.role == .melody && $0.length >= 1 && $0.onset >= chord.onset && $0.onset < chord.end
            }.map(\.pitch.pitchClass)
            func added(_ tones: [Int]) -> Set<Int> {
                Set(Set(tones).subtracting(chord.triad).map { ($0 - chord.root + 12) % 12 })
            }
            let (struck, heard) = (added(chord.pitchClasses), added(chord.pitchClasses + sung))
            if struck.contains(6) || !struck.isDisjoint(with: [10, 11]) && struck.contains(2) { return 3 }
            return !heard.isDisjoint(with: [10, 11]) ? 2 : !heard.isDisjoint(with: [2, 5]) ? 1 : 0
        }
        return (0..<4).map { kind in Double(kinds.count { $0 == kind }) / Double(max(1, kinds.count)) }
    }

    /// Mean information of a change, bits, in the family that likes it best.
    ///
    /// The table's 2.2 is what the entropy rates of the four families (2.18, 2.26, 2.23, 1.97; music.md 4.4) come to at
    /// their shares. What no family has counts as one change in forty.
    var bitsPerChord: Double {
        let families = piece.plan.parameters.families
        let shares = [
            families.golden, families.nostalgic, families.melancholic, families.wonder, families.hopeful,
            families.tense,
        ]
        let bits = zip(chords, chords.dropFirst()).map { a, b -> Double in
            let likings = zip(ChordFamilies.all, shares).filter { $0.1 > 0 }.map { table, _ in
                table[a.name]?.first { $0.chord == b.name }?.share ?? 0
            }
            return Double(-Exact.log2(max(1 / 40, likings.max() ?? 0)))
        }
        return mean(bits)
    }

    /// Chords on the dominant with its minor seventh.
    var dominantSevenths: Int {
        piece.score.chords.count { chord in
            (chord.root - chord.localTonic + 12) % 12 == 7 && chord.pitchClasses.contains((chord.root + 4) % 12)
                && chord.pitchClasses.contains((chord.root + 10) % 12)
        }
    }

    /// In each section but the frame, how many stretches of harmony have the flat sixth.
    var aches: [Int] {
        let bar = piece.score.metre.beats
        return piece.score.sections.filter { $0.letter != "i" && $0.letter != "o" }.map { section in
            let span = section.onset..<section.onset + Beat(section.bars * bar)
            let has = piece.score.chords.filter { span.contains($0.onset) }.map { chord in
                chord.pitchClasses.contains((chord.localTonic + 8) % 12)
            }
            return zip([false] + has, has).count { !$0 && $1 }
        }
    }

    /// Crests under whose harmony the raised fourth is struck, and strokes of it anywhere else.
    var lydian: (crests: Int, elsewhere: Int) {
        guard let wave = piece.plan.waveBars else { return (0, 0) }
        let (bar, first) = (piece.score.metre.beats, piece.plan.firstCrest(wave))
        var crests: Set<Beat> = []
        var elsewhere = 0
        for note in piece.score.notes {
            guard let chord = piece.score.chords.last(where: { $0.onset <= note.onset }),
                (note.pitch.midi - chord.localTonic + 120) % 12 == 6
            else { continue }
            let place = (chord.onset.value - Double(first)) / Double(wave * bar)
            if place == place.rounded() { crests.insert(chord.onset) } else { elsewhere += 1 }
        }
        return (crests.count, elsewhere)
    }
}
