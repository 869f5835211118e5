public import Moods
public import Music

/// How a remembered moment is told again: the operators of music.md 4.12 that its change of mood asks for.
public enum RetellingPlan {
    /// What years do to a mood: the past grows, unrest and energy fall, what was dark is no longer dark.
    ///
    /// Each axis goes half of its way to where memory rests in ten years, so that ten years twice are twenty years, and
    /// what lies beyond that place already stays.
    public static func drifted(_ mood: Mood, years: Float) -> Mood {
        let share = 1 - Exact.exp2(-max(0, years) / 10)
        func towards(_ value: Float, atLeast rest: Float) -> Float { value + share * max(0, rest - value) }
        func towards(_ value: Float, atMost rest: Float) -> Float { value + share * min(0, rest - value) }
        return Mood(
            valence: towards(mood.valence, atLeast: 0.1), energy: towards(mood.energy, atMost: -0.5),
            tension: towards(mood.tension, atMost: -0.2), intimacy: mood.intimacy,
            nostalgia: towards(mood.nostalgia, atLeast: 0.9), openness: towards(mood.openness, atLeast: 0.4))
    }

    /// How strongly a change counts that only time has made.
    private static let passing: Float = 0.3

    /// Three to five operators for the way from one mood to another, the strongest change first.
    ///
    /// - Parameters:
    ///   - old: The mood that is remembered.
    ///   - new: The mood that it is heard in.
    ///   - isMinor: Whether the remembered piece is in minor.
    ///   - turnsMinor: Whether the new mood asks for minor.
    ///   - theme: What is remembered: no operator is chosen that it has no room for.
    ///   - metre: The metre of the piece.
    ///   - isLater: Whether years have passed: then it is a memory, however much of one it was before.
    /// - Returns: Operators, none twice.
    public static func operators(
        from old: Mood, to new: Mood, isMinor: Bool, turnsMinor: Bool, theme: Theme, metre: Metre, isLater: Bool = false
    ) -> [RetellingOperator] {
        let valence = new.valence - old.valence
        let energy = new.energy - old.energy
        let rows: [(strength: Float, operators: [RetellingOperator])] = [
            (
                max(new.nostalgia - old.nostalgia, isLater ? passing : 0),
                [.octaveUp, .modeMixture, .slower, .unaCorda, .moreRoom, .thinned]
            ),
            (-valence, [.augmented, .fallingBass, .softer, .fragmented]),
            (0.8 * energy + 0.4 * (new.tension - old.tension), [.leftOctaves, .diminished, .threeThreeTwo]),
            (-energy, [.augmented, .thinned]),
            (new.intimacy - old.intimacy, [.tenths, .canon, .lastNoteWithheld]),
            (max(old.intimacy - new.intimacy, new.openness - old.openness), [.farther, .openFifths]),
        ]
        var chosen: [RetellingOperator] = []
        // The mode is what one hears first.
        if isMinor != turnsMinor { chosen.append(turnsMinor ? .parallelMinor : .relit) }
        func add(_ operators: [RetellingOperator]) {
            for operation in operators where chosen.count < 5 && fits(operation, chosen, energy: energy) {
                let changesTheme = operation == .augmented || operation == .diminished
                // What has no room, and what has no sixth to lower or works against a brighter light.
                if operation == .threeThreeTwo || operation == .canon, metre.beats != 4 { continue }
                if operation == .modeMixture, isMinor && !chosen.contains(.relit) || turnsMinor || valence > 0.1 {
                    continue
                }
                if changesTheme, self.theme(theme, [operation], metre: metre) == theme { continue }
                chosen.append(operation)
            }
        }
        for row in rows.sorted(by: { $0.strength > $1.strength }) where row.strength > 0.25 { add(row.operators) }
        if chosen.count < 3 { add([.octaveUp, .lastNoteWithheld, .tenths]) }
        return chosen
    }

    /// What works against a change, or against an operator that is there, is left out.
    private static func fits(_ operation: RetellingOperator, _ chosen: [RetellingOperator], energy: Float) -> Bool {
        if chosen.contains(operation) { return false }
        switch operation {
        case .augmented: return energy < 0.1 && !chosen.contains(.diminished)
        case .diminished: return energy > 0.1 && !chosen.contains(.augmented)
        case .slower, .softer, .thinned, .unaCorda: return energy < 0.25
        // Soft hammers a long way off do not make a storm.
        case .farther: return energy < 0.4
        case .fallingBass: return !chosen.contains(.leftOctaves) && !chosen.contains(.threeThreeTwo)
        case .leftOctaves, .threeThreeTwo: return !chosen.contains(.fallingBass)
        case .openFifths: return !chosen.contains(.tenths)
        case .fragmented: return !chosen.contains(.lastNoteWithheld)
        case .lastNoteWithheld: return !chosen.contains(.fragmented)
        case .tenths: return !chosen.contains(.openFifths)
        default: return true
        }
    }

    /// The key of a retelling: the same tonic in the new mode, where a minor piece is lit again its relative major.
    public static func key(_ key: Key, _ operators: [RetellingOperator]) -> Key {
        if operators.contains(.parallelMinor) { return Key(tonic: key.tonic, isMinor: true) }
        if operators.contains(.relit) { return Key(tonic: key.tonic + 3, isMinor: false) }
        return key
    }

    /// The theme as it is stated: in notes of twice or half the length, as far as it fits two bars of `metre`.
    public static func theme(_ theme: Theme, _ operators: [RetellingOperator], metre: Metre) -> Theme {
        let room = 2 * metre.beats * Theme.beat
        func scaled(_ notes: [Theme.Note], _ up: Int, _ down: Int) -> [Theme.Note] {
            let moved = notes.map {
                Theme.Note(onset: $0.onset * up / down, length: max(1, $0.length * up / down), step: $0.step)
            }
            let kept = moved.filter { $0.onset < room }
            // Half a theme would be nobody's: what has no room stays as it was.
            return kept.count == notes.count ? kept : notes
        }
        if operators.contains(.augmented) {
            return Theme(main: scaled(theme.main, 3, 2), answer: theme.answer)
        }
        if operators.contains(.diminished), theme.main.allSatisfy({ $0.onset % 2 == 0 && $0.length >= 24 }) {
            return Theme(main: scaled(theme.main, 1, 2), answer: theme.answer)
        }
        return theme
    }
}
