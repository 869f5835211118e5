import Music

/// The bass that a retelling draws through the chords of a section.
extension Retelling {
    /// The bass of each chord a step below that of the one before.
    ///
    /// Where the chord has no such tone, nor its root a sixth or seventh there, its nearest tone below is taken. After an
    /// octave the line begins again.
    func fallingBass(_ notes: [Note], _ section: Section) -> [Note] {
        var out = notes
        var line: Int?
        var top = 0
        for chord in section.chords {
            let window = chord.onset..<chord.end
            let own = out.indices.filter { out[$0].role == .bass && window.contains(out[$0].onset) }
            guard let lowest = own.map({ out[$0].pitch }).min() else { continue }
            guard let before = line, top - before < 12 else {
                (line, top) = (lowest, lowest)
                continue
            }
            let scale = PitchClassMask(chord.scale)
            let tones = PitchClassMask(chord.tones)
            func isAdded(_ pitch: Int) -> Bool { [8, 9, 10, 11].contains(pitchClass(pitch - chord.root)) }
            let step = [before - 1, before - 2].first { scale.contains($0) && (tones.contains($0) || isAdded($0)) }
            guard let next = step ?? (3...7).map({ before - $0 }).first(where: { tones.contains($0) }), next >= 26
            else {
                (line, top) = (lowest, lowest)
                continue
            }
            for i in own where out[i].pitch % 12 == lowest % 12 { out[i].pitch += next - lowest }
            line = next
        }
        return Guards.reachable(Guards.unique(out))
    }
}
