/// Lemmas that have been looked up in this text already: long texts repeat their words.
struct WordCache {
    private var known: [String: String?] = [:]

    /// The lemma that a word, less its clitic, is a form of.
    mutating func lemma(of written: String) -> String? {
        if let lemma = known[written] { return lemma }
        guard Inflection.mayBeKnown(written) else { return nil }
        var word = written
        for ending in ["'s", "'re", "'ve", "'ll", "'d"] where word.hasSuffix(ending) { word.removeLast(ending.count) }
        let lemma = Lexicon.lemma(of: word)
        if known.count < 20_000 { known[written] = .some(lemma) }
        return lemma
    }
}
