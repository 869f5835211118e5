package import Music

/// A piece while it is being composed, filled stage by stage: chords, melody, accompaniment, ending.
package struct Piece: Sendable {
    package var plan: Plan
    package var sections: [Section]
    /// All finished notes, unsorted until the end.
    package var notes: [Note] = []
    /// The main motif as written at its first statement, handed over by the melody stage.
    package var motif: [MelodyNote] = []

    package init(plan: Plan, sections: [Section]) {
        self.plan = plan
        self.sections = sections
    }

    package var metre: Metre { plan.metre }

    /// The end of the last bar.
    package var end: Beat { Beat(plan.bars * plan.metre.beats) }

    package var chords: [Chord] { sections.flatMap(\.chords) }
}
