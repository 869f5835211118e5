import Music

/// How long keys are held: log-normal with heavy tails, by voice (music-fit B.3 3).
enum KeyHolding {
    /// Mean and standard deviation of ln(held / written).
    static func habit(_ role: VoiceRole) -> (mean: Float, sd: Float) {
        switch role {
        case .melody: (-0.03, 0.57)
        case .bass: (0.97, 1.3)
        case .figure, .inner: (-0.42, 0.85)
        }
    }

    /// The same for a bass that is written to reach to the next one: the hand has to get there.
    static let fullBass: (mean: Float, sd: Float) = (-0.06, 0.90)
    /// The same for a bass from which the hand leaps: it leaves the key to the pedal, so that a quarter of all basses are
    /// held for about half of what is written (music-fit B.1).
    static let leftBass: (mean: Float, sd: Float) = (-1.6, 0.7)
    /// Semitones over which a hand leaps: it does not reach them from its bass.
    static let leap = 16
    /// Seconds for which a bass is held at least where the pedal changes, so that the foot can catch it, unless the hand has
    /// to be elsewhere.
    static let caught = 0.2
    /// Neighbouring notes of a voice are alike.
    static let correlation: Float = 0.52
    static let ratios: ClosedRange<Float> = 0.12...4.5
    /// Seconds, in the accompaniment.
    static let longest: Float = 3.2
    /// Seconds that a key may stay down past a change of chord, unless it is written so.
    static let pastChange: Float = 0.12
    static let melodyPastChange: Float = 0.30
    /// Beats of a rest of all voices that is meant as a silence, not as a breath.
    static let leastSilence = Beat(2)
    /// Shortest time that a key is down, seconds.
    static let shortest: Float = 0.04
    /// Time that a key needs to come back before it is struck again, seconds.
    static let comingBack = 0.02

    /// Seconds at which every key is let go, after its onset.
    static func releases(
        _ reading: Reading, _ time: TimeMap, onsets: [Double], pauses: [Float], hands: Individuality
    ) -> [Double] {
        var releases = onsets
        let changes = reading.score.chords.map(\.onset).sorted()
        for role in VoiceRole.allCases {
            let members = reading.notes.indices.filter { reading.notes[$0].role == role }
            hold(members, role, reading, time, onsets, changes, hands, &releases)
        }
        letGoBeforeSilence(reading, time, &releases)
        for (j, i) in reading.melody.enumerated() { releases[i] -= Double(pauses[j]) }
        var random = hands.stream("shortest")
        for i in releases.indices {
            let floor = shortest + abs(hands.freedom * 0.025 * random.normal())
            releases[i] = max(releases[i], onsets[i] + Double(floor))
        }
        letGoBeforeRepetition(reading, onsets, &releases)
        return releases
    }

    private static func hold(
        _ members: [Int], _ role: VoiceRole, _ reading: Reading, _ time: TimeMap, _ onsets: [Double],
        _ changes: [Beat], _ hands: Individuality, _ releases: inout [Double]
    ) {
        var random = hands.stream("holding/" + role.rawValue)
        let (mean, sd) = habit(role)
        let own =
            switch role {
            case .melody: reading.style.melodyHold
            case .bass: reading.style.bassHold
            case .figure, .inner: reading.style.middleHold
            }
        let places = Set(members.map { reading.notes[$0].onset }).sorted()
        let common = random.autocorrelated(places.count, correlation: correlation)
        let tops = role == .bass ? leftTops(reading) : []
        var k = 0
        for i in members {
            let note = reading.notes[i]
            while k + 1 < places.count, places[k] < note.onset { k += 1 }
            let written = Float(time(note.end) - time(note.onset))
            let single = 0.8 * common[k] + 0.6 * random.studentT(degrees: 5) / 1.29
            let isFull = role == .bass && k + 1 < places.count && note.end >= places[k + 1]
            let next = tops.lowerBound { $0.onset > note.onset }
            let away = next < tops.count ? time(tops[next].onset) - time(note.onset) : caught
            let leaps = next < tops.count && tops[next].key - note.pitch.midi > leap
            let (centre, spread) = isFull ? fullBass : leaps ? leftBass : (mean, sd)
            var ratio = Exact.exp(centre + own + hands.freedom * spread * single)
            if role != .melody { ratio = min(ratio, max(1.05, longest / max(0.05, written))) }
            if role == .bass, k + 1 < places.count {
                let next = Float(time(places[k + 1]) - time(note.onset)) / max(0.05, written)
                let share = random.uniform(0.75, 1.15)
                if ratio > 0.75 * next { ratio = min(ratio, next * (1 + hands.freedom * (share - 1))) }
            }
            let ratioInRange = ExpressiveWeights.clamp(ratio, ratios.lowerBound, ratios.upperBound)
            let least = 0.045 + abs(hands.freedom * 0.03 * random.normal())
            releases[i] = onsets[i] + Double(max(written * ratioInRange, least))
            let change = changes.lowerBound { $0 >= note.onset }
            let isNewBar = Beat(note.onset.floor / reading.metre * reading.metre) == note.onset
            if role == .bass, isNewBar || change < changes.count && changes[change] == note.onset {
                releases[i] = max(releases[i], onsets[i] + min(caught, 0.9 * away))
            }
            if role != .bass {
                let after = changes.lowerBound { $0 >= note.end - Beat(1, 20) }
                let extra = Double(random.uniform(0, role == .melody ? melodyPastChange : pastChange))
                if after < changes.count { releases[i] = min(releases[i], time(changes[after]) + extra) }
            }
        }
    }

    /// The highest key of each stroke of the left hand, in the order of time.
    private static func leftTops(_ reading: Reading) -> [(onset: Beat, key: Int)] {
        var tops: [(onset: Beat, key: Int)] = []
        for note in reading.notes where note.role.isLeftHand {
            if let last = tops.indices.last, tops[last].onset == note.onset {
                tops[last].key = max(tops[last].key, note.pitch.midi)
            } else {
                tops.append((note.onset, note.pitch.midi))
            }
        }
        return tops
    }

    /// A composed silence is one: no finger holds on into it, as the pedal does not.
    private static func letGoBeforeSilence(_ reading: Reading, _ time: TimeMap, _ releases: inout [Double]) {
        for silence in Pedalling.silences(reading) where silence.upperBound - silence.lowerBound >= leastSilence {
            let end = time(silence.lowerBound) + Double(pastChange)
            for i in releases.indices where reading.notes[i].onset < silence.lowerBound {
                releases[i] = min(releases[i], end)
            }
        }
    }

    /// One finger a key: it is released before it is struck again.
    private static func letGoBeforeRepetition(_ reading: Reading, _ onsets: [Double], _ releases: inout [Double]) {
        var last: [Pitch: Int] = [:]
        for i in onsets.indices {
            if let before = last[reading.notes[i].pitch] {
                let gap = onsets[i] - onsets[before]
                releases[before] = min(releases[before], onsets[i] - min(comingBack, 0.4 * gap))
            }
            last[reading.notes[i].pitch] = i
        }
    }
}
