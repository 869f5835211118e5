import Music

/// The left hand of a montage: low intervals as wide as people's, and at the climax the second motif in the tenor, over
/// a bass that the same hand can reach.
struct MontageLayers {
    let section: Section
    let themes: [Theme]
    /// Ticks in a bar.
    let bar: Int

    /// Where a tenor sings.
    private static let tenor = 43...67
    /// Semitones by which it keeps clear of the melody.
    private static let clearance = 3
    /// What a step other than the motif's costs.
    private static let insistence: Float = 12

    /// The notes of the section with its layers in the place of the figure, the other voices thinned where they would be
    /// in the way.
    func layered(_ notes: [Note]) -> [Note] {
        guard !section.cast.isEmpty else { return notes }
        return section.cast.filter { $0.place == .under }.reduce(widened(notes)) { notes, part in
            let start = section.start + part.bar * bar
            return layered(notes, part.voice, in: start..<start + part.bars * bar)
        }
    }

    /// A low bass with its companion an octave higher where it lies too close, left out where that is out of reach.
    private func widened(_ notes: [Note]) -> [Note] {
        let left = Dictionary(
            notes.filter { $0.role.isLeftHand }.map { ($0.onset, $0.pitch) }, uniquingKeysWith: { max($0, $1) })
        let bass = Dictionary(
            notes.filter { $0.role == .bass }.map { ($0.onset, $0.pitch) }, uniquingKeysWith: { min($0, $1) })
        return notes.compactMap { note in
            // The thumbs of two hands on neighbouring keys.
            if note.role == .inner, let top = left[note.onset], note.pitch - top < Self.clearance { return nil }
            guard note.role == .figure, let low = bass[note.onset], note.pitch > low,
                note.pitch - low < Self.narrowest(above: low)
            else { return note }
            var wide = note
            wide.pitch += 12
            let melody = notes.filter { $0.role == .melody && $0.onset <= note.onset && $0.end > note.onset }
            let isFree =
                Self.reaches(wide.pitch, low) && melody.allSatisfy { $0.pitch - wide.pitch >= Self.clearance }
                && !notes.contains { $0.onset == note.onset && abs($0.pitch - wide.pitch) < 3 }
            return isFree ? wide : nil
        }
    }

    /// The notes with a voice's motif in the tenor from the start of a window on, which it has for itself.
    func layered(_ notes: [Note], _ voice: Int, in window: Range<Int>) -> [Note] {
        let tenor = tenor(voice, from: window.lowerBound, to: window.upperBound, under: notes)
        guard !tenor.isEmpty else { return notes }
        var out: [Note] = []
        for note in notes {
            guard window.contains(note.onset) else {
                out.append(released(note, before: tenor))
                continue
            }
            switch note.role {
            case .melody: out.append(note)
            case .figure: continue
            case .inner:
                // The right hand strikes with its melody alone, above the tenor.
                let isStruck = notes.contains { $0.role == .melody && $0.onset == note.onset }
                let isClear = tenor.allSatisfy {
                    $0.onset >= note.end || $0.end <= note.onset
                        || note.pitch - $0.pitch >= max(3, Self.narrowest(above: $0.pitch))
                            && (note.pitch - $0.pitch) % 12 != 1
                }
                if isStruck, isClear { out.append(note) }
            case .bass: if let bass = bass(note, under: tenor) { out.append(released(bass, before: tenor)) }
            }
        }
        return out + tenor
    }

    /// The bass where the hand that plays the tenor reaches it: as it is, or an octave higher; nil where it does not.
    private func bass(_ note: Note, under tenor: [Note]) -> Note? {
        guard let top = tenor.first(where: { $0.onset == note.onset }) else { return note }
        var bass = note
        for octave in [0, 12] {
            bass.pitch = note.pitch + octave
            if Self.reaches(top.pitch, bass.pitch) { return bass }
        }
        return nil
    }

    private var isMontage: Bool { !section.cast.isEmpty }

    private static func narrowest(above key: Int) -> Int {
        max(HandShape.narrowest(above: key), key < 56 ? StructureMetrics.narrowest(above: key) : 0)
    }

    private static func reaches(_ tenor: Int, _ bass: Int) -> Bool {
        tenor - bass <= HandShape.span && tenor - bass >= narrowest(above: bass)
    }

    /// A bass key is let go when its hand goes out of reach, and the key that the tenor needs at once.
    private func released(_ note: Note, before tenor: [Note]) -> Note {
        guard note.role.isLeftHand else { return note }
        var note = note
        for next in tenor where next.onset > note.onset && next.onset < note.end {
            if next.pitch - note.pitch > HandShape.span || next.pitch == note.pitch {
                note.length = next.onset - note.onset
                break
            }
        }
        return note
    }

    /// The motif's notes on the keys that keep its steps and agree best with chord, melody and bass.
    private func tenor(_ voice: Int, from start: Int, to end: Int, under notes: [Note]) -> [Note] {
        let motif = themes[voice].main.filter { start + $0.onset < end }
        let melody = notes.filter { $0.role == .melody }
        let bass = notes.filter { $0.role == .bass }
        let onsets = motif.map { start + $0.onset }
        let slots = motif.indices.map { i -> [[Int]] in
            let onset = onsets[i]
            let chord = section.chords.at(onset)
            let scale = PitchClassMask(chord.scale)
            let over = melody.filter { $0.onset <= onset && $0.end > onset }.map(\.pitch).min() ?? 127
            let keys = Self.tenor.filter { scale.contains($0) && $0 <= over - Self.clearance }
            let end = onset + motif[i].length
            let clear = keys.filter { key in
                let isOverBass = motif[i].length >= Grid.half && (key - chord.bass) % 12 == 1
                return !isOverBass
                    && !melody.contains {
                        ($0.pitch - key + 120) % 12 == 1
                            && min($0.end, end) - max($0.onset, onset) >= Grid.half
                    }
            }
            return (clear.isEmpty && isMontage ? keys : clear).map { [$0] }
        }
        // A canon that has no clear place somewhere begins elsewhere, a montage has its moment when it has it.
        guard isMontage || slots.allSatisfy({ !$0.isEmpty }) else { return [] }
        let path = VoicingSearch.path(
            slots,
            own: { i, keys in
                let chord = section.chords.at(onsets[i])
                let isLong = motif[i].length >= Grid.beat || onsets[i] % bar == 0
                var cost: Float = chord.tones.contains(keys[0] % 12) ? 0 : isLong ? 2 : 0.3
                let over = melody.filter { $0.onset < onsets[i] + motif[i].length && $0.end > onsets[i] }
                if over.contains(where: { ($0.pitch - keys[0] + 120) % 12 == 1 }) { cost += 2.5 }
                if over.contains(where: { $0.pitch - keys[0] < Self.clearance }) { cost += 4 }
                if let low = bass.first(where: { $0.onset == onsets[i] })?.pitch {
                    cost += Self.reaches(keys[0], low) ? 0 : Self.reaches(keys[0], low + 12) ? 0.3 : 1.5
                }
                return cost + 0.04 * Float(abs(keys[0] - 55))
            },
            move: { i, a, j, b in
                let wanted = motif[j].step - motif[i].step
                return Self.insistence * Float(min(3, abs(MotifSimilarity.steps(b[0] - a[0]) - wanted)))
            })
        return motif.indices.compactMap { i in
            guard slots[i].indices.contains(path[i]) else { return nil }
            let next = i + 1 < motif.count ? onsets[i + 1] : end
            return Note(
                onset: onsets[i], length: max(1, min(motif[i].length, next - onsets[i])), pitch: slots[i][path[i]][0],
                role: .figure)
        }
    }
}
