import Music

/// What stands between the staves: hairpins from one section's dynamic to the next, and where the pedal changes.
struct ScoreDirections {
    private let score: Score
    private let barTicks: Int
    /// Ticks at which the pedal goes down or changes.
    private let pedalled: [Int]

    /// Levels closer than this need no hairpin.
    private static let step: Float = 0.15
    /// Bars over which a section leans towards the next.
    private static let lean = 2

    init(_ score: Score) {
        self.score = score
        barTicks = score.metre.beats * NoteValue.divisions
        var pedalled: [Int] = []
        var before: ScoreChord?
        for chord in score.chords {
            let isNew = before.map { $0.root != chord.root || $0.bass != chord.bass } ?? true
            if isNew { pedalled.append(Self.ticks(chord.onset)) }
            before = chord
        }
        self.pedalled = pedalled
    }

    private static func ticks(_ beat: Beat) -> Int { Int((beat.value * Double(NoteValue.divisions)).rounded()) }

    /// The directions of a bar.
    func bar(_ bar: Int) -> String { hairpins(bar) + pedals(bar) }

    private func hairpins(_ bar: Int) -> String {
        var out = ""
        for (section, next) in zip(score.sections, score.sections.dropFirst())
        where abs(next.level - section.level) >= Self.step && section.bars > Self.lean {
            let end = section.onset.floor / score.metre.beats + section.bars
            if bar == end - Self.lean {
                out += direction(
                    "<wedge type=\"\(next.level > section.level ? "crescendo" : "diminuendo")\"/>", at: 0, staff: 1)
            }
            if bar == end - 1 { out += direction("<wedge type=\"stop\"/>", at: barTicks, staff: 1) }
        }
        return out
    }

    private func pedals(_ bar: Int) -> String {
        var out = ""
        for tick in pedalled where tick / barTicks == bar {
            // A change is written as up and down, which every reader knows.
            for type in tick == pedalled.first ? ["start"] : ["stop", "start"] {
                out += direction("<pedal type=\"\(type)\" line=\"yes\"/>", at: tick % barTicks, staff: 2)
            }
        }
        if bar == score.bars - 1, !pedalled.isEmpty {
            out += direction("<pedal type=\"stop\" line=\"yes\"/>", at: barTicks, staff: 2)
        }
        return out
    }

    private func direction(_ type: String, at offset: Int, staff: Int) -> String {
        "      <direction placement=\"below\"><direction-type>\(type)</direction-type>"
            + (offset == 0 ? "" : "<offset>\(offset)</offset>") + "<staff>\(staff)</staff></direction>\n"
    }
}
