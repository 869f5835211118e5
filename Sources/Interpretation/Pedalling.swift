import Music

/// The sustain pedal: changed with chords and bars, late and in ramps, with half pedal (music-fit B.3 4, music.md 5.6).
enum Pedalling {
    /// Seconds after a change that the pedal rises, mean and sd.
    static let release: (mean: Float, sd: Float) = (0.025, 0.032)
    /// Seconds after a change that it is pressed again, mean at a pulse of 0.8 s, and sd; sooner in fast music (Repp 1996).
    static let press: (mean: Float, sd: Float) = (0.147, 0.050)
    /// Seconds that the foot takes down; up it is a little faster.
    static let ramp = 0.060
    /// Share of presses that go all the way, and the depths of both kinds.
    static let fullShare: Float = 0.92
    static let full: ClosedRange<Float> = 0.79...1
    static let half: ClosedRange<Float> = 0.46...0.77
    /// Longest time without a change, seconds; and where two chords are bound.
    static let longest: Float = 1.7
    static let longestBound: Float = 4.4
    /// Seconds by which the pedal rises before a phrase, so that it breathes.
    static let breath = 0.20
    /// Where a chord goes on and its bass is not struck again, the pedal only rises to here.
    static let flutter: ClosedRange<Float> = 0.30...0.42
    /// Seconds of a harmony that lasts long enough to be cleared under a melodic step, and how near to its ends not.
    static let clearing: (least: Float, margin: Float) = (1.2, 0.5)
    /// Share of the harmonies with such a step that are cleared.
    static let cleared: Float = 0.35
    /// Seconds from a change within which a bass belongs to it.
    private static let together = 0.08
    /// Places of a ramp.
    private static let steps = 5

    /// The pedal stays down from a mark until the next one.
    struct Mark {
        var beat: Beat
        /// How high the pedal rises here.
        var isFlutter: Bool
        /// Nothing is written to sound from here to the next mark.
        var isSilent: Bool
    }

    /// The foot's movements up to the last chord, under which it stays down.
    ///
    /// - Parameters:
    ///   - reading: What is played.
    ///   - time: Beats to seconds.
    ///   - basses: When their keys are struck and released, sorted by onset: the foot is down before the hand is gone.
    ///   - hands: Whose foot it is.
    ///   - earliest: Second of the first movement.
    /// - Returns: Movements in the order of time.
    static func events(
        _ reading: Reading, _ time: TimeMap, basses: [(onset: Double, release: Double)], hands: Individuality,
        earliest: Double
    ) -> [PedalEvent] {
        var random = hands.stream("pedal")
        let marks = marks(reading, &random, hands.freedom)
        let pulse = (reading.tactus * reading.secondsPerBeat / 0.8).squareRoot()
        var events: [PedalEvent] = []
        var depth: Float = 0
        var free = earliest
        func move(to target: Float, at start: Double, lasting: Double) {
            let begin = max(start, free)
            for k in 0...steps {
                let part = Float(k) / Float(steps)
                events.append(
                    PedalEvent(
                        time: begin + lasting * Double(part), pedal: .sustain,
                        depth: UnitInterval(depth + (target - depth) * part)))
            }
            depth = target
            free = begin + lasting + 0.01
        }
        for (k, mark) in marks.enumerated() {
            let change = time(mark.beat)
            let isPhrase = reading.isBoundary(.phrase, at: mark.beat) && k > 0
            let rise = release.mean + reading.style.pedalRise + hands.freedom * release.sd * random.normal()
            var lag = max(
                0.04, press.mean * pulse + reading.style.pedalPress + hands.freedom * press.sd * random.normal())
            let struck = basses[basses.lowerBound { $0.onset > change - together }...]
                .prefix { $0.onset < change + together }
            if let gone = struck.map(\.release).min() { lag = max(0.04, min(lag, Float(gone - change - ramp))) }
            let isFull = random.chance(fullShare) || k == marks.count - 1
            let range = isFull ? full : half
            let wanted = random.uniform(range.lowerBound, range.upperBound) + reading.style.pedalDepth
            let target = ExpressiveWeights.clamp(wanted, half.lowerBound, 1)
            let low = mark.isFlutter && !isPhrase ? random.uniform(flutter.lowerBound, flutter.upperBound) : 0
            if depth > low {
                move(to: low, at: change + Double(rise) - (isPhrase ? breath : 0), lasting: ramp / 1.2)
            }
            if !mark.isSilent { move(to: target, at: max(0, change + Double(lag)), lasting: ramp) }
        }
        return events
    }

    /// Where the foot changes: chords, bars, and inside where that is long; the last one is the final chord.
    private static func marks(_ reading: Reading, _ random: inout RandomStream, _ freedom: Float) -> [Mark] {
        let end = reading.finalStrike
        let silences = silences(reading)
        let chords = reading.score.chords.map(\.onset).filter { $0 < end }
        let bars = stride(from: 0, to: reading.beats, by: reading.metre).map { Beat($0) }.filter { $0 < end }
        var changes = Set(chords + bars + [Beat.zero] + silences.flatMap { [$0.lowerBound, $0.upperBound] }).sorted()
        changes = changes.filter { $0 < end }
        if reading.weights.bindsChords {
            changes = bound(changes, reading, keep: Set(silences.flatMap { [$0.lowerBound, $0.upperBound] }))
        }
        var marks: [Mark] = []
        let basses = Set(reading.notes.filter { $0.role == .bass }.map(\.onset))
        for (a, b) in zip(changes, changes.dropFirst() + [end]) {
            let isSilent = silences.contains { $0.lowerBound <= a && b <= $0.upperBound }
            marks.append(Mark(beat: a, isFlutter: false, isSilent: isSilent))
            let beats = (b - a).floor
            let limit = reading.weights.bindsChords ? longestBound : longest
            let parts = min(beats, Int(Float((b - a).value) * reading.secondsPerBeat / limit + 0.5))
            if parts <= 1, !isSilent, let step = melodicStep(between: a, b, reading), random.chance(freedom * cleared) {
                marks.append(Mark(beat: step, isFlutter: true, isSilent: false))
            }
            guard parts > 1, !isSilent else { continue }
            for k in 1..<parts {
                let beat = a + Beat(nearest: Double(k) * (b - a).value / Double(parts), per: 1)
                marks.append(Mark(beat: beat, isFlutter: !basses.contains(beat), isSilent: false))
            }
        }
        marks.append(Mark(beat: end, isFlutter: false, isSilent: false))
        return marks
    }

    /// Where the tune moves by a second inside a long harmony whose bass must go on: there the pedal half clears.
    private static func melodicStep(between start: Beat, _ end: Beat, _ reading: Reading) -> Beat? {
        guard Float((end - start).value) * reading.secondsPerBeat >= clearing.least else { return nil }
        let margin = clearing.margin / reading.secondsPerBeat
        let (from, to) = (Float(start.value) + margin, Float(end.value) - margin)
        let line = reading.melody
        let first = line.lowerBound { reading.onset[$0] >= from }
        for j in max(1, first)..<max(1, first, line.count) where reading.onset[line[j]] <= to {
            let step = abs(reading.pitch[line[j]] - reading.pitch[line[j - 1]])
            if step == 1 || step == 2 { return reading.notes[line[j]].onset }
        }
        return nil
    }

    /// Stretches of a beat and more in which no note is written to sound.
    static func silences(_ reading: Reading) -> [Range<Beat>] {
        var silences: [Range<Beat>] = []
        var sounding = Beat.zero
        for note in reading.notes {
            if note.onset - sounding >= 1, sounding > .zero { silences.append(sounding..<note.onset) }
            sounding = max(sounding, note.end)
        }
        return silences
    }

    /// Every other change is left out where no two tones below C4 on both sides of it are a semitone apart.
    private static func bound(_ changes: [Beat], _ reading: Reading, keep: Set<Beat>) -> [Beat] {
        var kept: [Beat] = []
        var leftOut = false
        for (k, beat) in changes.enumerated() {
            guard let before = kept.last, !leftOut, !keep.contains(beat), !reading.isBoundary(.phrase, at: beat) else {
                kept.append(beat)
                leftOut = false
                continue
            }
            let end = k + 1 < changes.count ? changes[k + 1] : reading.finalStrike
            let seconds = Float((end - before).value) * reading.secondsPerBeat
            leftOut = seconds <= longestBound && blends(from: before, to: end, reading)
            if !leftOut { kept.append(beat) }
        }
        return kept
    }

    private static func blends(from start: Beat, to end: Beat, _ reading: Reading) -> Bool {
        let first = reading.notes.lowerBound { $0.onset >= start }
        let last = reading.notes.lowerBound { $0.onset >= end }
        let low = Set(reading.notes[first..<last].filter { $0.pitch < Pitch(60) }.map(\.pitch.pitchClass))
        return !low.contains { low.contains(($0 + 1) % 12) }
    }
}
