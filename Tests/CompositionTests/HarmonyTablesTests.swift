import Composition
import Music
import Testing

/// The tables of harmony against the sheet that they come from.
@Suite struct HarmonyTablesTests {
    @Test func everyRowOfTheSixFamiliesSumsToOne() {
        #expect(ChordFamilies.all.count == 6)
        for table in ChordFamilies.all {
            for (chord, row) in table {
                let sum = row.reduce(Float(0)) { $0 + $1.share }
                #expect(abs(sum - 1) < 0.001, "\(chord) sums to \(sum)")
            }
        }
    }

    @Test func everyChordOfAFamilyLeadsOn() {
        for table in ChordFamilies.all {
            for row in table.values {
                for (chord, _) in row { #expect(table[chord] != nil, "\(chord) leads nowhere in its family") }
            }
        }
    }

    @Test func aSlashNamesTheBassThatPeopleMeanByIt() {
        #expect(ChordSymbol("V/3").bass == 11)
        #expect(ChordSymbol("V/1").bass == 0)
        #expect(ChordSymbol("I/5").bass == 7)
        #expect(ChordSymbol("i/b7").bass == 10)
        #expect(ChordSymbol("iv/3").bass == 8)
        #expect(ChordSymbol("bVII/3").bass == 2)
    }

    @Test func romanNumeralsSpellTheirTriads() {
        #expect(ChordSymbol("bVI").triad == [8, 0, 3])
        #expect(ChordSymbol("iio").triad == [2, 5, 8])
        #expect(ChordSymbol("#iv-min").triad == [6, 9, 1])
        #expect(ChordSymbol("viio/V").triad == [6, 9, 0])
        #expect(ChordSymbol("III").triad == [4, 8, 11])
        for name in ChordVocabulary.names {
            let symbol = ChordVocabulary.symbol(name)
            #expect(symbol.name == name && symbol.triadFifths.map { (($0 * 7) % 12 + 12) % 12 } == symbol.triad)
        }
    }

    /// Diameter, strain and momentum of Table H (music.md 4.4), which were computed there by other hands.
    @Test(
        arguments: [
            ("I", 1.79, 0.38, 0), ("i", 1.79, 0.80, 0.97), ("ii", 1.79, 1.12, 1.42), ("iii", 1.79, 0.93, 0.77),
            ("IV", 1.79, 0.89, 1.12), ("V", 1.79, 1.01, 1.12), ("vi", 1.79, 0.76, 0.71), ("bVI", 1.79, 1.30, 1.46),
            ("bVII", 1.79, 1.28, 1.66), ("bIII", 1.79, 1.23, 1.52), ("bII", 1.79, 1.85, 2.11), ("iv", 1.79, 1.19, 1.39),
            ("III", 1.79, 1.69, 1.46), ("II", 1.79, 1.49, 1.66),
        ] as [(String, Float, Float, Float)])
    func theSpiralArrayGivesTableH(name: String, diameter: Float, strain: Float, momentum: Float) {
        let tension = ChordTension(ChordSymbol(name), isMinor: false)
        #expect(abs(tension.diameter - diameter) < 0.01)
        #expect(abs(tension.strain - strain) < 0.01)
        #expect(abs(tension.momentum - momentum) < 0.01)
    }

    @Test func aForeignChordIsMoreTenseThanTheTonic() {
        for (home, isMinor) in [("I", false), ("i", true)] {
            let rest = ChordVocabulary.tension(home, isMinor: isMinor)
            for name in ["V", "bII", "iio", "bVII"] {
                #expect(ChordVocabulary.tension(name, isMinor: isMinor) > rest)
            }
        }
    }

    @Test func theLastTwoChordsNameTheCadence() {
        #expect(Cadence.kind(before: "IV", last: "I") == .plagal)
        #expect(Cadence.kind(before: "iv*", last: "I") == .plagal)
        #expect(Cadence.kind(before: "V", last: "I") == .authentic)
        #expect(Cadence.kind(before: "V", last: "vi") == .deceptive)
        #expect(Cadence.kind(before: "bVII", last: "I") == .modal)
        #expect(Cadence.kind(before: "v", last: "i") == .modal)
        #expect(Cadence.kind(before: "V", last: "I/3") == .weak)
        #expect(Cadence.kind(before: "V/1", last: "I") == .weak)
        #expect(Cadence.kind(before: "IV", last: "V") == .half)
    }
}
