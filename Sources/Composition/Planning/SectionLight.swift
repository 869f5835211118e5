import Moods
import Music

/// Each section in the mood of its time: its mode and key, its parameters, and whether it is dressed anew (music.md 4.13).
struct SectionLight {
    let trajectory: Trajectory
    /// What the piece is as a whole, in its home mode.
    let home: MusicalParameters
    /// Whether a key was asked for, which then holds.
    let isKeyFixed: Bool
    let hasOneFigure: Bool
    let hasOneGround: Bool
    /// What a mood becomes in this piece.
    let derived: (Mood) -> MusicalParameters

    init(
        _ trajectory: Trajectory, home: MusicalParameters, _ request: CompositionRequest, form: String,
        hasOneFigure: Bool,
        derived: @escaping (Mood) -> MusicalParameters
    ) {
        self.trajectory = trajectory
        self.home = home
        isKeyFixed = request.music.key != nil
        self.hasOneFigure = hasOneFigure
        hasOneGround = FormTemplate.all.first { $0.name == form }?.hasOneGround ?? false
        self.derived = derived
    }

    /// Lightness of the mode at which major and minor meet, and how far beyond it the mode changes: moods that linger
    /// there do not go to and fro.
    private static let border: Float = 0.48
    private static let hold: Float = 0.02
    /// Octaves of density by which a mood has moved so far that an accompaniment does not come back as it was.
    private static let far: Float = 0.3
    /// How far the valence has moved where a letter that comes back is told on other chords.
    private static let relit: Float = 0.5
    /// Share of the pieces that turn by the relative key: bright tunes darken where they stand, dark ones are lit by their
    /// relative major (music.md 4.12).
    private static let relative: (toMinor: Float, toMajor: Float) = (0.3, 0.7)

    /// The sections with what their time makes of them; keyed ones keep their keys where the mode does not turn.
    func shed(on sections: [PlannedSection], _ random: inout RandomStream) -> [PlannedSection] {
        var at = 0
        let lit = sections.map { section in
            defer { at += section.bars }
            return trajectory.parameters(at..<at + section.bars, derived)
        }
        let isRelative = random.chance(home.isMinor ? Self.relative.toMajor : Self.relative.toMinor)
        let modes = modes(sections, lit.map(\.lightness))
        let turns = modes.contains { $0 != home.isMinor }
        let away = isRelative ? (home.isMinor ? 3 : -3) : 0
        var out = sections
        for i in out.indices {
            if turns {
                out[i].isMinor = modes[i]
                out[i].transposition = modes[i] == home.isMinor ? 0 : away
            }
            out[i].parameters = lit[i].inMode(isMinor: out[i].isMinor)
            out[i].pace = lit[i].tempo / trajectory.tempo
        }
        return relit(redressed(endingWhereItIs(out)))
    }

    /// Whether each section is in minor: intros are as what they lead to, outros as what they leave.
    private func modes(_ sections: [PlannedSection], _ lightness: [Float]) -> [Bool] {
        guard !isKeyFixed else { return sections.map { _ in home.isMinor } }
        var isMinor = home.isMinor
        let first = sections.firstIndex { $0.letter != "i" } ?? 0
        return sections.indices.map { i in
            guard i > first, sections[i].letter != "o" else { return isMinor }
            if lightness[i] < Self.border - Self.hold { isMinor = true }
            if lightness[i] > Self.border + Self.hold { isMinor = false }
            return isMinor
        }
    }

    /// A last bar that is alone has no room to come home in: the sections of the letter before it stay there.
    private func endingWhereItIs(_ sections: [PlannedSection]) -> [PlannedSection] {
        guard let end = sections.last, end.bars == 1, let before = sections.dropLast().last,
            before.transposition != end.transposition || before.isMinor != end.isMinor
        else { return sections }
        return sections.map { section in
            guard section.letter == before.letter else { return section }
            var section = section
            (section.transposition, section.isMinor) = (end.transposition, end.isMinor)
            section.parameters = section.parameters?.inMode(isMinor: end.isMinor)
            return section
        }
    }

    /// Which letters need chords of another light: a passacaglia keeps its ground as long as the mode stays.
    private func relit(_ sections: [PlannedSection]) -> [PlannedSection] {
        sections.map { section in
            var section = section
            let first = sections.first { $0.letter == section.letter }?.parameters?.mood.valence
            let valence = section.parameters?.mood.valence
            if section.isMinor != home.isMinor {
                section.light = .turned
            } else if !hasOneGround, let first, let valence, abs(valence - first) > Self.relit {
                section.light = .moved
            }
            return section
        }
    }

    private func redressed(_ sections: [PlannedSection]) -> [PlannedSection] {
        var out = sections
        for i in out.indices where out[i].letter != "i" {
            let letter = hasOneFigure || out[i].letter == "o" ? "A" : out[i].letter
            guard let first = out[..<i].first(where: { $0.letter == letter }), let own = out[i].parameters?.density,
                let old = first.parameters?.density
            else { continue }
            out[i].isRedressed = abs(Exact.log2(own / old)) > Self.far
        }
        return out
    }
}
