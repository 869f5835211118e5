/// A section as both hands played it, so that it can come again as it was.
struct HeardSection {
    let section: Section
    let notes: [Note]

    /// The notes of a return: as they were heard for as long as melody and chords are the same, as written from the bar
    /// on in which they part.
    func again(_ now: Section, _ written: [Note], bar: Int) -> [Note] {
        let common = common(with: now, bar: bar)
        let shift = now.start - section.start
        let old = notes.compactMap { note -> Note? in
            guard note.onset < section.start + common else { return nil }
            var copy = note
            copy.length = min(note.length, section.start + common - note.onset)
            copy.onset += shift
            return copy
        }
        return old + written.filter { $0.onset >= now.start + common }
    }

    /// Ticks from the start over which melody and chords are the same, whole bars.
    private func common(with now: Section, bar: Int) -> Int {
        var common = min(section.bars, now.bars) * bar
        for (a, b) in zip(section.chords, now.chords)
        where a.name != b.name || a.tones != b.tones || a.onset - section.start != b.onset - now.start {
            common = min(common, min(a.onset - section.start, b.onset - now.start))
            break
        }
        for (a, b) in zip(section.melody, now.melody)
        where a.pitch != b.pitch || a.onset - section.start != b.onset - now.start {
            common = min(common, min(a.onset - section.start, b.onset - now.start))
            break
        }
        return common / bar * bar
    }
}
