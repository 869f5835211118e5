import Composition
import Moods
import Music
import Testing

@Suite struct TextureTests {
    @Test func `Two hands of five fingers and a tenth can play every piece`() {
        for score in Pieces.many {
            for hand in Pieces.hands(score) {
                let pitches = hand.map(\.pitch)
                #expect(hand.count <= 5)
                #expect((pitches.max() ?? Pitch(0)) - (pitches.min() ?? Pitch(0)) <= 16, "\(score.title) \(hand)")
            }
        }
    }

    @Test func `No accompaniment lies at or above the melody that sounds`() {
        for score in Pieces.many {
            let melody = Pieces.melody(score)
            var first = 0
            for note in score.notes where note.role != .melody {
                while first < melody.count, melody[first].end <= note.onset { first += 1 }
                if first < melody.count, melody[first].onset <= note.onset {
                    #expect(note.pitch < melody[first].pitch)
                }
            }
        }
    }

    @Test func `A key is let go before it is struck again`() {
        for score in Pieces.many {
            var ends: [Pitch: Beat] = [:]
            for note in score.notes {
                #expect((ends[note.pitch] ?? Beat.zero) <= note.onset)
                ends[note.pitch] = note.end
            }
        }
    }

    @Test func `The accompaniment keeps its figure through a section`() {
        // Bars of a section, its last aside, against the most frequent rhythm of its left hand: chords that change
        // inside the bar begin the figure anew, so that not all are alike.
        var alike = 0
        var bars = 0
        for score in Pieces.many {
            for section in score.sections where section.letter != "i" && section.letter != "o" && section.bars >= 4 {
                var counts: [Set<Beat>: Int] = [:]
                for k in 0..<section.bars - 1 {
                    let start = section.onset + Beat(k * score.metre.beats)
                    let end = start + Beat(score.metre.beats)
                    let own = score.notes.filter { $0.role.isLeftHand && $0.onset >= start && $0.onset < end }
                    counts[Set(own.map { $0.onset - start }), default: 0] += 1
                }
                alike += counts.values.max() ?? 0
                bars += section.bars - 1
            }
        }
        #expect(Double(alike) > 0.6 * Double(bars), "\(alike) of \(bars)")
    }

    @Test func `The last bar is one chord struck once under a tone of its own`() {
        for score in Pieces.many {
            let last = Beat((score.bars - 1) * score.metre.beats)
            let struck = score.notes.filter { $0.onset >= last }
            #expect(struck.count >= 3)
            #expect(struck.allSatisfy { $0.onset == last && $0.length == Beat(score.metre.beats) })
            #expect(score.notes.allSatisfy { $0.onset >= last || $0.end <= last })
            guard let root = score.chords.last?.root, let bass = struck.first else { continue }
            #expect(bass.pitch.pitchClass == root)
        }
    }

    @Test func `Pieces of all moods use many textures`() {
        // Rhythms of the first left-hand bar of the first section.
        var rhythms: Set<[Beat]> = []
        for score in Pieces.many {
            guard let section = score.sections.first(where: { $0.letter == "A" }) else { continue }
            let end = section.onset + Beat(score.metre.beats)
            let own = score.notes.filter { $0.role.isLeftHand && $0.onset >= section.onset && $0.onset < end }
            rhythms.insert(own.map { $0.onset - section.onset })
        }
        #expect(rhythms.count >= 12)
    }

    @Test func `Each piece keeps its hands apart in a measure of its own`() {
        // The left hand's chord tones under the melody, semitones, per piece: people's pieces of one kind lie 9 to 18 apart
        // (the music report's hand distance), and so do ours, instead of all alike.
        for entry in Pieces.moods where ["joyful", "serene", "nostalgic"].contains(entry.name) {
            let distances = (1...24).map { seed -> Double in
                let score = Pieces.score(entry.mood, seed: UInt64(seed))
                let figure = score.notes.filter { $0.role == .figure }.map { Double($0.pitch.midi) }
                let melody = Pieces.melody(score).map { Double($0.pitch.midi) }
                return melody.reduce(0, +) / Double(max(1, melody.count))
                    - figure.reduce(0, +) / Double(max(1, figure.count))
            }.sorted()
            #expect(distances[21] - distances[2] > 5, "\(entry.name) \(distances)")
        }
    }

    @Test func `Under a held melody the right hand goes with the left`() {
        // Strokes of the left hand under a held melody note, and how many of them the right hand goes with.
        let shares = Pieces.many.map { score -> Double in
            let melody = Pieces.melody(score)
            let right = Set(score.notes.filter { !$0.role.isLeftHand }.map(\.onset))
            let begun = Set(melody.map(\.onset))
            let places = Set(score.notes.filter { $0.role.isLeftHand }.map(\.onset)).subtracting(begun).filter {
                place in
                melody.contains { $0.onset < place && $0.end > place }
            }
            return Double(places.filter(right.contains).count) / Double(max(1, places.count))
        }.sorted()
        #expect(shares[shares.count / 10] < 0.3 && shares[shares.count * 9 / 10] > 0.6, "\(shares)")
    }
}
