import Music
import Testing

@Suite struct KeyTests {
    @Test func `signatures follow the circle of fifths`() {
        #expect(Key(tonic: 0, isMinor: false).fifths == 0)
        #expect(Key(tonic: 7, isMinor: false).fifths == 1)
        #expect(Key(tonic: 5, isMinor: false).fifths == -1)
        #expect(Key(tonic: 1, isMinor: false).fifths == -5)
        #expect(Key(tonic: 9, isMinor: true).fifths == 0)
        #expect(Key(tonic: 6, isMinor: true).fifths == 3)
        #expect(Key(tonic: 0, isMinor: true).fifths == -3)
        // Six flats rather than six sharps.
        #expect(Key(tonic: 6, isMinor: false).fifths == -6)
        #expect(Key(tonic: 3, isMinor: true).name == "E-flat minor")
    }

    @Test func `away from home a key is written on the side of home where flats and sharps are as many`() {
        let (fSharp, dSharp) = (Key(tonic: 6, isMinor: false), Key(tonic: 3, isMinor: true))
        #expect(fSharp.written(in: Key(tonic: 2, isMinor: false)).fifths == 6)
        #expect(fSharp.written(in: Key(tonic: 2, isMinor: false)).name == "F-sharp major")
        #expect(dSharp.written(in: Key(tonic: 1, isMinor: true)).name == "D-sharp minor")
        #expect(fSharp.written(in: Key(tonic: 1, isMinor: false)).name == "G-flat major")
        // Elsewhere the fewest signs win: the minor of D-flat has four sharps, not eight flats.
        let minor = Key(tonic: 1, isMinor: true).written(in: Key(tonic: 1, isMinor: false))
        #expect(minor.fifths == 4 && minor.name == "C-sharp minor")
    }

    @Test func `relative keys share a signature`() {
        for tonic in 0..<12 {
            #expect(Key(tonic: tonic, isMinor: false).fifths == Key(tonic: tonic + 9, isMinor: true).fifths)
        }
    }

    @Test func `every key is found again by its own name`() {
        for tonic in 0..<12 {
            for isMinor in [false, true] {
                let key = Key(tonic: tonic, isMinor: isMinor)
                #expect(Key(name: key.name) == key)
            }
        }
    }

    @Test func `names are read as people write them`() {
        #expect(Key(name: "Db") == Key(tonic: 1, isMinor: false))
        #expect(Key(name: "f# minor") == Key(tonic: 6, isMinor: true))
        #expect(Key(name: "B-flat major") == Key(tonic: 10, isMinor: false))
        #expect(Key(name: "b minor") == Key(tonic: 11, isMinor: true))
        #expect(Key(name: "bb") == Key(tonic: 10, isMinor: false))
        #expect(Key(name: "Am") == Key(tonic: 9, isMinor: true))
        #expect(Key(name: "C♯m") == Key(tonic: 1, isMinor: true))
        #expect(Key(name: "H major") == nil)
        #expect(Key(name: "") == nil)
        #expect(Key(name: "C lydian") == nil)
    }
}
