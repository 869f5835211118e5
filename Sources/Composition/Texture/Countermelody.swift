import Music

/// A second line of the right hand, under a tune that is known: it moves while the melody holds and waits while it moves.
///
/// Steps, against the melody's direction, chord tones where the metre is strong; all notes at once by dynamic
/// programming, as other voices are found.
struct Countermelody {
    let section: Section
    /// Ticks in a bar.
    let bar: Int
    /// What the left hand plays.
    let left: [Note]

    /// Notes below which there is no line to speak of: it has one a bar at least, too.
    private static let least = 6
    /// Semitones that it keeps below the melody at least, and at most: one hand plays both.
    private static let (clearance, reach) = (3, HandShape.span)
    /// Semitones that it keeps above what the left hand strikes.
    private static let room = 3
    /// Semitones under the melody at which it likes to be.
    private static let usual: Float = 8

    /// A place at which it may move.
    private struct Slot {
        let onset: Int
        let chord: Chord
        /// The key of the melody over it.
        let over: Int
        let keys: [Int]
    }

    /// The line; empty where the melody leaves no room for one.
    func notes() -> [Note] {
        let slots = slots()
        guard slots.count >= max(Self.least, section.bars) else { return [] }
        let path = VoicingSearch.path(
            slots.map { $0.keys.map { [$0] } }, own: { own(slots[$0], $1[0]) },
            move: { move(slots[$0], $1[0], slots[$2], $3[0]) })
        return slots.indices.map { i in
            let next = i + 1 < slots.count ? slots[i + 1].onset : section.start + section.bars * bar
            let key = slots[i].keys[path[i]]
            return Note(
                onset: slots[i].onset,
                length: min(next, end(of: key, from: slots[i]), slots[i].onset + bar) - slots[i].onset,
                pitch: key, role: .inner)
        }
    }

    /// One in each beat but for those of the last bar: on the beat if the melody holds there, else on its second half.
    private func slots() -> [Slot] {
        let last = section.start + (section.bars - 1) * bar
        return stride(from: section.start, to: last, by: Grid.beat).compactMap { beat in
            slot(at: beat) ?? slot(at: beat + Grid.half)
        }
    }

    /// A place at which the melody holds a note that it struck half a beat ago or earlier.
    private func slot(at onset: Int) -> Slot? {
        guard let over = section.melody.last(where: { $0.onset <= onset }), onset - over.onset >= Grid.half,
            over.end >= onset + Grid.half
        else { return nil }
        let chord = section.chords.at(onset)
        let struck = left.filter { $0.onset == onset }.map(\.pitch).max() ?? 0
        let floor = max(RightHand.lowestInner, struck + Self.room, over.pitch - Self.reach)
        guard floor <= over.pitch - Self.clearance else { return nil }
        let scale = PitchClassMask(chord.scale)
        let keys = (floor...over.pitch - Self.clearance).filter {
            scale.contains($0) && ![0, 1, 11].contains((over.pitch - $0) % 12)
        }
        return keys.isEmpty ? nil : Slot(onset: onset, chord: chord, over: over.pitch, keys: keys)
    }

    /// When a key is let go: where a chord comes that has no place for it.
    private func end(of key: Int, from slot: Slot) -> Int {
        section.chords.first { $0.onset > slot.onset && !$0.scale.contains(key % 12) }?.onset ?? .max
    }

    private func isForeign(_ key: Int, _ slot: Slot) -> Bool { !slot.chord.tones.contains(key % 12) }

    private func own(_ slot: Slot, _ key: Int) -> Float {
        let isStrong = (slot.onset - section.start) % bar == 0 || slot.onset == slot.chord.onset
        let foreign: Float = isForeign(key, slot) ? (isStrong ? 3 : 0.7) : 0
        return foreign + 0.05 * abs(Float(slot.over - key) - Self.usual) - (key % 12 == slot.chord.triad[1] ? 0.3 : 0)
    }

    private func move(_ a: Slot, _ from: Int, _ b: Slot, _ to: Int) -> Float {
        let way = abs(to - from)
        var cost: Float =
            switch way {
            case 0: 1.2
            case 1, 2: 0
            case 3, 4: 1
            case 5...7: 1.8
            default: 3
            }
        if way > 2, isForeign(from, a) { cost += 2 }
        let melody = b.over - a.over
        if melody != 0, melody.signum() == (to - from).signum() { cost += 0.3 }
        if VoicingSearch.isParallel(from, a.over, to, b.over) { cost += 2 }
        // After a bar of rest a line begins anew.
        return b.onset - a.onset > bar ? 0.3 * cost : cost
    }
}
