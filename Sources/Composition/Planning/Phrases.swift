/// How a section divides into phrases.
enum Phrases {
    /// The bars at which the phrases of a section begin, counted from its first: a remainder of half a phrase or less is
    /// the end of the phrase before it.
    static func starts(bars: Int, each length: Int) -> [Int] {
        stride(from: 0, to: bars, by: length).filter { $0 == 0 || 2 * (bars - $0) > length }
    }
}
