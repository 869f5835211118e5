import Music

/// The rhythm of whole phrases: breath, long closing notes, strong beats (music.md 2.5, music-fit A.2 11).
struct PhraseRhythm {
    let beats: Int

    /// Shortest note that closes a phrase.
    static let lastNote = Grid.beat + Grid.half

    private var bar: Int { beats * Grid.beat }

    /// Some two bars lose their last or first note; the first statement of the motif keeps all of its notes.
    func breathe(_ notes: inout [MelodyNote], share: Float, _ random: inout RandomStream) {
        for unit in 1..<max(1, (notes.map(\.unit).max() ?? 0) + 1) {
            let own = notes.indices.filter { notes[$0].unit == unit }
            if random.chance(share * 0.6), own.count > 3 {
                notes.remove(at: random.chance(0.5) ? own[own.count - 1] : own[0])
            }
        }
    }

    /// No overlaps; the last note of every four bars and of the section is long; at most two bars in a row begin with a
    /// rest; strong beats are marked.
    func tidied(_ input: [MelodyNote], start: Int, bars: Int) -> [MelodyNote] {
        var notes = input.sorted { $0.onset < $1.onset }
        let ends = Phrases.starts(bars: bars, each: 4).dropFirst() + [bars]
        let stops = ends.map { start + $0 * bar }
        for stop in stops { close(&notes, before: stop) }
        for i in notes.indices.dropLast() {
            notes[i].length = max(1, min(notes[i].length, notes[i + 1].onset - notes[i].onset))
        }
        fillSilence(&notes, start: start, bars: bars)
        for i in notes.indices {
            let at = (notes[i].onset - start) % bar
            notes[i].isStrong = at == 0 || beats == 4 && at == 2 * Grid.beat
        }
        return notes
    }

    /// The last bar before a silence: nothing is struck after its first beat, and what sounds there is held until the
    /// silence begins.
    func silenced(_ notes: [MelodyNote], bar start: Int, silence: Int) -> [MelodyNote] {
        let end = start + bar - silence
        var notes = notes.filter { $0.onset <= start || $0.isTheme && $0.onset < end }
        // What closes must be long: a last note that comes too late gives its place to the one before.
        if let last = notes.last, end - last.onset < Self.lastNote, !last.isTheme, notes.count > 4 {
            notes.removeLast()
        }
        if let i = notes.indices.last, notes[i].onset > start - 2 * bar { notes[i].length = end - notes[i].onset }
        for i in notes.indices { notes[i].length = min(notes[i].length, max(1, end - notes[i].onset)) }
        return notes
    }

    private func close(_ notes: inout [MelodyNote], before stop: Int) {
        var group = notes.indices.filter { notes[$0].onset < stop && notes[$0].onset >= stop - 4 * bar }
        while group.count > 1, let i = group.last, notes[i].onset > stop - Self.lastNote, !notes[i].isTheme {
            notes.remove(at: i)
            group.removeLast()
        }
        guard let i = group.last else { return }
        let wanted = Self.lastNote + (beats == 4 ? Grid.half : 0)
        notes[i].length = max(notes[i].length, min(stop - notes[i].onset, wanted))
    }

    private func fillSilence(_ notes: inout [MelodyNote], start: Int, bars: Int) {
        var silent = 0
        for k in 0..<bars {
            let t = start + k * bar
            if notes.contains(where: { $0.onset <= t && $0.end > t }) {
                silent = 0
                continue
            }
            silent += 1
            if silent > 2, let i = notes.firstIndex(where: { $0.onset > t && $0.onset < t + bar }), !notes[i].isTheme {
                notes[i].length += notes[i].onset - t
                notes[i].onset = t
                silent = 0
            }
        }
    }
}
