public import Music

/// Composes the bars between two moods (music.md 4.13): everything moves as fast as the slew limits allow and no faster,
/// the theme goes across, and the key is left through a bar without a third.
public struct BridgeWriter: Sendable {
    public let theme: Theme
    public let metre: Metre
    public let from: Key
    public let to: Key

    /// The longest bridge, bars: what it has not reached by then it does not reach.
    static let longest = 48
    /// Drafts of a bar, of which the one nearest to its register is taken.
    private static let drafts = 5

    /// A bridge on a theme, from a key to a key.
    public init(theme: Theme, metre: Metre, from: Key, to: Key) {
        self.theme = theme
        self.metre = metre
        self.from = from
        self.to = to
    }

    private var bar: Int { metre.beats * Grid.beat }

    /// The bars after `start` and before `goal`, at least one.
    ///
    /// - Parameters:
    ///   - start: the state of the last bar heard.
    ///   - goal: the state of the first bar to come.
    ///   - seed: chooses among the tones.
    /// - Returns: Bars whose states, `start` before and `goal` after them, step within the limits.
    public func bars(from start: BridgeState, to goal: BridgeState, seed: Seed) -> [BridgeBar] {
        var states: [BridgeState] = []
        var state = start.moved(toward: goal)
        repeat {
            states.append(state)
            state = state.moved(toward: goal)
        } while states.count < Self.longest && states[states.count - 1].moved(toward: goal) != goal
        let pivot = states.count / 2
        var random = seed.stream(.texture, "bridge")
        var heard = start.register
        return states.enumerated().map { index, state in
            let chord = chord(index, count: states.count, pivot: pivot)
            // The limit holds from what the last bar became, which tones of its chord kept from where it was meant to lie.
            var wanted = state
            wanted.register = clamp(
                state.register, heard - BridgeState.Slew.register, heard + BridgeState.Slew.register)
            let notes = notes(chord, wanted, index, &random)
            heard = Self.meanPitch(notes)
            return BridgeBar(notes: notes, chord: chord, beats: metre.beats, state: state)
        }
    }

    private static func meanPitch(_ notes: [ScoreNote]) -> Float {
        notes.reduce(0) { $0 + Float($1.pitch.midi) } / Float(notes.count)
    }

    // MARK: - Harmony

    /// Tonic, submediant, subdominant in turn; at the pivot the dominant of the new key with a fourth in place of its
    /// third, which belongs to neither mode, and the same before the new section.
    private func chord(_ index: Int, count: Int, pivot: Int) -> ScoreChord {
        let isLast = index == count - 1
        let key = index < pivot ? from : to
        let turns = from != to && index == pivot || isLast
        let (name, root, intervals): (String, Int, [Int]) =
            if turns {
                ("Vsus", 7, [0, 5, 7])
            } else {
                switch (index < pivot ? index : index - pivot) % 4 {
                case 0: key.isMinor ? ("i", 0, [0, 3, 7]) : ("I", 0, [0, 4, 7])
                case 1: key.isMinor ? ("VI", 8, [0, 4, 7]) : ("vi", 9, [0, 3, 7])
                default: key.isMinor ? ("iv", 5, [0, 3, 7]) : ("IV", 5, [0, 4, 7])
                }
            }
        let tones = intervals.map { (root + $0 + key.tonic) % 12 }
        return ScoreChord(
            name: name, onset: .zero, length: Beat(metre.beats), root: tones[0], bass: tones[0], triad: tones,
            pitchClasses: tones, localTonic: key.tonic)
    }

    // MARK: - Notes

    private func notes(
        _ chord: ScoreChord, _ state: BridgeState, _ index: Int, _ random: inout RandomStream
    ) -> [ScoreNote] {
        let seconds = Float(metre.beats) * 60 / state.tempo
        let count = max(1, min(4 * metre.beats, Int((state.density * seconds).rounded())))
        let places = places(count, index)
        let bass = tone(chord.bass, near: min(46, state.register - 14))
        // The others make up for the bass, so that the mean lies where it should; tones of the chord miss it by some, which
        // the next draft makes up for.
        let rest = Float(places.count)
        var centre = min(state.register + 7, (state.register * (rest + 1) - Float(bass)) / rest)
        var best: (miss: Float, notes: [ScoreNote])?
        let before = random
        for _ in 0..<Self.drafts {
            random = before
            let notes = notes(chord, places, bass: bass, centre: centre, index, &random)
            let miss = state.register - Self.meanPitch(notes)
            if best.map({ abs(miss) < $0.miss }) ?? true { best = (abs(miss), notes) }
            centre = clamp(centre + miss * 0.7, state.register - 7, state.register + 12)
        }
        return settled(best?.notes ?? [], chord, state.register)
    }

    /// Semitones by which a move must bring the mean nearer to be worth a change of the line.
    private static let worthwhile: Float = 0.1

    /// The notes with one after the other moved to the next tone of the chord, figures before melody, while that brings
    /// their mean nearer to where it should lie.
    private func settled(_ notes: [ScoreNote], _ chord: ScoreChord, _ register: Float) -> [ScoreNote] {
        var notes = notes
        let bass = notes.first { $0.role == .bass }?.pitch.midi ?? 0
        for role in [VoiceRole.figure, .melody] {
            for i in notes.indices where notes[i].role == role {
                let miss = register - Self.meanPitch(notes)
                let old = notes[i].pitch.midi
                let next = chord.triad.map { tone($0, near: Float(old + (miss > 0 ? 4 : -4))) }
                let moved = nearest(next.filter { $0 != old && ($0 > old) == (miss > 0) }, Float(old))
                let gain = abs(miss) - abs(miss - Float(moved - old) / Float(notes.count))
                if moved > bass, moved != old, gain > Self.worthwhile { notes[i].pitch = Pitch(moved) }
            }
        }
        return notes
    }

    /// A bass and a tone at each place, around a centre.
    private func notes(
        _ chord: ScoreChord, _ places: [Int], bass: Int, centre: Float, _ index: Int, _ random: inout RandomStream
    ) -> [ScoreNote] {
        let motif = theme.main.filter { ($0.onset / bar) == index % 2 }.map { $0.onset % bar }
        var notes = [note(0, bar, bass, .bass)]
        for (i, place) in places.enumerated() {
            let end = i + 1 < places.count ? places[i + 1] : bar
            let isMelody = motif.contains(place) || place == 0
            let pitch: Int
            if isMelody {
                let step = theme.main.last { $0.onset <= place + index % 2 * bar }?.step ?? 0
                pitch = scaleTone(chord, near: centre + 3 + Float(max(-4, min(4, step))))
            } else {
                let wave: Float = [-4, 0, 3, -1][i % 4] + random.uniform(-1, 1)
                pitch = chordTone(chord, near: centre - 3 + wave)
            }
            guard pitch != bass else { continue }
            notes.append(note(place, max(Grid.quarter, end - place), pitch, isMelody ? .melody : .figure))
        }
        return notes
    }

    private func note(_ place: Int, _ length: Int, _ pitch: Int, _ role: VoiceRole) -> ScoreNote {
        ScoreNote(onset: Grid.beats(place), length: Grid.beats(length), pitch: Pitch(pitch), role: role)
    }

    /// Where so many attacks lie in the bar: the first beat, the motif's own places, then beats, halves, quarters.
    private func places(_ count: Int, _ index: Int) -> [Int] {
        var order = [0]
        order += theme.main.filter { $0.onset / bar == index % 2 }.map { $0.onset % bar }
        order += (0..<metre.beats).sorted { ($0 % 2, $0) < ($1 % 2, $1) }.map { $0 * Grid.beat }
        order += (0..<metre.beats).map { $0 * Grid.beat + Grid.half }
        order += (0..<2 * metre.beats).map { $0 * Grid.half + Grid.quarter }
        var places: [Int] = []
        for place in order where places.count < count && !places.contains(place) { places.append(place) }
        return places.sorted()
    }

    private func tone(_ pitchClass: Int, near wanted: Float) -> Int {
        let low = Int(wanted.rounded()) - 6
        return clamp(low + ((pitchClass - low) % 12 + 12) % 12, 24, 100)
    }

    private func chordTone(_ chord: ScoreChord, near wanted: Float) -> Int {
        nearest(chord.triad.map { tone($0, near: wanted) }, wanted)
    }

    /// A tone of the chord or, where it lies nearer, a tone a step from it in the local key.
    private func scaleTone(_ chord: ScoreChord, near wanted: Float) -> Int {
        let isMinor = chord.localTonic == to.tonic ? to.isMinor : from.isMinor
        let scale = (isMinor ? minorScale : majorScale).map { ($0 + chord.localTonic) % 12 }
        let outside = chord.triad.count == 3 && chord.name == "Vsus" ? chord.triad : scale
        return nearest(outside.map { tone($0, near: wanted) }, wanted)
    }

    private func nearest(_ pitches: [Int], _ wanted: Float) -> Int {
        pitches.min { (abs(Float($0) - wanted), $0) < (abs(Float($1) - wanted), $1) } ?? Int(wanted)
    }
}
