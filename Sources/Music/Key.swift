/// A home key: tonic and mode of a piece.
public struct Key: Hashable, Sendable {
    /// Pitch class of the tonic, 0...11 from C.
    public let tonic: Int
    public let isMinor: Bool

    public init(tonic: Int, isMinor: Bool) {
        self.tonic = ((tonic % 12) + 12) % 12
        self.isMinor = isMinor
    }

    /// Such as `D-flat major` or `F-sharp minor`, as it is written at home.
    public var name: String { written(in: self).name }

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
