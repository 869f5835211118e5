import Moods
import Music

/// The right hand of one section: the melody and what goes with it.
///
/// Inner voices lie under it at chord changes and some strong notes; there are parallel doublings, fills in its long
/// notes, and bells. Every decision is keyed to its place in the four-bar loop.
struct RightHand {
    let writer: TextureWriter
    let section: Section
    let dress: TextureWriter.Dress?
    let left: [Note]

    static let lowestInner = 55
    /// Share of changes over which a common inner tone sounds on (music-fit A.2 12).
    private static let commonHeld: Float = 0.25
    private static let highestBell = 100
    /// Share of the changes under a held melody note at which inner voices move.
    private static let movingShare: Float = 0.75
    /// Shares of the planned density below which long notes are filled, and above which they are not.
    private static let (thin, full): (Float, Float) = (0.75, 0.95)

    private var bar: Int { writer.bar }
    private var isLoud: Bool { section.level > 0.5 }
    /// Where the section relaxes.
    private var lastBar: Int { section.start + (section.bars - 1) * bar }

    /// What a section does throughout.
    private struct Habits {
        /// Semitones below the melody of a parallel voice, in order of preference.
        var double: [Int]?
        var fills: Bool
        /// Ticks from note to note of a fill.
        var unit: Int
        /// Notes per attack wanted.
        var thickness: Float
    }

    func notes() -> [Note] {
        let counter =
            writer.hasCountermelody(section) ? Countermelody(section: section, bar: bar, left: left).notes() : []
        let habits = habits(isLine: !counter.isEmpty)
        var out: [Note] = counter
        var slots: [(note: MelodyNote, slot: InnerVoices.Slot, holdsOn: Bool)] = []
        for note in section.melody {
            out.append(Note(onset: note.onset, length: note.length, pitch: note.pitch, role: .melody))
            var own = writer.streams.at(
                .texture, "right", section.letter, "\((note.onset - section.start) % (4 * bar))")
            let chord = section.chords.at(note.onset)
            let floor = floor(at: note.onset)
            let count = voices(under: note, chord, habits, &own)
            let holdsOn = own.chance(Self.commonHeld)
            if count > 0 {
                slots.append(
                    (
                        note: note,
                        slot: InnerVoices.Slot(chord: chord, top: note.pitch, count: count, floor: floor, random: own),
                        holdsOn: holdsOn
                    ))
            } else if let double = habits.double, own.chance(0.5) {
                let scale = PitchClassMask(chord.scale)
                let interval = double.first { scale.contains(note.pitch - $0) } ?? 12
                if note.pitch - interval > floor - 3 {
                    out.append(
                        Note(
                            onset: note.onset, length: max(1, min(note.length, chord.end - note.onset)),
                            pitch: note.pitch - interval, role: .inner))
                }
            }
            if habits.fills, note.onset < lastBar, note.length >= Grid.beat + Grid.half {
                out += fill(chord, note, habits.unit, &own)
            }
        }
        if counter.isEmpty { slots += moving(habits) }
        slots.sort { $0.note.onset < $1.note.onset }
        for (place, voices) in zip(slots, InnerVoices.choose(slots.map(\.slot))) {
            out += held(voices, under: place.note, place.slot.chord, holdsOn: place.holdsOn)
        }
        if counter.isEmpty { out += companions(beside: out) }
        if dress?.hasBells == true, isLoud { out += bells() }
        return Guards.unique(out)
    }

    /// What the section does throughout; a second line that goes with the melody leaves the hand free for nothing else.
    private func habits(isLine: Bool) -> Habits {
        guard !isLine else { return Habits(double: nil, fills: false, unit: Grid.half, thickness: 1) }
        let mood = writer.parameters.mood
        var random = writer.streams.at(.texture, "right", section.letter, "\(isLoud)")
        let thick = writer.parameters.notesPerAttack + (isLoud ? 0.9 * writer.contrast : 0) + writer.thickness
        var double: [Int]?
        if !section.isFrame, random.chance(writer.touch.doubling + (isLoud ? 0.25 : 0)) {
            double = isLoud ? random.pick([[12], [3, 4, 5], [8, 9, 10]]) : random.pick([[3, 4, 5], [8, 9, 10]])
        }
        let likesFills = random.chance(writer.fills * (mood.energy > -0.4 ? 1 : 0.55))
        let fullness = fullness
        let fills = !section.isFrame && (fullness < Self.thin || likesFills && fullness < Self.full)
        let unit = writer.tempo > 84 || random.chance(0.4) ? Grid.half : random.pick([Grid.quarter, Grid.third])
        return Habits(double: double, fills: fills, unit: unit, thickness: thick)
    }

    /// Changes of chord under a held melody note: inner voices go on there, so that they move and do not vanish.
    private func moving(_ habits: Habits) -> [(note: MelodyNote, slot: InnerVoices.Slot, holdsOn: Bool)] {
        section.chords.compactMap { chord in
            guard var note = section.melody.last(where: { $0.onset <= chord.onset }),
                note.onset < chord.onset, note.end >= chord.onset + Grid.beat
            else { return nil }
            var own = writer.streams.at(
                .texture, "moving", section.letter, "\((chord.onset - section.start) % (4 * bar))")
            let count = min(3, Int(habits.thickness - 1 + own.uniform()))
            guard own.chance(Self.movingShare), count > 0 else { return nil }
            note.length = note.end - chord.onset
            note.onset = chord.onset
            let floor = floor(at: chord.onset)
            let slot = InnerVoices.Slot(chord: chord, top: note.pitch, count: count, floor: floor, random: own)
            return (note: note, slot: slot, holdsOn: false)
        }
    }

    /// The lowest key for a voice of the right hand: over what the left one strikes there.
    func floor(at onset: Int) -> Int { floor(over: onset..<onset + 1) }

    /// The same over a stretch of time.
    func floor(over time: Range<Int>) -> Int {
        left.filter { time.contains($0.onset) }.map { $0.pitch + 2 }.reduce(Self.lowestInner, max)
    }

    /// Attacks of both hands so far, as a share of the planned.
    private var fullness: Float {
        let seconds = Float(section.bars * bar / Grid.beat) * 60 / writer.tempo
        let attacks = Set(left.map(\.onset)).union(section.melody.map(\.onset)).count
        return Float(attacks) / max(1, section.density * seconds * Exact.exp2(writer.bustle))
    }

    /// How many voices go under a note: at changes of chord, some strong and some long notes; a chorale has them
    /// throughout.
    private func voices(under note: MelodyNote, _ chord: Chord, _ habits: Habits, _ random: inout RandomStream) -> Int {
        let isChorale = dress?.figure.isChorale == true
        var wants = chord.onset == note.onset || isChorale && note.isStrong
        if !wants, isFirst(note, in: chord) { wants = random.chance(writer.touch.arrival) }
        if !wants, note.isStrong { wants = random.chance(writer.touch.pillars) }
        if !wants, note.length >= Grid.beat { wants = random.chance(0.08 * habits.thickness) }
        let count = Int(habits.thickness - 1 + random.uniform())
        return wants ? min(3, isChorale ? max(1, count) : count) : 0
    }

    /// Whether the melody has struck nothing in this chord before.
    private func isFirst(_ note: MelodyNote, in chord: Chord) -> Bool {
        !section.melody.contains { (chord.onset..<note.onset).contains($0.onset) }
    }

    private func held(_ voices: [Int], under note: MelodyNote, _ chord: Chord, holdsOn: Bool) -> [Note] {
        let after = section.chords.first { $0.onset > note.onset }
        return voices.map { q in
            let over = holdsOn && after?.tones.contains(q % 12) == true ? min(Grid.beat, after?.length ?? 0) : 0
            let usual = note.length > Grid.beat ? note.length : min(bar, writer.held(bar))
            let length = min(usual, chord.end - note.onset) + over
            return Note(onset: note.onset, length: max(1, length), pitch: q, role: .inner)
        }
    }

    /// A broken chord under a long melody note.
    private func fill(_ chord: Chord, _ note: MelodyNote, _ unit: Int, _ random: inout RandomStream) -> [Note] {
        let low = max(Self.lowestInner + 2, floor(over: note.onset..<note.end), note.pitch - 14)
        guard low < note.pitch - 2 else { return [] }
        let tones = (low..<note.pitch - 2).filter { chord.tones.contains($0 % 12) }
        guard tones.count > 1 else { return [] }
        var j = random.index(tones.count)
        var direction = random.chance(0.5) ? 1 : -1
        var out: [Note] = []
        var t = note.onset + unit
        while t < min(note.end - Grid.quarter, chord.end) {
            if random.chance(0.8) || t % Grid.beat == 0 {
                out.append(Note(onset: t, length: max(1, min(2 * unit, chord.end - t)), pitch: tones[j], role: .inner))
            }
            if !tones.indices.contains(j + direction) { direction = -direction }
            j = clamp(j + direction, 0, tones.count - 1)
            t += unit
        }
        return out
    }

    /// A chord tone an octave or more above the phrase's last note, in the rest that follows it.
    private func bells() -> [Note] {
        var out: [Note] = []
        for (note, next) in zip(section.melody, section.melody.dropFirst())
        where note.length >= PhraseRhythm.lastNote && next.onset - note.end >= Grid.beat {
            let onset = (note.end + Grid.beat - 1) / Grid.beat * Grid.beat
            let chord = section.chords.at(onset)
            let reach = note.pitch + 12...note.pitch + 19
            guard next.onset - onset >= Grid.beat, let pitch = reach.first(where: { chord.tones.contains($0 % 12) }),
                pitch <= Self.highestBell
            else { continue }
            out.append(
                Note(onset: onset, length: min(next.onset, chord.end) - onset, pitch: pitch, role: .inner))
        }
        return out.filter { $0.length > 0 }
    }
}
