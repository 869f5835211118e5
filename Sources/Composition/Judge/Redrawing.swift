/// Chooses the phrases that are drawn again: the worst fifth, each with a salt of its own (music.md 4.2).
struct Redrawing {
    /// Share of the phrases that are drawn again in a round.
    private static let share: Float = 0.2

    private let letters: [String]
    /// Salts of the best score so far.
    private var kept: [PhrasePlace: Int] = [:]
    private var tried: [PhrasePlace: Int] = [:]
    private var round = 0

    init(_ sections: [PlannedSection]) { letters = sections.map(\.letter) }

    /// Salts for another try at what the findings name, every one new.
    mutating func salts(for findings: [Finding]) -> [PhrasePlace: Int] {
        round += 1
        var counts: [PhrasePlace: Int] = [:]
        for finding in findings { counts[source(of: finding), default: 0] += 1 }
        let worst = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        let share = max(1, Int(Self.share * 2 * Float(letters.count)))
        tried = kept
        for entry in worst.prefix(share) { tried[entry.key] = round }
        return tried
    }

    /// The last salts gave the best score so far.
    mutating func keep() { kept = tried }

    /// The phrase that a finding comes from: a return repeats what its first statement did, so that every second round
    /// blames that one.
    private func source(of finding: Finding) -> PhrasePlace {
        guard letters.indices.contains(finding.section), round % 2 == 1,
            let first = letters.firstIndex(of: letters[finding.section])
        else { return PhrasePlace(section: finding.section, half: finding.half) }
        return PhrasePlace(section: first, half: finding.half)
    }
}
