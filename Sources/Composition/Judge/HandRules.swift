import Music

/// What two hands can play and what sounds clear: reach, fingers, keys, low intervals, clashes.
enum HandRules {
    static func findings(_ reading: ScoreReading) -> [Finding] {
        var out: [Finding] = []
        func add(_ rule: Finding.Rule, _ tone: ScoreReading.Tone) {
            out.append(Finding(rule, at: tone.start, in: reading.score))
        }
        for attack in reading.attacks {
            guard let first = attack.first else { continue }
            for isLeft in [true, false] {
                let hand = attack.filter { $0.role.isLeftHand == isLeft }
                guard let low = hand.first, let high = hand.last else { continue }
                if high.pitch - low.pitch > HandShape.span { add(.handTooWide, low) }
                if hand.count > 5 { add(.tooManyFingers, low) }
            }
            if attack.count > 1, let low = attack.first, let next = attack.dropFirst().first,
                next.pitch > low.pitch, next.pitch - low.pitch < narrowest(above: low.pitch)
            {
                add(.lowInterval, low)
            }
            if let melody = reading.melody(at: first.onset),
                let above = attack.first(where: { $0.role != .melody && $0.pitch >= melody.pitch })
            {
                add(.melodyNotOnTop, above)
            }
        }
        return out + collisions(reading) + clashes(reading)
    }

    /// The narrowest interval that people leave above a low key, by the 5th percentile of romantic piano music
    /// (music.md 4.9), the widest freedom that the sheet knows.
    private static func narrowest(above key: Int) -> Int {
        switch key {
        case ..<40: 5
        case 40..<44: 4
        case 44..<52: 3
        default: 1
        }
    }

    /// A key struck again while a finger holds it, or by both hands at once.
    private static func collisions(_ reading: ScoreReading) -> [Finding] {
        var held = [ScoreReading.Tone?](repeating: nil, count: 128)
        var out: [Finding] = []
        for tone in reading.tones where held.indices.contains(tone.pitch) {
            if let before = held[tone.pitch], before.end > tone.onset {
                out.append(Finding(.keyCollision, at: tone.start, in: reading.score))
            }
            held[tone.pitch] = tone
        }
        return out
    }

    /// A tone a semitone and any octaves below the melody that sounds with it for half a beat or more.
    private static func clashes(_ reading: ScoreReading) -> [Finding] {
        var out: [Finding] = []
        var first = 0
        for note in reading.melody where note.length >= ScoreReading.beat / 2 {
            // Nothing is held longer than two bars.
            while first < reading.tones.count, reading.tones[first].onset < note.onset - 2 * reading.bar { first += 1 }
            for tone in reading.tones[first...] {
                if tone.onset >= note.end { break }
                guard tone.role != .melody, tone.pitch < note.pitch, (note.pitch - tone.pitch) % 12 == 1 else {
                    continue
                }
                if min(tone.end, note.end) - max(tone.onset, note.onset) >= ScoreReading.beat / 2 {
                    out.append(Finding(.semitoneClash, at: note.start, in: reading.score))
                    break
                }
            }
        }
        return out
    }
}
