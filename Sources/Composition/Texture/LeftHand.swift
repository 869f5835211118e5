import Music

/// The left hand of one section: the figure on every chord, begun anew with each chord and each bar.
struct LeftHand {
    let writer: TextureWriter
    let section: Section
    let dress: TextureWriter.Dress
    let isLoud: Bool

    /// Ticks for which a key is held at most: the pedal does the rest.
    private static let longestBass = 4 * Grid.beat
    private static let longestFigure = Grid.beat
    private static let tenor = 48...64
    /// Seconds within which a hand goes no farther than a twelfth.
    private static let leap: Float = 0.2
    private static let twelfth = 19

    private var bar: Int { writer.bar }

    /// The notes for the shapes of the section's chords.
    func notes(_ shapes: [[Int]]) -> [Note] {
        let closes = section.letter != "o" && !section.isElided
        let lastBar = closes ? section.start + (section.bars - 1) * bar : Int.max
        let echo = dress.hasEcho && closes ? tenorEcho(from: lastBar) : []
        var out: [Note] = []
        for (chord, shape) in zip(section.chords, shapes) {
            var octave = writer.streams.at(.texture, "octave", "\(shape[0])", "\(isLoud)")
            let doubles = shape[0] < 46 && octave.chance(0.08 + (isLoud ? 0.22 : 0))
            var t = chord.onset
            while t < chord.end {
                let inBar = (t - section.start) % bar
                let length = min(bar - inBar, chord.end - t)
                let figure = t < lastBar ? dress.figure : echo.isEmpty ? dress.relaxed : .alone
                if t == chord.onset, doubles {
                    out.append(
                        Note(
                            onset: t, length: min(chord.end - t, Self.longestFigure), pitch: shape[0] + 12,
                            role: .figure))
                }
                var strokes = strokes(figure, at: t, length, isNew: t == chord.onset)
                // A chord that lasts a beat is heard as one, not as a bass alone.
                if chord.length <= Grid.beat, strokes.count == 1, !figure.isSilence { strokes[0].tones = [0, 1, 2] }
                for stroke in Self.broken(filled(strokes, at: t), shape, length) {
                    out += struck(stroke.tones, at: t + stroke.place, shape, chord, isFirst: stroke.place == 0)
                }
                t += length
            }
        }
        return Guards.reachable(Guards.unique(written(near(out)) + echo))
    }

    /// Basses as broken chords are written: each until the hand strikes again; fingers and pedal hold them longer.
    private func written(_ notes: [Note]) -> [Note] {
        let onsets = Set(notes.map(\.onset)).sorted()
        return notes.map { note in
            guard note.role == .bass, let next = onsets.first(where: { $0 > note.onset }) else { return note }
            var short = note
            short.length = min(note.length, next - note.onset)
            return short
        }
    }

    /// The strokes that fall into `length` ticks from `t`, places counted from `t`; a new chord always has its bass.
    private func strokes(_ figure: Figure, at t: Int, _ length: Int, isNew: Bool) -> [(place: Int, tones: [Int])] {
        let first = (t - section.start) / bar % figure.bars * bar
        var strokes = figure.strokes.filter { (first..<first + length).contains($0.place) }
            .map { (place: $0.place - first, tones: $0.tones) }
        if isNew, strokes.first.map({ $0.place > 0 || !$0.tones.contains(0) }) ?? true {
            strokes.removeAll { $0.place == 0 }
            strokes.insert((place: 0, tones: [0]), at: 0)
        }
        return strokes
    }

    /// Strokes as the piece's hand plays them: a full one adds a tone, but none that it strikes within half a beat anyway,
    /// or a finger would hammer.
    private func filled(_ strokes: [(place: Int, tones: [Int])], at t: Int) -> [(place: Int, tones: [Int])] {
        var out = strokes
        for k in out.indices {
            let beside = out.indices.filter { $0 != k && abs(out[$0].place - out[k].place) <= Grid.half }
                .flatMap { out[$0].tones }
            func add() {
                guard let j = out[k].tones.last else { return }
                if let new = (j + 1...j + 2).first(where: { !beside.contains($0) }) { out[k].tones.append(new) }
            }
            let isOnGrid = (t + out[k].place) % Grid.half == 0
            if writer.isFull, out[k].tones.count == 1, out[k].tones[0] > 0, isOnGrid { add() }
            if writer.isRich, out[k].tones.count == 2, out[k].tones[1] > 1 { add() }
        }
        return out
    }

    /// The notes of a stroke: what lies above the shape turns back into it, so that neighbours stay neighbours.
    private func struck(_ tones: [Int], at onset: Int, _ shape: [Int], _ chord: Chord, isFirst: Bool) -> [Note] {
        let top = shape.count - 1
        return tones.map { j in
            let i = j <= top ? j : turned(j, top)
            let usual = j == 0 || isFirst ? Self.longestBass : Self.longestFigure * (tones.count > 1 ? 2 : 1)
            let held = writer.held(usual)
            return Note(
                onset: onset, length: min(chord.end - onset, held), pitch: shape[i], role: i == 0 ? .bass : .figure)
        }
    }

    /// The tone of a shape of `top` tones above its bass that stands for a higher one: up and down, over a tone alone to
    /// the bass.
    private func turned(_ j: Int, _ top: Int) -> Int {
        guard top > 1 else { return top * (j % 2) }
        let place = (j - 1) % (2 * (top - 1))
        return 1 + min(place, 2 * (top - 1) - place)
    }

    /// Chord tones that a hand does not reach from the bass come half a beat after it, where nothing else is struck.
    private static func broken(
        _ strokes: [(place: Int, tones: [Int])], _ shape: [Int], _ length: Int
    ) -> [(place: Int, tones: [Int])] {
        var places = Set(strokes.map(\.place))
        return strokes.flatMap { stroke -> [(place: Int, tones: [Int])] in
            let above = stroke.tones.filter { $0 > 0 }
            let isWide = above.contains { $0 < shape.count && shape[$0] - shape[0] > HandShape.span }
            guard stroke.tones.contains(0), isWide else { return [stroke] }
            let later = stroke.place + Grid.half
            let bass = (place: stroke.place, tones: [0])
            return later < length && places.insert(later).inserted ? [bass, (place: later, tones: above)] : [bass]
        }
    }

    /// What neighbours within the time of a leap lies within a twelfth: else it is an octave lower, or left out.
    private func near(_ notes: [Note]) -> [Note] {
        let leap = writer.ticks(Self.leap)
        var groups = Dictionary(grouping: notes, by: \.onset).values.sorted { $0[0].onset < $1[0].onset }
        /// A group as it can be played beside another one.
        func reached(_ i: Int, from j: Int) -> [Note] {
            guard let there = groups[j].first, let lowest = groups[j].map(\.pitch).min() else { return groups[i] }
            let limit = lowest + Self.twelfth
            return groups[i].compactMap { note in
                guard abs(note.onset - there.onset) <= leap, note.pitch > limit else { return note }
                var lower = note
                lower.pitch -= 12
                let isFree = lower.pitch <= limit && !groups[i].contains { $0.pitch == lower.pitch }
                return isFree && lower.pitch >= Self.tenor.lowerBound ? lower : nil
            }
        }
        for i in groups.indices.dropFirst() { groups[i] = reached(i, from: i - 1) }
        for i in groups.indices.dropLast().reversed() { groups[i] = reached(i, from: i + 1) }
        return groups.flatMap { $0 }
    }

    /// The last notes of the melody once more in the tenor, while its closing note is held (4.8, texture 10).
    private func tenorEcho(from lastBar: Int) -> [Note] {
        let end = section.start + section.bars * bar
        guard let closing = section.melody.last, section.melody.count > 3,
            closing.onset <= lastBar + (section.texture == "echo" ? Grid.beat : 0)
        else { return [] }
        let fragment = section.melody.suffix(3)
        guard let head = fragment.first else { return [] }
        let start = lastBar + Grid.beat
        var out: [Note] = []
        for note in fragment {
            let onset = start + note.onset - head.onset
            guard onset < end - Grid.quarter else { break }
            let chord = section.chords.at(onset)
            var pitch = note.pitch - 12
            while pitch > min(Self.tenor.upperBound, closing.pitch - 5) { pitch -= 12 }
            let isLast = note.onset == closing.onset
            let allowed = PitchClassMask(isLast ? Set(chord.triad) : chord.scale)
            guard pitch >= Self.tenor.lowerBound - 4,
                let near = [0, -1, 1, -2, 2].map({ pitch + $0 }).first(where: { allowed.contains($0) })
            else { return [] }
            out.append(
                Note(onset: onset, length: max(Grid.quarter, min(note.length, end - onset)), pitch: near, role: .figure)
            )
        }
        return out.count > 1 ? out : []
    }
}
