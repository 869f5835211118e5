import Music

/// What keeps the hands out of one another's way (music-fit A.2 11).
enum Guards {
    /// What sounds before a silence: notes end where it begins.
    static func silenced(_ notes: [Note], from time: Int) -> [Note] {
        notes.compactMap { note in
            guard note.onset < time else { return nil }
            var note = note
            note.length = min(note.length, time - note.onset)
            return note
        }
    }

    /// Each hand within a tenth: the left one keeps its bass, the right one its melody.
    static func reachable(_ notes: [Note]) -> [Note] {
        var lowest: [Int: Int] = [:]
        var highest: [Int: Int] = [:]
        for note in notes {
            if note.role.isLeftHand {
                lowest[note.onset] = min(lowest[note.onset] ?? 999, note.pitch)
            } else {
                highest[note.onset] = max(highest[note.onset] ?? 0, note.pitch)
            }
        }
        return notes.filter { note in
            note.role.isLeftHand
                ? note.pitch - (lowest[note.onset] ?? 0) <= HandShape.span
                : note.role == .melody || (highest[note.onset] ?? 0) - note.pitch <= HandShape.span
        }
    }

    /// Nothing is struck at or above the melody note that sounds, across the borders of sections too.
    static func belowMelody(_ notes: [Note]) -> [Note] {
        let melody = notes.filter { $0.role == .melody }.sorted { $0.onset < $1.onset }
        return notes.filter { note in
            note.role == .melody
                || !melody.contains {
                    $0.onset <= note.onset && $0.end > note.onset && $0.pitch <= note.pitch
                }
        }
    }

    /// No interval in the low bass that is narrower than hands play there: what stands on the lowest note is left out.
    static func clearLow(_ notes: [Note]) -> [Note] {
        var lowest: [Int: Note] = [:]
        for note in notes where note.pitch < lowest[note.onset]?.pitch ?? .max { lowest[note.onset] = note }
        return notes.filter { note in
            guard note.role != .melody, let low = lowest[note.onset], note.pitch > low.pitch else { return true }
            return note.pitch - low.pitch >= HandShape.narrowest(above: low.pitch)
        }
    }

    /// A key is struck once at a time.
    static func unique(_ notes: [Note]) -> [Note] {
        var seen = Set<Int>()
        return notes.filter { seen.insert($0.onset * 128 + $0.pitch).inserted }
    }

    private static func sounding(_ melody: [MelodyNote], _ t: Int) -> [MelodyNote] {
        melody.filter { $0.onset <= t && $0.end > t + 1 }
    }

    /// The left hand at least three semitones below the sounding melody, never on a key that the melody holds or needs,
    /// no minor ninth under a melody note of half a beat or more.
    static func left(_ notes: [Note], _ melody: [MelodyNote], _ chords: [Chord]) -> [Note] {
        var out: [Note] = []
        for var note in notes {
            let over = sounding(melody, note.onset)
            let floor = (over.map(\.pitch).min() ?? 999) - 3
            if note.pitch > floor {
                if note.role == .bass || note.pitch - 12 < 40 {
                    if note.pitch > floor + 2 { continue }
                } else {
                    note.pitch -= 12
                }
            }
            if over.contains(where: { $0.pitch == note.pitch }) { continue }
            let clashes = over.contains {
                ($0.pitch - note.pitch + 120) % 12 == 1 && ($0.isStrong || $0.length >= Grid.half)
            }
            if clashes {
                let chord = chords.at(note.onset)
                let lowest = note.role == .bass ? 28 : 45
                let other = (note.pitch - 4...note.pitch + 4).filter { q in
                    chord.triad.contains(q % 12) && q >= lowest && q <= floor
                        && over.allSatisfy { ($0.pitch - q + 120) % 12 != 1 }
                }
                let pitch = note.pitch
                guard let nearest = other.min(by: { (abs($0 - pitch), $0) < (abs($1 - pitch), $1) }) else { continue }
                note.pitch = nearest
            }
            for later in melody where note.onset < later.onset && later.onset < note.end {
                let isNeeded = later.pitch <= note.pitch + 1
                let clash = (later.pitch - note.pitch + 120) % 12 == 1 && later.length >= Grid.half
                if isNeeded || clash {
                    note.length = max(10, later.onset - note.onset)
                    break
                }
            }
            out.append(note)
        }
        return unique(out)
    }

    /// Inner voices under the melody that sounds, not on a key that the left hand holds, no semitone with the melody,
    /// let go when the melody comes down to them.
    static func right(_ notes: [Note], _ left: [Note], _ melody: [MelodyNote]) -> [Note] {
        var keys: [Int: [Note]] = [:]
        for note in left { keys[note.pitch, default: []].append(note) }
        var out: [Note] = []
        for var note in notes {
            guard note.role != .melody else {
                out.append(note)
                continue
            }
            let over = sounding(melody, note.onset)
            let clashes = over.contains {
                $0.pitch <= note.pitch + 1
                    || $0.length >= Grid.half && [1, 11].contains(($0.pitch - note.pitch + 120) % 12)
            }
            if clashes { continue }
            if (keys[note.pitch] ?? []).contains(where: { $0.onset <= note.onset && $0.end > note.onset + 2 }) {
                continue
            }
            for later in melody where note.onset < later.onset && later.onset < note.end {
                // Let go, too, when the melody leaves the reach of the hand.
                if later.pitch <= note.pitch + 1 || later.pitch - note.pitch > HandShape.span
                    || (later.pitch - note.pitch + 120) % 12 == 1 && later.length >= Grid.half
                {
                    note.length = max(10, later.onset - note.onset)
                    break
                }
            }
            out.append(note)
        }
        return out
    }

    /// No minor ninth is held for half a beat or more under a melody note of that length, whatever was moved there last.
    ///
    /// A tone is let go before it, or left out; a bass that is struck under it stays: without it the chord would be another.
    static func unclashed(_ notes: [Note]) -> [Note] {
        let melody = notes.filter { $0.role == .melody && $0.length >= Grid.half }
        return notes.compactMap { note in
            guard note.role != .melody else { return note }
            let clash = melody.first {
                $0.pitch > note.pitch && ($0.pitch - note.pitch) % 12 == 1
                    && min($0.end, note.end) - max($0.onset, note.onset) >= Grid.half
            }
            guard let clash else { return note }
            guard clash.onset > note.onset else { return note.role == .bass ? note : nil }
            var short = note
            short.length = clash.onset - note.onset
            return short
        }
    }

    /// A key is let go before it is struck again, by whichever hand.
    static func released(_ notes: [Note]) -> [Note] {
        var out = notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
        var held: [Int: Int] = [:]
        for i in out.indices {
            if let before = held[out[i].pitch] {
                out[before].length = max(1, min(out[before].length, out[i].onset - out[before].onset))
            }
            held[out[i].pitch] = i
        }
        return out
    }
}
