package import Moods
package import Music

/// The course of a mood that changes within the piece, bar by bar, no faster than ears can follow (music.md 4.13).
///
/// A list of timed moods may jump; the music goes there step by step, each bar as far as the slew limits let it.
package struct Trajectory: Hashable, Sendable {
    /// One bar of it.
    package struct Bar: Hashable, Sendable {
        package var mood: Mood
        /// Quarter notes per minute.
        package var tempo: Float
        /// Attacks per second, both hands together.
        package var density: Float
        /// Where the melody is centred, a MIDI number.
        package var register: Float
        /// Added to the level of the form, -0.3...0.3.
        package var level: Float
    }

    /// The most that may change from one bar to the next, beside the limits of `BridgeState.Slew`.
    package enum Slew {
        /// Of each axis of the mood.
        package static let mood: Float = 0.18
        /// 2 dB of the 16 that lie between the quietest level and the climax at most.
        package static let level: Float = 0.125
    }

    package let bars: [Bar]

    /// How far the course moves levels at most.
    private static let reach: Float = 0.3
    /// Share of the piece whose mood decides where it is at home.
    private static let opening = 0.25
    /// Rounds in which the times of the bars and their tempi find each other.
    private static let rounds = 3

    /// The course of a request, nil where its mood stays: a montage has the lights of its moments instead.
    ///
    /// - Parameters:
    ///   - request: with its timed moods.
    ///   - count: bars of the piece.
    ///   - keepsTempo: whether the clock is not the mood's: a sea's, or one that was asked for.
    ///   - derived: what a mood becomes in this piece.
    init?(_ request: CompositionRequest, bars count: Int, keepsTempo: Bool, _ derived: (Mood) -> MusicalParameters) {
        guard let moment = Self.moment(request), count > 0 else { return nil }
        let played = request.duration - Plan.ringOut(request.duration)
        var tempi = [Float](repeating: 1, count: count)
        var bars: [Bar] = []
        for _ in 0..<(keepsTempo ? 1 : Self.rounds) {
            let lengths = tempi.map { 1 / $0 }
            let scale = Float(played) / lengths.reduce(0, +)
            var at: Float = 0
            let wanted = lengths.map { length in
                defer { at += length * scale }
                return moment.mood(at: Double(at + length * scale / 2))
            }
            bars = Self.followed(Self.prepared(wanted), mean: request.mood, derived)
            tempi = bars.map(\.tempo)
        }
        if keepsTempo {
            let tempo = derived(request.mood).tempo
            for i in bars.indices { bars[i].tempo = tempo }
        }
        self.bars = bars
    }

    /// The moods in their times; nil where there is one only, or a montage.
    private static func moment(_ request: CompositionRequest) -> Moment? {
        request.course.count > 1 && request.music.montage.isEmpty ? Moment(moods: request.course) : nil
    }

    /// Whether such a piece is at home in minor, as its first quarter is; nil where the mood stays or a key is asked for.
    static func isHomeMinor(_ request: CompositionRequest, _ derived: (Mood) -> MusicalParameters) -> Bool? {
        guard request.music.key == nil, let moment = moment(request) else { return nil }
        return derived(moment.mood(over: opening * request.duration)).isMinor
    }

    /// The moods averaged over as few bars to both sides as it takes to keep the limit: who knows what will come begins to
    /// go there before, and is half way when it does.
    private static func prepared(_ wanted: [Mood]) -> [Mood] {
        for reach in 0..<wanted.count {
            let moods = wanted.indices.map { bar in
                Mood.mean(of: Array(wanted[max(0, bar - reach)...min(wanted.count - 1, bar + reach)]))
            }
            if zip(moods, moods.dropFirst()).allSatisfy({ $0.moved(toward: $1, by: Slew.mood) == $1 }) { return moods }
        }
        return wanted
    }

    /// The bars that follow these moods as fast as they may.
    private static func followed(_ wanted: [Mood], mean: Mood, _ derived: (Mood) -> MusicalParameters) -> [Bar] {
        var out: [Bar] = []
        for goal in wanted {
            let last = out.last
            let mood = last.map { $0.mood.moved(toward: goal, by: Slew.mood) } ?? goal
            let p = derived(mood)
            let level = clamp(0.6 * (mood.energy - mean.energy) + 0.3 * (mood.tension - mean.tension), -reach, reach)
            guard let last else {
                out.append(
                    Bar(mood: mood, tempo: p.tempo, density: p.density, register: p.melodyCentre, level: level))
                continue
            }
            let (tempo, density) = (BridgeState.Slew.tempo, BridgeState.Slew.density)
            let register = BridgeState.Slew.register
            out.append(
                Bar(
                    mood: mood, tempo: clamp(p.tempo, last.tempo / tempo, last.tempo * tempo),
                    density: clamp(p.density, last.density / density, last.density * density),
                    register: clamp(p.melodyCentre, last.register - register, last.register + register),
                    level: clamp(level, last.level - Slew.level, last.level + Slew.level)))
        }
        return out
    }

    /// The tempo of the whole, such that the bars take as long together as at their own.
    var tempo: Float { Float(bars.count) / bars.reduce(0) { $0 + 1 / $1.tempo } }

    /// What the performer follows, a bar each.
    package var course: [BarCourse] {
        let mean = tempo
        return bars.map { BarCourse(tempo: Exact.log2($0.tempo / mean), level: $0.level) }
    }

    /// The mean level of these bars.
    func level(_ range: Range<Int>) -> Float {
        bars[range].reduce(0) { $0 + $1.level } / Float(max(1, range.count))
    }

    /// What the bars of a section are together: the map of their mean mood, with the values that they have reached.
    func parameters(_ range: Range<Int>, _ derived: (Mood) -> MusicalParameters) -> MusicalParameters {
        let part = bars[range]
        func mean(_ value: (Bar) -> Float) -> Float { part.reduce(0) { $0 + value($1) } / Float(part.count) }
        var p = derived(.mean(of: part.map(\.mood)))
        p.tempo = mean(\.tempo)
        p.density = mean(\.density)
        p.melodyCentre = mean(\.register)
        return p
    }
}

extension Mood {
    /// The axes in a row.
    private var axes: [Float] { [valence, energy, tension, intimacy, nostalgia, openness] }

    private init(axes: [Float]) {
        self.init(
            valence: axes[0], energy: axes[1], tension: axes[2], intimacy: axes[3], nostalgia: axes[4],
            openness: axes[5])
    }

    /// On the way to `goal`, each axis by `step` at most.
    fileprivate func moved(toward goal: Mood, by step: Float) -> Mood {
        Mood(axes: zip(axes, goal.axes).map { clamp($1, $0 - step, $0 + step) })
    }

    fileprivate static func mean(of moods: [Mood]) -> Mood {
        Mood(axes: (0..<6).map { axis in moods.reduce(0) { $0 + $1.axes[axis] } / Float(moods.count) })
    }
}
