import Music

/// When notes of one written chord meet the string: never quite together (music-fit B.3 2).
///
/// Times are string contacts, so the piano adds no travel of hammers to them (music.md 5.5).
enum Asynchrony {
    /// Seconds that a note comes earlier per velocity unit above its chord, and as melody.
    static let leadPerVelocity: Float = 0.0003
    static let melodyLead: Float = 0.0165
    static let longestLead: Float = 0.035
    /// Scale of the heavy-tailed scatter of single notes, seconds (t with 3 degrees of freedom: sd is 1.73 scales).
    static let scatter: Float = 0.014 / 1.73
    /// Scatter of what is written between beats, share of the beat (music-fit B.3 1).
    static let insideBeat: Float = 0.055
    static let leftHandSD: Float = 0.027
    /// The left hand sometimes comes early on a beat: share and seconds.
    static let earlyLeft: Float = 0.14
    static let earlySeconds: ClosedRange<Float> = 0.030...0.075
    /// Quick rolls: share of chords of three notes or more, seconds from note to note, span that must be rolled.
    static let rolled: Float = 0.14
    static let rollStep: ClosedRange<Float> = 0.012...0.035
    static let widestSpan = 16
    /// Seconds of a beat below which the hands come together the more, the faster it goes.
    static let calmBeat: Float = 0.85
    /// Shortest time from one chord to the next in one voice (music.md 5.1).
    static let shortestInterval = 0.045
    /// A string is not struck again sooner than this.
    static let shortestRepetition = 0.07

    /// Seconds of every note's onset, none before `earliest`, each chord moved by its own of `displacements`.
    static func onsets(
        _ reading: Reading, _ time: TimeMap, velocity: [Float], displacements: [Double], hands: Individuality,
        earliest: Double
    ) -> [Double] {
        var random = hands.stream("asynchrony")
        var onsets = reading.notes.map { time($0.onset) }
        let freedom = hands.freedom * min(1, reading.secondsPerBeat / calmBeat)
        for chord in reading.chordsStruck {
            strike(chord, reading, velocity, freedom, &random, &onsets)
            roll(
                chord, at: time(reading.notes[chord.lowerBound].onset), reading, freedom, &random, &onsets,
                earliest)
        }
        for (chord, shift) in zip(reading.chordsStruck, displacements) {
            for i in chord { onsets[i] += shift }
        }
        HandTravel.delay(reading, &onsets)
        for i in onsets.indices { onsets[i] = max(earliest, onsets[i]) }
        keepOrder(reading, time, &onsets)
        return onsets
    }

    /// Seconds by which every struck chord comes before or after its place: what is written between beats is moved as a
    /// whole, not its notes, what stands on a beat is not.
    static func displacements(_ reading: Reading, _ time: TimeMap, _ hands: Individuality) -> [Double] {
        let struck = reading.chordsStruck
        let noise = hands.heavyNoise("inside beats", struck.count)
        let places = struck.map { time(reading.notes[$0.lowerBound].onset) }
        return struck.enumerated().map { k, chord in
            guard reading.notes[chord.lowerBound].onset.denominator != 1 else { return 0 }
            let before = k > 0 ? places[k] - places[k - 1] : places[k]
            let after = k + 1 < places.count ? places[k + 1] - places[k] : before
            let room = Float(min(before, after))
            let shift = hands.freedom * min(insideBeat * reading.secondsPerBeat, 0.2 * room) * noise[k]
            return Double(ExpressiveWeights.clamp(shift, -0.35 * room, 0.35 * room))
        }
    }

    private static func strike(
        _ chord: Range<Int>, _ reading: Reading, _ velocity: [Float], _ freedom: Float,
        _ random: inout RandomStream, _ onsets: inout [Double]
    ) {
        if chord.count == 1 {
            onsets[chord.lowerBound] += Double(0.5 * freedom * scatter * random.studentT(degrees: 3))
            return
        }
        let count = Float(chord.count)
        let meanVelocity = chord.reduce(0) { $0 + velocity[$1] } / count
        let melodyShare = chord.reduce(0) { $0 + (reading.isMelody[$1] ? 1 : 0) } / count
        for i in chord {
            let lead =
                leadPerVelocity * (velocity[i] - meanVelocity)
                + melodyLead * reading.style.lead * ((reading.isMelody[i] ? 1 : 0) - melodyShare)
            let noise = freedom * scatter * random.studentT(degrees: 3)
            onsets[i] += Double(noise - ExpressiveWeights.clamp(lead, -longestLead, longestLead))
        }
        let left = chord.filter { reading.notes[$0].role.isLeftHand }
        guard !left.isEmpty, left.count < chord.count else { return }
        var late = reading.style.leftHandLag + freedom * leftHandSD * random.normal()
        let early = earlyLeft * freedom * reading.style.earlyLeft
        if reading.notes[chord.lowerBound].onset.denominator == 1, random.chance(early) {
            late -= random.uniform(earlySeconds.lowerBound, earlySeconds.upperBound)
        }
        for i in left { onsets[i] += Double(late) }
    }

    /// Rolls up to the beat, faster towards the top: a chord of three notes now and then, a hand that cannot reach.
    private static func roll(
        _ chord: Range<Int>, at beat: Double, _ reading: Reading, _ freedom: Float,
        _ random: inout RandomStream, _ onsets: inout [Double], _ earliest: Double
    ) {
        guard chord.count >= 2 else { return }
        let opens = reading.isBoundary(.phrase, at: reading.notes[chord.lowerBound].onset)
        let share = freedom * (opens ? reading.weights.rolledOpenings : rolled * reading.style.rolls)
        let atWill = random.chance(share) && chord.count >= 3
        for hand in [true, false] {
            let members = chord.filter { reading.notes[$0].role.isLeftHand == hand }
            guard let low = members.first, let high = members.last else { continue }
            let isWide = reading.notes[high].pitch - reading.notes[low].pitch > widestSpan
            guard isWide, !atWill else { continue }
            spread(members, upTo: min(beat, onsets[high]), freedom, &random, &onsets, earliest)
        }
        if atWill { spread(Array(chord), upTo: beat, freedom, &random, &onsets, earliest) }
    }

    /// Spreads notes upwards so that the last one comes at `top`.
    private static func spread(
        _ members: [Int], upTo top: Double, _ freedom: Float, _ random: inout RandomStream, _ onsets: inout [Double],
        _ earliest: Double
    ) {
        var steps: [Float] = []
        for k in 1..<max(2, members.count) {
            let haste = 1.2 - 0.4 * Float(k) / Float(max(1, members.count - 1))
            let middle = (rollStep.lowerBound + rollStep.upperBound) / 2
            let half = (rollStep.upperBound - rollStep.lowerBound) / 2
            steps.append(haste * (middle + min(1, freedom) * half * random.uniform(-1, 1)))
        }
        let whole = Double(steps.reduce(0, +))
        let scale = whole > 0 ? min(1, max(0, top - earliest) / whole) : 0
        var onset = top - whole * scale
        for (k, i) in members.enumerated() {
            onsets[i] = onset
            if k < steps.count { onset += Double(steps[k]) * scale }
        }
    }

    /// Voices keep the order of what is written, and a key has time to come back before it is struck again.
    private static func keepOrder(_ reading: Reading, _ time: TimeMap, _ onsets: inout [Double]) {
        var lastOfVoice: [VoiceRole: (written: Beat, onset: Double)] = [:]
        var lastOfKey: [Pitch: (written: Beat, onset: Double)] = [:]
        for i in onsets.indices {
            let note = reading.notes[i]
            if let last = lastOfVoice[note.role], last.written < note.onset {
                let written = time(note.onset) - time(last.written)
                onsets[i] = max(onsets[i], last.onset + min(shortestInterval, 0.6 * written))
            }
            if let last = lastOfKey[note.pitch] {
                let written = time(note.onset) - time(last.written)
                onsets[i] = max(onsets[i], last.onset + min(shortestRepetition, 0.9 * written))
            }
            if (lastOfVoice[note.role]?.written).map({ $0 < note.onset }) ?? true {
                lastOfVoice[note.role] = (note.onset, onsets[i])
            }
            lastOfKey[note.pitch] = (note.onset, onsets[i])
        }
    }
}
