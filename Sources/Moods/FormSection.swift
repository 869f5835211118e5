/// A section of a form that is remembered: whose material, how many bars, in phrases of how many.
public struct FormSection: Hashable, Sendable {
    /// `A` to `Z` for melodic material, `i` intro, `o` outro.
    public var letter: String
    /// 1...999.
    public var bars: Int
    /// 1...`bars`.
    public var phraseBars: Int

    /// The most sections of a form.
    public static let most = 200

    public init(letter: String, bars: Int, phraseBars: Int) {
        self.letter = letter
        self.bars = bars
        self.phraseBars = phraseBars
    }

    /// Such as `A8/4`: eight bars in phrases of four.
    public var text: String { "\(letter)\(bars)/\(phraseBars)" }

    /// Reads `text` back; nil where it is no section.
    public init?(parsing text: String) {
        let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard let letter = text.first, ("A"..."Z").contains(letter) || letter == "i" || letter == "o", parts.count == 2,
            let bars = parts[0], let phraseBars = parts[1], (1...999).contains(bars), (1...bars).contains(phraseBars)
        else { return nil }
        self.init(letter: String(letter), bars: bars, phraseBars: phraseBars)
    }
}
