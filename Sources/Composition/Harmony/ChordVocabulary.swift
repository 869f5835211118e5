/// Every chord that harmony is made of, read once from the tables.
package enum ChordVocabulary {
    private static let symbols: [String: ChordSymbol] = {
        var symbols: [String: ChordSymbol] = [:]
        func add(_ name: String) { if symbols[name] == nil { symbols[name] = ChordSymbol(name) } }
        for name in names { add(name) }
        return symbols
    }()

    /// The names that occur in family tables, grounds, applied chords and surprises, some more than once.
    package static var names: [String] {
        let tables = ChordFamilies.all.flatMap { $0.values.flatMap { $0.map(\.chord) } + $0.keys }
        let grounds = (Grounds.major + Grounds.minor).flatMap { $0.loops.flatMap { $0 } }
        return tables + grounds + ["I7", "VI", "II", "III", "I", "i"]
    }

    /// The meaning of a name; a neighbour chord's star is not part of it.
    package static func symbol(_ name: String) -> ChordSymbol { symbols[name] ?? ChordSymbol(name) }

    /// Tension of a chord in its mode, 0...1.
    package static func tension(_ name: String, isMinor: Bool) -> Float {
        tensions[isMinor ? 1 : 0][name] ?? ChordTension(symbol(name), isMinor: isMinor).value
    }

    private static let tensions: [[String: Float]] = [false, true].map { isMinor in
        symbols.mapValues { ChordTension($0, isMinor: isMinor).value }
    }
}
