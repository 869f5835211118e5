import Moods

/// What a moment says about the sections of its form, put into the sections that were planned for it.
enum SectionWishes {
    /// The sections with textures, tensions and the marks of a memory; as they are where another form was planned.
    static func applied(_ sections: [PlannedSection], _ wishes: [FormSection]) -> [PlannedSection] {
        let said = wishes.filter { !isFrame($0.letter) }
        guard said.map(\.letter) == sections.map(\.letter).filter({ !isFrame($0) }) else { return sections }
        var main = said[...]
        return sections.map { section in
            let wish =
                isFrame(section.letter) ? wishes.first { $0.letter == section.letter } : main.popFirst()
            guard let wish else { return section }
            var section = section
            section.texture = wish.texture
            section.tension = wish.tension
            section.isRetold = wish.isRetold && section.variant > 0
            return section
        }
    }

    /// The tension of each bar, moved to the mean wished for in each section.
    static func shaped(_ tension: [Float], _ sections: [PlannedSection]) -> [Float] {
        var out = tension
        var start = 0
        for section in sections {
            let bars = start..<start + section.bars
            start = bars.upperBound
            guard let wish = section.tension else { continue }
            // Bars stay above rest, which takes from the mean: what is missing is given to all again.
            for _ in 0..<3 {
                let mean = bars.reduce(0) { $0 + out[$1] } / Float(section.bars)
                for bar in bars { out[bar] = max(0, min(1, out[bar] + wish - mean)) }
            }
        }
        return out
    }

    private static func isFrame(_ letter: String) -> Bool { letter == "i" || letter == "o" }
}

extension Frame {
    /// The same with a right hand alone where that is wished for.
    func following(_ sections: [PlannedSection]) -> Frame {
        func isAlone(_ letter: String) -> Bool { sections.contains { $0.letter == letter && $0.texture == "alone" } }
        return Frame(opening: isAlone("i") ? .tune : opening, farewell: isAlone("o") ? .tune : farewell)
    }
}
