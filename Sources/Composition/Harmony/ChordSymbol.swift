/// A Roman chord name and what it means above a tonic.
///
/// Upper case is major, lower case minor, `o` diminished, `-min` minor on an altered degree. After a slash: `1` the
/// tonic of the key in the bass (a pedal point), `3` and `5` the chord's own third and fifth, `7` and `b7` its seventh.
package struct ChordSymbol: Hashable, Sendable {
    package enum Quality: Hashable, Sendable { case major, minor, diminished }

    package let name: String
    /// Place of the root on the line of fifths, the tonic at 0: it keeps the spelling that semitones lose.
    package let fifths: Int
    package let quality: Quality
    /// Semitones above the tonic, 0...11.
    package let bass: Int

    /// Semitones above the tonic, 0...11.
    package var root: Int { pitchClass(fifths * 7) }

    /// Semitones of the third above the root.
    package var third: Int { quality == .major ? 4 : 3 }

    /// Semitones of the fifth above the root.
    package var fifth: Int { quality == .diminished ? 6 : 7 }

    /// Semitones above the tonic, 0...11: root, third, fifth.
    package var triad: [Int] { [root, pitchClass(root + third), pitchClass(root + fifth)] }

    /// Places of the three tones on the line of fifths.
    package var triadFifths: [Int] {
        [fifths, fifths + (quality == .major ? 4 : -3), fifths + (quality == .diminished ? -6 : 1)]
    }

    /// The meaning of a name; a name that cannot be read is a mistake in a table.
    package init(_ name: String) {
        self.name = name
        // Applied chords name their goal after the slash; only one of them occurs.
        if name == "viio/V" {
            (fifths, quality, bass) = (6, .diminished, 6)
            return
        }
        let parts = name.split(separator: "/")
        var rest = parts[0]
        var shift = 0
        while let mark = rest.first, mark == "b" || mark == "#" {
            shift += mark == "b" ? -7 : 7
            rest.removeFirst()
        }
        let numeral = rest.prefix { "ivIV".contains($0) }
        let suffix = rest.dropFirst(numeral.count)
        guard let degree = Self.degrees.firstIndex(of: numeral.lowercased()) else {
            preconditionFailure("no chord has the name \(name)")
        }
        fifths = Self.degreeFifths[degree] + shift
        let isUpper = numeral.first?.isUppercase == true
        quality = suffix.first == "o" ? .diminished : isUpper && suffix != "-min" ? .major : .minor
        let root = pitchClass(fifths * 7)
        switch parts.dropFirst().first {
        case "1": bass = 0
        case "3": bass = pitchClass(root + (quality == .major ? 4 : 3))
        case "5": bass = pitchClass(root + (quality == .diminished ? 6 : 7))
        case "7": bass = pitchClass(root + 11)
        case "b7": bass = pitchClass(root + 10)
        default: bass = root
        }
    }

    private static let degrees = ["i", "ii", "iii", "iv", "v", "vi", "vii"]
    private static let degreeFifths = [0, 2, 4, -1, 1, 3, 5]
}
