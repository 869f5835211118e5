/// A key as it is written down: in sharps or in flats.
public struct WrittenKey: Hashable, Sendable {
    public let key: Key
    /// Number of sharps (positive) or flats (negative) in the signature, -6...6.
    public let fifths: Int

    /// Such as `D-flat major` or `F-sharp minor`, spelled by the signature.
    public var name: String {
        let flats = ["C", "D-flat", "D", "E-flat", "E", "F", "G-flat", "G", "A-flat", "A", "B-flat", "B"]
        let sharps = ["C", "C-sharp", "D", "D-sharp", "E", "F", "F-sharp", "G", "G-sharp", "A", "A-sharp", "B"]
        return (fifths < 0 ? flats : sharps)[key.tonic] + (key.isMinor ? " minor" : " major")
    }
}

extension Key {
    /// Number of sharps (positive) or flats (negative) in the signature of a home key, -6...5.
    ///
    /// Six flats rather than six sharps: G-flat major and E-flat minor.
    public var fifths: Int {
        let major = isMinor ? (tonic + 3) % 12 : tonic
        let sharps = (major * 7) % 12
        return sharps > 5 ? sharps - 12 : sharps
    }

    /// As it is written in a piece that stands in a home key: with the fewest signs.
    ///
    /// Six sharps rather than six flats where home has sharps: D major leads to F-sharp major, D-flat major to G-flat
    /// major.
    public func written(in home: Key) -> WrittenKey {
        WrittenKey(key: self, fifths: fifths == -6 && home.fifths > 0 ? 6 : fifths)
    }
}
