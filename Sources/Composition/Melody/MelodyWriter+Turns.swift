import Music

extension MelodyWriter {
    /// A remembered tune in the light of its section: what its harmony does not have moves by a semitone to the same degree
    /// of the other mode, down into minor, up into major, so that the tune is known though its thirds have changed.
    func relit(_ notes: [MelodyNote], in section: Section) -> [MelodyNote] {
        guard section.parameters != nil else { return notes }
        return notes.map { note in
            guard let near = note.near else { return note }
            let scale = section.chords.at(note.onset).scale
            let moved = near + (section.isMinor ? -1 : 1)
            guard !scale.contains(near % 12), scale.contains(moved % 12) else { return note }
            var note = note
            note.near = moved
            return note
        }
    }
}
