/// A home key: tonic and mode of a piece.
public struct Key: Hashable, Sendable {
    /// Pitch class of the tonic, 0...11 from C.
    public let tonic: Int
    public let isMinor: Bool

    public init(tonic: Int, isMinor: Bool) {
        self.tonic = ((tonic % 12) + 12) % 12
        self.isMinor = isMinor
    }

    /// Number of sharps (positive) or flats (negative) in the signature, -6...5.
    ///
    /// Six flats rather than six sharps: G-flat major and E-flat minor.
    public var fifths: Int {
        let major = isMinor ? (tonic + 3) % 12 : tonic
        let sharps = (major * 7) % 12
        return sharps > 5 ? sharps - 12 : sharps
    }

    /// Such as `D-flat major` or `F-sharp minor`, spelled by the signature.
    public var name: String {
        let flats = ["C", "D-flat", "D", "E-flat", "E", "F", "G-flat", "G", "A-flat", "A", "B-flat", "B"]
        let sharps = ["C", "C-sharp", "D", "D-sharp", "E", "F", "F-sharp", "G", "G-sharp", "A", "A-sharp", "B"]
        return (fifths < 0 ? flats : sharps)[tonic] + (isMinor ? " minor" : " major")
    }

    /// The key of a name such as `D-flat major`, `f# minor`, `Db`; nil where it names none.
    public init?(name: String) {
        var rest = Substring(name.lowercased().filter { $0 != " " && $0 != "-" && $0 != "_" })
        guard let letter = rest.popFirst(),
            let natural = ["c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11][letter]
        else { return nil }
        var tonic = natural
        for (mark, shift) in [("sharp", 1), ("flat", -1), ("#", 1), ("♯", 1), ("♭", -1), ("b", -1)]
        where rest.hasPrefix(mark) {
            tonic += shift
            rest.removeFirst(mark.count)
            break
        }
        switch rest {
        case "", "major", "maj": self.init(tonic: tonic + 12, isMinor: false)
        case "minor", "min", "m": self.init(tonic: tonic + 12, isMinor: true)
        default: return nil
        }
    }
}
